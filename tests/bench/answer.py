"""An answer: from the grade key to the next card painted, over one raw sqlite3 FULL commit.

    python tests/bench/answer.py [--cards 100] [--json]

The app runs in a real pseudo-terminal; between two answers one raw commit is timed.
Also printed: the same key in a bare Textual app, and the committed answer alone.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from homes import NOW, environment, make_home
from start import COMMAND, HERE
from terminal import Painted

from studybuddy.clock import HandClock
from studybuddy.locations import find_locations
from studybuddy.store.store import open_store


class Floor:
    """One row a commit, WAL, synchronous FULL, nothing else."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, data BLOB)")

    def commit(self) -> float:
        """Seconds of one commit."""
        began = time.perf_counter()
        self._connection.execute("INSERT INTO row (data) VALUES (?)", (b"x" * 90,))
        return time.perf_counter() - began


def in_the_app(env: dict[str, str], cards: int, floor: Floor) -> list[tuple[float, float]]:
    """Pairs of (grade key to next card, one raw commit), in seconds."""
    pairs: list[tuple[float, float]] = []
    child = Painted([*COMMAND, "review"], env)
    try:
        child.wait_for("Front")
        time.sleep(1.5)  # the store has been opened behind the first card
        for _ in range(cards):
            child.press("\r")
            child.wait_for("answers it")
            child.drain()
            sent = child.press("3")
            pairs.append((child.wait_for("\u00b6 asks") - sent, floor.commit()))
            child.drain()
    finally:
        child.close()
    return pairs


def bare_key(env: dict[str, str], times: int) -> list[float]:
    """Key to repaint in the bare app, in seconds."""
    child = Painted([sys.executable, str(HERE / "bare_app.py")], env)
    try:
        child.wait_for("READY0")
        time.sleep(0.5)
        found = []
        for number in range(1, times + 1):
            child.drain()
            sent = child.press("x")
            found.append(child.wait_for(str(number)[-1]) - sent)
        return found
    finally:
        child.close()


def in_the_store(home: Path, times: int, floor: Floor) -> list[tuple[float, float]]:
    """Pairs of (answer committed by the store, one raw commit), in seconds."""
    clock = HandClock(now_ms=NOW + 86_400_000 * 3, minutes=0)
    store = open_store(find_locations({"STUDYBUDDY_HOME": str(home)}), clock)
    pairs = []
    for card in range(times):
        clock.advance(seconds=1)
        began = time.perf_counter()
        store.append("review", card=f"bench/c{card % 20}", grade=4, response=900, language="en")
        pairs.append((time.perf_counter() - began, floor.commit()))
    store.close()
    return pairs


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = make_home(Path(folder) / "home", options.cards + 20, options.cards + 20)
        floor = Floor(Path(folder) / "floor.db")
        app = in_the_app(environment(home), options.cards, floor)
        key = statistics.median(bare_key(environment(home), 40))
        store = in_the_store(home, 300, floor)
    commit = statistics.median(each[1] for each in (*app, *store))
    result = {
        "cards": options.cards,
        "raw_commit_ms": round(commit * 1000, 3),
        "bare_key_ms": round(key * 1000, 2),
        "next_card_ms": round(statistics.median(each[0] for each in app) * 1000, 2),
        "next_card_over_commit": round(statistics.median(a / b for a, b in app), 1),
        "next_card_over_key_and_commit": round(statistics.median(a / (key + b) for a, b in app), 2),
        "store_answer_over_commit": round(statistics.median(a / b for a, b in store), 2),
    }
    if options.json:
        print(json.dumps(result))
        return
    print(f"{options.cards} cards graded in a pseudo-terminal")
    print(f"one raw sqlite3 FULL commit                 1.0  ({result['raw_commit_ms']} ms)")
    print(f"grade key to next card, over it             {result['next_card_over_commit']}")
    print(f"the same over bare key + commit             {result['next_card_over_key_and_commit']}")
    print(f"answer committed by the store, over it      {result['store_answer_over_commit']}")


if __name__ == "__main__":
    main()
