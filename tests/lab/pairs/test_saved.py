"""Saved networks come back as they were, and nothing else does."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.pairs.corpus import Corpus
from studybuddy.lab.pairs.run import PairsTask, train_pairs
from studybuddy.lab.pairs.saved import load_pairs_model
from studybuddy.lab.pairs.settings import Network


@pytest.fixture
def folder(text: Path, tmp_path: Path, tiny: tuple[Network, ...]) -> Path:
    """A folder with one trained network."""
    folder = tmp_path / "models"
    for _event in train_pairs(PairsTask(text, folder, steps=2, networks=tiny[2:])):
        pass
    return folder


def test_a_network_translates_the_same_when_it_is_loaded_again(folder: Path) -> None:
    first, again = (load_pairs_model(folder, "attention") for _ in range(2))
    assert first.translate("Tom sees\ta new cat!") == again.translate("Tom sees a new cat!")
    assert first.card.timing.startswith("s at t scores")
    assert first.words.units == ("words", "characters")
    for empty in ("", " \x07", "a " * 60):
        with pytest.raises(StudyBuddyError, match="from 1 to 50"):
            first.translate(empty)


def _changed(folder: Path, file: str, **fields: object) -> None:
    path = folder / file
    plain = json.loads(path.read_bytes())
    path.write_text(json.dumps({**plain, **fields}))


@pytest.mark.parametrize(
    ("file", "fields", "says"),
    [
        ("attention.json", {"sha256": "0"}, "hash"),
        ("attention.json", {"name": "init"}, "another model"),
        ("attention.json", {"kind": "fixed"}, "cannot be used"),
        ("attention.json", {"kind": "evil"}, "no network"),
        ("attention.json", {"sizes": {"embedding": 10**9}}, "cannot be used"),
        ("attention.json", {"sizes": []}, "cannot be used"),
        ("attention.json", {"steps": "many"}, "damaged card"),
        ("attention.json", {"format": 2}, "another format"),
        ("attention.json", {"vocabulary": ["x", "y"]}, "another word list"),
        ("words.json", {"source": {"units": "words", "words": ["a"]}}, "damaged word list"),
        ("words.json", {"source": {"units": "letters", "words": []}}, "damaged word list"),
        ("words.json", {"target": None}, "cannot be used"),
    ],
)
def test_a_card_or_word_list_that_lies_is_refused(
    folder: Path, file: str, fields: dict[str, object], says: str
) -> None:
    _changed(folder, file, **fields)
    with pytest.raises(StudyBuddyError, match=says):
        load_pairs_model(folder, "attention")


def test_hostile_words_are_refused(folder: Path) -> None:
    plain = json.loads((folder / "words.json").read_bytes())
    for word in ("\x1b[31m", "", "x" * 61, 5, plain["source"]["words"][0]):
        words = [*plain["source"]["words"], word]
        _changed(folder, "words.json", source={"units": "words", "words": words})
        with pytest.raises(StudyBuddyError, match="damaged word list"):
            load_pairs_model(folder, "attention")


@pytest.mark.parametrize("data", [b"", b"1234", b"\xff" * 100, b"\x02" + bytes(7) + b"{}"])
def test_weights_that_are_none_are_refused_even_with_their_hash(folder: Path, data: bytes) -> None:
    (folder / "attention.safetensors").write_bytes(data)
    _changed(folder, "attention.json", sha256=sha256(data).hexdigest())
    with pytest.raises(StudyBuddyError, match="cannot be used"):
        load_pairs_model(folder, "attention")


def test_files_are_bounded_and_missing_ones_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StudyBuddyError, match="train on your text first"):
        load_pairs_model(folder, "init")
    monkeypatch.setattr("studybuddy.lab.pairs.saved._LARGEST_WEIGHTS", 100)
    with pytest.raises(StudyBuddyError, match="larger than any"):
        load_pairs_model(folder, "attention")


def test_no_word_of_the_text_is_lost(folder: Path, corpus: Corpus) -> None:
    words = load_pairs_model(folder, "attention").words
    assert words.vocabularies == (corpus.source.vocabulary, corpus.target.vocabulary)
