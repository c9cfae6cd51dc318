"""Gradients (E5) and long lags (E6): keys read from what was measured, ties where seeds overlap."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.figures import Curve
from studybuddy.lab.experiments.recall import longest, ranked
from studybuddy.lab.run import run
from studybuddy.lab.statistics import Share
from studybuddy.lab.tasks import prepare


def test_the_rate_is_the_factor_of_the_network_that_is_asked() -> None:
    result = run(prepare("gradients", "rate", {"network": "rnn"}, 2, "en"))
    assert isinstance(result.answer, float)
    assert 0.3 < result.answer < 0.65
    assert result.low is not None
    assert result.high is not None
    assert result.low <= result.answer <= result.high
    curve = result.figures[0]
    assert isinstance(curve, Curve)
    assert not curve.percent
    assert run(prepare("gradients", "rate", {"network": "rnn"}, 2, "en")) == result


def test_an_open_gate_reaches_further_back_than_a_plain_network() -> None:
    task = prepare("gradients", "order", {"state": "open", "bias": 3}, 1, "en")
    result = run(task)
    assert isinstance(result.answer, tuple)
    items = task.question.items  # type: ignore[union-attr]
    assert "RNN" in items[int(result.answer[-1])]
    assert result.clear


def test_lags_are_solved_from_the_shortest_on() -> None:
    def shares(*right: int) -> dict[int, Share]:
        return {lag: Share(each, 100) for lag, each in zip((5, 10, 20, 40), right, strict=True)}

    assert longest(shares(100, 100, 20, 100))[0] == 2
    assert longest(shares(100, 100, 99, 100))[0] == 4
    assert longest(shares(12, 100, 100, 100))[0] == 0


def test_networks_that_cannot_be_told_apart_are_ties() -> None:
    order, ties = ranked([Share(100, 100), Share(12, 100), Share(99, 100), Share(50, 100)])
    assert order[-2:] == (3, 1)
    assert [set(pair) for pair in ties] == [{0, 2}]


@pytest.mark.parametrize(
    ("network", "low", "high"), [("gru", 99, 100), ("lstm", 99, 100), ("rnn", 5, 40)]
)
def test_a_plain_network_does_not_bridge_forty_steps_and_open_gates_do(
    network: str, low: float, high: float
) -> None:
    result = run(prepare("recall", "at", {"network": network, "lag": "40"}, 6, "zh"))
    assert low <= float(result.answer) <= high  # type: ignore[arg-type]
    assert result.n == 200
