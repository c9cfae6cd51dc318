"""A parameter may have alternatives, of which the seed picks one."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.experiments import with_defaults
from studybuddy.catalogue.experiments.alternatives import alternatives, each_choice, picked
from studybuddy.catalogue.registry import experiment_problem
from studybuddy.lab.tasks import prepare

LENGTHS = {"any": [12, 14, 16]}


def test_the_seed_picks_the_same_alternative_again_and_all_in_the_end() -> None:
    chosen = [picked({"length": LENGTHS, "count": 60}, seed) for seed in range(40)]
    assert chosen == [picked({"length": LENGTHS, "count": 60}, seed) for seed in range(40)]
    assert {each["length"] for each in chosen} == {12, 14, 16}
    assert {each["count"] for each in chosen} == {60}


def test_two_parameters_are_picked_apart() -> None:
    both = {"a": {"any": [1, 2]}, "b": {"any": [1, 2]}}
    pairs = {tuple(picked(both, seed).values()) for seed in range(60)}
    assert pairs == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert len(each_choice(both)) == 4


def test_one_value_is_no_alternative() -> None:
    for value in (12, [8, 18], "fixed", {}, {"any": 3}, {"any": [1, 2], "more": 1}):
        assert alternatives(value) is None
    assert each_choice({"a": 3, "b": [8, 18]}) == [{"a": 3, "b": [8, 18]}]


def test_alternatives_keep_their_shape_when_defaults_are_filled_in() -> None:
    full = with_defaults("length", "drop", {"lengths": {"any": ((8, 18), (6, 16))}})
    assert full["lengths"] == {"any": [[8, 18], [6, 16]]}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"any": [12]}, "from 2 to 8"),
        ({"any": [12, 900]}, "is 900"),
        ({"any": ["12", 14]}, "whole number"),
        ({"some": [12, 14]}, "whole number"),
        ({"any": list(range(10, 20))}, "from 2 to 8"),
    ],
)
def test_every_alternative_is_checked(value: object, says: str) -> None:
    problem = experiment_problem("length", "at", {"length": value})
    assert problem is not None
    assert says in problem


def test_the_next_review_asks_about_another_length() -> None:
    asked = {
        prepare("length", "at", {"length": LENGTHS}, seed, "en").parameters["length"]
        for seed in range(20)
    }
    assert asked == {12, 14, 16}
