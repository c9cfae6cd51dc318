"""What counts as an answer to a question, and how much of a prediction holds."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    PositionQuestion,
    Question,
    RankingQuestion,
    Result,
    SketchQuestion,
    Value,
    fits_question,
    parts_right,
    point_errors,
    prediction_holds,
    score_prediction,
)

NUMBER = NumberQuestion(0, 100, 10, "%")
CHOICE = ChoiceQuestion(("attention", "fixed C"))
POSITION = PositionQuestion(("the", "small", "cat"))
RANKING = RankingQuestion(("RNN", "GRU", "LSTM"))
SKETCH = SketchQuestion(("4", "8", "12", "16"), 0, 100, 10, "%")


def result(answer: Value, **more: object) -> Result:
    return Result("length", "drop", 1, answer, 200, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "value", "fits"),
    [
        (NUMBER, 0, True),
        (NUMBER, 99.5, True),
        (NUMBER, 101, False),
        (NUMBER, math.nan, False),
        (NUMBER, math.inf, False),
        (NUMBER, 10**400, False),
        (NUMBER, (5,), False),
        (CHOICE, 1, True),
        (CHOICE, 2, False),
        (CHOICE, -1, False),
        (CHOICE, 0.5, False),
        (CHOICE, (0,), False),
        (POSITION, 2, True),
        (POSITION, 3, False),
        (RANKING, (2, 0, 1), True),
        (RANKING, (2, 0), False),
        (RANKING, (2, 0, 0), False),
        (RANKING, (2, 0, 1, 3), False),
        (RANKING, (2, math.nan, 1), False),
        (RANKING, 1, False),
        (SKETCH, (0, 100, 50.5, 3), True),
        (SKETCH, (0, 100, 50), False),
        (SKETCH, (0, 100, 50, 101), False),
        (SKETCH, (0, 100, 50, math.nan), False),
        (SKETCH, 5, False),
    ],
)
def test_a_value_fits_its_question_or_not(question: Question, value: Value, fits: bool) -> None:
    assert fits_question(question, value) is fits


@pytest.mark.parametrize(("said", "holds"), [(50, True), (60, True), (61, False), (39, False)])
def test_a_number_holds_within_its_tolerance(said: float, holds: bool) -> None:
    assert prediction_holds(NUMBER, said, result(50)) is holds
    assert score_prediction(NUMBER, said, result(50)) == float(holds)


def test_a_number_inside_the_runs_interval_holds() -> None:
    assert prediction_holds(NUMBER, 70, result(50, low=30, high=75))
    assert not prediction_holds(NUMBER, 76, result(50, low=30, high=75))


def test_a_choice_and_a_place_hold_or_not() -> None:
    assert score_prediction(CHOICE, 1, result(1)) == 1
    assert score_prediction(CHOICE, 0, result(1)) == 0
    assert score_prediction(POSITION, 2, result(2)) == 1
    assert score_prediction(POSITION, 1, result(2)) == 0


@pytest.mark.parametrize(
    ("said", "right"),
    [((2, 1, 0), 3), ((2, 0, 1), 2), ((1, 2, 0), 2), ((0, 1, 2), 0), ((1, 0, 2), 1)],
)
def test_a_ranking_counts_pairs(said: tuple[int, ...], right: int) -> None:
    assert parts_right(RANKING, said, result((2, 1, 0))) == (right, 3)
    assert score_prediction(RANKING, said, result((2, 1, 0))) == right / 3
    assert prediction_holds(RANKING, said, result((2, 1, 0))) is (right == 3)


def test_pairs_that_the_run_cannot_tell_apart_count_for_nothing() -> None:
    found = result((2, 1, 0), ties=((1, 2),))
    assert prediction_holds(RANKING, (1, 2, 0), found)
    assert parts_right(RANKING, (0, 1, 2), found) == (0, 2)


def test_a_ranking_of_ties_alone_is_right_in_any_order() -> None:
    found = result((0, 1, 2), ties=((0, 1), (0, 2), (1, 2)))
    for order in permutations(range(3)):
        assert prediction_holds(RANKING, order, found)
        assert score_prediction(RANKING, order, found) == 1


def test_a_sketch_counts_its_points_and_holds_on_average() -> None:
    found = result((90, 60, 30, 0))
    assert parts_right(SKETCH, (90, 70, 41, 0), found) == (3, 4)
    assert prediction_holds(SKETCH, (90, 70, 41, 0), found)
    assert not prediction_holds(SKETCH, (90, 60, 30, 41), found)
    assert score_prediction(SKETCH, (90, 60, 30, 41), found) == 0.75


def test_a_point_inside_its_interval_is_not_off() -> None:
    found = result((90, 60, 30, 0), lows=(80, 40, 10, 0), highs=(95, 80, 50, 20))
    assert point_errors((95, 40, 50, 20), found) == [0, 0, 0, 0]
    assert point_errors((96, 40, 50, 30), found) == [6, 0, 0, 30]


def test_a_sketch_of_other_points_scores_nothing() -> None:
    assert score_prediction(SKETCH, (1, 2), result((90, 60, 30, 0))) == 0
    assert not prediction_holds(SKETCH, (1, 2), result((90, 60, 30, 0)))


@given(st.data())
def test_what_the_run_found_is_always_fully_right(data: st.DataObject) -> None:
    question: Question = data.draw(st.sampled_from([NUMBER, CHOICE, POSITION, RANKING, SKETCH]))
    match question:
        case RankingQuestion():
            value: Value = tuple(data.draw(st.permutations(range(3))))
        case SketchQuestion():
            value = tuple(data.draw(st.lists(st.floats(0, 100), min_size=4, max_size=4)))
        case NumberQuestion():
            value = data.draw(st.floats(0, 100))
        case _:
            value = data.draw(st.integers(0, 1))
    assert fits_question(question, value)
    assert score_prediction(question, value, result(value)) == 1
    assert prediction_holds(question, value, result(value))


@given(st.permutations(range(3)), st.permutations(range(3)))
def test_a_score_lies_between_nothing_and_everything(said: list[int], found: list[int]) -> None:
    score = score_prediction(RANKING, tuple(said), result(tuple(found)))
    assert 0 <= score <= 1
    assert (score == 1) == prediction_holds(RANKING, tuple(said), result(tuple(found)))
