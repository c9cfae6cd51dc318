"""Corpus BLEU-4: clipped n-gram precisions, their geometric mean, a brevity penalty.

    p_n    matches of n words in a row / all n words in a row of the outputs, over the whole corpus
    BP     1, or e^(1 − r/c) where the outputs' c words are fewer than the references' r
    BLEU   BP · (p_1 p_2 p_3 p_4)^(1/4)

Papineni, Roukos, Ward and Zhu 2002, section 2.3, with one reference and no smoothing: BLEU is 0
as long as nothing of four words matches. Counts are added up before they are divided, so a
corpus BLEU is no mean of sentence BLEUs. Differences between two systems are judged on the
same sentences drawn anew (paired bootstrap, Koehn 2004).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.lab.statistics import RESAMPLES

ORDER = 4
FORMULA = "BLEU-4 = BP · (p₁·p₂·p₃·p₄)^(1/4)"


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one output, or added up over many: matches and totals by n-gram order, and lengths."""

    matches: tuple[int, ...]
    totals: tuple[int, ...]
    output: int
    reference: int

    @property
    def precisions(self) -> tuple[float, ...]:
        """p_1 .. p_4; 0 where the output has nothing of that length."""
        return tuple(
            match / total if total else 0.0
            for match, total in zip(self.matches, self.totals, strict=True)
        )

    @property
    def penalty(self) -> float:
        """BP; 0 for no output at all."""
        if self.output == 0:
            return 0.0
        return math.exp(min(0.0, 1 - self.reference / self.output))

    @property
    def bleu(self) -> float:
        """BLEU in 0..1."""
        if min(self.matches) == 0:
            return 0.0
        logs = math.fsum(math.log(precision) for precision in self.precisions)
        return self.penalty * math.exp(logs / ORDER)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            tuple(a + b for a, b in zip(self.matches, other.matches, strict=True)),
            tuple(a + b for a, b in zip(self.totals, other.totals, strict=True)),
            self.output + other.output,
            self.reference + other.reference,
        )


NOTHING = Counts((0,) * ORDER, (0,) * ORDER, 0, 0)


def counts(output: Sequence[str], reference: Sequence[str]) -> Counts:
    """What one output has in common with its reference; a match counts as often as it is there."""
    matches, totals = [], []
    for n in range(1, ORDER + 1):
        said, allowed = grams(output, n), grams(reference, n)
        matches.append(sum(min(count, allowed[gram]) for gram, count in said.items()))
        totals.append(sum(said.values()))
    return Counts(tuple(matches), tuple(totals), len(output), len(reference))


def grams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    """Every `n` words in a row, and how often."""
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def corpus_bleu(sentences: Sequence[Counts]) -> float:
    """BLEU of a corpus, in 0..1."""
    return sum(sentences, NOTHING).bleu


def bleu_interval(sentences: Sequence[Counts], seed: int) -> tuple[float, float, float]:
    """Corpus BLEU with its 95 % interval, by the percentile bootstrap over sentences."""
    low, high = _middle(_resampled(sentences, seed))
    return corpus_bleu(sentences), low, high


def bleu_difference(
    first: Sequence[Counts], second: Sequence[Counts], seed: int
) -> tuple[float, float, float]:
    """BLEU of the first system minus that of the second on the same sentences, with its interval."""
    one, two = _resampled(first, seed), _resampled(second, seed)
    low, high = _middle([a - b for a, b in zip(one, two, strict=True)])
    return corpus_bleu(first) - corpus_bleu(second), low, high


def _middle(values: Sequence[float]) -> tuple[float, float]:
    import numpy as np

    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def _resampled(sentences: Sequence[Counts], seed: int) -> list[float]:
    """BLEU of `RESAMPLES` corpora drawn from these sentences; the same draws for the same seed."""
    import numpy as np

    rows = np.array(
        [(*each.matches, *each.totals, each.output, each.reference) for each in sentences]
    )
    random = np.random.RandomState(seed % 2**32)
    n = len(sentences)
    sums = [rows[random.randint(0, n, size=n)].sum(axis=0).tolist() for _each in range(RESAMPLES)]
    return [
        Counts(tuple(row[:ORDER]), tuple(row[ORDER : 2 * ORDER]), row[-2], row[-1]).bleu
        for row in sums
    ]
