"""The counts that chrF is made of, so that they can be added up over resampled test sets.

chrF (Popović 2015) is the F-score, recall counting double, of character n-grams up to 6 with
blanks left out. The score of the whole test set is sacrebleu's; a test holds these counts to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ORDERS = 6
_BETA2 = 4
WIDTH = 3 * ORDERS


def chrf_counts(hypothesis: str, references: Sequence[str]) -> list[int]:
    """Written, wanted and found n-grams of each order, against the best of the references."""
    written = _ngrams(hypothesis)
    best: list[int] = []
    highest = -1.0
    for reference in references:
        counts: list[int] = []
        for mine, theirs in zip(written, _ngrams(reference), strict=True):
            found = sum(min(n, theirs[ngram]) for ngram, n in mine.items() if ngram in theirs)
            counts += [mine.total() if theirs else 0, theirs.total(), found]
        score = float(chrf_of(np.array(counts)))
        if score > highest:
            best, highest = counts, score
    return best


def chrf_of(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """chrF of added-up counts (…, 18)."""
    written, wanted, found = (counts[..., place::3].astype(float) for place in range(3))
    both = (written > 0) & (wanted > 0)
    orders = np.maximum(1, both.sum(axis=-1))
    precision = (np.where(both, found, 0) / np.maximum(1, written)).sum(axis=-1) / orders
    recall = (np.where(both, found, 0) / np.maximum(1, wanted)).sum(axis=-1) / orders
    below = _BETA2 * precision + recall
    score: NDArray[np.float64] = (
        100 * (1 + _BETA2) * precision * recall / np.where(below > 0, below, 1.0)
    )
    return score


def _ngrams(text: str) -> list[Counter[str]]:
    line = "".join(text.lower().split())
    return [
        Counter(line[place : place + order] for place in range(len(line) - order + 1))
        for order in range(1, ORDERS + 1)
    ]
