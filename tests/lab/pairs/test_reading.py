"""The file: what is taken, what is skipped, and how each fault is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.pairs import reading
from studybuddy.lab.pairs.reading import read_pairs


def _read(tmp_path: Path, content: bytes) -> reading.ReadFile:
    file = tmp_path / "my text.tsv"
    file.write_bytes(content)
    return read_pairs(file)


def test_two_columns_are_taken_and_the_rest_is_ignored(tmp_path: Path) -> None:
    found = _read(tmp_path, "\ufeffGo.\t去。\tCC-BY\t#1\r\n\n  \nHi  \x1b!\t 嗨\n".encode())
    assert found.pairs == [("Go.", "去。"), ("Hi !", "嗨")]
    assert (found.lines, found.empty) == (4, 0)


def test_headers_of_anki_are_skipped_and_empty_sides_counted(tmp_path: Path) -> None:
    content = b"#separator:tab\n#html:false\n#1\t\n a \t b\n\tc\n\x07\td\n# x:\ty\n"
    found = _read(tmp_path, content)
    assert found.pairs == [("a", "b"), ("# x:", "y")]
    assert found.empty == 3


def test_tatoebas_own_export_has_numbers_in_between(tmp_path: Path) -> None:
    found = _read(tmp_path, "1276\tLet's go.\t2\t我们走。\n5\tHi 5.\t6\t嗨。\n".encode())
    assert found.pairs == [("Let's go.", "我们走。"), ("Hi 5.", "嗨。")]
    with pytest.raises(StudyBuddyError, match=r"my text\.tsv:2: fewer columns"):
        _read(tmp_path, "1276\tLet's go.\t2\t我们走。\n5\tHi.\n".encode())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a\tb\nno tab here\n", "my text.tsv:2: no TAB"),
        (b"a\tb\n\xff\xfe\t\xe9\n", "my text.tsv:2: not UTF-8"),
        ("a\tb\n".encode("utf-16"), "my text.tsv:1: this is UTF-16"),
        (b"a\tb\n" + b"x" * 10_001 + b"\ty\n", "my text.tsv:2: the line has more than 10000"),
        (b"x" * 50_000, "my text.tsv:1: the line has more than 10000"),
        (b"a\tb\n" + "汉".encode() * 10_001, "my text.tsv:2: the line has more"),
        (b"\x00" * 9_000, "my text.tsv:1: no TAB"),
    ],
)
def test_a_fault_names_its_line_and_how_to_mend_it(
    tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(StudyBuddyError) as raised:
        _read(tmp_path, content)
    assert says in str(raised.value)
    assert ": " in str(raised.value).split(says)[1] or "remove" in str(raised.value)


def test_a_line_may_have_as_many_characters_of_any_size_as_are_allowed(tmp_path: Path) -> None:
    line = "😀" * 9_998 + "\ta"
    assert len(_read(tmp_path, f"{line}\n".encode()).pairs[0][0]) == 9_998


def test_files_and_pairs_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PAIRS", 2)
    with pytest.raises(StudyBuddyError, match=r":3: more than 2 pairs"):
        _read(tmp_path, b"a\tb\nc\td\ne\tf\n")
    monkeypatch.setattr(reading, "LARGEST_FILE", 8)
    with pytest.raises(StudyBuddyError, match="MiB"):
        _read(tmp_path, b"a\tb\nc\td\ne\tf\n")


def test_what_is_no_plain_file_is_refused_without_being_read(tmp_path: Path) -> None:
    with pytest.raises(StudyBuddyError, match="no plain file"):
        read_pairs(tmp_path)
    with pytest.raises(StudyBuddyError, match="cannot be read"):
        read_pairs(tmp_path / "missing.tsv")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(StudyBuddyError, match="no plain file"):
        read_pairs(pipe)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.one_of(st.binary(max_size=30), st.text(max_size=30).map(str.encode))))
def test_any_bytes_give_pairs_or_one_sentence(tmp_path: Path, parts: list[bytes]) -> None:
    fault = ""
    pairs: list[tuple[str, str]] = []
    try:
        pairs = _read(tmp_path, b"\t".join(parts)).pairs
    except StudyBuddyError as error:
        fault = str(error)
    assert not {"\n", "\x1b"} & set(fault)
    assert all(source and target for source, target in pairs)
