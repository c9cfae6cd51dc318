"""What a write leaves in the cached tables, beside the log row itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from studybuddy.scheduling.fold import fold_live
from studybuddy.scheduling.liveness import Event, Tally, live_events, tallies
from studybuddy.scheduling.state import FOLD_VERSION, CardRecord
from studybuddy.store.schema import LEARNER, SM2

STATE_COLUMNS = (
    "learner, card, scheduler, repetition, interval, ease, due, last, lapses, suspended, "
    "buried_on, flagged, pending, attempts, reviews, drilling, last_grade, first, reviewed, "
    "fold_version, high_water"
)
PUT_STATE = f"INSERT OR REPLACE INTO card_state ({STATE_COLUMNS}) VALUES ({','.join('?' * 21)})"
_ADD_TOTAL = """
INSERT INTO day_total (learner, day, answers, reviews, milliseconds) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (learner, day) DO UPDATE SET answers = answers + excluded.answers,
  reviews = reviews + excluded.reviews, milliseconds = milliseconds + excluded.milliseconds
"""
_MOVE_UNSEEN = """
UPDATE library_page SET unseen = unseen + ? WHERE id = (SELECT page FROM library_card WHERE card = ?)
"""
PUT_LATEST = """
INSERT INTO latest (learner, kind, key, value, instant, row) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (learner, kind, key) DO UPDATE
SET value = excluded.value, instant = excluded.instant, row = excluded.row
WHERE (excluded.instant, excluded.row) > (instant, row)
"""
COUNT_UNSEEN = """
UPDATE library_page SET unseen = (
  SELECT count(*) FROM library_card
  LEFT JOIN card_state ON card_state.card = library_card.card
    AND card_state.learner = ? AND card_state.scheduler = ?
  WHERE library_card.page = library_page.id AND card_state.due IS NULL)
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What was known of a card before some rows were added, and what is known after."""

    before: CardRecord
    after: CardRecord
    totals: dict[int, Tally]


def change_of(before: Sequence[Event], after: Sequence[Event]) -> Change:
    """The change between two sets of events of one card."""
    live_before, live_after = live_events(before), live_events(after)
    old, new = tallies(live_before), tallies(live_after)
    nothing = Tally()
    totals = {}
    for day in old.keys() | new.keys():
        was, now = old.get(day, nothing), new.get(day, nothing)
        if was != now:
            totals[day] = Tally(*(n - w for n, w in zip(now, was, strict=True)))
    return Change(fold_live(before, live_before), fold_live(after, live_after), totals)


def state_values(card: int, record: CardRecord) -> tuple[Any, ...]:
    """The columns of `STATE_COLUMNS`."""
    memory = record.memory
    return (
        *(LEARNER, card, SM2, memory.repetition, memory.interval, memory.ease, memory.due),
        *(memory.last, memory.lapses, int(record.suspended), record.buried_on),
        *(int(record.flagged), record.pending, record.attempts, record.reviews),
        *(record.drilling, record.last_grade, record.first, record.reviewed),
        *(FOLD_VERSION, record.high_water),
    )


def store_change(connection: Connection, card: int, change: Change) -> None:
    """Write a change of a card into the cached tables."""
    connection.exec_driver_sql(PUT_STATE, state_values(card, change.after))
    for day, tally in change.totals.items():
        connection.exec_driver_sql(_ADD_TOTAL, (LEARNER, day, *tally))
    was_new = change.before.memory.due is None
    is_new = change.after.memory.due is None
    if was_new != is_new:
        connection.exec_driver_sql(_MOVE_UNSEEN, (1 if is_new else -1, card))
