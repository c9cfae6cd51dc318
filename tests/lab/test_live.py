"""Live training: the same however it is cut, turned off and on, and changed on the way."""

from __future__ import annotations

import threading

import pytest
import torch

from studybuddy.lab.data import DATA
from studybuddy.lab.live import LiveTraining, diagonals


def test_the_same_seed_gives_the_same_training_however_it_is_cut() -> None:
    whole, parts = LiveTraining(3), LiveTraining(3)
    at_once = whole.advance(50)
    for steps in (1, 24, 7, 18):
        cut = parts.advance(steps)
    assert cut == at_once
    assert LiveTraining(4).advance(50) != at_once


def test_loss_falls_and_the_anti_diagonal_appears() -> None:
    training = LiveTraining(1)
    before, after = training.snapshot(), training.advance(175)
    assert after.loss < before.loss / 2
    assert after.diagonal is not None
    assert after.across is not None
    assert after.diagonal.value >= 0.9 > after.across.value
    assert [point.step for point in after.history] == list(range(0, 176, 25))
    assert after.heatmap is not None
    assert after.heatmap.rows == after.heatmap.columns[::-1]


def test_without_attention_there_are_no_weights_and_it_begins_again() -> None:
    training = LiveTraining(1)
    training.advance(10)
    with_attention = training.parameters
    training.set_attention(False)
    now = training.snapshot()
    assert (now.step, now.heatmap, now.diagonal) == (0, None, None)
    assert "attention off" in now.message
    assert abs(training.parameters - with_attention) / with_attention < 0.1
    training.set_attention(False)
    assert training.advance(3).step == 3


def test_another_rate_holds_from_the_next_step_on() -> None:
    slow, changed = LiveTraining(2, rate=1e-4), LiveTraining(2, rate=1e-2)
    changed.set_rate(1e-4)
    assert changed.rate == 1e-4
    assert changed.advance(25).loss == slow.advance(25).loss
    for rate in (0.0, 1.0, float("nan")):
        with pytest.raises(ValueError, match="rate"):
            changed.set_rate(rate)


def test_no_weights_no_diagonals() -> None:
    assert diagonals(None, []) == (None, None)


def test_the_bars_are_reached_on_one_seed() -> None:
    history = LiveTraining(0).advance(225).history
    diagonal = [point.step for point in history if point.diagonal and point.diagonal.value >= 0.9]
    exact = [point.step for point in history if point.exact.value >= 0.95]
    assert diagonal[0] <= 200
    assert exact[0] <= 500


def test_diagonals_are_counted_by_hand() -> None:
    pair = DATA["letters reversed"].sample([4], 1, "test", 1)[4][0]
    weights = torch.zeros(1, 5, 4)
    for t, source in enumerate((3, 2, 2, 0)):  # three on the anti-diagonal, one on the main one
        weights[0, t, source] = 1
    gold, across = diagonals(weights, [pair])
    assert gold is not None
    assert across is not None
    assert (gold.right, gold.n) == (3, 4)
    assert (across.right, across.n) == (1, 4)


def test_setters_from_another_thread_do_not_disturb_a_step() -> None:
    training = LiveTraining(3)
    faults: list[BaseException] = []

    def work() -> None:
        try:
            for _part in range(20):
                training.advance(2)
        except BaseException as fault:
            faults.append(fault)

    worker = threading.Thread(target=work)
    worker.start()
    for rate in (1e-3, 3e-3, 1e-2):
        training.set_rate(rate)
        training.set_attention(rate != 3e-3)
        training.snapshot()
    worker.join()
    assert not faults
    assert training.attention
    assert training.rate == 1e-2
