"""The start path: the same reads, read-only, with nothing heavy imported."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studybuddy.clock import HandClock
from studybuddy.decks.library import LoadedLibrary
from studybuddy.errors import StudyBuddyError
from studybuddy.store.start import open_reads
from studybuddy.store.store import Store

ROOT = Path(__file__).resolve().parents[2]


def test_both_ways_read_the_same(
    store: Store, library: Callable[..., LoadedLibrary], clock: HandClock
) -> None:
    store.replace_index(library({"p": ["a", "b"], "q": ["c"]}, prose=["q"]), [])
    store.append("review", card="d/a", grade=2)
    store.append("attempt", card="d/b")
    store.append("setting", extra={"key": "k", "value": [1]})
    reads = open_reads(store.path)
    assert reads is not None
    day = clock.day()
    for name, arguments in (
        *(("due", (day + 1,)), ("done", (day,)), ("drilling", (day,)), ("unseen", (day, 5))),
        *(
            ("due_count", (day + 1,)),
            ("waiting", ()),
            ("introduced", (day,)),
            ("pending", ()),
            ("cards", ("d",)),
        ),
        *(("card", ("d/a",)), ("text", ("d/a", "zh")), ("page_text", ("d/q", "en"))),
        *(("decks", ()), ("topics", ("zh",)), ("pages", ("en",)), ("latest", ("setting",))),
        *(("days", (9,)), ("record", ("d/a",)), ("counts", ())),
    ):
        ours = getattr(reads, name)(*arguments)
        assert ours == getattr(store.reads, name)(*arguments)
        assert ours not in ([], None, {}), name
    with pytest.raises(StudyBuddyError):
        reads._execute("DELETE FROM log", {})
    reads.close()


def test_nothing_to_read(tmp_path: Path, store: Store) -> None:
    assert open_reads(tmp_path / "none.db") is None
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "bad.db").write_bytes(b"no database, whatever its name says" * 100)
    assert open_reads(tmp_path / "bad.db") is None
    sqlite3.connect(tmp_path / "foreign.db").execute("CREATE TABLE t (x)").connection.close()
    assert open_reads(tmp_path / "foreign.db") is None


def test_a_start_imports_nothing_heavy(store: Store) -> None:
    program = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from studybuddy.store.start import open_reads\n"
        "reads = open_reads(Path(sys.argv[1]))\n"
        "assert reads.due(1) == []\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(store.path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(json.loads(done.stdout))
    assert not modules & {"sqlalchemy", "sqlmodel", "alembic", "torch", "pydantic", "textual"}
    assert not modules & {"studybuddy.decks.library", "studybuddy.decks.model", "numpy"}
