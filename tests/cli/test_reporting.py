"""Commands that tell: today, explain, decks, exam, paths, doctor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studybuddy.locations import find_locations


def test_today_tells_what_is_new_as_json(studybuddy) -> None:
    ended = studybuddy("today", "--json")
    today = json.loads(ended.out)
    assert ended.code == 0
    assert today["schema"] == 1
    assert today["date"] == "2026-09-01"
    assert (today["due"], today["new"]) == (0, 9)
    assert ended.err == ""


def test_a_card_graded_today_is_due_tomorrow(studybuddy) -> None:
    studybuddy("review", "--topic", "kinds", stdin="\n3\nq\n")
    assert json.loads(studybuddy("today", "--json").out)["due"] == 0
    tomorrow = studybuddy("today", "--json", now="2026-09-02T08:00:00+08:00")
    assert json.loads(tomorrow.out)["due_cards"] == ["every/a-recall"]


def test_today_in_words_counts_the_days_to_the_exam(studybuddy) -> None:
    assert "19 days" in studybuddy("exam", "--date", "2026-09-20").out
    assert "19 days to the exam" in studybuddy("today").out
    assert "No exam date" in studybuddy("exam", "--clear").out
    assert "exam" not in studybuddy("today").out


def test_an_edited_deck_is_seen_by_the_next_command(studybuddy, home: Path) -> None:
    assert json.loads(studybuddy("today", "--json").out)["new"] == 9
    file = home / "decks" / "every" / "kinds.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("### Softmax", "### Softmax again", 1).split("### Draw and")[0])
    assert json.loads(studybuddy("today", "--json").out)["new"] == 8


def test_explain_says_why_a_card_is_due(studybuddy) -> None:
    studybuddy("review", "--topic", "kinds", stdin="\n3\nq\n")
    ended = studybuddy("explain", "a-recall", "--json")
    told = json.loads(ended.out)
    assert told["card"] == "every/a-recall"
    assert told["due"] == "2026-09-02"
    assert [row["kind"] for row in told["rows"]] == ["review"]
    assert "2026-09-02" in studybuddy("explain", "every/a-recall").out


@pytest.mark.parametrize(
    ("asked", "near"), [("a-recal", "every/a-recall"), ("evry/b-cloze", "every/b-cloze")]
)
def test_a_mistyped_card_is_answered_with_the_nearest(studybuddy, asked: str, near: str) -> None:
    ended = studybuddy("explain", asked)
    assert ended.code == 1
    assert near in ended.err
    assert ended.out == ""


def test_a_hostile_card_name_reaches_the_terminal_without_its_escapes(studybuddy) -> None:
    ended = studybuddy("explain", "a\x1b]0;pwned\x1b\\b")
    assert ended.code == 1
    assert "\x1b" not in ended.err


def test_the_bundled_decks_have_no_fault(studybuddy) -> None:
    ended = studybuddy("decks", "check", str(find_locations({}).bundled_decks))
    assert (ended.code, ended.out) == (0, "")


def test_a_broken_deck_is_named_by_file_and_line(studybuddy, home: Path) -> None:
    file = home / "decks" / "every" / "kinds.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("softmax-by-hand", "softmax-by-foot"),
        encoding="utf-8",
    )
    line = next(
        number for number, text in enumerate(file.read_text().split("\n"), 1) if "by-foot" in text
    )
    ended = studybuddy("decks", "check", str(file))
    assert ended.code == 1
    assert f"{file}:" in ended.out
    told = json.loads(studybuddy("decks", "check", str(file.parent), "--json").out)
    assert told["errors"] == 1
    assert abs(told["problems"][0]["line"] - line) <= 2


def test_decks_list_counts_cards_once_for_all_languages(studybuddy) -> None:
    decks = {
        deck["id"]: deck for deck in json.loads(studybuddy("decks", "list", "--json").out)["decks"]
    }
    assert decks["every"]["cards"] == 9
    assert set(decks["seq2seq"]["languages"]) == {"zh", "en"}
    assert decks["seq2seq"]["bundled"]


def test_decks_check_of_nothing_says_so(studybuddy, tmp_path: Path) -> None:
    assert studybuddy("decks", "check", str(tmp_path / "nowhere")).code == 1
    (tmp_path / "empty").mkdir()
    assert "no deck.toml" in studybuddy("decks", "check", str(tmp_path / "empty")).err


def test_doctor_finds_nothing_broken_in_a_fresh_home(studybuddy) -> None:
    studybuddy("today")
    ended = studybuddy("doctor", "--json")
    told = json.loads(ended.out)
    assert [each for each in told["findings"] if each["state"] == "broken"] == []
    assert ended.code == 0


def test_doctor_fails_on_a_damaged_database(studybuddy, home: Path) -> None:
    (home / "studybuddy.db").write_bytes(b"no database at all" * 400)
    ended = studybuddy("doctor")
    assert ended.code == 1
    assert "✗ database" in ended.out


def test_paths_follow_the_home(studybuddy, home: Path) -> None:
    paths = json.loads(studybuddy("paths", "--json").out)
    assert paths["database"] == str(home / "studybuddy.db")


def test_chinese_is_spoken_when_asked_for(studybuddy) -> None:
    assert "到期" in studybuddy("--lang", "zh", "today").out
