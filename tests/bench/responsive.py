"""Keys while the networks run: key to repaint during a length sweep, over the same key at rest.

    python tests/bench/responsive.py [--keys 40] [--json]

The app runs in a real pseudo-terminal. In the laboratory a sweep over the lengths is started;
while both networks translate, the help is opened and closed, and each repaint is timed; then the
sweep is stopped and the next one is started. The same keys are pressed on the form at rest.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from homes import environment
from start import COMMAND
from terminal import Painted

DECK = 'format = 1\nid = "bench"\nlanguage = "en"\ntopics = ["t0"]\n[title]\nen = "Bench"\n'
TOPIC = """---
topic: t0
title: Runs
---

## Page {#page-0}

### What does the encoder hand over? {#c}

The context vector C.
"""


class Key(NamedTuple):
    """A key, what it is called, and what is painted when it has done its work.

    An overlay lets the screen below shine through, so an empty text stands for what only the
    screen below can paint: a line that the overlay covers.
    """

    name: str
    keys: str
    painted: str = ""


KEYS = (
    Key("open the help", "?", "Keys of this screen"),
    Key("close the help", "\r"),
)
COVERED_AT_REST, COVERED_WHILE_RUNNING = "longest in training", "Exact translations by"


def make_home(home: Path) -> Path:
    """A home with one small deck of its own; the laboratory needs none."""
    folder = home / "decks" / "bench"
    folder.mkdir(parents=True)
    (home / "decks" / "seq2seq").mkdir()
    (folder / "deck.toml").write_text(DECK)
    (folder / "t0.md").write_text(TOPIC)
    return home


def pressed(child: Painted, times: int, covered: str) -> dict[str, list[float]]:
    """Milliseconds from each key to its repaint, `times` times round; see `Key` for `covered`."""
    delays: dict[str, list[float]] = {key.name: [] for key in KEYS}
    for _round in range(times):
        for key in KEYS:
            child.drain()
            sent = child.press(key.keys)
            delays[key.name].append(1000 * (child.wait_for(key.painted or covered) - sent))
            # A lone Escape is told from a sequence by the pause after it.
            time.sleep(0.1)
    return delays


def p95(delays: list[float]) -> float:
    """The 95th percentile of the delays."""
    return sorted(delays)[int(0.95 * (len(delays) - 1))]


def told(delays: Mapping[str, list[float]]) -> dict[str, dict[str, float]]:
    """Median, 95th percentile and maximum of each key and of all, in milliseconds."""
    groups = {**delays, "all keys": [delay for each in delays.values() for delay in each]}
    return {
        name: {
            "median": round(statistics.median(each), 1),
            "p95": round(p95(each), 1),
            "max": round(max(each), 1),
        }
        for name, each in groups.items()
    }


def measure(times: int) -> tuple[dict[str, list[float]], dict[str, list[float]], int]:
    """The delays at rest and during sweeps, and how many sweeps outlasted their keys."""
    with tempfile.TemporaryDirectory() as folder:
        child = Painted(COMMAND, environment(make_home(Path(folder) / "home")))
        try:
            child.wait_for("Today")
            time.sleep(1.0)
            child.press("x")
            child.wait_for("length")
            child.press("\r")
            child.wait_for("percentage points")
            time.sleep(0.5)
            idle = pressed(child, times, COVERED_AT_REST)
            # Down to the sample size: the longest sweep there is.
            child.press("\x1b[B\x1b[B\x1b[B250")
            child.wait_for("250 unseen")
            child.press("\r")
            child.wait_for(COVERED_WHILE_RUNNING)
            busy: dict[str, list[float]] = {key.name: [] for key in KEYS}
            outlasted = 0
            for round_ in range(times):
                if round_:
                    child.press("n")
                    time.sleep(0.3)
                    child.drain()
                    child.press("\r")
                    child.wait_for(COVERED_WHILE_RUNNING)
                for name, delays in pressed(child, 1, COVERED_WHILE_RUNNING).items():
                    busy[name].extend(delays)
                child.drain()
                child.press("\x1b")
                with suppress(TimeoutError):
                    child.wait_for("was stopped", 3)
                    outlasted += 1
        finally:
            child.close()
    return idle, busy, outlasted


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=40, help="times that each key is pressed")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    idle, busy, outlasted = measure(options.keys)
    rest, run = told(idle), told(busy)
    ratios = {name: round(run[name]["median"] / max(rest[name]["median"], 1e-3), 2) for name in run}
    if options.json:
        result = {
            "keys": options.keys,
            "at_rest_ms": rest,
            "running_ms": run,
            "ratio": ratios,
            "still_running_after_the_keys": outlasted,
        }
        print(json.dumps(result))
        return
    print(f"{options.keys} times each key at rest, and during a live sweep; milliseconds")
    print(f"{'':<20}{'at rest':>24}{'during the run':>26}{'ratio':>8}")
    print(
        f"{'':<20}" + f"{'median':>8}{'p95':>8}{'max':>8}" + f"{'median':>10}{'p95':>8}{'max':>8}"
    )
    for name in run:
        a, b = rest[name], run[name]
        print(
            f"{name:<20}{a['median']:>8}{a['p95']:>8}{a['max']:>8}"
            f"{b['median']:>10}{b['p95']:>8}{b['max']:>8}{ratios[name]:>8}"
        )
    print(f"sweeps that still ran after their keys: {outlasted} of {options.keys}")


if __name__ == "__main__":
    main()
