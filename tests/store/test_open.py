"""Opening: fresh, half made, foreign, newer, truncated, read-only; and a trial clock."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from studybuddy.clock import HandClock
from studybuddy.errors import StudyBuddyError
from studybuddy.locations import Locations, find_locations
from studybuddy.store import migrate
from studybuddy.store.connect import Connections
from studybuddy.store.schema import APPLICATION_ID, HEAD, SCHEMA_VERSION
from studybuddy.store.store import Store, open_store


def schema(connection: sqlite3.Connection) -> dict[str, str]:
    """Each table's and index's SQL with spaces evened out."""
    found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {name: re.sub(r"[\s\"]+", "", sql) for name, sql in found}


def test_a_new_database_equals_the_migrated_one(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "migrated.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrate.upgrade(connection)
    engine.dispose()
    with sqlite3.connect(path) as migrated, sqlite3.connect(store.path) as made:
        assert schema(migrated) == schema(made)
        for each in (migrated, made):
            assert each.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    migrated.close()
    made.close()


def test_the_head_of_the_migrations_is_the_one_that_is_stamped() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))
    assert script.get_heads() == [HEAD]
    assert len(list(script.walk_revisions())) == SCHEMA_VERSION


def test_the_file_says_whose_it_is(store: Store) -> None:
    with sqlite3.connect(store.path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()
    assert store.quick_check() == store.integrity() == "ok"
    assert not store.needs_refold


@pytest.mark.parametrize("left", ["nothing", "an empty file", "an empty database"])
def test_a_start_that_was_cut_short_is_completed(
    locations: Locations, clock: HandClock, left: str
) -> None:
    locations.database.parent.mkdir(parents=True)
    if left == "an empty file":
        locations.database.touch()
    elif left == "an empty database":
        connection = sqlite3.connect(locations.database)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
    with open_store(locations, clock) as store:
        store.append("review", card="d/a", grade=4)
        assert store.integrity() == "ok"


def test_creating_is_all_or_nothing(
    locations: Locations, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "add_learner", fail)
        with pytest.raises(KeyboardInterrupt):
            open_store(locations, clock)
    assert migrate.check_file(locations.database) == 0
    with open_store(locations, clock) as store:
        assert store.integrity() == "ok"


def refused(locations: Locations, words: str) -> None:
    """Opening is refused in these words and the file is as it was."""
    before = locations.database.read_bytes()
    with pytest.raises(StudyBuddyError, match=words) as error:
        open_store(locations, HandClock())
    assert str(locations.database) in str(error.value)
    assert locations.database.read_bytes() == before
    assert sorted(os.listdir(locations.database.parent)) in (
        [locations.database.name],
        sorted(["device", locations.database.name]),
    )


def test_another_programs_database_is_refused(locations: Locations) -> None:
    locations.database.parent.mkdir(parents=True)
    connection = sqlite3.connect(locations.database)
    connection.execute("CREATE TABLE notes (text)")
    connection.commit()
    connection.close()
    refused(locations, "another program")


def test_a_newer_schema_is_refused(locations: Locations, clock: HandClock) -> None:
    with open_store(locations, clock):
        pass
    connection = sqlite3.connect(locations.database)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.commit()
    connection.close()
    refused(locations, "newer version")


@pytest.mark.parametrize("content", [b"hello", b"not a database at all\n" * 500])
def test_a_file_that_is_no_database_is_refused(locations: Locations, content: bytes) -> None:
    locations.database.parent.mkdir(parents=True)
    locations.database.write_bytes(content)
    refused(locations, "damaged or no StudyBuddy file")


@pytest.mark.parametrize("kept", [50, 5000, 0.5, 0.99])
def test_a_truncated_file_is_refused(locations: Locations, clock: HandClock, kept: float) -> None:
    with open_store(locations, clock) as store:
        for number in range(50):
            store.append("review", card=f"d/{number}", grade=4)
    size = locations.database.stat().st_size
    os.truncate(locations.database, int(kept if kept > 1 else size * kept))
    refused(locations, "damaged")


def test_a_trial_clock_is_refused_for_the_default_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    default = find_locations({})
    with pytest.raises(StudyBuddyError, match="STUDYBUDDY_HOME"):
        open_store(default, HandClock(), trial=True)
    assert list(tmp_path.iterdir()) == []
    own = find_locations({"STUDYBUDDY_HOME": str(tmp_path / "trial")})
    with open_store(own, HandClock(), trial=True) as store:
        assert store.append("review", card="d/a", grade=4).grade == 4


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    locations = find_locations({"STUDYBUDDY_HOME": str(tmp_path / "file" / "home")})
    with pytest.raises(StudyBuddyError, match=re.escape(str(tmp_path / "file"))):
        open_store(locations, HandClock())


def test_a_backup_is_taken_before_an_older_schema_is_changed(
    locations: Locations, clock: HandClock, tmp_path: Path
) -> None:
    with open_store(locations, clock) as store:
        row = store.append("review", card="d/a", grade=4)
    connections = Connections(locations.database)
    backup = tmp_path / "copies" / "before.db"
    migrate._copy(connections, backup)
    connections.close()
    copy = sqlite3.connect(backup)
    assert copy.execute("SELECT id FROM log").fetchall() == [(row.id,)]
    assert copy.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    copy.close()
