"""Choices, orders and marked short answers against their keys."""

from __future__ import annotations

from itertools import permutations

import pytest

from studybuddy.decks.model import Choice, Option, Order
from studybuddy.grading.choice import grade_choice
from studybuddy.grading.order import grade_order
from studybuddy.grading.short import grade_short

ONE = Choice((Option("C", True, "fixed size"), Option("h₁", False, "only one word")))
TWO = Choice(
    (Option("a", True), Option("b", True), Option("c", False, "because"), Option("d", False))
)
STEPS = Order(("score", "softmax", "weighted sum", "next state"))


@pytest.mark.parametrize(("hints", "grade"), [(0, 4), (1, 3)])
def test_the_right_option(hints: int, grade: int) -> None:
    verdict = grade_choice(ONE, [0], hints)
    assert (verdict.score, verdict.suggested) == (1000, grade)
    assert [(reason.mark, reason.text) for reason in verdict.reasons] == [
        ("right", "Right: C  fixed size")
    ]


def test_a_wrong_option_is_named_with_its_reason() -> None:
    verdict = grade_choice(ONE, {1}, 0)
    assert (verdict.score, verdict.suggested) == (0, 1)
    assert [reason.mark for reason in verdict.reasons] == ["missing", "wrong"]
    assert "only one word" in verdict.reasons[1].text


@pytest.mark.parametrize(
    ("chosen", "score", "grade"),
    [([0, 1], 1000, 4), ([0], 500, 2), ([0, 1, 2], 500, 2), ([0, 2], 0, 1), ([], 0, 1), ([2, 3], 0, 1)],
)  # fmt: skip
def test_several_options_score_in_parts(chosen: list[int], score: int, grade: int) -> None:
    verdict = grade_choice(TWO, chosen, 0)
    assert (verdict.score, verdict.suggested) == (score, grade)


def test_choosing_all_earns_nothing_when_half_are_wrong() -> None:
    assert grade_choice(TWO, [0, 1, 2, 3], 0).score == 0


def test_none_is_right() -> None:
    nothing = Choice((Option("a", False), Option("b", False)))
    assert grade_choice(nothing, [], 0).suggested == 4
    assert grade_choice(nothing, [1], 0).suggested == 1


@pytest.mark.parametrize("option", [-1, 2])
def test_an_unknown_option_is_an_error(option: int) -> None:
    with pytest.raises(IndexError):
        grade_choice(ONE, [option], 0)


def test_the_right_order() -> None:
    verdict = grade_order(STEPS, (0, 1, 2, 3), 0)
    assert (verdict.score, verdict.suggested, verdict.right) == (1000, 4, 4)


def test_one_step_out_of_place_is_the_only_one_named() -> None:
    verdict = grade_order(STEPS, (1, 2, 0, 3), 0)
    assert (verdict.score, verdict.suggested) == (667, 2)
    assert [reason.text for reason in verdict.reasons] == ["“score” comes first."]


def test_the_order_backwards_is_all_wrong() -> None:
    verdict = grade_order(STEPS, (3, 2, 1, 0), 0)
    assert (verdict.score, verdict.suggested) == (0, 1)


def test_a_step_left_out_is_missing() -> None:
    verdict = grade_order(STEPS, (0, 2, 3), 0)
    assert [(reason.mark, reason.text) for reason in verdict.reasons] == [
        ("missing", "“softmax” comes right after “score”.")
    ]
    assert verdict.suggested == 2


def test_every_order_but_one_has_a_fault() -> None:
    for order in permutations(range(4)):
        verdict = grade_order(STEPS, order, 0)
        assert (verdict.score == 1000) == (order == (0, 1, 2, 3))
        moved = [reason for reason in verdict.reasons if reason.mark == "wrong"]
        assert len(moved) == 4 - verdict.right


def test_an_unknown_step_is_an_error() -> None:
    with pytest.raises(IndexError):
        grade_order(STEPS, (0, 1, 2, 4), 0)


@pytest.mark.parametrize(
    ("ticked", "score", "grade"), [(4, 1000, 5), (3, 750, 4), (2, 500, 2), (0, 0, 1)]
)
def test_a_short_answer_scores_by_points(ticked: int, score: int, grade: int) -> None:
    points = ("one", "two", "three", "four")
    verdict = grade_short(points, [i < ticked for i in range(4)])
    assert (verdict.score, verdict.suggested, verdict.right) == (score, grade, ticked)
    assert [reason.mark for reason in verdict.reasons].count("missing") == 4 - ticked


def test_ticks_must_match_the_points() -> None:
    with pytest.raises(ValueError, match="1 ticks for 2 points"):
        grade_short(("a", "b"), [True])
