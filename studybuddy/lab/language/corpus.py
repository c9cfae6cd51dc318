"""Sentences by exact length, divided once and for all into training, validation and test.

The part a sentence belongs to follows from a hash of its source text alone, so no list has to
be kept: whoever draws, with whatever seed, a test sentence can never be trained on.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from random import Random
from typing import Literal

from studybuddy.lab.language.grammar import SentencePair, draw_sentence

Split = Literal["train", "validation", "test"]
_TRIES = 400
"""Draws in reach of a length, per sentence asked for: few short sentences exist."""
_REACH = range(-3, 5)
"""A sentence of length L is one drawn towards L - 3 .. L + 4, each as often.

So what sentences of a length look like does not depend on which other lengths are asked for;
else training and test would differ.
"""


def split_of(source: Iterable[str]) -> Split:
    """Which part a source sentence belongs to: two tenths test, one tenth validation."""
    digest = blake2b(" ".join(source).encode(), digest_size=8, person=b"sb-lab-split").digest()
    tenth = int.from_bytes(digest, "big") % 10
    return "test" if tenth < 2 else "validation" if tenth == 2 else "train"


def seeded(*parts: object) -> Random:
    """A random source that depends on the parts' text alone, the same on every machine."""
    text = "\x1f".join(str(part) for part in parts)
    return Random(int.from_bytes(blake2b(text.encode(), digest_size=16).digest(), "big"))


def sample(
    lengths: Iterable[int], count: int, split: Split, seed: int
) -> dict[int, list[SentencePair]]:
    """Up to `count` different sentences of each source length, from one part of the corpus.

    A length gets fewer than `count` when its tries are used up before (see `_TRIES`).
    """
    random = seeded("sample", split, seed)
    buckets: dict[int, list[SentencePair]] = {length: [] for length in lengths}
    seen: set[tuple[str, ...]] = set()
    tries = dict.fromkeys(buckets, count * _TRIES)
    wanted = set(buckets) if count > 0 else set()
    while wanted:
        for aim in sorted({length + step for length in wanted for step in _REACH}):
            pair = draw_sentence(random, aim)
            length = len(pair.source)
            if (
                length in wanted
                and aim - length in _REACH
                and pair.source not in seen
                and split_of(pair.source) == split
            ):
                seen.add(pair.source)
                buckets[length].append(pair)
            for step in _REACH:
                if aim - step in wanted:
                    tries[aim - step] -= 1
        wanted = {length for length in wanted if len(buckets[length]) < count and tries[length] > 0}
    return {length: pairs[:count] for length, pairs in buckets.items()}
