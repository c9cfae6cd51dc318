"""Where a network looks, against the gold alignment of the derivation.

Each gold word, the end left out, is written teacher forced, and is taken to be aligned with the
source word of its largest weight (A). Sure links S are those of which a derivation makes a
word; possible links P hold S and the near misses that no reader would call wrong (see
`language.grammar`). The alignment error rate (Och & Ney 2003, section 4.1) is

    AER = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|)

A word has one brightest cell, so a word with two sure links costs a little even when it is right.
A low AER is not a better translation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from studybuddy.lab.batches import batch_of
from studybuddy.lab.language.grammar import Links, SentencePair
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.statistics import RESAMPLES, Share

PART = 64
"""Sentences scored at once."""
_SEED = 0
Interval = tuple[float, float, float]
"""A value and the bounds of its 95 % interval."""
Row = tuple[float, ...]
"""The weights of one written word over the source words."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a network's weights agree with the gold alignment of `n` sentences.

    `content` and `all_words` are the shares of words (content words, or all that have a sure
    link) whose largest weight lies on a sure link, `possible` of those with any link on any link. `aer`
    is the alignment error rate, `mass` the mean weight that lies on the sure links of a word,
    `largest` the mean largest weight. `content_mean` is `content` with an interval drawn over
    sentences (bootstrap), for words of one sentence are not independent.
    """

    content: Share
    all_words: Share
    possible: Share
    aer: Interval
    mass: float
    largest: float
    n: int
    content_mean: Interval


@dataclass(frozen=True, slots=True)
class Baselines:
    """What needs no network: the share of content words that are right by chance, or by place."""

    uniform: float
    diagonal: float


@dataclass(slots=True)
class Counts:
    """What one sentence adds."""

    content: int = 0
    contents: int = 0
    sure: int = 0
    sures: int = 0
    possible: int = 0
    possibles: int = 0
    predicted: int = 0
    links: int = 0
    mass: float = 0.0
    largest: float = 0.0


def weights_of(network: Translator, pairs: Sequence[SentencePair]) -> list[tuple[Row, ...]]:
    """A row of weights for each gold word of each pair, teacher forced, the end left out.

    Raises ValueError for a network that has no attention.
    """
    batch = batch_of(pairs).to(network.device)
    with torch.inference_mode():
        given = network.read(batch.source, batch.lengths)
        _logits, weights = network(given, batch.before)  # (B, T, S)
    if weights is None:
        raise ValueError("this network has no attention")
    return [
        tuple(tuple(row[: len(pair.source)]) for row in rows[: len(pair.target)])
        for rows, pair in zip(weights.tolist(), pairs, strict=True)
    ]


def alignment(network: Translator, pairs: Sequence[SentencePair]) -> Alignment:
    """Measure a network with attention on these pairs."""
    counted: list[Counts] = []
    for start in range(0, len(pairs), PART):
        part = pairs[start : start + PART]
        for pair, rows in zip(part, weights_of(network, part), strict=True):
            counted.append(counts_of(pair, rows))
    return summed(counted)


def summed(counted: Sequence[Counts]) -> Alignment:
    """The measures of all sentences together."""

    def total(name: str) -> float:
        return math.fsum(getattr(each, name) for each in counted)

    words = max(1.0, total("predicted"))
    return Alignment(
        content=Share(int(total("content")), int(total("contents"))),
        all_words=Share(int(total("sure")), int(total("sures"))),
        possible=Share(int(total("possible")), int(total("possibles"))),
        aer=_ratio(
            [each.predicted + each.links - each.sure - each.possible for each in counted],
            [each.predicted + each.links for each in counted],
        ),
        mass=total("mass") / max(1.0, total("sures")),
        largest=total("largest") / words,
        n=len(counted),
        content_mean=_ratio(
            [each.content for each in counted], [each.contents for each in counted]
        ),
    )


def baselines(pairs: Sequence[SentencePair]) -> Baselines:
    """Content words right if any source word were as likely, and if word t were at place t/T·S."""
    chance = placed = 0.0
    words = 0
    for pair in pairs:
        links = _by_word(pair.sure)
        size, longest = len(pair.source), max(1, len(pair.target) - 1)
        for t in pair.content:
            gold = links.get(t, set())
            chance += len(gold) / size
            placed += round(t * (size - 1) / longest) in gold
            words += 1
    return Baselines(chance / max(1, words), placed / max(1, words))


def counts_of(pair: SentencePair, rows: Sequence[Row]) -> Counts:
    """What one sentence adds, from its weights; for those who measure part by part."""
    sure, possible = _by_word(pair.sure), _by_word(pair.possible)
    found = Counts(links=len(pair.sure))
    for t, row in enumerate(rows):
        best = max(range(len(row)), key=row.__getitem__)
        found.predicted += 1
        found.largest += row[best]
        if t in pair.content:
            found.contents += 1
            found.content += best in sure.get(t, ())
        if t in sure:
            found.sures += 1
            found.sure += best in sure[t]
            found.mass += sum(row[i] for i in sure[t])
        if t in possible:
            found.possibles += 1
            found.possible += best in possible[t]
    return found


def _by_word(links: Links) -> dict[int, set[int]]:
    """Source indices of each linked target index."""
    found: dict[int, set[int]] = {}
    for target, source in links:
        found.setdefault(target, set()).add(source)
    return found


def _ratio(above: Sequence[float], below: Sequence[float]) -> Interval:
    """Σ above / Σ below with its 95 % interval, sentences drawn with replacement (bootstrap)."""
    import numpy as np

    top, bottom = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    if not len(bottom) or bottom.sum() == 0:
        return 0.0, 0.0, 1.0
    random = np.random.RandomState(_SEED)
    chosen = random.randint(0, len(top), size=(RESAMPLES, len(top)))
    ratios = top[chosen].sum(axis=1) / np.maximum(bottom[chosen].sum(axis=1), 1e-12)
    low, high = np.percentile(ratios, (2.5, 97.5))
    return float(top.sum() / bottom.sum()), float(low), float(high)
