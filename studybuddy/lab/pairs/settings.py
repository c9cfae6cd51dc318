"""The three networks and how they are trained: everything that decides the result, as plain data.

Encoder, embeddings, decoder state, batches and number of steps are the same for all three.
Attention's own layers cost about what letting C into every step costs; the network that sees C
once has fewer parameters, and the report prints how many each has.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from studybuddy.lab.recipe import Recipe
from studybuddy.text.translation import _

_SHARED = {"embedding": 128, "hidden": 128, "state": 256, "readout_size": 128}
_CONTEXT = MappingProxyType({**_SHARED, "context": 256})
_ATTENTION = MappingProxyType({**_SHARED, "attention": 256})
EPOCHS = 12
"""Passes over the training pairs within the budget: short of learning 20,000 pairs by heart."""
FEWEST_STEPS, MOST_STEPS = 300, 30_000


@dataclass(frozen=True, slots=True)
class Network:
    """One of the three: its name, its kind in `networks.build`, its sizes."""

    name: str
    kind: str
    sizes: Mapping[str, int]

    @property
    def about(self) -> str:
        """What it is, in the interface's language: how its decoder is given the source."""
        return {
            "init": _("C once"),
            "every-step": _("C at every step"),
            "attention": _("attention"),
        }[self.name]


NETWORKS = (
    Network("init", "initial", _CONTEXT),
    Network("every-step", "fixed", _CONTEXT),
    Network("attention", "additive", _ATTENTION),
)
"""In the order in which they are trained and reported."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Budget, optimiser and seed.

    Adam at `rate` after `warm_up` steps, falling along a cosine to `floor` of it; gradients
    clipped to `clip`; `dropout` on embeddings and on what the readout is given. Every
    `check_every` steps the validation loss is measured: the weights of the best check are kept,
    and training stops after `patience` checks without a better one.
    """

    steps: int
    seed: int = 0
    batch: int = 64
    rate: float = 2e-3
    warm_up: int = 200
    floor: float = 0.02
    clip: float = 1.0
    dropout: float = 0.3
    check_every: int = 250
    patience: int = 6

    def plain(self) -> dict[str, Any]:
        """The settings as JSON values."""
        return asdict(self)

    def rate_at(self, step: int) -> float:
        """The learning rate of a step counted from 0."""
        schedule = Recipe(
            steps=self.steps,
            rate=self.rate,
            warm_up=min(self.warm_up, self.steps // 5),
            floor=self.floor,
            settle=0.0,
        )
        return schedule.rate_at(step)


def usual_steps(pairs: int, batch: int = Settings(1).batch) -> int:
    """The budget for so many training pairs when none is asked for."""
    return max(FEWEST_STEPS, min(MOST_STEPS, math.ceil(EPOCHS * pairs / batch)))
