"""kill -9 while answers are written: every acknowledged one is there afterwards."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studybuddy.clock import HandClock
from studybuddy.locations import Locations
from studybuddy.store.store import open_store

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from studybuddy.clock import Clock
from studybuddy.locations import find_locations
from studybuddy.store.store import open_store
store = open_store(find_locations({"STUDYBUDDY_HOME": sys.argv[1]}), Clock())
for number in range(100_000):
    attempt = store.append("attempt", card=f"d/{number % 9}", response=5)
    print(attempt.id.hex(), flush=True)
    print(store.append("review", card=f"d/{number % 9}", ref=attempt.id, grade=4).id.hex(), flush=True)
"""


@pytest.mark.parametrize("answers", [0, 1, 30, 77])
def test_no_acknowledged_row_is_lost(locations: Locations, answers: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(locations.database.parent)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    seen = [process.stdout.readline().strip() for _ in range(answers)]
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    seen += [line for line in rest.split("\n") if len(line) == 32]
    assert process.returncode == -signal.SIGKILL
    with open_store(locations, HandClock()) as store:
        kept = [row.id.hex() for row in store.rows_after(limit=100_000)]
        assert kept[: len(seen)] == seen
        assert len(kept) <= len(seen) + 1
        assert store.compare() == []
        assert store.integrity() == "ok"
        store.append("review", card="d/0", grade=4)
