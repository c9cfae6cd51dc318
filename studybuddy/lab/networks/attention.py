"""Additive attention.

    query     s                        (B, T, D)   decoder states
    key       h_i                      (B, S, M)   encoder states
    energy    v·tanh(W s + U h_i)      (B, T, S)
    weights   softmax over i           (B, T, S)   padding has weight exactly 0
    context   Σ_i weight_i h_i         (B, T, M)

Bahdanau et al. 2014, section 3.1 and appendix A.1.2.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class AdditiveAttention(nn.Module):
    """Scores each encoder state against each query and mixes the states by the scores."""

    def __init__(self, query: int, memory: int, size: int) -> None:
        super().__init__()
        self.query = nn.Linear(query, size, bias=False)
        self.key = nn.Linear(memory, size, bias=True)
        self.energy = nn.Linear(size, 1, bias=False)

    def keys(self, states: Tensor) -> Tensor:
        """U h_i for every encoder state: (B, S, M) to (B, S, A). It is the same at every step."""
        projected: Tensor = self.key(states)
        return projected

    def forward(
        self, queries: Tensor, keys: Tensor, states: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Contexts (B, T, M) and weights (B, T, S) for `queries` (B, T, D).

        `keys` (B, S, A) are `self.keys(states)`; `mask` (B, S) is False on padding.
        """
        mixed = torch.tanh(self.query(queries)[:, :, None] + keys[:, None])  # (B, T, S, A)
        energies = self.energy(mixed).squeeze(-1)  # (B, T, S)
        energies = energies.masked_fill(~mask[:, None], float("-inf"))
        weights = torch.softmax(energies, dim=-1)  # (B, T, S)
        return weights @ states, weights
