"""The book of unseen sentences, and what a seed takes from it."""

from __future__ import annotations

import pytest

from studybuddy.lab.language import book
from studybuddy.lab.language.corpus import split_of
from studybuddy.lab.language.unseen import Unseen


def test_the_book_is_fresh_and_full() -> None:
    """Every tenth draw is made again: an old grammar's book would name other sentences."""
    for length in book.LENGTHS:
        draws = book.draws(length)
        assert len(draws) == book.KEPT
        assert all(aim - length in book.REACH for aim, _turn in draws)
        assert all(book.fits(book.drawn(draw), length) for draw in draws[::50])
    sources = {book.drawn(draw).source for draw in book.draws(4)}
    assert len(sources) == book.KEPT


def test_a_book_is_read_as_it_was_written() -> None:
    pages = {4: ((1, 0), (8, 0), (4, 3)), 7: ((11, 40_000),), 40: ()}
    read = book.read(book.written(pages))
    assert {length: page for length, page in read.items() if page} == {4: pages[4], 7: pages[7]}


@pytest.mark.parametrize("data", [b"", b"\x00", bytes(74) + b"\x01", b"\x00\x01" * 37 + b"\xff"])
def test_what_is_no_book_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        book.read(data)


def test_sentences_have_their_length_and_are_for_tests_and_differ() -> None:
    for length in (4, 9, 23, 40):
        pairs = Unseen(3).of(length, 40)
        assert len({pair.source for pair in pairs}) == 40
        assert all(len(pair.source) == length for pair in pairs)
        assert all(split_of(pair.source) == "test" for pair in pairs)


def test_fewer_are_the_first_of_more_whatever_else_is_asked_for() -> None:
    unseen = Unseen(5)
    unseen.of(7, 3)
    assert unseen.of(8, 30)[:10] == Unseen(5).of(8, 10)


def test_another_seed_gives_others() -> None:
    first, second = ({pair.source for pair in Unseen(seed).of(12, 50)} for seed in (1, 2))
    assert len(first & second) < 15


def test_without_the_book_sentences_are_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "draws", lambda _length: ())
    told: list[int] = []
    pairs = Unseen(1).of(6, 20, lambda: told.append(1))
    assert len({pair.source for pair in pairs}) == 20
    assert all(book.fits(pair, 6) for pair in pairs)
    assert told


def test_a_stale_book_costs_no_wrong_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "draws", lambda _length: tuple((30, turn) for turn in range(20)))
    assert all(book.fits(pair, 6) for pair in Unseen(1).of(6, 10))


def test_a_length_that_has_few_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studybuddy.lab.language.unseen._BARREN", 20)
    assert Unseen(1).of(1, 5) == []


def test_a_spread_takes_as_many_of_each_length() -> None:
    pairs = Unseen(2).spread(range(5, 9), 42)
    sizes = [len(pair.source) for pair in pairs]
    assert len(pairs) == 42
    assert sizes == sorted(sizes)
    assert all(sizes.count(size) in (10, 11) for size in range(5, 9))
