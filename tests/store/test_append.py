"""Writing: what a row leaves behind, what is refused, and that others see it."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from studybuddy.clock import HandClock
from studybuddy.errors import StudyBuddyError
from studybuddy.locations import Locations, find_locations
from studybuddy.scheduling.row import Row
from studybuddy.store.store import Store, open_store

NAMES = ("foreign_keys", "synchronous", "journal_mode", "busy_timeout", "trusted_schema")


def test_every_connection_has_the_pragmas(store: Store) -> None:
    found: dict[str, Any] = {}

    def read() -> None:
        for name in NAMES:
            found[name] = store._connections.fetch(f"PRAGMA {name}")[0][0]

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert found == {
        "foreign_keys": 1,
        "synchronous": 2,
        "journal_mode": "wal",
        "busy_timeout": 5000,
        "trusted_schema": 0,
    }


def test_a_row_comes_back_as_it_went_in(store: Store, clock: HandClock) -> None:
    columns: dict[str, Any] = {
        "card": "d/a",
        "grade": 4,
        "suggested": 3,
        "score": 900,
        "response": 2500,
        "language": "zh",
        "level": 2,
        "hints": 1,
        "confidence": 80,
        "seed": 2**62,
        "sitting": b"s" * 16,
        "paper": b"p" * 16,
        "content": b"12345678",
        "extra": {"answer": "编码器", "list": [1, None]},
    }
    row = store.append("review", **columns)
    assert store.row(row.id) == row == store.newest() == store.newest("review")
    assert {name: getattr(row, name) for name in columns} == columns
    assert (row.instant, row.zone, row.day) == (clock.instant(), 480, clock.day())
    assert store.rows_of("d/a") == [row]
    assert store.newest("mock") is None


def test_a_review_moves_the_state_the_day_and_nothing_else(store: Store, clock: HandClock) -> None:
    attempt = store.append("attempt", card="d/a", response=4000)
    assert store.reads.pending() == [("d/a", attempt.id)]
    store.append("review", card="d/a", ref=attempt.id, grade=3, response=4000)
    record = store.reads.record("d/a")
    assert (record.memory.due, record.memory.ease) == (clock.day() + 1, 2360)
    assert record.drilling == clock.day()
    store.append("drill", card="d/a", grade=4, response=1000)
    assert store.reads.record("d/a").memory == record.memory
    assert store.reads.days() == [(clock.day(), 2, 1, 5000)]
    assert store.reads.pending() == []
    assert store.compare() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"grade": 6},
        {"grade": -1},
        {"grade": 3.0},
        {"suggested": 9},
        {"score": 1001},
        {"confidence": 101},
        {"response": -1},
        {"seed": 2**63},
        {"ref": b"short"},
        {"sitting": "text"},
    ],
)
def test_values_out_of_range_are_refused_by_name(store: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        store.append("review", card="d/a", **wrong)
    assert store.newest() is None


def test_the_schema_refuses_what_the_program_would_not_write(store: Store) -> None:
    store.append("review", card="d/a", grade=4)
    for column, value in (("grade", 6), ("score", -1), ("response", 700_000), ("id", b"short")):
        with pytest.raises(StudyBuddyError, match="CHECK"):
            store._connections.fetch(f"UPDATE log SET {column} = ?", (value,))
    with pytest.raises(StudyBuddyError, match="FOREIGN KEY"):
        store._connections.fetch("UPDATE log SET card = 99")


def test_a_long_pause_counts_ten_minutes(store: Store) -> None:
    assert store.append("review", card="d/a", grade=4, response=9_999_999).response == 600_000


def test_a_failed_append_leaves_nothing_and_the_next_works(store: Store) -> None:
    with pytest.raises(TypeError):
        store.append("note", card="d/new", extra={"key": {1, 2}})  # type: ignore[dict-item]
    assert store._connections.fetch("SELECT count(*) FROM card") == [(0,)]
    store.append("review", card="d/new", grade=4)
    assert store.reads.record("d/new").reviews == 1


def test_unknown_kinds_are_kept(store: Store) -> None:
    row = store.append("telepathy", card="d/a", extra={"x": 1})
    assert store.rows_of("d/a") == [row]
    assert store.reads.record("d/a").memory.due is None


def test_the_latest_value_of_a_key_holds(store: Store, clock: HandClock) -> None:
    store.append("setting", extra={"key": "grades", "value": 4})
    clock.advance(seconds=1)
    store.append("setting", extra={"key": "grades", "value": 6})
    store.append("setting", extra={"key": "语言", "value": {"deep": [True]}})
    store.append("hook", card="d/a", extra={"value": "一个箱子"})
    assert store.reads.latest("setting") == {"grades": 6, "语言": {"deep": [True]}}
    assert store.reads.latest("hook") == {"d/a": "一个箱子"}


def test_instants_and_ids_grow_when_the_clock_is_set_back(
    locations: Locations, clock: HandClock
) -> None:
    with open_store(locations, clock) as store:
        first = store.append("review", card="d/a", grade=4)
    earlier = HandClock(now_ms=clock.now_ms - 86_400_000 * 30)
    with open_store(locations, earlier) as store:
        second = store.append("review", card="d/b", grade=4)
    assert second.instant >= first.instant
    assert second.id > first.id
    assert second.day == first.day


def test_two_stores_of_one_device_write_at_once(locations: Locations) -> None:
    def work(name: str) -> None:
        with open_store(locations, HandClock()) as store:
            for number in range(40):
                store.append("review", card=f"d/{number % 7}", grade=4, response=1)

    open_store(locations, HandClock()).close()
    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(locations, HandClock()) as store:
        assert store.reads.days()[0][1:] == (80, 80, 80)
        assert store.compare() == []
        ids = [row.id for row in store.rows_after(limit=100)]
        assert len(ids) == len(set(ids)) == 80
        assert store.integrity() == "ok"


def test_threads_of_one_store_write_at_once(store: Store) -> None:
    threads = [
        threading.Thread(
            target=lambda: [store.append("drill", card="d/a", grade=4) for _ in range(25)]
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.rows_of("d/a")) == 75


def test_a_second_store_sees_rows_at_once(locations: Locations, store: Store) -> None:
    with open_store(locations, HandClock()) as other:
        row = store.append("review", card="d/a", grade=4)
        assert other.row(row.id) == row
        assert other.reads.record("d/a").reviews == 1


def test_seed_stays_until_the_card_is_answered_and_moves_on_after_an_undo(store: Store) -> None:
    first = store.seed("d/a")
    assert first == store.seed("d/a") != store.seed("d/b")
    assert 0 <= first < 2**63
    store.append("review", card="d/a", grade=4)
    second = store.seed("d/a")
    assert second != first
    store.undo()
    assert store.seed("d/a") == second


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": b"short"},
        {"learner": "another"},
        {"grade": 7},
        {"instant": 2**70},
        {"day": 10**12},
        {"zone": 99_999},
        {"response": 10**9},
        {"kind": ""},
    ],
)
def test_a_row_that_cannot_stand_is_refused_whole(store: Store, wrong: dict[str, Any]) -> None:
    good = Row(b"g" * 16, "me", "elsewhere", 5, 0, 20_000, "review", "d/a", grade=4)
    bad = replace(good, **{"id": b"b" * 16, **wrong})
    with pytest.raises(ValueError, match=r".+"):
        store.merge([good, bad])
    assert store.rows_after() == []
    assert store.merge([good]) == 1
    assert store.reads.record("d/a").memory.due == 20_001


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(RuntimeError, match="closed"):
        store.append("review", card="d/a", grade=4)


def test_a_full_disk_is_told_in_words_and_loses_nothing(store: Store) -> None:
    store.append("review", card="d/a", grade=4)
    pages = store._connections.fetch("PRAGMA page_count")[0][0]
    store._connections.fetch(f"PRAGMA max_page_count = {pages}")
    kept = []

    def fill() -> None:
        for number in range(2000):
            kept.append(store.append("review", card="d/a", grade=4, extra={"text": "x" * number}))

    with pytest.raises(StudyBuddyError, match="disk is full"):
        fill()
    assert store.newest() == kept[-1]
    assert store.compare() == []
    store._connections.fetch("PRAGMA max_page_count = 100000")
    store.append("review", card="d/a", grade=4)


def test_merge_is_a_union(store: Store, tmp_path: Any) -> None:
    elsewhere = find_locations({"STUDYBUDDY_HOME": str(tmp_path / "other")})
    with open_store(elsewhere, HandClock()) as other:
        a = other.append("attempt", card="d/a", response=10)
        other.append("review", card="d/a", ref=a.id, grade=4)
        other.append("setting", extra={"key": "x", "value": 1})
        other.append("review", card="d/b", grade=2)
        other.undo()
        rows = other.rows_after()
        record = other.reads.record("d/a")
        days = other.reads.days()
    mine = store.append("review", card="d/c", grade=4)
    assert store.merge(reversed(rows)) == 5
    assert store.merge(rows) == 0
    assert store.reads.record("d/a") == record
    assert store.reads.days()[0].answers == days[0].answers + 1
    assert store.reads.latest("setting") == {"x": 1}
    assert store.compare() == []
    undone = store.undo()
    assert undone is not None
    assert undone[1] == mine  # never another device's act
    assert store.undo() is None


def test_a_row_with_its_index_takes_about_a_hundred_bytes(store: Store) -> None:
    first = store.append("review", card="d/0", grade=4, sitting=b"s" * 16, content=b"12345678")
    rows = [
        replace(
            first,
            id=(first.id[:14] + number.to_bytes(2, "big")),
            card=f"d/{number % 300}",
            response=2000 + number,
            language="zh",
        )
        for number in range(6000)
    ]
    store.merge(rows[:3000])
    before = store._connections.fetch("PRAGMA page_count")[0][0]
    store.merge(rows[3000:])
    grown = store._connections.fetch("PRAGMA page_count")[0][0] - before
    assert grown * 4096 / 3000 < 110
