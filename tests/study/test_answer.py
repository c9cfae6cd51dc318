"""Answers as a row keeps them: what goes in comes out, and what no program of ours wrote is refused."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.study.answer import (
    Answer,
    Chosen,
    Computed,
    Drawn,
    Gaps,
    OnPaper,
    Ordered,
    Predicted,
    Written,
    answer_from_json,
    answer_to_json,
)


@pytest.mark.parametrize(
    "answer",
    [
        Gaps(("encoder", "")),
        Chosen((2, 0)),
        Ordered((1, 0, 2)),
        Written("every state"),
        Computed(("0.25", "1/4")),
        Drawn("enc > c", "told"),
        OnPaper(90, "told"),
        Predicted(7),
        Predicted(7.5),
        Predicted((2, 0, 1)),
        Predicted((12.5, 0.0, 100)),
    ],
)
def test_a_row_keeps_every_answer(answer: Answer) -> None:
    kept = json.loads(json.dumps(answer_to_json(answer)))
    assert answer_from_json(kept) == answer


@given(
    st.lists(
        st.floats(allow_nan=False, allow_infinity=False) | st.integers(), max_size=200, min_size=1
    )
)
def test_a_sketch_of_any_numbers_comes_back(numbers: list[float]) -> None:
    finite = tuple(each for each in numbers if isinstance(each, float) or abs(each) < 2**53)
    if finite:
        kept = json.loads(json.dumps(answer_to_json(Predicted(finite))))
        assert answer_from_json(kept) == Predicted(finite)


def test_rows_of_the_first_version_still_read() -> None:
    assert answer_from_json({"form": "predicted", "value": 7}) == Predicted(7)
    assert answer_from_json({"form": "predicted", "value": 52.5}) == Predicted(52.5)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "7",
        {},
        [],
        [[1]],
        [None],
        [True],
        ["1"],
        math.nan,
        math.inf,
        [0, math.nan],
        [10**400],
        10**400,
        [0] * 201,
        {"0": 1},
    ],
)
def test_a_value_that_is_no_prediction_is_refused(value: object) -> None:
    assert answer_from_json({"form": "predicted", "value": value}) is None


@pytest.mark.parametrize("data", [{}, {"form": "sung"}, {"form": "predicted"}, {"form": None}])
def test_forms_that_nobody_knows_are_refused(data: dict[str, object]) -> None:
    assert answer_from_json(data) is None
