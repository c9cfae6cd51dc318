"""Intervals for shares of right answers; every number on the screen has one."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z95 = 1.959964
"""Half-width of a 95 % interval in standard deviations."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `n`, with the bounds of its 95 % interval; shares lie in 0..1."""

    right: int
    n: int

    @property
    def value(self) -> float:
        """The share; 0 of an empty sample."""
        return self.right / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (Wilson 1927); the whole of 0..1 for an empty sample."""
        if self.n == 0:
            return 0.0, 1.0
        p, n, z2 = self.value, self.n, Z95**2
        middle = p + z2 / (2 * n)
        half = Z95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        scale = 1 + z2 / n
        return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.n + other.n)


def difference(first: Share, second: Share) -> tuple[float, float, float]:
    """`first` - `second` with its 95 % interval, from two Wilson intervals (Newcombe 1998)."""
    delta = first.value - second.value
    low1, high1 = first.interval
    low2, high2 = second.interval
    low = delta - math.hypot(first.value - low1, high2 - second.value)
    high = delta + math.hypot(high1 - first.value, second.value - low2)
    return delta, low, high
