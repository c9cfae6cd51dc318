"""The network of first-token recall: fair sizes, gates that open, one readout at the end."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch.nn import functional

from studybuddy.lab.networks.recall import Recaller
from studybuddy.lab.recall_plan import CELLS, EMBEDDING, HIDDEN, RECALL_PLANS
from studybuddy.lab.recalling import fresh


def _network(cell: str, **options: Any) -> Recaller:
    torch.manual_seed(2)
    return Recaller(
        cell, symbols=16, answers=8, embedding=EMBEDDING, hidden=HIDDEN[cell], **options
    )


def test_the_three_cells_have_equal_numbers_of_parameters() -> None:
    counts = [_network(cell).parameter_count() for cell in CELLS]
    assert max(counts) / min(counts) < 1.05
    blocks = {
        cell: sum(p.numel() for p in _network(cell).cell.parameters())
        / (HIDDEN[cell] * (EMBEDDING + HIDDEN[cell] + 2))
        for cell in CELLS
    }
    assert blocks == {"rnn": 1, "gru": 3, "lstm": 4}


def test_the_bias_opens_the_gate_that_keeps() -> None:
    """By hand: with no other weights, h = (1 - z) n + z h and c = f c + i g keep what they hold."""
    for cell, keeps in (("gru", 0.5), ("lstm", 0.5)):
        for bias in (0.0, 3.0):
            network = _network(cell, gate_bias=bias).cell
            plain = _network(cell).cell
            moved = network.get_parameter("bias_ih_l0") - plain.get_parameter("bias_ih_l0")
            with torch.no_grad():
                for parameter in network.parameters():
                    parameter.zero_()
                network.get_parameter("bias_ih_l0").add_(moved)
            held = torch.full((1, 1, HIDDEN[cell]), 0.4)
            start = held if cell == "gru" else (torch.zeros_like(held), held)
            _states, last = network(torch.zeros(1, 1, EMBEDDING), start)
            kept = (last if cell == "gru" else last[1]) / 0.4
            expected = torch.sigmoid(torch.tensor(bias))
            assert torch.allclose(kept, expected.expand_as(kept))
            assert expected >= keeps


def test_open_gates_differ_from_default_ones_in_one_bias_alone() -> None:
    default, opened = (
        fresh(RECALL_PLANS[name]) for name in ("recall-gru-40-default", "recall-gru-40")
    )
    hidden = default.readout.in_features
    changed = {
        name: opened_weight - weight
        for (name, weight), opened_weight in zip(
            default.named_parameters(), opened.parameters(), strict=True
        )
        if not torch.equal(weight, opened_weight)
    }
    assert list(changed) == ["cell.bias_ih_l0"]
    expected = torch.zeros(3 * hidden)
    expected[hidden : 2 * hidden] = 3.0
    torch.testing.assert_close(changed["cell.bias_ih_l0"], expected)


def test_a_gain_makes_the_recurrent_weights_orthogonal_times_it() -> None:
    weights = _network("rnn", gain=1.3).cell.get_parameter("weight_hh_l0")
    assert torch.allclose(weights @ weights.T, 1.69 * torch.eye(HIDDEN["rnn"]), atol=1e-4)


@pytest.mark.parametrize("wrong", [{"cell": "transformer"}, {"hidden": 0}, {"hidden": 10**9}])
def test_an_unknown_cell_or_size_is_refused(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"cell": "rnn", "embedding": 4, "hidden": 4}
    with pytest.raises(ValueError, match=r"cell|size"):
        Recaller(symbols=4, answers=2, **{**right, **wrong})


def test_the_readout_sees_the_last_state_only() -> None:
    network = _network("rnn").double()
    inputs = torch.randn(2, 5, EMBEDDING, dtype=torch.float64)
    weights = dict(network.cell.named_parameters())
    state = torch.zeros(2, HIDDEN["rnn"], dtype=torch.float64)
    for t in range(5):
        state = torch.tanh(
            functional.linear(inputs[:, t], weights["weight_ih_l0"], weights["bias_ih_l0"])
            + functional.linear(state, weights["weight_hh_l0"], weights["bias_hh_l0"])
        )
    assert torch.allclose(network.answer(inputs), network.readout(state))
