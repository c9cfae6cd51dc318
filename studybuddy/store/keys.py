"""Text keys and their integers: the small dimension tables, remembered in memory."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

_TABLES = {
    "device": "key",
    "card": "key",
    "kind": "name",
    "sitting": "key",
    "content": "key",
}
_REMEMBERED = 20_000


class Keys:
    """Looks keys up and adds unknown ones inside the caller's transaction.

    What a transaction added is remembered only when `settle` is called after its
    commit; `forget` drops it after a failure.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, Any], int] = {}
        self._fresh: dict[tuple[str, Any], int] = {}

    def number(self, connection: Connection, table: str, key: Any) -> int:
        """The integer of a key, added when there is none."""
        place = (table, key)
        known = self._known.get(place) or self._fresh.get(place)
        if known is not None:
            return known
        column = _TABLES[table]
        found = connection.exec_driver_sql(
            f"SELECT id FROM {table} WHERE {column} = ?", (key,)
        ).scalar()
        if found is None:
            found = connection.exec_driver_sql(
                f"INSERT INTO {table} ({column}) VALUES (?) RETURNING id", (key,)
            ).scalar_one()
        self._fresh[place] = int(found)
        return int(found)

    def maybe(self, connection: Connection, table: str, key: Any) -> int | None:
        """The same for a key that may be None."""
        return None if key is None else self.number(connection, table, key)

    def settle(self) -> None:
        """The transaction was committed: remember what it used."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(self._fresh)
        self._fresh.clear()

    def forget(self) -> None:
        """The transaction failed: what it added does not exist."""
        self._fresh.clear()
