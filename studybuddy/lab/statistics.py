"""Intervals for shares of right answers; every number on the screen has one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

RESAMPLES = 1000
"""How often a bootstrap draws its sample anew."""
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
        """Wilson's 95 % score interval (Wilson 1927); the whole of 0..1 for an empty sample."""
        return self.within(Z95)

    def within(self, deviations: float) -> tuple[float, float]:
        """Wilson's interval of so many standard deviations to either side."""
        if self.n == 0:
            return 0.0, 1.0
        p, n, z2 = self.value, self.n, deviations**2
        middle = p + z2 / (2 * n)
        half = deviations * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        scale = 1 + z2 / n
        low, high = (middle - half) / scale, (middle + half) / scale
        return max(0.0, min(p, low)), min(1.0, max(p, high))  # rounding may cross p at 0 and 1

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.n + other.n)


def difference(first: Share, second: Share, comparisons: int = 1) -> tuple[float, float, float]:
    """`first` - `second` with its 95 % interval, from two Wilson intervals (Newcombe 1998).

    Of several `comparisons` all intervals together hold in 95 % of the cases (Bonferroni).
    """
    deviations = Z95 if comparisons == 1 else NormalDist().inv_cdf(1 - 0.025 / comparisons)
    delta = first.value - second.value
    low1, high1 = first.within(deviations)
    low2, high2 = second.within(deviations)
    low = delta - math.hypot(first.value - low1, high2 - second.value)
    high = delta + math.hypot(high1 - first.value, second.value - low2)
    return delta, low, high


def mean_interval(values: Sequence[float], seed: int) -> tuple[float, float, float]:
    """The mean with its 95 % interval by the percentile bootstrap (Efron 1979).

    `RESAMPLES` samples of the same size are drawn with replacement from `values`; the interval
    holds the middle 95 % of their means, the same for the same seed. Values must be independent:
    one a sentence, not one a word. Without any value all three are NaN.
    """
    import numpy as np

    if not values:
        return math.nan, math.nan, math.nan
    sample = np.asarray(values, dtype=np.float64)
    random = np.random.RandomState(seed % 2**32)  # whose sequence numpy promises to keep
    n = len(sample)
    means = np.concatenate(
        [
            sample[random.randint(0, n, size=(50, n))].mean(axis=1)
            for _part in range(RESAMPLES // 50)
        ]
    )
    low, high = np.percentile(means, (2.5, 97.5))
    return float(sample.mean()), float(low), float(high)
