"""What enters the decoder as context at each step, taken from its inputs and not from its word.

A decoder that puts something else in C's place from its second step on may still report C. So a
fixed C is read off what the output layer is given, and the steps must add up to the unrolled
decoder, which has one C for all of them. C_t of attention is the one that the step reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model
from studybuddy.lab.networks.decode import source_tensors
from studybuddy.lab.networks.fixed import FixedContext
from studybuddy.lab.vocabulary import START


@dataclass(frozen=True, slots=True)
class Contexts:
    """The context vector of each step (T, C), and the largest difference from that of step 1.

    `identical` when all are bit for bit the same and the steps equal the unrolled decoder.
    """

    vectors: list[list[float]]
    apart: list[float]
    identical: bool


def contexts(model: Model, pair: SentencePair) -> Contexts:
    """C, or C_t, at each step of the gold translation, the end included."""
    words = [START, *model.data.target.numbers(pair.target)]
    numbers, lengths = source_tensors([pair.source], model.data.source)
    network = model.network
    fixed = network if isinstance(network, FixedContext) else None
    vectors: list[Tensor] = []
    with torch.inference_mode():
        given = network.read(numbers, lengths)
        together, _weights = network(given, torch.tensor([words]))  # (1, T, V)
        state = given.first
        logits = []
        for word in words:
            with _readout_inputs(fixed) as inputs:
                step = network.step(given, state, torch.tensor([word]))
            state = step.state
            logits.append(step.logits)
            size = step.context.shape[-1]
            used = inputs[0][0, -size:] if inputs else step.context[0]  # (C) or (M)
            vectors.append(used.clone())
        unrolled = torch.allclose(torch.stack(logits, dim=1), together, atol=1e-3)
    first = vectors[0]
    return Contexts(
        [vector.tolist() for vector in vectors],
        [float((vector - first).abs().max()) for vector in vectors],
        unrolled and all(torch.equal(vector, first) for vector in vectors),
    )


@contextmanager
def _readout_inputs(network: FixedContext | None) -> Iterator[list[Tensor]]:
    """What the output layer is given inside the block, [s_t ; C] of each step: (1, D + C)."""
    taken: list[Tensor] = []
    if network is None:
        yield taken
        return

    def take(_layer: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        taken.append(inputs[0])

    watch = network.readout.register_forward_pre_hook(take)
    try:
        yield taken
    finally:
        watch.remove()
