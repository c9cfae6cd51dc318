"""Unseen sentences of one seed, length by length, the first ones at once.

`corpus.sample` draws all lengths together and throws most draws away, which takes longer than
translating what is left. Here the sentences come from the book of draws that are known to be
good (`language.book`), in an order that the seed shuffles; what the book lacks is searched for. The
sentences of a length depend on the seed alone and not on what else is asked for, and they are mixed as in
training.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count as counted
from itertools import islice

from studybuddy.lab.language import book
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.language.grammar import SentencePair, draw_sentence

_BARREN = 2000
"""Draws of each aim without a new sentence, after which a length is exhausted: few short ones exist."""
_TICK = 64
"""Draws between two ticks: some hundredths of a second."""

Tick = Callable[[], None]


def _nobody() -> None:
    """Nobody listens."""


class Unseen:
    """Test sentences by length, drawn when asked for; another seed gives others."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def each(self, length: int, tick: Tick = _nobody) -> Iterator[SentencePair]:
        """Different sentences whose source has `length` words, until no more are found.

        `tick` is called now and then while they are drawn.
        """
        seen: set[tuple[str, ...]] = set()
        for pair in self._from_book(length, tick):
            if pair.source not in seen:
                seen.add(pair.source)
                yield pair
        random = seeded("more unseen", self._seed, length)
        last = 0
        for turn in counted():
            tick()
            for aim in (length + step for step in book.REACH):
                pair = draw_sentence(random, aim)
                if pair.source not in seen and book.fits(pair, length):
                    seen.add(pair.source)
                    last = turn
                    yield pair
            if turn - last >= _BARREN:
                return

    def of(self, length: int, count: int, tick: Tick = _nobody) -> list[SentencePair]:
        """The first `count` of these sentences, or as many as there are."""
        return list(islice(self.each(length, tick), count))

    def spread(
        self, lengths: Sequence[int], count: int, tick: Tick = _nobody
    ) -> list[SentencePair]:
        """`count` sentences, as many of each length as there are, the short ones first."""
        each = -(-count // len(lengths))
        found = [self.of(length, each, tick) for length in lengths]
        mixed = [pairs[i] for i in range(each) for pairs in found if i < len(pairs)]
        return sorted(mixed[:count], key=lambda pair: len(pair.source))

    def _from_book(self, length: int, tick: Tick) -> Iterator[SentencePair]:
        random = seeded("unseen", self._seed, length)
        draws = list(book.draws(length))
        for place in range(len(draws)):
            if place % _TICK == 0:
                tick()
            other = place + int(random.random() * (len(draws) - place))
            draws[place], draws[other] = draws[other], draws[place]
            pair = book.drawn(draws[place])
            if book.fits(pair, length):
                yield pair
