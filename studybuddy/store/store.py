"""The store: the one door to the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studybuddy.clock import Clock
from studybuddy.errors import StudyBuddyError
from studybuddy.locations import Locations
from studybuddy.scheduling.row import Row
from studybuddy.scheduling.state import FOLD_VERSION
from studybuddy.store import index, migrate, refold, rows
from studybuddy.store.connect import Connections, fetch_on
from studybuddy.store.device import device_id
from studybuddy.store.identity import instant_of
from studybuddy.store.reads import Reads
from studybuddy.store.schema import LEARNER
from studybuddy.store.undo import Walk
from studybuddy.store.writing import Writer
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from studybuddy.decks.entries import FileStamp
    from studybuddy.decks.library import LoadedLibrary


def open_store(locations: Locations, clock: Clock, *, trial: bool = False) -> Store:
    """Open the learner's database, made or migrated as needed.

    `trial` says that the clock was set by STUDYBUDDY_NOW: it may not write to the
    default home. Raises StudyBuddyError when the file is foreign, newer, damaged or
    not writable; then nothing was changed.
    """
    if trial and not locations.own:
        raise StudyBuddyError(
            _(
                "STUDYBUDDY_NOW sets another clock, which may not write to your own history; "
                "set STUDYBUDDY_HOME to a folder for the trial"
            )
        )
    path = locations.database
    found = migrate.check_file(path)
    _make_folder(path.parent)
    connections = Connections(path)
    try:
        migrate.prepare(connections, found, _backup_place(path, found))
        store = Store(connections, clock, device_id(locations.device))
    except BaseException:
        connections.close()
        raise
    return store


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyBuddyError(
            _("{path} cannot be made ({reason}); set STUDYBUDDY_HOME to a writable folder").format(
                path=folder, reason=error.strerror or error
            )
        ) from error


def _backup_place(path: Path, found: int) -> Path:
    return path.with_name(f"{path.stem}.before-schema-{found + 1}{path.suffix}")


class Store:
    """The log and what is cached of it; safe to use from several threads."""

    def __init__(self, connections: Connections, clock: Clock, device: str) -> None:
        self._connections = connections
        self._writer = Writer(connections, clock, device)
        self.device = device
        self.path = connections.path
        self.reads = Reads(connections.fetch)
        newest = connections.fetch("SELECT newest FROM device WHERE key = ?", (device,))
        if newest and newest[0][0]:
            clock.not_before(instant_of(newest[0][0]))

    def append(
        self,
        kind: str,
        *,
        card: str | None = None,
        ref: bytes | None = None,
        grade: int | None = None,
        suggested: int | None = None,
        score: int | None = None,
        response: int | None = None,
        language: str | None = None,
        level: int | None = None,
        hints: int | None = None,
        confidence: int | None = None,
        seed: int | None = None,
        sitting: bytes | None = None,
        paper: bytes | None = None,
        content: bytes | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> Row:
        """Commit one row of now, with one fsync; on return it survives a power cut.

        Raises ValueError naming the column when a value is out of range, and
        StudyBuddyError when the database cannot be written.
        """
        columns = {
            "card": card,
            "ref": ref,
            "grade": grade,
            "suggested": suggested,
            "score": score,
            "response": response,
            "language": language,
            "level": level,
            "hints": hints,
            "confidence": confidence,
            "seed": seed,
            "sitting": sitting,
            "paper": paper,
            "content": content,
            "extra": extra,
        }
        return self._writer.append(kind, columns)

    def merge(self, rows: Iterable[Row]) -> int:
        """Add rows made elsewhere (an import, another device); how many were new."""
        return self._writer.merge(rows)

    def undo(self) -> tuple[Row, Row] | None:
        """Take back this device's newest live act: (the undo row, the act's root row)."""
        return self._step("undo")

    def redo(self) -> tuple[Row, Row] | None:
        """Bring back what was undone last, if nothing was done since: (redo row, root row)."""
        return self._step("redo")

    def _step(self, kind: str) -> tuple[Row, Row] | None:
        def act(connection: Connection) -> tuple[Row, Row] | None:
            fetch = fetch_on(connection)
            number = fetch("SELECT id FROM device WHERE key = ?", (self.device,))
            if not number:
                return None
            walk = Walk(fetch, number[0][0], LEARNER)
            root = walk.newest_live_act() if kind == "undo" else walk.newest_undone_act()
            if root is None:
                return None
            columns = {"card": root.card, "ref": root.id, "sitting": root.sitting}
            return self._writer.add_now(connection, kind, columns), root

        return self._writer.within(act)

    def row(self, row: bytes) -> Row | None:
        """The row with this id."""
        return rows.row_by_id(self._connections.fetch, row)

    def rows_of(self, card: str) -> list[Row]:
        """Every row of a card, old ids' rows too, by (day, instant, id)."""
        found = self._connections.fetch(
            "SELECT coalesce(same_as, id) FROM card WHERE key = ?", (card,)
        )
        return rows.rows_of_card(self._connections.fetch, found[0][0], LEARNER) if found else []

    def newest(self, kind: str | None = None) -> Row | None:
        """The newest row, of a kind if one is named (a rare kind is looked for through the log)."""
        return rows.newest_row(self._connections.fetch, kind)

    def rows_after(self, row: bytes = b"", limit: int = 1000) -> list[Row]:
        """The log in pieces, in order of id, for an export."""
        return rows.rows_after(self._connections.fetch, row, limit)

    def rows_of_kind(self, *kinds: str) -> list[Row]:
        """Every row of some kinds, oldest first; reads the whole log, so only in a worker."""
        return rows.rows_of_kind(self._connections.fetch, kinds)

    def seed(self, card: str) -> int:
        """The seed of the card's next task: the same until the card is answered again."""
        return self.reads.seed(card)

    def index_is_current(self, stamps: Iterable[FileStamp]) -> bool:
        """Whether the library index was built from exactly these files."""
        return self.reads.index_is_current(stamps)

    def replace_index(self, loaded: LoadedLibrary, stamps: Iterable[FileStamp]) -> None:
        """Put a freshly loaded library in place of the index, in one transaction."""
        self._writer.within(lambda connection: index.replace(connection, loaded, stamps))

    def refold(self) -> int:
        """Rebuild every cached table from the log; the number of cards folded."""
        return refold.refold(self._connections)

    def compare(self) -> list[str]:
        """The cards whose cached state is not what the log says."""
        return refold.compare(self._connections)

    @property
    def needs_refold(self) -> bool:
        """Whether the cached states come from another version of the fold."""
        found = self._connections.fetch("SELECT fold_version FROM card_state LIMIT 1")
        return bool(found) and found[0][0] != FOLD_VERSION

    def quick_check(self) -> str:
        """ "ok", or what SQLite finds wrong with the file; takes a while, so in a worker."""
        return self._check("quick_check")

    def integrity(self) -> str:
        """ "ok", or what SQLite's full check and the foreign keys find wrong."""
        found = self._check("integrity_check")
        broken = self._connections.fetch("PRAGMA foreign_key_check")
        if broken:
            found = "" if found == "ok" else found + "\n"
            found += "\n".join(
                f"{table}: a row refers to a missing {to}" for table, _row, to, _key in broken[:20]
            )
        return found

    def _check(self, pragma: str) -> str:
        return "\n".join(str(line[0]) for line in self._connections.fetch(f"PRAGMA {pragma}"))

    def close(self) -> None:
        """Close every connection."""
        with suppress(StudyBuddyError):
            self._connections.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
