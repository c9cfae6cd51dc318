"""What every network can do: score a known translation at once, or write one word after the other."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from studybuddy.lab.networks.encoder import Encoder, Memory


class Given(NamedTuple):
    """What one encoded batch gives its decoder.

    `memory` is the encoder's; `context` the fixed C (B, C) or None; `keys` the projected states
    (B, S, A) of attention or None; `first` the decoder's first state (B, D). `padded` is False
    where every source fills its row, so that attention need not mask anything.
    """

    memory: Memory
    context: Tensor | None
    keys: Tensor | None
    first: Tensor
    padded: bool = True


class Step(NamedTuple):
    """One step of the decoder.

    logits (B, V), the state s_t (B, D), C or C_t (B, M); with attention also the weights and the
    scores they came from (B, S), −inf on padding.
    """

    logits: Tensor
    state: Tensor
    context: Tensor
    weights: Tensor | None
    scores: Tensor | None = None


class Translator(nn.Module):
    """An encoder and a decoder. Subclasses say how the decoder is given the source."""

    timing = ""
    """Which decoder state scores, as cards and figures print it."""
    encoder: Encoder

    def read(self, source: Tensor, lengths: Tensor) -> Given:
        """Encode `source` (B, S) with `lengths` (B)."""
        raise NotImplementedError

    def forward(self, given: Given, before: Tensor) -> tuple[Tensor, Tensor | None]:
        """Teacher forcing: logits (B, T, V) after each true word `before` (B, T), and weights.

        The weights are (B, T, S), or None where there is no attention.
        """
        raise NotImplementedError

    def step(self, given: Given, state: Tensor, word: Tensor, forced: Tensor | None = None) -> Step:
        """One step: from the `state` (B, D) and the word before (B) to the next word.

        `forced` (B, S) takes the place of the attention weights of this step.
        """
        raise NotImplementedError

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return self.encoder.embedding.weight.device

    def parameter_count(self) -> int:
        """How many numbers training adjusts."""
        return sum(parameter.numel() for parameter in self.parameters())


def readout(inputs: int, size: int, words: int) -> nn.Sequential:
    """softmax(U tanh(V [s ; C])) without the softmax: (…, inputs) to (…, words)."""
    return nn.Sequential(nn.Linear(inputs, size), nn.Tanh(), nn.Linear(size, words))


def joined(first: Tensor, second: Tensor) -> Tensor:
    """[first ; second] along the last dimension."""
    return torch.cat([first, second], dim=-1)


def advanced(gru: nn.GRU, inputs: Tensor, state: Tensor) -> Tensor:
    """One step of a one-layer GRU: from `inputs` (B, I) and `state` (B, D) to the next state.

    The same numbers as calling it on a sequence of one, in half the time.
    """
    own = gru._parameters  # a look-up through the module itself costs as much as a small product
    return torch.gru_cell(
        inputs,
        state,
        own["weight_ih_l0"],  # type: ignore[arg-type]
        own["weight_hh_l0"],  # type: ignore[arg-type]
        own["bias_ih_l0"],
        own["bias_hh_l0"],
    )
