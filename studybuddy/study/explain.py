"""A card's history, and why it is due when it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studybuddy.clock import date_of_day
from studybuddy.scheduling.fold import fold_card
from studybuddy.scheduling.row import Row
from studybuddy.scheduling.sm2 import preview
from studybuddy.scheduling.state import CardRecord
from studybuddy.text.translation import _

JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class Explanation:
    """The rows of one card, its state, and the sentence that says why it is due."""

    card: str
    record: CardRecord
    rows: tuple[Row, ...]
    reason: str
    intervals: dict[int, int]

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`: rows oldest first, the state, the next interval by grade."""
        memory = self.record.memory
        return {
            "schema": JSON_VERSION,
            "card": self.card,
            "reason": self.reason,
            "repetition": memory.repetition,
            "interval": memory.interval,
            "ease": memory.ease / 1000,
            "due": date_of_day(memory.due).isoformat() if memory.due is not None else None,
            "last": date_of_day(memory.last).isoformat() if memory.last is not None else None,
            "lapses": memory.lapses,
            "suspended": self.record.suspended,
            "flagged": self.record.flagged,
            "intervals": {str(grade): days for grade, days in self.intervals.items()},
            "rows": [_row(row) for row in self.rows],
        }


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id.hex(),
        "kind": row.kind,
        "day": date_of_day(row.day).isoformat(),
        "instant": row.instant,
        "grade": row.grade,
        "suggested": row.suggested,
        "score": row.score,
        "response_ms": row.response,
        "confidence": row.confidence,
        "language": row.language,
        "hints": row.hints,
        "seed": row.seed,
        "ref": row.ref.hex() if row.ref is not None else None,
        "extra": dict(row.extra) if row.extra else None,
    }


def _reason(record: CardRecord, day: int) -> str:
    memory = record.memory
    if record.suspended:
        return _("Suspended: it is not asked until you resume it.")
    if record.pending is not None:
        return _("An answer was committed and waits for its grade.")
    if memory.due is None:
        return _("New: it is asked once its lesson page is done.")
    when = date_of_day(memory.due).isoformat()
    if memory.repetition == 0:
        return _("A first prediction takes no grade; asked again on {date}.").format(date=when)
    last = date_of_day(memory.last).isoformat() if memory.last is not None else "?"
    if memory.repetition == 1 and memory.lapses and memory.interval == 1:
        text = _(
            "Forgotten on {last}: repetitions begin again, so it is due a day later, on {date}."
        )
    elif memory.repetition == 1:
        text = _("First passed on {last}: due a day later, on {date}.")
    elif memory.repetition == 2:
        text = _("Passed for the second time in a row on {last}: due six days later, on {date}.")
    else:
        text = _(
            "Repetition {n} on {last}: the interval before it times the ease factor, "
            "rounded up, gives {interval} days, so it is due on {date}."
        )
    sentence = text.format(last=last, date=when, n=memory.repetition, interval=memory.interval)
    late = day - memory.due
    return sentence + (" " + _("That was {n} days ago.").format(n=late) if late > 0 else "")


def explain(card: str, rows: Sequence[Row], day: int) -> Explanation:
    """Fold the card's rows and say in words what came of them."""
    ordered = tuple(sorted(rows, key=lambda row: (row.day, row.instant, row.id)))
    record = fold_card(ordered)
    return Explanation(
        card, record, ordered, _reason(record, day), dict(preview(record.memory, day))
    )
