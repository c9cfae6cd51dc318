"""Predictions against runs."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Result
from studybuddy.grading.prediction import grade_prediction

CHOICE = ChoiceQuestion(("attention", "fixed C"))
NUMBER = NumberQuestion(0, 100, 10, "%")


def result(answer: float, *, clear: bool = True) -> Result:
    return Result("length", "drop", 1, answer, 200, clear=clear)


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


def test_a_pretest_has_no_grade() -> None:
    verdict = grade_prediction(CHOICE, 1, result(0), pretest=True)
    assert (verdict.score, verdict.suggested) == (0, None)


def test_an_effect_inside_its_interval_marks_nothing_wrong() -> None:
    verdict = grade_prediction(CHOICE, 1, result(0, clear=False), pretest=False)
    assert (verdict.score, verdict.suggested) == (1000, 4)
    assert not any(reason.mark == "wrong" for reason in verdict.reasons)
    assert "interval" in verdict.reasons[1].text
