"""Decks are checked against the catalogue without torch."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studybuddy.catalogue.experiments import EXPERIMENTS, listing, with_defaults
from studybuddy.catalogue.registry import experiment_problem


@pytest.mark.parametrize(
    ("run", "ask", "parameters"),
    [
        ("length", "drop", {"lengths": [8, 18]}),
        ("length", "keeps", {}),
        ("length", "at", {"length": 16, "count": 60}),
        ("translate", "brightest", {"lengths": [6, 10]}),
        ("translate", "length", {}),
    ],
)
def test_a_sound_fence_has_no_problem(run: str, ask: str, parameters: dict[str, object]) -> None:
    assert experiment_problem(run, ask, parameters) is None


@pytest.mark.parametrize(
    ("run", "ask", "parameters", "says"),
    [
        ("lenght", "drop", {}, "did you mean 'length'"),
        ("nothing", "drop", {}, "length, mask"),
        (["length"], "drop", {}, "no experiment"),
        ("length", "dorp", {}, "did you mean 'drop'"),
        ("length", 3, {}, "no question"),
        ("length", "drop", {"length": 8}, "did you mean 'lengths'"),
        ("length", "drop", {"lengths": [18, 8]}, "a < b"),
        ("length", "drop", {"lengths": [8, 18.5]}, "whole numbers"),
        ("length", "drop", {"lengths": "8-18"}, "two whole numbers"),
        ("length", "at", {"length": True}, "whole number"),
        ("length", "at", {"count": 10**9}, "from 40 to 250"),
    ],
)
def test_a_fault_is_named(run: str, ask: str, parameters: dict[str, object], says: str) -> None:
    problem = experiment_problem(run, ask, parameters)
    assert problem is not None
    assert says in problem


def test_every_default_lies_in_its_own_range() -> None:
    for experiment in EXPERIMENTS.values():
        for ask in experiment.asks:
            assert (
                experiment_problem(experiment.name, ask, with_defaults(experiment.name, ask, {}))
                is None
            )


def test_the_listing_names_every_experiment_and_says_what_it_is() -> None:
    assert {name for name, _ in listing()} == set(EXPERIMENTS)
    assert all(about for _, about in listing())


def test_the_catalogue_needs_no_torch() -> None:
    code = "import sys, studybuddy.catalogue.registry; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
