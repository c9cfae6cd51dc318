"""The clock that every room is handed, and the study day it tells.

A study day is an integer: the day number (days since 1970-01-01) of the local
wall clock minus the rollover. It is fixed in a row when the row is written, so
that a journey or a change of summer time never moves a review to another day.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

ROLLOVER_HOURS = 4
_EPOCH = date(1970, 1, 1)


def study_day(instant: int, zone: int, rollover_hours: int = ROLLOVER_HOURS) -> int:
    """The study day of an instant (ms since 1970, UTC) at a zone offset (minutes)."""
    local_ms = instant + zone * 60_000 - rollover_hours * 3_600_000
    return local_ms // 86_400_000


def day_of_date(value: date) -> int:
    """The study day that carries this calendar date."""
    return (value - _EPOCH).days


def date_of_day(day: int) -> date:
    """The calendar date of a study day."""
    return _EPOCH + timedelta(days=day)


@dataclass(slots=True)
class Clock:
    """Instant, zone and a monotonic counter, in one object that tests replace.

    `instant()` never runs backwards within one clock, even when the machine's
    does: a row must not seem older than the row before it.
    """

    rollover_hours: int = ROLLOVER_HOURS
    _wall: Callable[[], float] = time.time
    _monotonic: Callable[[], float] = time.monotonic
    _zone: Callable[[int], int] | None = None
    _newest: int = field(default=0, repr=False)

    def instant(self) -> int:
        """Milliseconds since 1970, UTC; never less than it was before."""
        self._newest = max(self._newest, int(self._wall() * 1000))
        return self._newest

    def not_before(self, instant: int) -> None:
        """Take note of an instant already in the log: nothing is dated before it."""
        self._newest = max(self._newest, instant)

    def zone(self) -> int:
        """Offset of local time from UTC in minutes, at the present instant."""
        instant = self.instant()
        if self._zone is not None:
            return self._zone(instant)
        offset = datetime.fromtimestamp(instant / 1000).astimezone().utcoffset()
        return int(offset.total_seconds() // 60) if offset is not None else 0

    def monotonic(self) -> int:
        """Milliseconds of a counter that no change of the wall clock moves."""
        return int(self._monotonic() * 1000)

    def day(self) -> int:
        """The study day now."""
        return study_day(self.instant(), self.zone(), self.rollover_hours)


def ticking_from(text: str) -> Clock:
    """A clock that starts at `text` (ISO 8601 with an offset) and ticks on from there.

    Raises ValueError with a sentence for a person when the text is not such an instant.
    """
    try:
        start: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        start = None
    if start is None or start.tzinfo is None:
        raise ValueError(
            f"STUDYBUDDY_NOW is {text!r}; it must be an instant with an offset, "
            "such as 2026-09-01T08:00:00+08:00"
        )
    begun = time.monotonic()
    offset = start.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset is not None else 0
    seconds = start.astimezone(UTC).timestamp()
    return Clock(
        _wall=lambda: seconds + (time.monotonic() - begun),
        _zone=lambda _instant: minutes,
    )


@dataclass(slots=True)
class HandClock(Clock):
    """A clock that a test moves by hand: it stands still between two calls of `advance`."""

    now_ms: int = 1_788_220_800_000  # 2026-09-01T00:00:00Z
    minutes: int = 480

    def instant(self) -> int:
        """The instant that was set; never less than it was before."""
        self._newest = max(self._newest, self.now_ms)
        return self._newest

    def zone(self) -> int:
        """The offset that was set, in minutes."""
        return self.minutes

    def monotonic(self) -> int:
        """The same hand moves the monotonic counter."""
        return self.now_ms

    def advance(self, *, days: float = 0, seconds: float = 0) -> None:
        """Move the hand."""
        self.now_ms += int(days * 86_400_000 + seconds * 1000)
