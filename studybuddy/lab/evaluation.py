"""Measuring a network on sentences it has never seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studybuddy.lab.cards import Bucket, Card, Measure
from studybuddy.lab.data import Data
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.measure_names import measure_name
from studybuddy.lab.networks.decode import Translation, translate
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.recipe import Recipe
from studybuddy.lab.statistics import Share, difference, mean_interval
from studybuddy.text.translation import _

TEST_SEED = 20_000
"""The sentences of every card; live runs draw theirs from the learner's seed."""
ALIGNED, ALIGNED_PER_LENGTH = range(4, 21), 20
"""Sentences on which alignment is measured."""


def spans(recipe: Recipe) -> tuple[tuple[int, int], ...]:
    """The source lengths reported together for a network trained by this recipe."""
    if recipe.data != "grammar":
        return tuple((n, n) for n in range(4, recipe.longest + 1))
    if recipe.longest > 20:
        return (
            (4, 7),
            (8, 11),
            (12, 15),
            (16, 20),
            (21, 23),
            (24, 27),
            (28, 31),
            (32, 35),
            (36, 40),
        )
    return ((4, 7), (8, 11), (12, 15), (16, 19), (20, 20), (21, 23), (24, 27))


def exact(outputs: Sequence[Translation], pairs: Sequence[SentencePair]) -> Share:
    """How many outputs equal their reference word for word."""
    right = sum(out.words == pair.target for out, pair in zip(outputs, pairs, strict=True))
    return Share(right, len(pairs))


def by_length(
    network: Translator, sentences: Mapping[int, list[SentencePair]], data: Data
) -> dict[int, Share]:
    """Exact match at each source length; a batch is one length."""
    words = (data.source, data.target)
    return {
        length: exact(translate(network, [pair.source for pair in pairs], words=words), pairs)
        for length, pairs in sentences.items()
    }


def buckets(shares: Mapping[int, Share], grouped: Sequence[tuple[int, int]]) -> tuple[Bucket, ...]:
    """Shares of single lengths put together as cards report them."""
    found: list[Bucket] = []
    for shortest, longest in grouped:
        total = Share(0, 0)
        for length in range(shortest, longest + 1):
            total += shares.get(length, Share(0, 0))
        if total.n:
            found.append(Bucket(shortest, longest, total.right, total.n))
    return tuple(found)


def measure(
    network: Translator, recipe: Recipe, data: Data, *, seed: int, per_length: int
) -> tuple[Bucket, ...]:
    """Exact match by bucket on up to `per_length` test sentences of each length."""
    grouped = spans(recipe)
    lengths = range(grouped[0][0], grouped[-1][1] + 1)
    sentences = data.sample(lengths, per_length, "test", seed)
    return buckets(by_length(network, sentences, data), grouped)


def measures(
    network: Translator, kind: str, recipe: Recipe, data: Data, *, seed: int
) -> dict[str, Measure]:
    """Alignment of a network that attends to sentences, bits that pass a network of digits."""
    if recipe.data == "digits":
        return _bits(network, recipe, data, seed)
    if kind in ("fixed", "initial", "textbook"):
        return {}
    from studybuddy.lab.alignment import alignment

    sampled = data.sample(ALIGNED, ALIGNED_PER_LENGTH, "test", seed)
    found = alignment(network, [pair for pairs in sampled.values() for pair in pairs])
    shares = {
        "content words on a gold link": found.content,
        "words on a gold link": found.all_words,
    }
    measured: dict[str, Measure] = {}
    for name, share in shares.items():
        low, high = share.interval
        measured[name] = Measure(share.value, low, high, share.n)
    value, low, high = found.aer
    measured["alignment error rate"] = Measure(value, low, high, found.n)
    return measured


def _bits(network: Translator, recipe: Recipe, data: Data, seed: int) -> dict[str, Measure]:
    from studybuddy.lab.capacity import recovered_bits

    lengths = [n for n in (4, 6, 8, 10, 12, 14, 16) if n <= recipe.longest]
    found: dict[str, Measure] = {}
    for n, pairs in data.sample(lengths, 100, "test", seed).items():
        value, low, high = mean_interval(recovered_bits(network, pairs, data), n)
        found[f"bits recovered of {n} digits"] = Measure(value, low, high, len(pairs))
    return found


def disagreements(
    card: Card, measured: Sequence[Bucket], others: Mapping[str, Measure] | None = None
) -> list[str]:
    """Where a fresh measurement contradicts the card, as sentences.

    A bucket contradicts where the interval of the difference leaves out zero by more than one
    point. The intervals of all buckets together hold in 95 % of the cases, or a card that is
    true would seldom pass. Another measure contradicts where both intervals are apart.
    """
    claimed = {(bucket.shortest, bucket.longest): bucket.share for bucket in card.buckets}
    found: list[str] = []
    for bucket in measured:
        share = claimed.get((bucket.shortest, bucket.longest))
        if share is None:
            continue
        _delta, low, high = difference(share, bucket.share, len(measured))
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
    for name, now in (others or {}).items():
        said = card.measures.get(name)
        if said is not None and (now.low > said.high or now.high < said.low):
            found.append(
                _("{name}: the card says {card:.3g}, measured {now:.3g}").format(
                    name=measure_name(name), card=said.value, now=now.value
                )
            )
    return found
