"""The pieces of which a sentence and its translation are built together.

A derivation writes both sides at once. Words that mean the same carry the same link, so the
gold alignment needs no guess: 1-to-n (saw: 看见 了), n-to-1 (did not: 没有) and null ("the").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Word(NamedTuple):
    """A word, the links it surely has, those it possibly has, and whether it carries content."""

    text: str
    sure: tuple[int, ...] = ()
    possible: tuple[int, ...] = ()
    content: bool = False


@dataclass(slots=True)
class Phrase:
    """Words of both sides. `third` says whether a subject takes the verb's third person."""

    en: list[Word] = field(default_factory=list)
    zh: list[Word] = field(default_factory=list)
    third: bool = True


class Draw:
    """A source of choices, of link numbers, and of the room left for optional words.

    Only `Random.random` is used: it is the one method whose sequence Python promises to keep.
    """

    def __init__(self, random: Random, room: int) -> None:
        self._random = random.random
        self._links = 0
        self.room = room

    def link(self) -> int:
        """A link number that no word has yet."""
        self._links += 1
        return self._links

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, each as likely."""
        return options[int(self._random() * len(options))]

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random() < probability

    def below(self, bound: int) -> int:
        """A whole number in 0..bound-1."""
        return int(self._random() * bound)

    def wants(self, cost: int, weight: float = 1.0) -> bool:
        """Whether to spend `cost` words of the room on something optional.

        The more room, the likelier, so that sentences grow towards the length that is asked.
        """
        if cost > self.room or self._random() >= weight * min(0.85, 0.25 + self.room / 14):
            return False
        self.room -= cost
        return True


def one_to_one(draw: Draw, en: str, zh: str, *, content: bool = False) -> Phrase:
    """A word and its translation under one link."""
    link = (draw.link(),)
    return Phrase([Word(en, link, (), content)], [Word(zh, link, (), content)])
