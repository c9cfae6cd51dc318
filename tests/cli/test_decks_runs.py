"""`decks check` doubts an experiment that was never measured; `--runs` measures and stores it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.effects import Effect, Question


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """Questions that were run: each is clear, on no model at all."""
    asked: list[Question] = []

    def measure(question: Question) -> Effect:
        asked.append(question)
        return Effect(question.run, question.ask, question.parameters, (1, 2), (7, 8), 2, {})

    monkeypatch.setattr("studybuddy.cli.decks_runs.measure", measure)
    return asked


def test_an_experiment_never_measured_is_a_warning_at_its_card(studybuddy, home: Path) -> None:
    deck = home / "decks" / "every"
    ended = studybuddy("decks", "check", str(deck))
    line = next(
        at
        for at, text in enumerate((deck / "kinds.md").read_text().splitlines(), start=1)
        if "h-experiment" in text
    )
    assert ended.code == 0
    assert (
        f"kinds.md:{line}: warning: the experiment 'translate': its effect was never" in ended.out
    )


def test_runs_are_measured_once_a_question_and_then_no_longer_doubted(
    studybuddy, home: Path, measured: list[Question]
) -> None:
    deck = home / "decks" / "every"
    ended = studybuddy("decks", "check", str(deck), "--runs", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["problems"] == []
    assert [(each.run, each.ask) for each in measured] == [("translate", "length")]
    stored = json.loads((home / "models" / "effects.json").read_text())
    assert stored["effects"][0]["answers"] == [7, 8]
    assert json.loads(studybuddy("decks", "check", str(deck), "--json").out)["warnings"] == 0


def test_runs_can_be_stored_elsewhere(
    studybuddy, home: Path, tmp_path: Path, measured: list[Question]
) -> None:
    out = tmp_path / "elsewhere"
    assert studybuddy("decks", "check", str(home / "decks"), "--runs", "--out", str(out)).code == 0
    assert (out / "effects.json").exists()
    assert not (home / "models").exists()


def test_a_stored_file_that_is_malformed_hides_no_fault_of_the_deck(studybuddy, home: Path) -> None:
    (home / "models").mkdir()
    (home / "models" / "effects.json").write_text("[")
    file = home / "decks" / "every" / "kinds.md"
    file.write_text(file.read_text() + "\n### Twice {#a-recall}\n\nAgain.\n")
    ended = studybuddy("decks", "check", str(home / "decks" / "every"))
    assert ended.code == 1
    assert "malformed" in ended.out
    assert "a-recall" in ended.out


def test_a_run_that_fails_is_an_error_at_its_card(
    studybuddy, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_question: Question) -> Effect:
        raise StudyBuddyError("no model here")

    monkeypatch.setattr("studybuddy.cli.decks_runs.measure", broken)
    ended = studybuddy("decks", "check", str(home / "decks" / "every"), "--runs")
    assert ended.code == 1
    assert "the experiment 'translate': no model here" in ended.out
