"""Live training: the same however it is cut, turned off and on, and changed on the way."""

from __future__ import annotations

import pytest

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
