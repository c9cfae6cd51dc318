"""A database of the present schema: made, brought up to date, or refused in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from studybuddy.errors import StudyBuddyError
from studybuddy.store.connect import Connections, said_in_words
from studybuddy.store.schema import APPLICATION_ID, HEAD, LEARNER, LEARNER_KEY, SCHEMA_VERSION
from studybuddy.text.translation import _

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_STAMP = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def check_file(path: Path) -> int:
    """The schema version of the file, 0 for none or an empty one; nothing is changed.

    Raises StudyBuddyError when the file is foreign, newer than this program, or damaged.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise StudyBuddyError(f"{path}: {error.strerror}") from error
    if not path.is_file():
        raise StudyBuddyError(
            _("{path} is no file; move it away or name another file").format(path=path)
        )
    if size == 0:
        return 0
    with said_in_words(path):
        wal = path.with_name(path.name + "-wal")
        pending = wal.exists() and wal.stat().st_size > 0
        application, version, empty = _ask(path) if pending else _header(path, size)
    if application != APPLICATION_ID:
        if application == 0 and version == 0 and empty:
            return 0
        raise StudyBuddyError(
            _("{path} belongs to another program; move it away or name another file").format(
                path=path
            )
        )
    if version > SCHEMA_VERSION:
        raise StudyBuddyError(
            _(
                "{path} was written by a newer version of StudyBuddy (schema {found}, this one "
                "knows {known}); update StudyBuddy"
            ).format(path=path, found=version, known=SCHEMA_VERSION)
        )
    return int(version)


def _header(path: Path, size: int) -> tuple[int, int, bool]:
    """Application id, user version and whether there is no table, from the file's first page.

    Read without SQLite, which would leave files of its own beside one that is refused.
    A file shorter than its header says has lost its end.
    """
    with path.open("rb") as file:
        header = file.read(112)
    if len(header) < 112 or not header.startswith(b"SQLite format 3\0"):
        raise sqlite3.DatabaseError("file is not a database")

    def number(start: int, length: int = 4) -> int:
        return int.from_bytes(header[start : start + length], "big")

    page = 65536 if number(16, 2) == 1 else number(16, 2)
    if number(24) == number(92) and size < page * number(28):
        raise sqlite3.DatabaseError("database disk image is malformed")
    return number(68), number(60), number(103, 2) == 0


def _ask(path: Path) -> tuple[int, int, bool]:
    """The same from SQLite: the write-ahead log may hold a newer first page."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    finally:
        connection.close()
    return application, version, tables == 0


def prepare(connections: Connections, found: int, backup: Path) -> None:
    """Bring a file of schema version `found` (0: a new one) to the present one.

    Everything is one transaction: a crash leaves the file as it was, and the next
    start does it again. Before an older schema is changed the file is copied to
    `backup` by SQLite's own backup.
    """
    if found == SCHEMA_VERSION:
        return
    if found:
        _copy(connections, backup)
    with connections.transaction() as connection:
        (present,) = connection.exec_driver_sql("PRAGMA user_version").one()
        if present == SCHEMA_VERSION:
            return
        if present == 0:
            _create(connection)
        else:
            upgrade(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _create(connection: Connection) -> None:
    """A new database straight from the declarations: Alembic takes a third of a second to import."""
    from sqlmodel import SQLModel

    from studybuddy.store import library_tables, tables

    names = {model.__tablename__ for model in (*tables.ALL, *library_tables.ALL)}
    for table in SQLModel.metadata.sorted_tables:
        if table.key in names:
            table.create(connection)
    connection.exec_driver_sql(_STAMP)
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    add_learner(connection)


def add_learner(connection: Connection) -> None:
    """The one learner that SQLite holds."""
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO learner (id, key) VALUES (?, ?)", (LEARNER, LEARNER_KEY)
    )


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to `revision` on this connection, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _copy(connections: Connections, backup: Path) -> None:
    source: Any = connections.get().connection.driver_connection
    with said_in_words(backup):
        backup.parent.mkdir(parents=True, exist_ok=True)
        target = sqlite3.connect(backup)
        try:
            source.backup(target)
        finally:
            target.close()
