"""The fold of one card's rows into what is known of the card.

`kind` records only what the learner meant; the fold decides. Of each study day
the first live review or mock by (day, instant, id) moves SM-2; drills, crams and
later rows do not. The order in which rows arrive is of no matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeGuard

from studybuddy.scheduling.liveness import Event, event_of, is_live, live_events, taken_back
from studybuddy.scheduling.row import GRADED_KINDS, SCHEDULING_KINDS, Row
from studybuddy.scheduling.sm2 import (
    GRADES,
    LONGEST_INTERVAL,
    SMALLEST_EASE,
    Columns,
    advance,
    columns_of,
)
from studybuddy.scheduling.state import START_EASE, CardRecord, MemoryState

_REACHED = 4
_NEW: Columns = columns_of(MemoryState())
_LARGEST = {"repetition": 10_000, "interval": LONGEST_INTERVAL, "ease": 10_000, "lapses": 10_000}


def fold_card(rows: Iterable[Row]) -> CardRecord:
    """The record of one card of one learner from its rows, in any order."""
    return fold_events([event_of(row) for row in rows])


def fold_events(events: Sequence[Event]) -> CardRecord:
    """The same from the columns that matter: what a bulk read hands over."""
    return fold_live(events, live_events(events))


def fold_live(events: Sequence[Event], live: Sequence[Event]) -> CardRecord:
    """The same when the caller has picked out the live events already."""
    schedule = _Schedule()
    schedule.run(live)
    kinds = {event[3] for event in events}
    marks = {} if kinds.isdisjoint(_MARKING) else _marks(events)
    return CardRecord(
        memory=MemoryState(*schedule.memory),
        suspended=marks.get("suspend", False),
        buried_on=marks.get("bury"),
        flagged=marks.get("flag", False),
        pending=_pending(events) if "attempt" in kinds else None,
        attempts=_attempts(events),
        reviews=schedule.reviews,
        drilling=schedule.drilling,
        last_grade=schedule.last_grade,
        high_water=max([each[1:3] for each in events])[1] if events else b"",
        first=schedule.first,
        reviewed=schedule.reviewed,
    )


class _Schedule:
    """The running state while live events pass in order."""

    __slots__ = ("below", "drilling", "first", "last_grade", "memory", "reviewed", "reviews")

    def __init__(self) -> None:
        self.memory: Columns = _NEW
        self.reviews = 0
        self.first: int | None = None
        self.reviewed: int | None = None
        self.below: int | None = None
        self.drilling: int | None = None
        self.last_grade: int | None = None

    def run(self, live: Iterable[Event]) -> None:
        for day, _instant, _id, kind, _ref, grade, _response, extra in live:
            if kind in GRADED_KINDS:
                if grade is None or grade in GRADES:
                    self._answer(day, kind, grade)
            elif kind == "reset":
                # A card begun anew may be reviewed once more on the same day.
                self.memory = _NEW
                self.first = self.reviewed = self.below = self.drilling = self.last_grade = None
            elif kind == "import_state":
                self._import(day, extra)

    def _import(self, day: int, extra: Mapping[str, Any] | None) -> None:
        memory = _imported(extra)
        if memory is None:
            return
        self.memory = columns_of(memory)
        if memory.last is not None:
            # Known from elsewhere, so never one of this day's new cards.
            self.first = min(memory.last, day - 1)

    def _answer(self, day: int, kind: str, grade: int | None) -> None:
        scheduling = kind in SCHEDULING_KINDS
        if scheduling and self.reviewed != day:
            self.reviewed = day
            if self.first is None:
                self.first = day
            if grade is not None:
                self.memory = advance(self.memory, grade, day)
                self.below = day if grade < _REACHED else None
            else:
                self.below = None
                repetition, interval, ease, _due, _last, lapses = self.memory
                if repetition == 0:
                    self.memory = (0, interval, ease, day + 1, day, lapses)
        if grade is None:
            return
        if scheduling:
            self.reviews += 1
            self.last_grade = grade
        if grade >= _REACHED:
            self.below = self.drilling = None
        elif kind != "cram" and kind != "mock":
            self.drilling = day if self.below == day else None


def _attempts(events: Iterable[Event]) -> int:
    """Attempts, and graded rows without one; those taken back too."""
    count = 0
    for _day, _instant, _id, kind, ref, _grade, _response, _extra in events:
        if kind == "attempt" or (ref is None and kind in GRADED_KINDS):
            count += 1
    return count


def _pending(events: Sequence[Event]) -> bytes | None:
    """The newest live attempt that no grade speaks of."""
    attempts = [event for event in events if event.kind == "attempt"]
    answered = {event.ref for event in events if event.kind in GRADED_KINDS}
    gone = taken_back(events)
    waiting = [
        (event.instant, event.id)
        for event in attempts
        if event.id not in answered and is_live(event, gone)
    ]
    return max(waiting)[1] if waiting else None


_SET = {"suspend": "suspend", "bury": "bury", "flag": "flag"}
_UNSET = {"resume": "suspend", "unbury": "bury", "unflag": "flag"}
_MARKING = frozenset(_SET) | frozenset(_UNSET)


def _marks(events: Sequence[Event]) -> dict[str, Any]:
    """Of each pair (suspend, resume; bury, unbury; flag, unflag) the latest that is live."""
    speaking = [event for event in events if event.kind in _MARKING]
    gone = taken_back(events)
    marks: dict[str, Any] = {}
    for event in sorted(speaking, key=lambda each: (each.instant, each.id)):
        if event.id in gone:
            continue
        if event.kind in _SET:
            marks[event.kind] = event.day if event.kind == "bury" else True
        else:
            marks.pop(_UNSET[event.kind], None)
    return marks


def _imported(extra: Mapping[str, Any] | None) -> MemoryState | None:
    """The state that an imported schedule names; None when it makes no sense."""
    if extra is None:
        return None
    numbers: dict[str, int] = {}
    for name, standard in (("repetition", 0), ("interval", 0), ("ease", START_EASE), ("lapses", 0)):
        value = extra.get(name, standard)
        if not _is_count(value, _LARGEST[name]):
            return None
        numbers[name] = value
    due = extra.get("due")
    if numbers["repetition"] == 0:
        return MemoryState(ease=max(SMALLEST_EASE, numbers["ease"]), lapses=numbers["lapses"])
    if not _is_count(due, 2 * LONGEST_INTERVAL):
        return None
    return MemoryState(
        repetition=numbers["repetition"],
        interval=numbers["interval"],
        ease=max(SMALLEST_EASE, numbers["ease"]),
        due=due,
        last=due - numbers["interval"],
        lapses=numbers["lapses"],
    )


def _is_count(value: object, largest: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest
