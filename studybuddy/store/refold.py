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
from studybuddy.store.rows import dump, event_of_columns, parse
from studybuddy.store.schema import KEYED_KINDS, LEARNER, SM2
from studybuddy.store.writing import keyed

_ALL_EVENTS = """
SELECT log.card, log.day, log.instant, log.id, kind.name, log.ref, log.grade, log.response,
       CASE WHEN kind.name = 'import_state' THEN log.extra END
FROM log INDEXED BY log_card CROSS JOIN kind ON kind.id = log.kind
WHERE log.learner = ? AND log.card IS NOT NULL ORDER BY log.card
"""
_KEYED_ROWS = f"""
SELECT kind.name, card.key, log.extra, log.instant, log.id
FROM log JOIN kind ON kind.id = log.kind LEFT JOIN card ON card.id = log.card
WHERE log.learner = ? AND kind.name IN ({",".join("?" * len(KEYED_KINDS))}) ORDER BY log.id
"""
_PIECE = 1000
#: In KiB: cards lie scattered through the log, and the standard 2 MiB would read pages twice.
_CACHE = -65_536
_STANDARD_CACHE = -2_000


def refold(connections: Connections) -> int:
    """Rebuild card states, day totals, latest values and page counts; the number of cards."""
    connections.fetch(f"PRAGMA cache_size = {_CACHE}")
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
    connections.fetch(f"PRAGMA cache_size = {_STANDARD_CACHE}")
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
    cursor: Any = connection.exec_driver_sql(_ALL_EVENTS, (LEARNER,)).cursor
    # Old ids' rows belong to the card that carries them on; the rest comes in order of card.
    owners = dict(fetch("SELECT id, same_as FROM card WHERE same_as IS NOT NULL", ()))
    shared = set(owners) | set(owners.values())
    gathered: dict[int, list[Event]] = {}
    for card, rows in groupby(cursor, key=itemgetter(0)):
        events = [event_of_columns(row[1:]) for row in rows]
        if card in shared:
            gathered.setdefault(owners.get(card, card), []).extend(events)
        else:
            yield card, events
    yield from gathered.items()


def _keep_latest(connection: Connection) -> None:
    values = []
    found = fetch_on(connection)(_KEYED_ROWS, (LEARNER, *sorted(KEYED_KINDS)))
    for kind, card, extra, instant, row in found:
        key, value = keyed(card, parse(extra))
        if key is not None:
            values.append((LEARNER, kind, key, dump(value), instant, row))
    if values:
        connection.exec_driver_sql(PUT_LATEST, values)
