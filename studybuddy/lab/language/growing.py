"""A sentence that grows: the same first clause in 5, 10 and 20 words.

Clauses are joined as the grammar joins them, ", and" or ", but", so each stage is a sentence of
the language. Every stage belongs to the test part, whatever its clauses belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.corpus import seeded, split_of
from studybuddy.lab.language.grammar import Links, SentencePair
from studybuddy.lab.language.unseen import Unseen

STAGES = (5, 10, 20)
_ADDED = (4, 9)
"""Words of the sentences that are added, their mark included: 5 - 1 + 2 + 4 = 10, and so on."""
_JOINTS = (("and", "而且"), ("but", "但是"))
_WINDOW = 12
"""Sentences that a stage may grow by, in two ways each: one stage in five is a test sentence."""
_STEP = 2
"""By how many sentences the window moves on for the next family."""


def joined(first: SentencePair, second: SentencePair, joint: tuple[str, str]) -> SentencePair:
    """`first , and second` with its translation and links; the mark is that of the second."""
    en, zh = joint
    source = (*first.source[:-1], ",", en, *second.source)
    target = (*first.target[:-1], "，", zh, *second.target)
    s, t = len(first.source) - 1, len(first.target) - 1
    comma = {(t, s), (t + 1, s + 1)}

    def links(before: Links, after: Links) -> Links:
        kept = {(i, j) for i, j in before if i < t and j < s}
        return frozenset(kept | comma | {(i + t + 2, j + s + 2) for i, j in after})

    return SentencePair(
        source,
        target,
        links(first.sure, second.sure),
        links(first.possible, second.possible),
        frozenset({i for i in first.content if i < t} | {i + t + 2 for i in second.content}),
    )


def families(
    count: int, seed: int, tick: Callable[[], None] = lambda: None
) -> list[tuple[SentencePair, ...]]:
    """`count` families: unseen sentences of 5, 10 and 20 words, each growing out of the last.

    The first family is the same whatever `count` is. Raises StudyBuddyError when there is none.
    """
    stream = Unseen(seed)
    pools = [_Pool(stream, size, tick) for size in _ADDED]
    found: list[tuple[SentencePair, ...]] = []
    for start in filter(_told, stream.each(STAGES[0], tick)):
        windows = [pool.window(_STEP * len(found)) for pool in pools]
        family = _grown(start, windows, seed)
        if family is not None:
            found.append(family)
        if len(found) == count:
            break
    if not found:
        raise StudyBuddyError("no sentence could be grown to 20 words")
    return found


class _Pool:
    """The sentences that a stage may grow by, drawn only as far as needed."""

    def __init__(self, stream: Unseen, size: int, tick: Callable[[], None]) -> None:
        self._more = filter(_told, stream.each(size, tick))
        self._drawn: list[SentencePair] = []

    def window(self, start: int) -> list[SentencePair]:
        """`_WINDOW` of them from `start` on, or the last ones."""
        missing = start + _WINDOW - len(self._drawn)
        self._drawn += islice(self._more, max(0, missing))
        return self._drawn[start : start + _WINDOW] or self._drawn[-_WINDOW:]


def _told(pair: SentencePair) -> bool:
    """Whether it is a statement: only those can be joined."""
    return pair.source[-1] == "."


def _grown(
    start: SentencePair, windows: Sequence[Sequence[SentencePair]], seed: int
) -> tuple[SentencePair, ...] | None:
    random = seeded("grown", seed, " ".join(start.source))
    stages = [start]
    for window in windows:
        ways = [(random.random(), added, joint) for added in window for joint in _JOINTS]
        for _order, added, joint in sorted(ways, key=lambda way: way[0]):
            longer = joined(stages[-1], added, joint)
            if split_of(longer.source) == "test":
                stages.append(longer)
                break
    return tuple(stages) if len(stages) == len(windows) + 1 else None
