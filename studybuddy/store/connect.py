"""Connections: one a thread, with the same pragmas each, and errors in words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.pool import NullPool

from studybuddy.errors import StudyBuddyError
from studybuddy.store.words import sentence

PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
)

Parameters = Mapping[str, Any] | Sequence[Any]


class Connections:
    """The connections of one database file.

    They are in autocommit mode: a statement alone is its own transaction, and
    `transaction()` begins one that takes the write lock at once, so that no
    two writers read the same state and then both write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)
        self._local = threading.local()
        self._all: list[Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    def get(self) -> Connection:
        """This thread's connection."""
        if self._closed:
            raise RuntimeError("the store is closed")
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            with said_in_words(self.path):
                connection = self.engine.connect()
            self._local.connection = connection
            with self._lock:
                self._all.append(connection)
        return connection

    def fetch(self, statement: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, as the driver's plain tuples."""
        with said_in_words(self.path):
            return fetch_on(self.get())(statement, parameters)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing: BEGIN IMMEDIATE … COMMIT, one fsync."""
        connection = self.get()
        with said_in_words(self.path):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                raw: Any = connection.connection.driver_connection
                if raw.in_transaction:
                    raw.rollback()
                raise

    def close(self) -> None:
        """Close every thread's connection; the write-ahead log is folded into the file."""
        self._closed = True
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self.engine.dispose()


def fetch_on(
    connection: Connection,
) -> Callable[[str, Parameters], list[tuple[Any, ...]]]:
    """A function that runs a query on this connection; plain tuples cost half of Core's rows."""

    def fetch(statement: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        if not isinstance(parameters, Mapping):
            parameters = tuple(parameters)
        cursor = connection.exec_driver_sql(statement, parameters or None).cursor
        return list(cursor.fetchall()) if cursor is not None else []

    return fetch


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"check_same_thread": False, "timeout": 5.0, "cached_statements": 256},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in PRAGMAS:
            connection.execute(pragma)

    return engine


@contextmanager
def said_in_words(path: Path) -> Iterator[None]:
    """Turn a database error into one sentence that says what, where and how to mend it."""
    try:
        yield
    except exc.DBAPIError as error:
        raise StudyBuddyError(sentence(path, str(error.orig))) from error
    except sqlite3.Error as error:
        raise StudyBuddyError(sentence(path, str(error))) from error
