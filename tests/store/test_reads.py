"""The library index and every read of the queue and the screens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studybuddy.clock import HandClock
from studybuddy.decks.entries import FileStamp
from studybuddy.decks.library import LoadedLibrary
from studybuddy.scheduling.state import CardRecord
from studybuddy.store.reads import QueueCard
from studybuddy.store.store import Store

Build = Callable[..., LoadedLibrary]
STAMPS = [FileStamp("/decks/d/deck.toml", 10, 20), FileStamp("/decks/d/en/t.md", 30, 40)]


def names(cards: list[QueueCard]) -> list[str]:
    return [card.card.removeprefix("d/") for card in cards]


@pytest.fixture
def filled(store: Store, library: Build) -> Store:
    pages = {"first": ["a", "b"], "second": ["c", "d"], "third": ["e"]}
    store.replace_index(library(pages, prose=["second"]), STAMPS)
    return store


def test_the_index_knows_its_files(filled: Store, library: Build) -> None:
    assert filled.index_is_current(reversed(STAMPS))
    assert not filled.index_is_current(STAMPS[:1])
    assert not filled.index_is_current([*STAMPS[:1], FileStamp("/decks/d/en/t.md", 30, 41)])
    filled.replace_index(library({}), [])
    assert not filled.index_is_current([])
    assert filled.reads.cards() == []


def test_new_cards_wait_for_their_page(filled: Store) -> None:
    assert names(filled.reads.unseen()) == ["a", "b", "e"]
    assert filled.reads.waiting() == 2
    assert names(filled.reads.unseen(limit=2)) == ["a", "b"]
    filled.append("reading", extra={"key": "d/second", "value": True})
    assert names(filled.reads.unseen()) == ["a", "b", "c", "d", "e"]
    assert filled.reads.waiting() == 0
    filled.append("reading", extra={"key": "d/second", "value": False})
    assert filled.reads.waiting() == 2


def test_a_card_goes_from_new_to_done_to_due(filled: Store, clock: HandClock) -> None:
    reads, day = filled.reads, clock.day()
    filled.append("review", card="d/a", grade=4)
    assert names(reads.unseen()) == ["b", "e"]
    assert (names(reads.done(day)), reads.due(day), reads.introduced(day)) == (["a"], [], 1)
    card = reads.due(day + 1)[0]
    assert card == reads.card("d/a")
    assert card[:9] == ("d/a", "d", "t", "d/first", "recall", 0, 30, 2.0, 1)
    assert (card.due, card.last, card.reviews, card.interval) == (day + 1, day, 1, 1)
    filled.undo()
    assert names(reads.unseen()) == ["a", "b", "e"]
    assert (reads.done(day), reads.introduced(day)) == ([], 0)
    filled.redo()
    filled.append("reset", card="d/a")
    assert names(reads.unseen()) == ["a", "b", "e"]
    assert filled.compare() == []


def test_an_early_review_is_done_today_though_the_state_stands(
    filled: Store, clock: HandClock
) -> None:
    filled.append("review", card="d/a", grade=4)
    clock.advance(days=1)
    filled.append("review", card="d/a", grade=4)
    clock.advance(days=2)
    filled.append("review", card="d/a", grade=5)
    assert names(filled.reads.done(clock.day())) == ["a"]
    assert filled.reads.record("d/a").memory.last == clock.day() - 2


def test_suspended_and_buried_cards_are_left_out(filled: Store, clock: HandClock) -> None:
    day = clock.day()
    filled.append("review", card="d/a", grade=2)
    filled.append("suspend", card="d/b")
    filled.append("bury", card="d/e")
    assert filled.reads.unseen(day) == []
    assert names(filled.reads.unseen(day + 1)) == ["e"]
    assert names(filled.reads.drilling(day)) == ["a"]
    assert filled.reads.drilling(day + 1) == []
    clock.advance(days=1)
    filled.append("bury", card="d/a")
    assert filled.reads.due(day + 1) == []
    assert names(filled.reads.due(day + 2)) == ["a"]
    assert filled.reads.counts() == (5, 4, 1, 0)


def test_a_pretest_is_due_tomorrow_and_no_longer_new(filled: Store, clock: HandClock) -> None:
    attempt = filled.append("attempt", card="d/a", confidence=60)
    filled.append("review", card="d/a", ref=attempt.id)
    assert names(filled.reads.unseen()) == ["b", "e"]
    assert names(filled.reads.due(clock.day() + 1)) == ["a"]
    assert filled.reads.introduced(clock.day()) == 1


def test_cards_out_of_the_library_are_kept_but_not_asked(filled: Store, clock: HandClock) -> None:
    filled.append("review", card="gone/x", grade=4)
    assert filled.reads.due(clock.day() + 9) == []
    assert filled.reads.card("gone/x") is None
    assert filled.reads.record("gone/x").reviews == 1
    assert filled.reads.record("never/seen") == CardRecord()


def test_cards_of_a_deck_and_topic(filled: Store) -> None:
    assert names(filled.reads.cards()) == ["a", "b", "c", "d", "e"]
    assert filled.reads.cards(deck="d", topic="t") == filled.reads.cards()
    assert filled.reads.cards(topic="other") == filled.reads.cards(deck="other") == []


def test_places_come_back_whole(filled: Store, library: Build) -> None:
    built = library({"first": ["a", "b"], "second": ["c", "d"], "third": ["e"]}, ["second"])
    for entry in built.cards:
        assert filled.reads.text(entry.card, entry.language) == entry
    for page in built.pages:
        assert filled.reads.page_text(page.page, page.language) == page
    elsewhere = filled.reads.text("d/a", "fr")
    assert elsewhere is not None
    assert elsewhere.language == "en"
    assert filled.reads.text("d/none", "en") is None
    assert filled.reads.page_text("d/none", "en") is None
    assert filled.reads.decks() == list(built.entries.decks)
    assert filled.reads.topics("zh") == [each for each in built.topics if each.language == "zh"]


def test_pages_tell_what_is_read(filled: Store) -> None:
    filled.append("reading", extra={"key": "d/second", "value": True})
    filled.append("review", card="d/c", grade=4)
    assert [
        (each.page, each.title, each.done, each.unseen) for each in filled.reads.pages("zh")
    ] == [
        ("d/first", "first zh", 0, 2),
        ("d/second", "second zh", 1, 1),
        ("d/third", "third zh", 0, 1),
    ]


def test_a_rename_keeps_the_history(filled: Store, library: Build, clock: HandClock) -> None:
    attempt = filled.append("attempt", card="d/a")
    filled.append("review", card="d/a", ref=attempt.id, grade=4)
    before = filled.reads.record("d/a")
    filled.replace_index(library({"first": ["anew", "b"]}, was={"anew": ("a",)}), STAMPS)
    assert filled.reads.record("d/anew") == filled.reads.record("d/a") == before
    assert names(filled.reads.due(clock.day() + 1)) == ["anew"]
    assert names(filled.reads.unseen()) == ["b"]
    clock.advance(days=1)
    filled.append("review", card="d/anew", grade=4)
    assert filled.reads.record("d/anew").memory.interval == 6
    assert len(filled.rows_of("d/anew")) == 3
    assert filled.compare() == []
    again = library({"first": ["newest"]}, was={"newest": ("anew", "a")})
    filled.replace_index(again, STAMPS)
    assert filled.reads.record("d/newest").memory.interval == 6
    assert filled.compare() == []
    steps = [filled.undo(), filled.undo()]
    assert [step and step[1].card for step in steps] == ["d/anew", "d/a"]
    assert filled.reads.record("d/newest").memory.due is None
    assert filled.compare() == []


def test_an_id_that_returns_is_a_card_of_its_own(filled: Store, library: Build) -> None:
    filled.append("review", card="d/a", grade=4)
    filled.replace_index(library({"first": ["anew"]}, was={"anew": ("a",)}), STAMPS)
    filled.replace_index(library({"first": ["anew", "a"]}), STAMPS)
    assert filled.reads.record("d/a").reviews == 1
    assert filled.reads.record("d/anew").reviews == 0
    assert names(filled.reads.unseen()) == ["anew"]
    assert filled.compare() == []


def test_rows_of_an_old_id_that_come_later_fold_into_the_new(filled: Store, library: Build) -> None:
    filled.replace_index(library({"first": ["anew"]}, was={"anew": ("older",)}), STAMPS)
    filled.append("review", card="d/older", grade=4)
    assert filled.reads.record("d/anew").reviews == 1
    assert filled.reads.unseen() == []
    assert filled.compare() == []


def test_compare_finds_and_refold_mends(filled: Store, clock: HandClock) -> None:
    filled.append("review", card="d/a", grade=4, response=500)
    filled.append("review", card="d/b", grade=1)
    filled.append("reading", extra={"key": "d/second", "value": True})
    expected = (filled.reads.cards(), filled.reads.days(), filled.reads.pages("en"))
    for spoil in (
        "UPDATE card_state SET ease = 1300 WHERE card = (SELECT id FROM card WHERE key = 'd/a')",
        "DELETE FROM card_state WHERE card = (SELECT id FROM card WHERE key = 'd/b')",
        "DELETE FROM latest",
        "UPDATE day_total SET answers = 99",
        "UPDATE library_page SET unseen = 7",
        "UPDATE device SET newest = NULL",
    ):
        filled._connections.fetch(spoil)
    assert filled.compare() == ["d/a", "d/b"]
    assert filled.refold() == 2
    assert filled.compare() == []
    assert (filled.reads.cards(), filled.reads.days(), filled.reads.pages("en")) == expected
    filled._connections.fetch("UPDATE card_state SET fold_version = 0")
    assert filled.needs_refold


def test_no_read_scans_the_log(filled: Store) -> None:
    from studybuddy.store import queries

    values = dict.fromkeys(
        ("day", "limit", "deck", "topic", "card", "language", "page", "kind"), None
    )
    for name in (name for name in vars(queries) if name.isupper() and not name.startswith("_")):
        if name in ("LEARNER", "SM2"):
            continue
        plan = filled._connections.fetch(f"EXPLAIN QUERY PLAN {getattr(queries, name)}", values)
        assert not [line for line in plan if " log" in str(line[3])], name
    for name in ("DUE", "DONE", "DRILLING", "INTRODUCED", "PENDING"):
        plan = filled._connections.fetch(f"EXPLAIN QUERY PLAN {getattr(queries, name)}", values)
        assert not [line for line in plan if str(line[3]).startswith("SCAN")], (name, plan)
