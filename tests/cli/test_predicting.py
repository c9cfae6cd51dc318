"""Predictions line by line: a place by its number, an order, a curve as numbers in a line."""

from __future__ import annotations

import json

import pytest

from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    PositionQuestion,
    Question,
    RankingQuestion,
    Result,
    SketchQuestion,
    Task,
    Value,
)

NUMBER = NumberQuestion(0, 100, 10, "%")
POSITION = PositionQuestion(("the", "small", "cat"))
RANKING = RankingQuestion(("RNN", "GRU", "LSTM"))
SKETCH = SketchQuestion(("4", "8", "12", "16"), 0, 100, 10, "%")
LOG = SketchQuestion(("1", "20"), -16, 2, 1)


@pytest.fixture
def asked(studybuddy, monkeypatch):
    """A sitting over one live run that asks this question and finds this; what it said, its rows."""

    def ask(question: Question, found: Value, *lines: str):
        def prepare(run, ask, parameters, seed, language):
            return Task(run, ask, seed, language, "What will come?", question, {})

        def run(task, report, cancelled=None):
            return Result(task.run, task.ask, task.seed, found, 200, summary="It came.")

        monkeypatch.setattr("studybuddy.study.present.prepare", prepare)
        monkeypatch.setattr("studybuddy.lab.run.run", run)
        ended = studybuddy(
            "review", "--kind", "experiment", "--topic", "kinds", stdin="\n".join([*lines, "", ""])
        )
        shown = studybuddy("explain", "every/h-experiment", "--json").out
        return ended, json.loads(shown)["rows"]

    return ask


@pytest.mark.parametrize(
    ("question", "line", "value"),
    [
        (NUMBER, "40 %", 40),
        (ChoiceQuestion(("yes", "no")), "2", 1),
        (POSITION, "３", 2),
        (RANKING, "2 1 3", [1, 0, 2]),
        (RANKING, "2，1，3", [1, 0, 2]),
        (SKETCH, "90 80 30.5 0", [90, 80, 30.5, 0]),
        (SKETCH, "90%, 80 %; 30、0", [90, 80, 30, 0]),
        (LOG, "-1.5 -12", [-1.5, -12]),
    ],
)
def test_a_prediction_is_sealed_as_it_was_typed(asked, question, line, value) -> None:
    found = tuple(value) if isinstance(value, list) else value
    ended, rows = asked(question, found, line, "3", "")
    assert ended.code == 0
    attempt, review = rows
    assert attempt["extra"]["answer"] == {"form": "predicted", "value": value}
    assert attempt["confidence"] == 90
    assert review["score"] == 1000
    assert review["extra"]["result"]["answer"] == value
    assert "It came." in ended.out


@pytest.mark.parametrize(
    ("question", "wrong", "right", "said"),
    [
        (RANKING, "2 1", "2 1 3", "All 3 numbers are needed, each once."),
        (RANKING, "2 1 1", "2 1 3", "Numbers from 1 to 3"),
        (POSITION, "4", "3", "One number from 1 to 3"),
        (SKETCH, "1 2 3", "1 2 3 4", "4 numbers from 0 to 100"),
        (SKETCH, "1 2 3 101", "1 2 3 4", "4 numbers from 0 to 100"),
        (SKETCH, "1 2 x 4", "1 2 3 4", "4 numbers from 0 to 100"),
        (SKETCH, "1 2 nan 4", "1 2 3 4", "4 numbers from 0 to 100"),
        (NUMBER, "many", "4", "A number from 0 to 100"),
    ],
)
def test_what_does_not_fit_is_asked_for_again(asked, question, wrong, right, said) -> None:
    found = {RANKING: (0, 1, 2), SKETCH: (1, 2, 3, 4)}.get(question, 2)
    ended, rows = asked(question, found, wrong, right, "", "")
    assert said in ended.err
    assert len(rows) == 2


def test_the_verdict_shows_the_sketch_over_the_run(asked) -> None:
    ended, rows = asked(SKETCH, (90, 60, 30, 0), "90 60 60 0", "", "")
    assert "Your sketch and the run" in ended.out
    assert "o your sketch   x the run" in ended.out
    assert rows[1]["score"] == 750
