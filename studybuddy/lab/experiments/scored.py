"""Several networks measured on the same sentences, one by one, and how they differ there."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studybuddy.catalogue.figures import Figure
from studybuddy.catalogue.predictions import Progress
from studybuddy.lab.alignment import Counts, counts_of, summed, weights_of
from studybuddy.lab.experiments.comparing import Interval, parts, written
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model
from studybuddy.lab.networks.scoring import log_probabilities
from studybuddy.lab.statistics import RESAMPLES, Share, mean_interval
from studybuddy.text.translation import _


@dataclass(slots=True)
class Scored:
    """One network on all sentences: each one's loss a word, whether it is right, its alignment."""

    losses: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    counts: list[Counts] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def exact(self) -> Share:
        """Exact match of the greedy translations."""
        return Share(sum(self.right), len(self.right))


def measure(
    models: Mapping[str, Model],
    pairs: Sequence[SentencePair],
    report: Callable[[Progress], None],
    drawn: Callable[[Mapping[str, Scored]], Figure],
) -> dict[str, Scored]:
    """Every network on the same sentences; `drawn` is the figure shown as it grows."""
    found: dict[str, Scored] = {}
    total = len(models) * len(pairs)
    shown: tuple[Figure, ...] = ()
    for index, (name, model) in enumerate(models.items()):
        here = Scored()
        for some in parts(pairs):
            report(Progress(index * len(pairs) + len(here.right), total, name, shown))
            scores = log_probabilities(model.network, some).sum(dim=1).tolist()
            here.losses += [
                -score / (len(pair.target) + 1) for score, pair in zip(scores, some, strict=True)
            ]
            started = time.process_time()
            outputs = written(model, some)
            here.seconds += time.process_time() - started
            here.right += [
                out.words == pair.target for out, pair in zip(outputs, some, strict=True)
            ]
            rows = weights_of(model.network, some)
            here.counts += [counts_of(*both) for both in zip(some, rows, strict=True)]
        found[name] = here
        shown = (drawn(found),)
    report(Progress(total, total, _("done"), shown))
    return found


def exact_difference(first: Scored, second: Scored, seed: int) -> Interval:
    """Exact match of the first minus that of the second, on the same sentences."""
    return mean_interval([a - b for a, b in zip(first.right, second.right, strict=True)], seed)


def alignment_difference(first: Scored, second: Scored, seed: int) -> Interval:
    """AER of the second minus that of the first (more is better for the first), paired bootstrap."""
    import numpy as np

    def errors(scored: Scored) -> Any:
        return np.array(
            [
                (
                    each.predicted + each.links - each.sure - each.possible,
                    each.predicted + each.links,
                )
                for each in scored.counts
            ],
            dtype=np.float64,
        )

    one, two = errors(first), errors(second)
    random = np.random.RandomState(seed % 2**32)
    chosen = random.randint(0, len(one), size=(RESAMPLES, len(one)))

    def rates(rows: Any) -> Any:
        sums = rows[chosen].sum(axis=1)  # (RESAMPLES, 2)
        return sums[:, 0] / sums[:, 1]

    low, high = np.percentile(rates(two) - rates(one), (2.5, 97.5))
    value = summed(second.counts).aer[0] - summed(first.counts).aer[0]
    return value, float(low), float(high)
