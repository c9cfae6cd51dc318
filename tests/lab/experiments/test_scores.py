"""Score functions compared: ranks with ties, and where location falls behind."""

from __future__ import annotations

from itertools import combinations

import pytest

from studybuddy.catalogue.figures import Bars, Table
from studybuddy.catalogue.predictions import (
    RankingQuestion,
    Result,
    Task,
    prediction_holds,
    score_prediction,
)
from studybuddy.lab.alignment import Counts
from studybuddy.lab.experiments import scores
from studybuddy.lab.experiments.scored import Scored, alignment_difference, exact_difference
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare


def _scored(right: int, hits: int, n: int = 60) -> Scored:
    """`right` of n sentences exact; in each, `hits` of ten words on their one sure link."""
    counts = [
        Counts(sure=hits, sures=10, possible=hits, predicted=10, links=10) for _each in range(n)
    ]
    return Scored([0.1] * n, [i < right for i in range(n)], counts)


@pytest.fixture(scope="module")
def ranked() -> tuple[Task, Result]:
    task = prepare("scores", "rank", {"count": 40, "lengths": [8, 12]}, 2, "en")
    return task, run(task)


def test_aer_and_its_difference_by_hand() -> None:
    """9 and 7 of 10 right: AER .1 and .3; the first is ahead by .2, always."""
    good, bad = _scored(60, 9), _scored(60, 7)
    assert alignment_difference(good, bad, 0) == pytest.approx((0.2, 0.2, 0.2))
    assert exact_difference(good, _scored(30, 9), 0)[0] == pytest.approx(0.5)


def test_the_best_comes_first_and_equals_are_tied() -> None:
    found = {
        "additive": _scored(60, 9),
        "general": _scored(10, 7),
        "dot": _scored(60, 9),
        "location": _scored(10, 5),
    }
    items = ["location", "dot", "general", "additive"]
    assert scores.ranking(found, items, True, 0) == ([1, 3, 2, 0], ((1, 3),))
    order, ties = scores.ranking(found, items, False, 0)
    assert set(order[:2]) == {1, 3}
    assert set(ties) == {(1, 3), (0, 2)}


def test_the_key_is_what_the_data_say_and_ties_cost_nothing(ranked: tuple[Task, Result]) -> None:
    task, result = ranked
    assert isinstance(task.question, RankingQuestion)
    assert isinstance(result.answer, tuple)
    items = task.parameters["items"]
    rates = [result.data[items[int(place)]]["aer"][0] for place in result.answer]
    assert rates == sorted(rates)
    assert prediction_holds(task.question, result.answer, result)
    for a, b in result.ties:
        swapped = list(result.answer)
        i, j = swapped.index(a), swapped.index(b)
        if abs(i - j) == 1:
            swapped[i], swapped[j] = swapped[j], swapped[i]
            assert prediction_holds(task.question, tuple(swapped), result)
    if len(result.ties) < len(list(combinations(items, 2))):
        assert score_prediction(task.question, result.answer[::-1], result) < 1


def test_every_row_is_labelled_and_the_reservations_are_printed(
    ranked: tuple[Task, Result],
) -> None:
    _task, result = ranked
    table, bars = result.figures
    assert isinstance(table, Table)
    assert isinstance(bars, Bars)
    assert table.rows[-1][0] == "additive, Bahdanau's order"
    assert len(table.rows) == 5
    notes = " ".join(result.notes)
    assert "One training each" in notes
    assert "one paper's result" in notes
    assert "Bahdanau's order" in notes


def test_a_run_is_repeatable_but_for_the_time_it_took(ranked: tuple[Task, Result]) -> None:
    task, result = ranked
    again = run(task)
    assert (again.answer, again.ties, again.data) == (result.answer, result.ties, result.data)
    assert again.figures[1] == result.figures[1]


def test_location_is_judged_on_both_kinds_of_length() -> None:
    near, far, unsure = (0.01, -0.02, 0.04), (0.6, 0.5, 0.7), (0.1, -0.05, 0.2)
    assert scores.verdict(near, far) == (scores.BEYOND, True)
    assert scores.verdict(far, far) == (scores.FEWER, True)
    assert scores.verdict(near, near) == (scores.BOTH, True)
    assert scores.verdict(far, near) == (scores.WITHIN, True)
    assert scores.verdict(near, unsure) == (scores.BOTH, False)


def test_location_falls_behind_on_lengths_that_it_never_saw() -> None:
    task = prepare("scores", "location", {"count": 40, "beyond": [23, 25]}, 2, "en")
    result = run(task)
    beyond = result.data["beyond"]
    assert beyond["additive"]["exact_match"] - beyond["location"]["exact_match"] > 0.2
    assert result.answer in (scores.BEYOND, scores.FEWER)
