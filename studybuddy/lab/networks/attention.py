"""Four ways to score, one way to mix.

    query     s                        (B, T, D)   decoder states
    key       k_i                      (B, S, A)   what is scored of each encoder state h_i
    energy    score(s, h_i)            (B, T, S)
    weights   softmax over i           (B, T, S)   padding has weight exactly 0
    context   Σ_i weight_i h_i         (B, T, M)

additive   v·tanh(W s + U h_i)   Bahdanau et al. 2014, appendix A.1.2
general    s·W h_i               Luong et al. 2015, equation 8
dot        s·h_i                 the same; D must equal M
location   (W s)_i               Luong et al. 2015, equation 9: it never looks at h_i, and is
                                 the bad example
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

MOST_PLACES = 64
"""Source words that `Location` has a weight for; later ones get none."""


class Attended(NamedTuple):
    """Contexts (B, T, M), weights and energies (B, T, S)."""

    contexts: Tensor
    weights: Tensor
    energies: Tensor


class Attention(nn.Module):
    """Scores each encoder state against each query and mixes the states by the scores."""

    def keys(self, states: Tensor) -> Tensor:
        """What is scored of the encoder states (B, S, M): (B, S, A), the same at every step."""
        return states

    def energies(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Scores (B, T, S) of `queries` (B, T, D) with `keys` (B, S, A)."""
        raise NotImplementedError

    def forward(
        self, queries: Tensor, keys: Tensor, states: Tensor, mask: Tensor | None
    ) -> Attended:
        """Mix `states` (B, S, M) for `queries` (B, T, D); `mask` (B, S) is False on padding.

        `keys` are `self.keys(states)`; no mask is needed where nothing is padded.
        """
        energies = self.energies(queries, keys)  # (B, T, S)
        if mask is not None:
            energies = energies.masked_fill(~mask.unsqueeze(1), float("-inf"))
        weights = torch.softmax(energies, dim=-1)  # (B, T, S)
        return Attended(weights @ states, weights, energies)


class Additive(Attention):
    """v·tanh(W s + U h_i)."""

    def __init__(self, query: int, memory: int, size: int) -> None:
        super().__init__()
        self.query = nn.Linear(query, size, bias=False)
        self.key = nn.Linear(memory, size, bias=True)
        self.energy = nn.Linear(size, 1, bias=False)

    def keys(self, states: Tensor) -> Tensor:
        """U h_i."""
        projected: Tensor = self.key(states)
        return projected

    def energies(self, queries: Tensor, keys: Tensor) -> Tensor:
        """v·tanh(W s + key)."""
        mixed = torch.tanh(self.query(queries).unsqueeze(2) + keys.unsqueeze(1))  # (B, T, S, A)
        energies: Tensor = self.energy(mixed).squeeze(-1)
        return energies


class General(Attention):
    """s·W h_i."""

    def __init__(self, query: int, memory: int) -> None:
        super().__init__()
        self.key = nn.Linear(memory, query, bias=False)

    def keys(self, states: Tensor) -> Tensor:
        """W h_i."""
        projected: Tensor = self.key(states)
        return projected

    def energies(self, queries: Tensor, keys: Tensor) -> Tensor:
        """s·key."""
        return queries @ keys.transpose(1, 2)


class Dot(Attention):
    """s·h_i, without a parameter of its own."""

    def __init__(self, query: int, memory: int) -> None:
        super().__init__()
        if query != memory:
            raise ValueError("dot attention needs decoder states of the encoder's size")

    def energies(self, queries: Tensor, keys: Tensor) -> Tensor:
        """s·h_i."""
        return queries @ keys.transpose(1, 2)


class Location(Attention):
    """(W s)_i: the weight of a place whatever stands there."""

    def __init__(self, query: int) -> None:
        super().__init__()
        self.places = nn.Linear(query, MOST_PLACES, bias=False)

    def energies(self, queries: Tensor, keys: Tensor) -> Tensor:
        """The first S of the places' scores; −inf past the last place."""
        scores: Tensor = self.places(queries)
        missing = keys.shape[1] - MOST_PLACES
        if missing > 0:
            return nn.functional.pad(scores, (0, missing), value=float("-inf"))
        return scores[..., : keys.shape[1]]


def scoring(name: str, query: int, memory: int, size: int) -> Attention:
    """The score function of this name; `size` is the width of the additive one."""
    match name:
        case "additive":
            return Additive(query, memory, size)
        case "general":
            return General(query, memory)
        case "dot":
            return Dot(query, memory)
        case "location":
            return Location(query)
    raise ValueError(f"no score function {name!r}")
