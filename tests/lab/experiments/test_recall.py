"""E6: the longest lag, accuracy against chance, and what cannot be told apart."""

from __future__ import annotations

import json

import pytest

from studybuddy.catalogue.figures import Curve, Table
from studybuddy.catalogue.predictions import Progress, Result, Task, prediction_holds
from studybuddy.lab.experiments.recall import longest, model_name, ranked
from studybuddy.lab.recall_models import load_recall
from studybuddy.lab.recall_plan import CHANCE, FIXED_LAGS
from studybuddy.lab.recalling import recalled, strings
from studybuddy.lab.run import run
from studybuddy.lab.statistics import Share
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.recall import NETWORKS


def _run(ask: str, seed: int = 3, **parameters: object) -> tuple[Task, Result]:
    task = prepare("recall", ask, {"count": 100, **parameters}, seed, "en")
    return task, run(task)


def test_the_longest_lag_by_hand() -> None:
    right = {5: Share(100, 100), 10: Share(99, 100), 20: Share(30, 100), 40: Share(100, 100)}
    assert longest(right) == (2, True)  # what comes after the first failure does not count
    assert longest({5: Share(91, 100), 10: Share(10, 100)}) == (1, False)  # 91 % may be 89 %
    assert longest({5: Share(12, 100)}) == (0, True)
    assert longest({5: Share(12, 100), 10: Share(100, 100)})[0] == 0


def test_a_ranking_by_hand() -> None:
    order, ties = ranked([Share(10, 100), Share(100, 100), Share(99, 100)])
    assert order == (1, 2, 0)
    assert ties == ((1, 2),)
    order, ties = ranked([Share(n, 100) for n in (100, 12, 99, 50)])
    assert order[-2:] == (3, 1)  # told apart, the better one first
    assert ties == ((0, 2),)


def test_the_key_of_the_longest_lag_is_counted_again_here() -> None:
    for network in ("rnn", "lstm default"):
        task, result = _run("longest", network=network)
        solved = 0
        for lag in FIXED_LAGS:
            model = load_recall(model_name(network, lag))
            if recalled(model.network, strings(lag, 100, "test", 3)).value < 0.9:
                break
            solved += 1
        assert result.answer == solved
        assert prediction_holds(task.question, solved, result)
        assert 0 < solved < len(FIXED_LAGS)
    assert _run("longest", network="gru")[1].answer == len(FIXED_LAGS)


@pytest.mark.parametrize("network", ["gru", "lstm"])
def test_open_gates_bridge_forty_steps(network: str) -> None:
    result = run(prepare("recall", "at", {"network": network, "lag": "40"}, 6, "zh"))
    assert result.answer >= 99  # type: ignore[operator]
    assert result.n == 200


def test_accuracy_at_a_lag_has_its_interval_and_the_plain_network_is_at_chance() -> None:
    _task, result = _run("at", network="rnn", lag="40")
    assert result.low is not None
    assert result.high is not None
    assert result.low <= 100 * CHANCE <= result.high
    assert result.low <= result.answer <= result.high  # type: ignore[operator]
    assert result.n == 100
    assert _run("at", network="gru", lag="40")[1].answer == 100


def test_the_ranking_ties_what_is_equally_right_and_is_not_asked_where_all_are() -> None:
    task, result = _run("ranking", lag="20")
    items = task.parameters["items"]
    assert sorted(items) == sorted(NETWORKS)
    perfect = {items.index("gru"), items.index("lstm")}
    assert any(set(pair) == perfect for pair in result.ties)
    assert result.clear
    assert not _run("ranking", lag="5")[1].clear


def test_figures_stand_against_chance_and_the_mixed_one_marks_its_edge() -> None:
    _task, result = _run("at")
    fixed, table, mixed = result.figures
    assert isinstance(fixed, Curve)
    assert isinstance(table, Table)
    assert isinstance(mixed, Curve)
    for curve in (fixed, mixed):
        assert set(curve.series[-1].y) == {CHANCE}
    assert len(fixed.series) == 6
    assert mixed.edge is not None
    assert mixed.x[mixed.edge] == "20"
    assert all(y > 0.95 for series in mixed.series[:-1] for y in series.y)
    notes = "\n".join(result.notes)
    for said in ("parameters", "rates", "seed 3", "chance"):
        assert said in notes
    assert json.loads(json.dumps(result.data)) == result.data


def test_a_run_is_repeatable_and_grows() -> None:
    task, result = _run("longest")
    told: list[Progress] = []
    assert run(task, told.append) == result
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert told[-1].done == told[-1].total
    assert sum(bool(step.figures) for step in told) == len(FIXED_LAGS)


@pytest.mark.parametrize("ask", ["longest", "at", "ranking"])
def test_prompts_are_whole_in_both_languages(ask: str) -> None:
    english = prepare("recall", ask, {}, 3, "en")
    chinese = prepare("recall", ask, {}, 3, "zh")
    assert english.parameters == chinese.parameters
    assert "{" not in english.prompt + chinese.prompt
    assert any("一" <= letter <= "鿿" for letter in chinese.prompt)
