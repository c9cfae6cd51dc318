"""What the comparisons share: sentences, right words place by place, shares and intervals as text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import torch

from studybuddy.lab.batches import batch_of
from studybuddy.lab.data import Data
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import Translation, translate
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.statistics import Share

PART = 40
"""Sentences decoded between two reports: a tenth of a second of work or so."""
Interval = tuple[float, float, float]
"""A value and the bounds of its 95 % interval."""


def headline(network: object) -> Model:
    """The network of the headline pair that the parameter `network` names, "fixed" or "attention"."""
    return load(HEADLINE_FIXED if network == "fixed" else HEADLINE_ATTENTION)


def unseen_pairs(data: Data, lengths: Sequence[int], count: int, seed: int) -> list[SentencePair]:
    """`count` test pairs spread over the source lengths `lengths[0]`..`lengths[-1]`, short ones first.

    There are fewer where so few exist.
    """
    all_lengths = range(int(lengths[0]), int(lengths[-1]) + 1)
    each = math.ceil(count / len(all_lengths))
    drawn = data.sample(all_lengths, each, "test", seed)
    pairs = [pairs[i] for i in range(each) for pairs in drawn.values() if i < len(pairs)]
    return sorted(pairs[:count], key=lambda pair: len(pair.source))


def parts(pairs: Sequence[SentencePair]) -> Iterator[Sequence[SentencePair]]:
    """The pairs, a few at a time."""
    for start in range(0, len(pairs), PART):
        yield pairs[start : start + PART]


def written(model: Model, pairs: Sequence[SentencePair]) -> list[Translation]:
    """The greedy translations by a model of whatever was trained on."""
    sources = [pair.source for pair in pairs]
    return translate(model.network, sources, words=(model.data.source, model.data.target))


def right_words(model: Model, pairs: Sequence[SentencePair]) -> list[list[bool]]:
    """For each gold word, not counting the end: whether it is the likeliest, teacher forced."""
    batch = batch_of(pairs, model.data.source, model.data.target)
    with torch.inference_mode():
        given = model.network.read(batch.source, batch.lengths)
        logits, _weights = model.network(given, batch.before)  # (B, T, V)
        hits = (logits.argmax(dim=-1) == batch.words).tolist()  # B lists of T
    return [row[: len(pair.target)] for row, pair in zip(hits, pairs, strict=True)]


def at_place(hits: Sequence[Sequence[bool]], place: int) -> Share:
    """The share of sentences whose word at `place` (from 0) is right, of those that have one."""
    there = [row[place] for row in hits if place < len(row)]
    return Share(sum(there), len(there))


def percent(value: float, low: float, high: float) -> str:
    """A share with its interval, in percent."""
    return f"{100 * value:.1f} ({100 * low:.1f}–{100 * high:.1f})"


def share_text(share: Share) -> str:
    """The same of a counted share."""
    return percent(share.value, *share.interval)


def number_text(value: float, low: float, high: float, digits: int = 1) -> str:
    """A number with its interval."""
    return f"{value:.{digits}f} ({low:.{digits}f} … {high:.{digits}f})"


def in_percent(interval: Interval) -> Interval:
    """A share and its bounds as percentages."""
    value, low, high = interval
    return 100 * value, 100 * low, 100 * high
