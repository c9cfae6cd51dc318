"""Start: exec to Today painted and to the first due card answered, over a bare Textual app.

    python tests/bench/start.py [--runs 9] [--cards 150] [--rows 150] [--json]

Runs are interleaved; the ratios are medians over pairs of neighbouring runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from homes import environment, make_home
from terminal import Painted

HERE = Path(__file__).resolve().parent
COMMAND = [sys.executable, "-m", "studybuddy"]


def bare(env: dict[str, str]) -> float:
    """Seconds to the bare app's first paint."""
    child = Painted([sys.executable, str(HERE / "bare_app.py")], env)
    try:
        return child.wait_for("READY0")
    finally:
        child.close()


def today(env: dict[str, str]) -> float:
    """Seconds to Today with its numbers."""
    child = Painted(COMMAND, env)
    try:
        return child.wait_for("cards today")
    finally:
        child.close()


def first_card(env: dict[str, str]) -> float:
    """Seconds until a due card was turned over by Enter, as soon as it could be."""
    child = Painted([*COMMAND, "review"], env)
    try:
        child.wait_for("Front")
        child.press("\r")
        return child.wait_for("answers it")
    finally:
        child.close()


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--cards", type=int, default=150)
    parser.add_argument("--rows", type=int, default=150)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = environment(make_home(Path(folder) / "home", options.cards, options.rows))
        for measure in (bare, today, first_card):
            measure(env)  # warm the caches
        runs = [(bare(env), today(env), first_card(env)) for _ in range(options.runs)]
    floor = statistics.median(run[0] for run in runs)
    result = {
        "cards": options.cards,
        "rows": options.rows,
        "runs": options.runs,
        "bare_seconds": round(floor, 3),
        "today_ratio": round(statistics.median(run[1] / run[0] for run in runs), 2),
        "first_card_ratio": round(statistics.median(run[2] / run[0] for run in runs), 2),
    }
    if options.json:
        print(json.dumps(result))
        return
    print(f"{options.cards} cards, {options.rows} rows, {options.runs} interleaved runs")
    print(f"bare Textual app, first paint     1.00  ({floor:.3f} s)")
    print(f"Today painted                     {result['today_ratio']:.2f}")
    print(f"first due card turned over        {result['first_card_ratio']:.2f}")


if __name__ == "__main__":
    main()
