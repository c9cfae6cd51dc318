"""Measuring a network on sentences it has never seen."""

from __future__ import annotations

from collections.abc import Sequence

from studybuddy.lab.cards import BUCKETS, Bucket, Card
from studybuddy.lab.language.corpus import sample
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.decode import Translation, translate
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.statistics import Share, difference
from studybuddy.text.translation import _

TEST_SEED = 20_000
"""The sentences of every card; live runs draw theirs from the learner's seed."""


def exact(outputs: Sequence[Translation], pairs: Sequence[SentencePair]) -> Share:
    """How many outputs equal their reference word for word."""
    right = sum(out.words == pair.target for out, pair in zip(outputs, pairs, strict=True))
    return Share(right, len(pairs))


def by_length(network: Translator, sentences: dict[int, list[SentencePair]]) -> dict[int, Share]:
    """Exact match at each source length; a batch is one length."""
    return {
        length: exact(translate(network, [pair.source for pair in pairs]), pairs)
        for length, pairs in sentences.items()
    }


def buckets(shares: dict[int, Share]) -> tuple[Bucket, ...]:
    """Shares of single lengths put together as cards report them."""
    found: list[Bucket] = []
    for shortest, longest in BUCKETS:
        total = Share(0, 0)
        for length in range(shortest, longest + 1):
            total += shares.get(length, Share(0, 0))
        if total.n:
            found.append(Bucket(shortest, longest, total.right, total.n))
    return tuple(found)


def measure(network: Translator, *, seed: int, per_length: int) -> tuple[Bucket, ...]:
    """Exact match by bucket on up to `per_length` test sentences of each length."""
    lengths = range(BUCKETS[0][0], BUCKETS[-1][1] + 1)
    return buckets(by_length(network, sample(lengths, per_length, "test", seed)))


def disagreements(card: Card, measured: Sequence[Bucket]) -> list[str]:
    """Buckets in which a fresh measurement contradicts the card, as sentences.

    It contradicts where the 95 % interval of the difference leaves out zero by more than
    one point: twenty such intervals would by themselves leave it out about once.
    """
    claimed = {(bucket.shortest, bucket.longest): bucket.share for bucket in card.buckets}
    found: list[str] = []
    for bucket in measured:
        share = claimed.get((bucket.shortest, bucket.longest))
        if share is None:
            continue
        _delta, low, high = difference(share, bucket.share)
        if low > 0.01 or high < -0.01:
            found.append(
                _("{a}–{b} words: the card says {card:.1%}, measured {now:.1%} (n {n})").format(
                    a=bucket.shortest,
                    b=bucket.longest,
                    card=share.value,
                    now=bucket.share.value,
                    n=bucket.n,
                )
            )
    return found
