"""How a network is trained: everything that decides the result, as plain data."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recipe:
    """A training's data, budget and optimiser; the same for both networks of a pair.

    `data` names what is trained on (`lab.data`): pairs whose source has `shortest`..`longest`
    words, `per_length` of each. Adam at `rate` after `warm_up` steps, falling along a cosine to
    `floor` of it, where it stays for the last `settle` of the steps, over which the loss of a
    converged network no longer moves; gradients clipped to `clip`.
    """

    data: str = "grammar"
    shortest: int = 4
    longest: int = 20
    per_length: int = 12_000
    steps: int = 6000
    batch: int = 64
    rate: float = 3e-3
    warm_up: int = 200
    floor: float = 0.003
    settle: float = 0.2
    clip: float = 1.0

    @property
    def lengths(self) -> range:
        """The source lengths trained on."""
        return range(self.shortest, self.longest + 1)

    def plain(self) -> dict[str, Any]:
        """The recipe as JSON values."""
        return asdict(self)

    def rate_at(self, step: int) -> float:
        """The learning rate of a step counted from 0."""
        if step < self.warm_up:
            return self.rate * (step + 1) / self.warm_up
        falling = self.steps * (1 - self.settle) - self.warm_up
        part = (step - self.warm_up) / max(1.0, falling)
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, part)))
        return self.rate * (self.floor + (1 - self.floor) * cosine)
