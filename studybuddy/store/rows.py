"""Rows of the log read back, whole or as the few columns that the fold wants."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from studybuddy.scheduling.liveness import Event
from studybuddy.scheduling.row import Row

Fetch = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]

_COLUMNS = """
SELECT log.id, learner.key, device.key, log.instant, log.zone, log.day, kind.name, card.key,
       log.ref, log.grade, log.suggested, log.score, log.response, log.language, log.level,
       log.hints, log.confidence, log.seed, sitting.key, log.paper, content.key, log.extra,
       log.version
FROM log
JOIN learner ON learner.id = log.learner
JOIN device ON device.id = log.device
JOIN kind ON kind.id = log.kind
LEFT JOIN card ON card.id = log.card
LEFT JOIN sitting ON sitting.id = log.sitting
LEFT JOIN content ON content.id = log.content
"""
#: The card itself and every old id whose history it carries on.
SAME_CARD = "IN (SELECT ?1 UNION ALL SELECT id FROM card WHERE same_as = ?1)"
EVENTS = f"""
SELECT log.day, log.instant, log.id, kind.name, log.ref, log.grade, log.response,
       CASE WHEN kind.name = 'import_state' THEN log.extra END
FROM log JOIN kind ON kind.id = log.kind
WHERE log.card {SAME_CARD} AND log.learner = ?2
"""


def row_of(columns: Sequence[Any]) -> Row:
    """The row of one line of `_COLUMNS`."""
    values = [*columns]
    values[21] = parse(values[21])
    return Row(*values)


def parse(text: str | None) -> Any:
    """JSON that was kept verbatim; None for what is no JSON."""
    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def dump(value: Any) -> str:
    """JSON as it is kept: short, and with Chinese text as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def event_of_columns(columns: Sequence[Any]) -> Event:
    """The event of one line of `EVENTS`."""
    if columns[7] is None:
        return tuple.__new__(Event, columns)
    extra = parse(columns[7])
    return Event._make((*columns[:7], extra if isinstance(extra, dict) else None))


def events_of(fetch: Fetch, card: int, learner: int) -> list[Event]:
    """The events of a card (its number) and of its old ids."""
    return [event_of_columns(columns) for columns in fetch(EVENTS, (card, learner))]


def row_by_id(fetch: Fetch, row: bytes) -> Row | None:
    """The row with this id."""
    found = fetch(_COLUMNS + "WHERE log.id = ?1", (row,))
    return row_of(found[0]) if found else None


def rows_of_card(fetch: Fetch, card: int, learner: int) -> list[Row]:
    """Every row of a card and of its old ids, oldest first."""
    order = " ORDER BY log.day, log.instant, log.id"
    where = f"WHERE log.card {SAME_CARD} AND log.learner = ?2"
    return [row_of(columns) for columns in fetch(_COLUMNS + where + order, (card, learner))]


def newest_row(fetch: Fetch, kind: str | None) -> Row | None:
    """The newest row, of a kind if one is named."""
    where = "" if kind is None else "WHERE log.kind = (SELECT id FROM kind WHERE name = ?1) "
    found = fetch(
        _COLUMNS + where + "ORDER BY log.id DESC LIMIT 1", () if kind is None else (kind,)
    )
    return row_of(found[0]) if found else None


def rows_after(fetch: Fetch, row: bytes, limit: int) -> list[Row]:
    """Up to `limit` rows with ids greater than `row` (b"" for all), in order: for an export."""
    found = fetch(_COLUMNS + "WHERE log.id > ?1 ORDER BY log.id LIMIT ?2", (row, limit))
    return [row_of(columns) for columns in found]


def rows_of_kind(fetch: Fetch, kinds: Iterable[str]) -> list[Row]:
    """Every row of some kinds, oldest first; reads the whole log, so never on the way to a screen."""
    names = list(kinds)
    marks = ",".join("?" * len(names))
    where = f"WHERE kind.name IN ({marks}) ORDER BY log.id"
    return [row_of(columns) for columns in fetch(_COLUMNS + where, names)]
