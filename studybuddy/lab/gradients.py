"""How much gradient of the answer reaches the symbol that is asked, k steps back.

    y = W h_T + b          the answer's logits                     (B, A)
    v                      a random direction of length 1          (A,)
    | d(y·v) / d x_{T−k} | x_{T−k} is the first letter's embedding, followed by k distractors

This is the gradient that training must use to keep the letter. It is given as log10, averaged
over strings, never divided by its own largest value. Its slope is the factor per step: a plain
linear RNN with W_h = g × orthogonal has exactly g.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from studybuddy.lab.batches import Batch
from studybuddy.lab.networks.recall import Recaller
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.recall_plan import ANSWERS, EMBEDDING, HIDDEN, SYMBOLS

DISTANCES = (1, 5, 10, 20, 30, 40, 50)
"""Steps back at which the gradient is measured."""
SLOPE_FROM = 10
"""The slope is fitted from here on: the first steps also hold the way out of the network."""
STRINGS = 64
_LEAST = 1e-300
"""What counts as no gradient at all, so that its logarithm stays a number."""
DEFAULT_GAIN = 1 / math.sqrt(3)
"""Size of the largest eigenvalue of PyTorch's default W_h, entries of U(±1/√H), for many units."""
_T95 = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}
"""Student's t for a 95 % interval by degrees of freedom."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over seeds with its 95 % interval (Student's t)."""

    value: float
    low: float
    high: float
    n: int


def mean_over_seeds(values: Sequence[float]) -> Mean:
    """The mean of two to ten values, one a seed."""
    n = len(values)
    mean = math.fsum(values) / n
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    half = _T95[n - 1] * spread / math.sqrt(n)
    return Mean(mean, mean - half, mean + half, n)


def untrained(
    cell: str,
    seed: int,
    *,
    gate_bias: float = 0.0,
    gain: float | None = None,
    symbols: int = len(SYMBOLS),
) -> Recaller:
    """A fresh network of the size of the trained ones, but for the number of `symbols` it reads."""
    torch.manual_seed(seed)
    return Recaller(
        cell,
        symbols=symbols,
        answers=len(ANSWERS),
        embedding=EMBEDDING,
        hidden=HIDDEN[cell],
        gate_bias=gate_bias,
        gain=gain,
    )


def input_gradients(network: Recaller, symbols: Tensor, direction: Tensor) -> Tensor:
    """Norms (B, T) of the gradient of `direction` · logits with respect to each input x_t.

    Strings of a batch do not touch each other, so one backward pass serves all of them.
    """
    inputs = network.embedding(symbols).detach().requires_grad_()  # (B, T, E)
    (network.answer(inputs) @ direction).sum().backward()  # type: ignore[no-untyped-call]
    assert inputs.grad is not None
    norms: Tensor = torch.linalg.vector_norm(inputs.grad, dim=-1)
    return norms


def log_gradients(network: Recaller, seed: int) -> tuple[float, ...]:
    """Mean log10 of the gradient at the first letter, for each of DISTANCES; in 64 bits."""
    network = copy.deepcopy(network).double().requires_grad_(False)  # of the inputs alone
    generator = torch.Generator().manual_seed(1_000_003 + seed)
    direction = _direction(len(ANSWERS), generator)
    found: list[float] = []
    for distance in DISTANCES:
        symbols = torch.randint(
            len(ANSWERS), len(SYMBOLS), (STRINGS, distance + 1), generator=generator
        )
        symbols[:, 0] = torch.randint(0, len(ANSWERS), (STRINGS,), generator=generator)
        norms = input_gradients(network, symbols, direction)[:, 0]  # (B,)
        found.append(float(norms.clamp_min(_LEAST).log10().mean()))
    return tuple(found)


def _direction(size: int, generator: torch.Generator) -> Tensor:
    direction = torch.randn(size, generator=generator, dtype=torch.float64)
    direction /= direction.norm()
    return direction


def sentence_gradients(network: Recaller, symbols: Sequence[int], seed: int) -> tuple[float, ...]:
    """log10 of the gradient at each symbol of one string, the last one first; in 64 bits."""
    network = copy.deepcopy(network).double().requires_grad_(False)  # of the inputs alone
    generator = torch.Generator().manual_seed(1_000_003 + seed)
    direction = _direction(len(ANSWERS), generator)
    norms = input_gradients(network, torch.tensor([list(symbols)]), direction)[0]  # (T,)
    return tuple(norms.clamp_min(_LEAST).log10().flip(0).tolist())


def translation_gradients(
    network: Translator, batch: Batch, seed: int, directions: int = 8
) -> tuple[float, ...]:
    """The same of a translator: of Σ_t y_t·v over all words that it writes, the last source word first.

    Mean log10 over several directions v, one sentence a row of `batch`; the network's own words or
    any others can be those that it is fed with.
    """
    network = copy.deepcopy(network).double().requires_grad_(False)  # of the inputs alone
    embedded: list[Tensor] = []

    def keep(_module: object, _inputs: object, output: Tensor) -> Tensor:
        embedded.append(output.detach().requires_grad_())
        return embedded[-1]

    network.encoder.embedding.register_forward_hook(keep)
    logits, _weights = network(network.read(batch.source, batch.lengths), batch.before)
    generator = torch.Generator().manual_seed(1_000_003 + seed)
    rows: list[Tensor] = []
    for _each in range(directions):
        written = (logits @ _direction(logits.shape[-1], generator)).sum()
        (slope,) = torch.autograd.grad(written, embedded[0], retain_graph=True)  # (B, S, E)
        rows.append(torch.linalg.vector_norm(slope[0], dim=-1).clamp_min(_LEAST).log10())
    found: list[float] = torch.stack(rows).mean(dim=0).flip(0).tolist()
    return tuple(found)


def factor_per_step(logs: Sequence[float]) -> float:
    """What one step back multiplies the gradient by: 10 to the slope, by least squares."""
    points = [(k, y) for k, y in zip(DISTANCES, logs, strict=True) if k >= SLOPE_FROM]
    middle = math.fsum(k for k, _y in points) / len(points)
    height = math.fsum(y for _k, y in points) / len(points)
    rise = math.fsum((k - middle) * (y - height) for k, y in points)
    run = math.fsum((k - middle) ** 2 for k, _y in points)
    return float(10 ** (rise / run))


def linear(gain: float) -> tuple[float, ...]:
    """log10 of g^k for each of DISTANCES: a linear RNN with W_h = g × orthogonal."""
    return tuple(distance * math.log10(gain) for distance in DISTANCES)
