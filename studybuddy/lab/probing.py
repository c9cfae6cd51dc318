"""How much of one source word a network still knows when it writes that word's translation.

Only words of one class are set side by side. A word counts where it is linked to one word of the
translation that stands there once. Then

    kept   log p of its translation, the gold words given before it
    fall   by how much that falls when the source word is dropped, or replaced by another of its
           kind; a network that has lost the word cannot miss it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studybuddy.lab.language.classes import WordClass, class_of, others_like
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.scoring import log_probabilities
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.tasks.drawing import asked_candidates

THIRDS = 3


@dataclass(frozen=True, slots=True)
class Probe:
    """One source word of one sentence: its class, the thirds of sentence and translation it is in.

    `kept` and `fall` are in nats; `sentence` counts the sentences.
    """

    sentence: int
    kind: WordClass
    place: int
    third: int
    target_third: int
    kept: float
    fall: float


def third_of(place: int, size: int) -> int:
    """0, 1 or 2: in which third of `size` words a place lies."""
    return min(THIRDS - 1, THIRDS * place // size)


def probes(
    network: Translator, pairs: Sequence[SentencePair], change: str, seed: int, first: int = 0
) -> list[Probe]:
    """Every noun and verb of these sentences, changed one at a time; sentences count from `first`."""
    asked: list[tuple[int, int, int]] = []
    changed: list[SentencePair] = []
    for index, pair in enumerate(pairs):
        links = dict(pair.sure)
        for t in asked_candidates(pair):
            place = links[t]
            source = changed_source(pair.source, place, change, seed)
            if source is not None:
                asked.append((index, t, place))
                changed.append(replace(pair, source=source))
    if not asked:
        return []
    before = log_probabilities(network, pairs).tolist()
    after = log_probabilities(network, changed).tolist()
    found: list[Probe] = []
    for (index, t, place), row in zip(asked, after, strict=True):
        pair = pairs[index]
        kind = class_of(pair.source[place])
        assert kind is not None
        kept = before[index][t]
        found.append(
            Probe(
                first + index,
                kind,
                place,
                third_of(place, len(pair.source)),
                third_of(t, len(pair.target)),
                kept,
                kept - row[t],
            )
        )
    return found


def changed_source(
    source: tuple[str, ...], place: int, change: str, seed: int
) -> tuple[str, ...] | None:
    """The source without the word at `place`, or with another of its kind; None for other words."""
    others = others_like(source[place])
    if not others:
        return None
    if change == "drop":
        return source[:place] + source[place + 1 :]
    random = seeded("replaced", seed, " ".join(source), place)
    other = others[int(random.random() * len(others))]
    return (*source[:place], other, *source[place + 1 :])
