"""Dropout put around a network of `lab.networks` from outside, while it is being trained.

Some thousand sentences are learned by heart in a few passes; with a part of the embeddings and
of the readout's input left out at random, each sentence looks different each time. What is left
out stays so for a whole sentence (Gal and Ghahramani 2016), which is also cheaper to draw. The
network's own layers, and so its files, stay what they are.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from studybuddy.lab.networks.translator import Translator


def add_dropout(network: Translator, share: float) -> None:
    """Drop this share of both embeddings and of what the readout is given, in training mode."""

    def after(module: nn.Module, _inputs: Any, output: Tensor) -> Tensor:
        return _dropped(output, share) if module.training else output

    def before(module: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        return (_dropped(inputs[0], share), *inputs[1:]) if module.training else inputs

    for embedding in (network.encoder.embedding, network.get_submodule("embedding")):
        embedding.register_forward_hook(after)
    network.get_submodule("readout").register_forward_pre_hook(before)


def _dropped(values: Tensor, share: float) -> Tensor:
    """`values` (B, T, N) with the same numbers of N at 0 for all T of a row, the rest scaled up."""
    kept = torch.rand((len(values), 1, values.shape[-1]), device=values.device) >= share
    return values * (kept / (1 - share))
