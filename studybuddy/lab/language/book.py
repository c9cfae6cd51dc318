"""Which draws are unseen sentences of each length, so that no draw is thrown away.

A sentence of a length and of the test part is rare: some sixty are drawn for each one kept. The
book `unseen.book` holds the draws that were kept, as numbers: (aim, turn) names a draw, which anyone
can make again. `python -m studybuddy.lab.language.book` writes it anew when the grammar or its words
change; a sentence is checked again when it is read, so an old book costs time and nothing else.

    4 .. 40      for each length: how many draws, in 2 bytes
    each draw    8 · (turns since the last one) + step, as a varint; the aim is length + step - 3
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from studybuddy.lab.language.corpus import seeded, split_of
from studybuddy.lab.language.grammar import SentencePair, draw_sentence

LENGTHS = range(4, 41)
KEPT = 1000
"""Sentences of each length; a run takes some hundred of them, chosen by its seed."""
REACH = range(-3, 5)
"""The same reach as in `corpus`: a sentence of length L is one drawn towards L − 3 .. L + 4."""
_FILE = Path(__file__).with_name("unseen.book")
_MOST_TURNS = 30_000

Draw = tuple[int, int]
"""Aim and turn."""


def drawn(draw: Draw) -> SentencePair:
    """The sentence of this draw, the same for everybody."""
    aim, turn = draw
    return draw_sentence(seeded("book", aim, turn), aim)


def fits(pair: SentencePair, length: int) -> bool:
    """Whether a sentence has this length and is for tests."""
    return len(pair.source) == length and split_of(pair.source) == "test"


@cache
def draws(length: int) -> tuple[Draw, ...]:
    """The book's draws of this length; none when it has no page for it or cannot be read."""
    return _pages().get(length, ())


@cache
def _pages() -> dict[int, tuple[Draw, ...]]:
    try:
        return read(_FILE.read_bytes())
    except (OSError, ValueError, IndexError):
        return {}


def read(data: bytes) -> dict[int, tuple[Draw, ...]]:
    """The draws of each length. ValueError or IndexError when this is no book."""
    at = 2 * len(LENGTHS)
    pages: dict[int, tuple[Draw, ...]] = {}
    for index, length in enumerate(LENGTHS):
        found: list[Draw] = []
        turn = 0
        for _entry in range(int.from_bytes(data[2 * index : 2 * index + 2], "big")):
            value = shift = 0
            while True:
                byte = data[at]
                at += 1
                value |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80:
                    break
            turn += value >> 3
            found.append((length + (value & 7) + REACH[0], turn))
        pages[length] = tuple(found)
    if at != len(data):
        raise ValueError("bytes behind the last page")
    return pages


def written(pages: dict[int, tuple[Draw, ...]]) -> bytes:
    """The book with these draws, which stand in the order of their turns."""
    head, body = bytearray(), bytearray()
    for length in LENGTHS:
        found = pages.get(length, ())
        head += len(found).to_bytes(2, "big")
        last = 0
        for aim, turn in found:
            value = (turn - last) << 3 | (aim - length - REACH[0])
            last = turn
            while value >= 0x80:
                body.append(value & 0x7F | 0x80)
                value >>= 7
            body.append(value)
    return bytes(head + body)


def made(kept: int = KEPT) -> Iterator[tuple[int, tuple[Draw, ...]]]:
    """Draw until each length has its different sentences; a length and its draws at a time."""
    lengths: dict[Draw, int] = {}

    def length_of(draw: Draw) -> int:
        """The length of an unseen sentence; 0 for others."""
        if draw not in lengths:
            pair = drawn(draw)
            size = len(pair.source)
            lengths[draw] = size if fits(pair, size) else 0
        return lengths[draw]

    for length in LENGTHS:
        found: list[Draw] = []
        seen: set[tuple[str, ...]] = set()
        for turn in range(_MOST_TURNS):
            for aim in (length + step for step in REACH):
                if length_of((aim, turn)) == length:
                    source = drawn((aim, turn)).source
                    if source not in seen:
                        seen.add(source)
                        found.append((aim, turn))
            if len(found) >= kept:
                break
        yield length, tuple(found[:kept])


if __name__ == "__main__":
    book: dict[int, tuple[Draw, ...]] = {}
    for size, page in made():
        book[size] = page
        print(size, len(page), flush=True)
    _FILE.write_bytes(written(book))
