"""Writing rows: each in one transaction with everything that is cached of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection

from studybuddy.clock import Clock, study_day
from studybuddy.scheduling.liveness import Event, event_of
from studybuddy.scheduling.row import Row
from studybuddy.store.caching import PUT_LATEST, change_of, store_change
from studybuddy.store.connect import Connections, fetch_on
from studybuddy.store.identity import Identifiers, instant_of
from studybuddy.store.keys import Keys
from studybuddy.store.rows import dump, events_of
from studybuddy.store.schema import KEYED_KINDS, LEARNER, LEARNER_KEY

_INSERT = f"INSERT INTO log VALUES ({','.join('?' * 23)})"
_RANGES = {
    "grade": (0, 5),
    "suggested": (0, 5),
    "score": (0, 1000),
    "confidence": (0, 100),
    "level": (0, 1_000_000),
    "hints": (0, 1_000_000),
    "seed": (-(2**63), 2**63 - 1),
    "instant": (0, 2**48 - 1),
    "zone": (-1440, 1440),
    "day": (-1_000_000, 10_000_000),
    "version": (1, 1_000_000),
}
LONGEST_RESPONSE = 600_000
T = TypeVar("T")


def check_columns(kind: str, columns: Mapping[str, Any]) -> None:
    """Raise ValueError, naming the column, when a value cannot stand in the log."""
    if not kind or len(kind) > 64:
        raise ValueError(f"a row's kind must have 1 to 64 characters, not {kind!r}")
    for name, (low, high) in _RANGES.items():
        value = columns.get(name)
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise ValueError(f"{name} must be a whole number in {low}..{high}, not {value!r}")
    for name in ("ref", "sitting", "paper"):
        value = columns.get(name)
        if value is not None and (not isinstance(value, bytes) or len(value) != 16):
            raise ValueError(f"{name} must be an id of 16 bytes, not {value!r}")
    response = columns.get("response")
    if response is not None and (not isinstance(response, int) or response < 0):
        raise ValueError(f"response must be milliseconds, 0 or more, not {response!r}")


class Writer:
    """Adds rows to the log for one device."""

    def __init__(self, connections: Connections, clock: Clock, device: str) -> None:
        self._connections = connections
        self._clock = clock
        self._device = device
        self._identifiers = Identifiers()
        self._lock = threading.Lock()
        self.keys = Keys()

    def append(self, kind: str, columns: Mapping[str, Any]) -> Row:
        """Commit one row of now: the log, the card's state and the day's totals together."""
        check_columns(kind, columns)
        return self.within(lambda connection: self.add_now(connection, kind, columns))

    def within(self, act: Callable[[Connection], T]) -> T:
        """Do something in one transaction; keys that it added are remembered after the commit."""
        with self._lock:
            try:
                with self._connections.transaction() as connection:
                    result = act(connection)
            except BaseException:
                self.keys.forget()
                raise
            self.keys.settle()
            return result

    def add_now(self, connection: Connection, kind: str, columns: Mapping[str, Any]) -> Row:
        """The same inside a transaction that the caller holds."""
        device = self.keys.number(connection, "device", self._device)
        newest = connection.exec_driver_sql(
            "SELECT newest FROM device WHERE id = ?", (device,)
        ).scalar()
        if newest is not None:
            # Another process of this device may have written since: nothing is dated before it.
            self._clock.not_before(instant_of(newest))
        instant, zone = self._clock.instant(), self._clock.zone()
        response = columns.get("response")
        row = Row(
            id=self._identifiers.make(instant, newest or b""),
            learner=LEARNER_KEY,
            device=self._device,
            instant=instant,
            zone=zone,
            day=study_day(instant, zone, self._clock.rollover_hours),
            kind=kind,
            **{
                **columns,
                "response": None if response is None else min(response, LONGEST_RESPONSE),
            },
        )
        card = self._card(connection, row)
        before = [] if card is None else self._events(connection, card)
        self._insert(connection, row, device)
        self._cache(connection, row, card, before)
        connection.exec_driver_sql("UPDATE device SET newest = ? WHERE id = ?", (row.id, device))
        return row

    def merge(self, rows: Iterable[Row]) -> int:
        """Add rows made elsewhere (an import, another device) in one transaction.

        Rows that are there already are passed over; the number of new ones is returned.
        Raises ValueError, with nothing added, when a row's values cannot stand in the log.
        """

        def act(connection: Connection) -> int:
            added = 0
            touched: dict[int, list[Event]] = {}
            for row in rows:
                added += self._merge_row(connection, row, touched)
            for card, before in touched.items():
                change = change_of(before, self._events(connection, card))
                store_change(connection, card, change)
            return added

        return self.within(act)

    def _merge_row(self, connection: Connection, row: Row, touched: dict[int, list[Event]]) -> bool:
        names = (*_RANGES, "ref", "sitting", "paper", "response")
        check_columns(row.kind, {name: getattr(row, name) for name in names})
        if row.response is not None and row.response > LONGEST_RESPONSE:
            raise ValueError(f"response must be at most {LONGEST_RESPONSE}, not {row.response}")
        if len(row.id) != 16 or row.learner != LEARNER_KEY:
            raise ValueError(f"a row of another learner or without an id: {row.id!r}")
        known = connection.exec_driver_sql("SELECT 1 FROM log WHERE id = ?", (row.id,)).scalar()
        if known is not None:
            return False
        card = self._card(connection, row)
        if card is not None and card not in touched:
            touched[card] = self._events(connection, card)
        device = self.keys.number(connection, "device", row.device)
        self._insert(connection, row, device)
        self._keep_latest(connection, row)
        connection.exec_driver_sql(
            "UPDATE device SET newest = max(coalesce(newest, x''), ?) WHERE id = ?",
            (row.id, device),
        )
        return True

    def _card(self, connection: Connection, row: Row) -> int | None:
        """The number of the card whose state this row belongs to (after a rename: the new one)."""
        if row.card is None:
            return None
        number = self.keys.number(connection, "card", row.card)
        same = connection.exec_driver_sql("SELECT same_as FROM card WHERE id = ?", (number,))
        return same.scalar() or number

    def _events(self, connection: Connection, card: int) -> list[Event]:
        return events_of(fetch_on(connection), card, LEARNER)

    def _insert(self, connection: Connection, row: Row, device: int) -> None:
        keys = self.keys
        connection.exec_driver_sql(
            _INSERT,
            (
                *(row.id, LEARNER, device, row.instant, row.zone, row.day),
                keys.number(connection, "kind", row.kind),
                keys.maybe(connection, "card", row.card),
                *(row.ref, row.grade, row.suggested, row.score, row.response, row.language),
                *(row.level, row.hints, row.confidence, row.seed),
                keys.maybe(connection, "sitting", row.sitting),
                row.paper,
                keys.maybe(connection, "content", row.content),
                None if row.extra is None else dump(row.extra),
                row.version,
            ),
        )

    def _cache(
        self, connection: Connection, row: Row, card: int | None, before: list[Event]
    ) -> None:
        if card is not None:
            store_change(connection, card, change_of(before, [*before, event_of(row)]))
        self._keep_latest(connection, row)

    def _keep_latest(self, connection: Connection, row: Row) -> None:
        if row.kind not in KEYED_KINDS:
            return
        key, value = keyed(row.card, row.extra)
        if key is not None:
            connection.exec_driver_sql(
                PUT_LATEST, (LEARNER, row.kind, key, dump(value), row.instant, row.id)
            )


def keyed(card: str | None, extra: Mapping[str, Any] | None) -> tuple[str | None, Any]:
    """The key and value that a setting, reading, hook … names; a hook's key may be its card."""
    if not isinstance(extra, Mapping):
        return None, None
    key = extra.get("key", card)
    return (key if isinstance(key, str) else None), extra.get("value")
