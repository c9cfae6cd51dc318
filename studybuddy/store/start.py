"""The start path: reads through the standard library alone, before SQLAlchemy is imported."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studybuddy.errors import StudyBuddyError
from studybuddy.store.reads import Reads
from studybuddy.store.schema import APPLICATION_ID, SCHEMA_VERSION
from studybuddy.store.words import sentence


class StartReads(Reads):
    """Reads on a read-only connection of their own, which `close` ends.

    Each raises StudyBuddyError when the file turns out to be damaged.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection

        def execute(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
            try:
                return connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise StudyBuddyError(sentence(path, str(error))) from error

        super().__init__(execute)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def open_reads(path: Path) -> StartReads | None:
    """Reads of the database at `path`; None when there is none that this version can read."""
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            timeout=1.0,
            isolation_level=None,
            check_same_thread=False,
        )
    except sqlite3.Error:
        return None
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        connection.close()
        return None
    if (application, version) != (APPLICATION_ID, SCHEMA_VERSION):
        connection.close()
        return None
    return StartReads(connection, path)
