"""Predictions against runs."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    PositionQuestion,
    Question,
    RankingQuestion,
    Result,
    SketchQuestion,
    Value,
)
from studybuddy.grading.prediction import grade_prediction, sketch_against_run

CHOICE = ChoiceQuestion(("attention", "fixed C"))
NUMBER = NumberQuestion(0, 100, 10, "%")
POSITION = PositionQuestion(("the", "small", "cat"))
RANKING = RankingQuestion(("RNN", "GRU", "LSTM"))
SKETCH = SketchQuestion(("4", "8", "12", "16"), 0, 100, 10, "%")


def result(answer: Value, *, clear: bool = True, **more: object) -> Result:
    return Result("length", "drop", 1, answer, 200, clear=clear, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("prediction", "score", "grade"), [(0, 1000, 4), (1, 0, 2)])
def test_a_choice(prediction: int, score: int, grade: int) -> None:
    verdict = grade_prediction(CHOICE, prediction, result(0), pretest=False)
    assert (verdict.score, verdict.suggested) == (score, grade)
    assert "“attention”" in verdict.reasons[0].text


@pytest.mark.parametrize(("prediction", "score"), [(52, 1000), (60, 1000), (61, 0)])
def test_a_number_within_its_tolerance(prediction: float, score: int) -> None:
    verdict = grade_prediction(NUMBER, prediction, result(50), pretest=False)
    assert verdict.score == score
    assert "50 %" in verdict.reasons[0].text


@pytest.mark.parametrize(("prediction", "score", "grade"), [(2, 1000, 4), (1, 0, 2)])
def test_a_place_in_the_sentence(prediction: int, score: int, grade: int) -> None:
    verdict = grade_prediction(POSITION, prediction, result(2), pretest=False)
    assert (verdict.score, verdict.suggested) == (score, grade)
    assert "“cat” (word 3)" in verdict.reasons[0].text


def test_a_ranking_names_the_order_and_the_wrong_pairs() -> None:
    verdict = grade_prediction(RANKING, (1, 2, 0), result((2, 1, 0)), pretest=False)
    assert (verdict.score, verdict.suggested) == (667, 2)
    assert (verdict.right, verdict.parts) == (2, 3)
    assert "“LSTM” > “GRU” > “RNN”" in verdict.reasons[0].text
    assert verdict.reasons[1].text == "“LSTM” comes before “GRU” in the run."


def test_a_ranking_shows_what_the_run_cannot_tell_apart() -> None:
    found = result((2, 1, 0), ties=((1, 2),))
    verdict = grade_prediction(RANKING, (1, 2, 0), found, pretest=False)
    assert (verdict.score, verdict.suggested) == (1000, 4)
    assert "“LSTM” = “GRU” > “RNN”" in verdict.reasons[0].text


def test_a_sketch_that_holds_may_have_a_point_that_does_not() -> None:
    verdict = grade_prediction(SKETCH, (90, 70, 41, 0), result((90, 60, 30, 0)), pretest=False)
    assert (verdict.score, verdict.suggested) == (750, 4)
    assert (verdict.right, verdict.parts) == (3, 4)
    assert "5.25 %" in verdict.reasons[0].text
    assert "3 of 4" in verdict.reasons[0].text


def test_a_sketch_that_is_off() -> None:
    verdict = grade_prediction(SKETCH, (90, 90, 90, 90), result((90, 60, 30, 0)), pretest=False)
    assert (verdict.score, verdict.suggested) == (250, 2)
    assert verdict.reasons[0].mark == "wrong"


def test_the_sketch_is_shown_over_the_run() -> None:
    found = result((90, 60, 30, 0), lows=(80, 50, 20, 0), highs=(95, 70, 40, 5))
    curve = sketch_against_run(SKETCH, (90, 70, 41, 0), found)
    assert curve is not None
    assert curve.x == SKETCH.x
    assert [series.y for series in curve.series] == [(90, 70, 41, 0), (90, 60, 30, 0)]
    assert curve.series[1].low == (80, 50, 20, 0)
    assert sketch_against_run(SKETCH, 5, found) is None


@pytest.mark.parametrize(
    ("question", "said", "found"),
    [
        (CHOICE, 1, 0),
        (NUMBER, 0, 90),
        (POSITION, 0, 2),
        (RANKING, (0, 1, 2), (2, 1, 0)),
        (SKETCH, (0, 0, 0, 0), (90, 90, 90, 90)),
    ],
)
def test_an_effect_inside_its_interval_marks_nothing_wrong(
    question: Question, said: Value, found: Value
) -> None:
    verdict = grade_prediction(question, said, result(found, clear=False), pretest=False)
    assert (verdict.score, verdict.suggested) == (1000, 4)
    assert verdict.right == verdict.parts
    assert not any(reason.mark == "wrong" for reason in verdict.reasons)
    assert any("interval" in reason.text for reason in verdict.reasons)


def test_a_pretest_has_no_grade() -> None:
    verdict = grade_prediction(CHOICE, 1, result(0), pretest=True)
    assert (verdict.score, verdict.suggested) == (0, None)
