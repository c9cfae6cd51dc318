"""The log row: the one truth that every other number is folded from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ROW_VERSION = 1

#: Rows that show a card was answered; the first of the day that is live moves the schedule.
SCHEDULING_KINDS = frozenset({"review", "mock"})
GRADED_KINDS = frozenset({"review", "drill", "cram", "mock"})
#: What the undo key takes back. An attempt goes together with its grade.
UNDOABLE_KINDS = frozenset(
    {
        "attempt",
        "review",
        "drill",
        "cram",
        "suspend",
        "resume",
        "bury",
        "unbury",
        "reset",
        "flag",
        "unflag",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the review log; never updated, never deleted.

    `id` is a UUIDv7 (16 bytes). `instant` is in ms since 1970 UTC, `zone` in
    minutes, `day` the study day fixed when the row was written. `ref` is the row
    this one speaks of (the attempt of a grade, the row an undo takes back).
    `grade` and `suggested` are 0..5, `score` 0..1000, `response` in ms,
    `confidence` in percent. `extra` is kept verbatim.
    """

    id: bytes
    learner: str
    device: str
    instant: int
    zone: int
    day: int
    kind: str
    card: str | None = None
    ref: bytes | None = None
    grade: int | None = None
    suggested: int | None = None
    score: int | None = None
    response: int | None = None
    language: str | None = None
    level: int | None = None
    hints: int | None = None
    confidence: int | None = None
    seed: int | None = None
    sitting: bytes | None = None
    paper: bytes | None = None
    content: bytes | None = None
    extra: Mapping[str, Any] | None = None
    version: int = ROW_VERSION
