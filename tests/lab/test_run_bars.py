"""The bars of gradients, beams and live training: reached as measured, and missed where they must be."""

from __future__ import annotations

import pytest

from studybuddy.lab import run_bars
from studybuddy.lab.gradients import DISTANCES
from studybuddy.lab.run_bars import beam_bars, gradient_bars, live_bars


def test_every_factor_lies_where_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_bars, "DRAWN", 3)
    found = list(gradient_bars(2))
    assert len(found) == 8
    assert [bar.text for bar in found if not bar.reached] == []


def test_a_gradient_that_does_not_vanish_misses_its_bar() -> None:
    slow = [tuple(-0.01 * k for k in DISTANCES) for _seed in range(2)]
    assert not run_bars._factor("RNN", slow, 0.0, 0.6).reached
    assert run_bars._factor("GRU", slow, 0.85, 1.0).reached


def test_a_beam_finds_nothing_less_likely_than_greedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_bars, "BEAMED", (6, 16))
    monkeypatch.setattr(run_bars, "BEAMED_COUNT", 4)
    found = list(beam_bars(3))
    assert len(found) == 2
    assert all(bar.reached for bar in found)
    assert "n 8" in found[0].text


def test_the_live_training_is_held_to_its_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_bars, "LIVE_SEEDS", (0,))
    assert [bar.reached for bar in live_bars()] == [True]
    monkeypatch.setattr(run_bars, "DIAGONAL_BY", 25)
    assert [bar.reached for bar in live_bars()] == [False]
