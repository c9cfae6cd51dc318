"""Rebuilding every cached table from the log, and comparing what is cached with the log."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from studybuddy.scheduling.fold import fold_events, fold_live
from studybuddy.scheduling.liveness import Event, live_events, tallies
from studybuddy.store.caching import (
    COUNT_UNSEEN,
    PUT_LATEST,
    PUT_STATE,
    STATE_COLUMNS,
    state_values,
)
from studybuddy.store.connect import Connections, fetch_on
from studybuddy.store.rows import dump, parse
from studybuddy.store.schema import KEYED_KINDS, LEARNER, SM2
from studybuddy.store.writing import keyed

_ALL_EVENTS = """
SELECT log.card, log.day, log.instant, log.id, log.kind, log.ref, log.grade, log.response,
       CASE WHEN log.kind = :imported THEN log.extra END
FROM log INDEXED BY log_card WHERE log.learner = :learner AND log.card IS NOT NULL
ORDER BY log.card
"""
_KEYED_ROWS = f"""
SELECT kind.name, card.key, log.extra, log.instant, log.id
FROM log JOIN kind ON kind.id = log.kind LEFT JOIN card ON card.id = log.card
WHERE log.learner = ? AND kind.name IN ({",".join("?" * len(KEYED_KINDS))}) ORDER BY log.id
"""
_PIECE = 1000


def refold(connections: Connections) -> int:
    """Rebuild card states, day totals, latest values and page counts; the number of cards."""
    with connections.transaction() as connection:
        for table in ("card_state", "day_total", "latest"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        totals: dict[int, list[int]] = {}
        states: list[tuple[Any, ...]] = []
        count = 0
        for card, events in _cards(connection):
            live = live_events(events)
            states.append(state_values(card, fold_live(events, live)))
            for day, tally in tallies(live).items():
                total = totals.setdefault(day, [0, 0, 0])
                for place, value in enumerate(tally):
                    total[place] += value
            count += 1
            if len(states) >= _PIECE:
                connection.exec_driver_sql(PUT_STATE, states)
                states = []
        if states:
            connection.exec_driver_sql(PUT_STATE, states)
        if totals:
            connection.exec_driver_sql(
                "INSERT INTO day_total VALUES (?, ?, ?, ?, ?)",
                [(LEARNER, day, *values) for day, values in sorted(totals.items())],
            )
        _keep_latest(connection)
        connection.exec_driver_sql(COUNT_UNSEEN, (LEARNER, SM2))
        # A device's newest row is cached too: a restored log may end elsewhere.
        connection.exec_driver_sql(_NEWEST_ROWS)
    return count


_NEWEST_ROWS = """
UPDATE device SET newest = found.id
FROM (SELECT device, max(id) AS id FROM log GROUP BY device) AS found
WHERE found.device = device.id
"""


def compare(connections: Connections) -> list[str]:
    """The ids of the cards whose cached state is not what the log says."""
    connection = connections.get()
    cached = {
        row[1]: tuple(row)
        for row in connections.fetch(
            f"SELECT {STATE_COLUMNS} FROM card_state WHERE learner = ? AND scheduler = ?",
            (LEARNER, SM2),
        )
    }
    wrong = []
    for card, events in _cards(connection):
        if cached.pop(card, None) != state_values(card, fold_events(events)):
            wrong.append(card)
    wrong.extend(cached)
    names = {row[0]: row[1] for row in connections.fetch("SELECT id, key FROM card")}
    return sorted(names.get(card, str(card)) for card in wrong)


def _cards(connection: Connection) -> Iterator[tuple[int, list[Event]]]:
    """Each card's number with all its events."""
    fetch = fetch_on(connection)
    names = dict(fetch("SELECT id, name FROM kind", ()))
    imported = next((number for number, name in names.items() if name == "import_state"), None)
    cursor: Any = connection.exec_driver_sql(
        _ALL_EVENTS, {"imported": imported, "learner": LEARNER}
    ).cursor
    # Old ids' rows belong to the card that carries them on; the rest comes in order of card.
    owners = dict(fetch("SELECT id, same_as FROM card WHERE same_as IS NOT NULL", ()))
    shared = set(owners) | set(owners.values())
    gathered: dict[int, list[Event]] = {}
    for card, rows in groupby(cursor, key=itemgetter(0)):
        events = [
            Event(day, instant, row, names[kind], ref, grade, response, extra and _mapping(extra))
            for _card, day, instant, row, kind, ref, grade, response, extra in rows
        ]
        if card in shared:
            gathered.setdefault(owners.get(card, card), []).extend(events)
        else:
            yield card, events
    yield from gathered.items()


def _mapping(text: str) -> dict[str, Any] | None:
    value = parse(text)
    return value if isinstance(value, dict) else None


def _keep_latest(connection: Connection) -> None:
    values = []
    found = fetch_on(connection)(_KEYED_ROWS, (LEARNER, *sorted(KEYED_KINDS)))
    for kind, card, extra, instant, row in found:
        key, value = keyed(card, parse(extra))
        if key is not None:
            values.append((LEARNER, kind, key, dump(value), instant, row))
    if values:
        connection.exec_driver_sql(PUT_LATEST, values)
