"""What every network can do: score a known translation at once, or write one word after the other."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from studybuddy.lab.networks.encoder import Encoder, Memory


class Given(NamedTuple):
    """What one encoded batch gives its decoder.

    `memory` is the encoder's; `context` the fixed C (B, C) or None; `keys` the projected states
    (B, S, A) of attention or None; `first` the decoder's first state (B, D).
    """

    memory: Memory
    context: Tensor | None
    keys: Tensor | None
    first: Tensor


class Step(NamedTuple):
    """One step of the decoder: logits (B, V), the state (B, D), C or C_t (B, M), weights (B, S)."""

    logits: Tensor
    state: Tensor
    context: Tensor
    weights: Tensor | None


class Translator(nn.Module):
    """An encoder and a decoder. Subclasses say how the decoder is given the source."""

    timing = ""
    encoder: Encoder

    def read(self, source: Tensor, lengths: Tensor) -> Given:
        """Encode `source` (B, S) with `lengths` (B)."""
        raise NotImplementedError

    def forward(self, given: Given, before: Tensor) -> tuple[Tensor, Tensor | None]:
        """Teacher forcing: logits (B, T, V) after each true word `before` (B, T), and weights.

        The weights are (B, T, S), or None where there is no attention.
        """
        raise NotImplementedError

    def step(self, given: Given, state: Tensor, word: Tensor) -> Step:
        """One step: from the `state` (B, D) and the word before (B) to the next word."""
        raise NotImplementedError

    def parameter_count(self) -> int:
        """How many numbers training adjusts."""
        return sum(parameter.numel() for parameter in self.parameters())


def readout(inputs: int, size: int, words: int) -> nn.Sequential:
    """softmax(U tanh(V [s ; C])) without the softmax: (…, inputs) to (…, words)."""
    return nn.Sequential(nn.Linear(inputs, size), nn.Tanh(), nn.Linear(size, words))


def joined(first: Tensor, second: Tensor) -> Tensor:
    """[first ; second] along the last dimension."""
    return torch.cat([first, second], dim=-1)
