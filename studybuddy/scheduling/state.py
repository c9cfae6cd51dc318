"""What the fold makes of one card's rows."""

from __future__ import annotations

from dataclasses import dataclass

FOLD_VERSION = 1
START_EASE = 2500


@dataclass(frozen=True, slots=True)
class MemoryState:
    """SM-2's state of a card. Ease factor in thousandths, interval in days, `due` a study day.

    `repetition` 0 means never graded. `last` is the study day of the last review
    that counted, None before the first.
    """

    repetition: int = 0
    interval: int = 0
    ease: int = START_EASE
    due: int | None = None
    last: int | None = None
    lapses: int = 0


@dataclass(frozen=True, slots=True)
class CardRecord:
    """Everything the queue asks about a card, folded from its rows.

    `pending` is the newest live attempt that has no grade row yet: an answer that
    was committed before the program was killed. `attempts` counts all attempts
    and answers, undone ones too: the seed's counter. `drilling` is the study day
    on which the card was graded below 4 and has not reached 4 since, else None.
    `last_grade` is that of the newest live review or mock: a drill never hides a failure.
    `high_water` is the id of the newest row folded. `first` is the study day of the
    first live review since the card was new, `reviewed` that of the latest, whether
    it moved the schedule or not.
    """

    memory: MemoryState = MemoryState()
    suspended: bool = False
    buried_on: int | None = None
    flagged: bool = False
    pending: bytes | None = None
    attempts: int = 0
    reviews: int = 0
    drilling: int | None = None
    last_grade: int | None = None
    high_water: bytes = b""
    first: int | None = None
    reviewed: int | None = None
