"""Which rows of a card's log still stand, after every undo and redo.

A row is live unless its latest undo or redo is an undo. Undo and redo speak of
an act's root: the attempt where there is one, else the grade row itself; so a
grade falls together with the attempt it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from studybuddy.scheduling.row import GRADED_KINDS, SCHEDULING_KINDS, Row

_TURNING = frozenset({"undo", "redo"})
_ORDER = itemgetter(0, 1, 2)


class Event(NamedTuple):
    """The columns of a row that the fold reads, in the order by which events are sorted.

    A log of a million rows is folded from these; whole rows would cost four times as much.
    """

    day: int
    instant: int
    id: bytes
    kind: str
    ref: bytes | None = None
    grade: int | None = None
    response: int | None = None
    extra: Mapping[str, Any] | None = None


class Tally(NamedTuple):
    """What the live rows of one study day amount to."""

    answers: int = 0
    reviews: int = 0
    milliseconds: int = 0


def event_of(row: Row) -> Event:
    """The event of a row."""
    return Event(
        row.day, row.instant, row.id, row.kind, row.ref, row.grade, row.response, row.extra
    )


def taken_back(events: Iterable[Event]) -> set[bytes]:
    """The ids whose latest undo or redo, by (instant, id), is an undo."""
    latest: dict[bytes, tuple[int, bytes, bool]] = {}
    for event in events:
        if event.ref is not None and event.kind in ("undo", "redo"):
            mark = (event.instant, event.id, event.kind == "undo")
            if mark > latest.get(event.ref, (-1, b"", False)):
                latest[event.ref] = mark
    return {ref for ref, (_instant, _id, undone) in latest.items() if undone}


def is_live(event: Event, gone: set[bytes]) -> bool:
    """Whether the event stands, given the ids that were taken back."""
    if event.id in gone:
        return False
    return not (event.kind in GRADED_KINDS and event.ref in gone)


def live_events(events: Iterable[Event]) -> list[Event]:
    """The events that stand, by (day, instant, id); undo and redo themselves are left out."""
    ordered = sorted(events, key=_ORDER)
    if _TURNING.isdisjoint([event[3] for event in ordered]):
        return ordered
    gone = taken_back(ordered)
    return [event for event in ordered if event.kind not in _TURNING and is_live(event, gone)]


def tallies(live: Iterable[Event]) -> dict[int, Tally]:
    """Answers (graded rows), reviews and answering time per study day, of one card's live events.

    The time is the attempt's, or the grade's where the grade row is all there is.
    """
    days: dict[int, list[int]] = {}
    for day, _instant, _id, kind, ref, _grade, response, _extra in live:
        graded = kind in GRADED_KINDS
        if not graded and kind != "attempt":
            continue
        total = days.get(day)
        if total is None:
            total = days[day] = [0, 0, 0]
        if graded:
            total[0] += 1
            if kind in SCHEDULING_KINDS:
                total[1] += 1
        if response and (ref is None or not graded):
            total[2] += response
    return {day: Tally._make(total) for day, total in days.items()}
