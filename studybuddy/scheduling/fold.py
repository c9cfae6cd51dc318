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
from studybuddy.scheduling.sm2 import GRADES, LONGEST_INTERVAL, SMALLEST_EASE, step
from studybuddy.scheduling.state import START_EASE, CardRecord, MemoryState

_REACHED = 4
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
    take = schedule.take
    for event in live:
        take(event)
    kinds = {event[3] for event in events}
    marks = {} if kinds.isdisjoint(_MARKING) else _marks(events)
    return CardRecord(
        memory=schedule.memory,
        suspended=marks.get("suspend", False),
        buried_on=marks.get("bury"),
        flagged=marks.get("flag", False),
        pending=_pending(events) if "attempt" in kinds else None,
        attempts=sum([_is_attempt(event) for event in events]),
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
        self.memory = MemoryState()
        self.reviews = 0
        self.first: int | None = None
        self.reviewed: int | None = None
        self.below: int | None = None
        self.drilling: int | None = None
        self.last_grade: int | None = None

    def take(self, event: Event) -> None:
        kind = event.kind
        if kind in GRADED_KINDS:
            if event.grade is None or event.grade in GRADES:
                self._answer(event)
        elif kind == "reset":
            # A card begun anew may be reviewed once more on the same day.
            self.memory = MemoryState()
            self.first = self.reviewed = self.below = self.drilling = self.last_grade = None
        elif kind == "import_state":
            memory = _imported(event.extra)
            if memory is not None:
                self.memory = memory
                if memory.last is not None:
                    # Known from elsewhere, so never one of this day's new cards.
                    self.first = min(memory.last, event.day - 1)

    def _answer(self, event: Event) -> None:
        day, grade = event.day, event.grade
        scheduling = event.kind in SCHEDULING_KINDS
        counts = scheduling and self.reviewed != day
        if counts:
            self.reviewed = day
            self.first = day if self.first is None else self.first
            if grade is not None:
                self.memory = step(self.memory, grade, day)
                self.below = day if grade < _REACHED else None
            else:
                self.below = None
                if self.memory.repetition == 0:
                    self.memory = MemoryState(
                        ease=self.memory.ease, due=day + 1, last=day, lapses=self.memory.lapses
                    )
        if grade is None:
            return
        if scheduling:
            self.reviews += 1
            self.last_grade = grade
        if grade >= _REACHED:
            self.below = self.drilling = None
        elif event.kind in ("review", "drill"):
            self.drilling = day if self.below == day else None


def _is_attempt(event: Event) -> bool:
    return event.kind == "attempt" or (event.kind in GRADED_KINDS and event.ref is None)


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
