"""Sentences and random choices drawn from a task's seed."""

from __future__ import annotations

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.corpus import sample, seeded
from studybuddy.lab.language.grammar import SentencePair


def draw_pair(shortest: int, longest: int, seed: int) -> SentencePair:
    """The test sentence that a task of this seed is about, with its gold alignment."""
    for attempt in range(100):
        random = seeded("task", seed, attempt)
        length = shortest + int(random.random() * (longest - shortest + 1))
        pairs = sample([length], 1, "test", int(random.random() * 2**52))[length]
        if pairs and asked_candidates(pairs[0]):
            return pairs[0]
    raise StudyBuddyError(f"no sentence of {shortest} to {longest} words could be drawn")


def asked_candidates(pair: SentencePair) -> list[int]:
    """Content words of the translation, each written once, that are linked to one source word."""
    linked: dict[int, list[int]] = {}
    for target, source in pair.sure:
        linked.setdefault(target, []).append(source)
    return [
        t
        for t in sorted(pair.content)
        if pair.target.count(pair.target[t]) == 1 and len(linked.get(t, [])) == 1
    ]
