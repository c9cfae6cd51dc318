"""Beams compared: the key follows from what each width found."""

from __future__ import annotations

from itertools import pairwise

import pytest

from studybuddy.catalogue.figures import Table, Tree
from studybuddy.catalogue.predictions import ChoiceQuestion, Progress, Result, Task
from studybuddy.lab.experiments import beam
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import load
from studybuddy.lab.networks.search import Hypothesis, search
from studybuddy.lab.plan import HEADLINE_FIXED
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare

SMALL = {"count": 20, "lengths": [9, 10]}


@pytest.fixture(scope="module")
def ran() -> tuple[Task, Result, list[Progress]]:
    told: list[Progress] = []
    task = prepare("beam", "gain", SMALL, 3, "en")
    return task, run(task, told.append), told


def _found(*scores: list[float]) -> dict[int, beam.Found]:
    widths = (1, 2, 5, 10)
    return {
        width: beam.Found([Hypothesis((), score, score, True) for score in row])
        for width, row in zip(widths, scores, strict=False)
    }


def test_the_widening_that_raises_the_score_most_is_the_key() -> None:
    """Two gains 1.0 a sentence from 1 to 2, .1 from 2 to 5, nothing after."""
    found = _found([-3.0] * 30, [-2.0] * 30, [-1.9] * 30, [-1.9] * 30)
    steps = beam.gains(found)
    assert [sum(row) for row in steps] == pytest.approx([30, 3, 0])
    total = (1.1, 1.0, 1.2)
    assert beam.most_gain(steps, total, 0) == (0, True)


def test_where_nothing_is_gained_the_key_is_none() -> None:
    found = _found([-3.0] * 30, [-3.0 + 1e-6] * 30, [-3.0] * 30, [-3.0] * 30)
    steps = beam.gains(found)
    assert all(value == 0 for row in steps for value in row)
    assert beam.most_gain(steps, (0.0, 0.0, 0.0), 0) == (3, True)
    assert beam.most_gain(steps, (0.02, -0.1, 0.3), 0) == (3, False)


def test_wider_is_always_better_only_when_every_step_is() -> None:
    gain = (0.5, 0.3, 0.7)
    up, flat = (0.05, 0.02, 0.08), (0.001, -0.002, 0.004)
    assert beam.always_better(gain, [up, up, up]) == (0, True)
    assert beam.always_better(gain, [up, up, flat]) == (1, True)
    assert beam.always_better(gain, [up, up, (0.02, -0.01, 0.05)]) == (1, False)
    assert beam.always_better((0.0, 0.0, 0.0), [flat, flat, flat]) == (2, True)


def test_a_search_error_is_a_reference_that_is_likelier_than_the_output() -> None:
    pairs = [SentencePair((), ("A",), frozenset(), frozenset(), frozenset())] * 3
    found = [
        Hypothesis(("B",), -2.0, -2.0, True),
        Hypothesis(("B",), -2.0, -2.0, True),
        Hypothesis(("A",), -2.0, -2.0, True),
    ]
    assert beam.search_errors(found, pairs, [-1.0, -3.0, -1.0]) == 1
    assert beam.exact(found, pairs).right == 1


def test_the_key_is_what_the_table_and_the_data_say(
    ran: tuple[Task, Result, list[Progress]],
) -> None:
    task, result, _told = ran
    assert isinstance(task.question, ChoiceQuestion)
    scores = [found["log_probability"] for found in result.data["widths"].values()]
    steps = [b - a for a, b in pairwise(scores)]
    if int(result.answer) < len(steps):  # type: ignore[arg-type]
        assert steps[int(result.answer)] == max(steps)  # type: ignore[arg-type]
    assert all(gain > -beam.SAME for gain in steps)
    errors = [found["search_errors"] for found in result.data["widths"].values()]
    assert errors == sorted(errors, reverse=True)
    table, tree = result.figures
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["1", "2", "5", "10"]
    assert all(len(row) == len(table.headings) for row in table.rows)
    assert isinstance(tree, Tree)
    assert tree.nodes[0].best or any(node.best for node in tree.nodes)


def test_a_run_is_repeatable_and_tells_how_far_it_is(
    ran: tuple[Task, Result, list[Progress]],
) -> None:
    task, result, told = ran
    assert run(task) == result
    assert len(told) > 4 * SMALL["count"]  # type: ignore[operator]
    assert any(progress.figures for progress in told)


def test_a_search_that_goes_on_for_length_holds_the_plain_choice_too() -> None:
    from studybuddy.lab.experiments.comparing import unseen_pairs

    model = load(HEADLINE_FIXED)
    for pair in unseen_pairs(model.data, (9, 16), 8, 5):
        short = search(model.network, pair.source, 4)
        long = search(model.network, pair.source, 4, normalise=True)
        assert short.ranked(False)[0][1] == long.ranked(False)[0][1]


def test_the_widest_beam_is_a_parameter_and_the_prompt_names_the_widths() -> None:
    task = prepare("beam", "wider", {"widest": "50"}, 1, "zh")
    assert task.parameters["widths"] == [1, 2, 5, 10, 50]
    assert "1、2、5、10、50" in task.prompt
    english = prepare("beam", "gain", {}, 1, "en")
    assert isinstance(english.question, ChoiceQuestion)
    assert english.question.options[:3] == ("1 → 2", "2 → 5", "5 → 10")
