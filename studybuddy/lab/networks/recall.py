"""A recurrent network that reads symbols and names one of them at the end.

    x_1 .. x_T   embeddings of the symbols        (B, T, E)
    h_t          cell(x_t, h_{t−1})               (B, H)     tanh RNN, GRU or LSTM
    y            W h_T + b                        (B, A)     one readout, at the last step

PyTorch writes the GRU as h_t = (1 − z) n + z h_{t−1}: a large z keeps the old state, so a positive
bias on the update gate opens the way back, as one on the forget gate f does in the LSTM's
c_t = f c_{t−1} + i g. (Chung et al. 2014, equation 5, write z where PyTorch has 1 − z.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn

CELLS: Mapping[str, Callable[..., nn.RNNBase]] = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
LARGEST = 512
"""No size may pass this: a card from outside must not make us fill the memory."""
TIMING = "no decoder: one readout after the last symbol"


class Recaller(nn.Module):
    """Symbols in, the scores of one answer out.

    `gate_bias` is added to the bias of the gate that keeps (update gate of the GRU, forget gate of
    the LSTM); a plain RNN has none and ignores it. With `gain` the recurrent weights are
    orthogonal times it instead of PyTorch's default. Both only choose where training begins.
    Raises ValueError on an unknown cell or size.
    """

    def __init__(
        self,
        cell: str,
        *,
        symbols: int,
        answers: int,
        embedding: int,
        hidden: int,
        gate_bias: float = 0.0,
        gain: float | None = None,
    ) -> None:
        super().__init__()
        if cell not in CELLS:
            raise ValueError(f"no cell {cell!r}; there are {', '.join(sorted(CELLS))}")
        sizes = {"symbols": symbols, "answers": answers, "embedding": embedding, "hidden": hidden}
        for name, size in sizes.items():
            if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= LARGEST:
                raise ValueError(f"size {name!r} must be a whole number from 1 to {LARGEST}")
        self.embedding = nn.Embedding(symbols, embedding)
        self.cell: nn.RNNBase = CELLS[cell](embedding, hidden, batch_first=True)
        self.readout = nn.Linear(hidden, answers)
        with torch.no_grad():
            if gain is not None:
                for gate in torch.split(self.cell.get_parameter("weight_hh_l0"), hidden):  # (H, H)
                    gate.copy_(gain * nn.init.orthogonal_(torch.empty_like(gate)))
            if cell != "rnn":  # rows of the gates: r z n in the GRU, i f g o in the LSTM
                self.cell.get_parameter("bias_ih_l0")[hidden : 2 * hidden] += gate_bias

    def forward(self, symbols: Tensor) -> Tensor:
        """Logits (B, A) after the last of `symbols` (B, T)."""
        return self.answer(self.embedding(symbols))

    def answer(self, inputs: Tensor) -> Tensor:
        """Logits (B, A) from the inputs x (B, T, E) themselves, for gradients with respect to them."""
        states, _last = self.cell(inputs)  # (B, T, H)
        logits: Tensor = self.readout(states[:, -1])
        return logits

    def parameter_count(self) -> int:
        """How many numbers training adjusts."""
        return sum(parameter.numel() for parameter in self.parameters())
