"""Gradients of the answer k steps back: against finite differences, and the published rates."""

from __future__ import annotations

import math

import pytest
import torch

from studybuddy.lab.gradients import (
    DISTANCES,
    factor_per_step,
    input_gradients,
    linear,
    log_gradients,
    mean_over_seeds,
    untrained,
)
from studybuddy.lab.networks.recall import Recaller
from studybuddy.lab.recall_models import load_recall
from studybuddy.lab.recall_plan import SEEDS, mixed_name


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_gradient_agrees_with_finite_differences(cell: str) -> None:
    torch.manual_seed(1)
    network = Recaller(cell, symbols=5, answers=3, embedding=4, hidden=6).double().eval()
    symbols = torch.tensor([[0, 3, 2, 4]])
    direction = torch.tensor([0.6, -0.8, 0.0], dtype=torch.float64)
    found = input_gradients(network, symbols, direction)[0]
    inputs, step = network.embedding(symbols).detach(), 1e-6
    for t in range(4):
        slopes = []
        for unit in range(4):
            nudge = torch.zeros_like(inputs)
            nudge[0, t, unit] = step
            with torch.no_grad():
                above = network.answer(inputs + nudge) @ direction
                below = network.answer(inputs - nudge) @ direction
            slopes.append(float(above - below) / (2 * step))
        assert float(found[t]) == pytest.approx(math.hypot(*slopes), rel=1e-5, abs=1e-12)


def test_the_slope_of_a_straight_line_is_its_factor() -> None:
    for gain in (0.5, 0.9, 1.1):
        assert factor_per_step(linear(gain)) == pytest.approx(gain)
    assert linear(0.1) == pytest.approx([-k for k in DISTANCES])


def test_the_mean_over_seeds_has_students_interval() -> None:
    mean = mean_over_seeds([1.0, 2.0, 3.0])
    assert (mean.value, mean.n) == (2.0, 3)
    assert mean.high - mean.value == pytest.approx(4.303 / math.sqrt(3), rel=1e-3)


def _rate(cell: str, *, gate_bias: float = 0.0, gain: float | None = None) -> float:
    rows = [
        factor_per_step(log_gradients(untrained(cell, seed, gate_bias=gate_bias, gain=gain), seed))
        for seed in (0, 1)
    ]
    return sum(rows) / len(rows)


def test_untrained_default_gates_vanish_too_and_open_ones_less() -> None:
    assert 0.3 < _rate("rnn") < 0.65
    for cell in ("gru", "lstm"):
        assert _rate(cell) < 0.7
        assert _rate(cell, gate_bias=2.0) > 0.85


def test_a_large_recurrent_gain_explodes() -> None:
    assert _rate("rnn", gain=2.0) > 1.1
    assert _rate("rnn", gain=0.5) < 0.6


def test_trained_gates_stay_open() -> None:
    for cell in ("gru", "lstm"):
        trained = factor_per_step(log_gradients(load_recall(f"recall-{cell}").network, 0))
        assert trained > 0.85


def test_trained_gates_stay_open_on_the_mean_of_all_seeds() -> None:
    for cell in ("gru", "lstm"):
        factors = [
            factor_per_step(log_gradients(load_recall(mixed_name(cell, seed)).network, seed))
            for seed in SEEDS
        ]
        assert mean_over_seeds(factors).value > 0.85


def test_a_nearly_linear_network_has_the_factor_of_its_weights() -> None:
    """With tiny inputs tanh' is 1, so each step multiplies by g, but for the way out."""
    network = untrained("rnn", 1, gain=0.8)
    with torch.no_grad():
        network.embedding.weight.mul_(1e-6)
        for bias in ("bias_ih_l0", "bias_hh_l0"):
            network.cell.get_parameter(bias).zero_()
    assert factor_per_step(log_gradients(network, 1)) == pytest.approx(0.8, abs=5e-3)


def test_the_same_seed_gives_the_same_gradients_and_leaves_the_network_alone() -> None:
    network = untrained("gru", 4)
    first = log_gradients(network, 6)
    assert log_gradients(network, 6) == first
    assert network.readout.weight.dtype == torch.float32
    assert network.readout.weight.grad is None
