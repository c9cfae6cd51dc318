"""BLEU and chrF by sacrebleu, with intervals from resampled test sentences.

BLEU (Papineni et al. 2002) is computed from counts that add up over sentences, so each of the
resampled test sets (Koehn 2004) is scored by adding up the counts of the sentences drawn. All
networks are scored on the same draws: a difference between two has an interval of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from studybuddy.lab.pairs.chrf import chrf_counts, chrf_of
from studybuddy.lab.pairs.corpus import Asked

DRAWS = 1_000
_ORDERS = 4


@dataclass(frozen=True, slots=True)
class Score:
    """A score from 0 to 100 with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of each sentence.

    `counts` (n, 2 + 2·4) are sacrebleu's for BLEU: lengths, then n-grams found and written;
    `characters` (n, 3·6) are those of chrF. `bleu` and `chrf` are sacrebleu's own scores of the
    whole; the signatures say how they were reached.
    """

    counts: NDArray[np.int64]
    characters: NDArray[np.int64]
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str


def count(hypotheses: Sequence[str], asked: Sequence[Asked], tokenizer: str) -> Counted:
    """Score what a network wrote for each test sentence; upper and lower case are one."""
    most = max(len(each.references) for each in asked)
    references = [
        [each.references[place] if place < len(each.references) else None for each in asked]
        for place in range(most)
    ]
    bleu, chrf = BLEU(lowercase=True, tokenize=tokenizer), CHRF(lowercase=True)
    whole = bleu.corpus_score(list(hypotheses), references)  # type: ignore[arg-type]
    characters = chrf.corpus_score(list(hypotheses), references)  # type: ignore[arg-type]
    # One sentence alone is counted just the same; effective order only keeps sacrebleu quiet.
    single = BLEU(lowercase=True, tokenize=tokenizer, effective_order=True)
    rows = []
    for hypothesis, each in zip(hypotheses, asked, strict=True):
        score = single.sentence_score(hypothesis, each.references)
        rows.append([score.sys_len, score.ref_len, *score.counts, *score.totals])
    return Counted(
        counts=np.array(rows, dtype=np.int64).reshape(len(rows), 2 + 2 * _ORDERS),
        characters=np.array(
            [
                chrf_counts(hypothesis, each.references)
                for hypothesis, each in zip(hypotheses, asked, strict=True)
            ],
            dtype=np.int64,
        ),
        bleu=whole.score,
        chrf=characters.score,
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
    )


def bleu_of(sums: NDArray[np.int64]) -> float:
    """BLEU from added-up counts, as sacrebleu computes it."""
    plain = [int(each) for each in sums]
    return float(
        BLEU.compute_bleu(
            correct=plain[2 : 2 + _ORDERS],
            total=plain[2 + _ORDERS :],
            sys_len=plain[0],
            ref_len=plain[1],
            smooth_method="exp",
        ).score
    )


def drawn(n: int, seed: int, draws: int = DRAWS) -> NDArray[np.int64]:
    """How often each of n sentences is drawn in each resampled test set: (draws, n)."""
    random = np.random.default_rng(seed)
    return random.multinomial(n, np.full(n, 1 / n), size=draws)


def resampled(counted: Counted, draws: NDArray[np.int64]) -> NDArray[np.float64]:
    """The BLEU of each resampled test set."""
    return np.array([bleu_of(sums) for sums in draws @ counted.counts])


def resampled_chrf(counted: Counted, draws: NDArray[np.int64]) -> NDArray[np.float64]:
    """The chrF of each resampled test set."""
    return chrf_of(draws @ counted.characters)


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """The middle 95 % of the values."""
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def score_of(counted: Counted, chosen: Sequence[int], seed: int, draws: int = DRAWS) -> Score:
    """BLEU of some of the test sentences with its interval."""
    part = counted.counts[list(chosen)]
    values = np.array([bleu_of(sums) for sums in drawn(len(part), seed, draws) @ part])
    return Score(bleu_of(part.sum(axis=0)), *interval(values))
