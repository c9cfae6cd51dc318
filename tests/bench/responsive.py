"""Keys while the networks run: key to repaint during a live sweep, over the same key at rest.

    python tests/bench/responsive.py [--keys 40] [--json]

The app runs in a real pseudo-terminal. A prediction on a length sweep is sealed; while both
networks translate, the help is opened and closed, and each repaint is timed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from homes import environment
from start import COMMAND
from terminal import Painted

TOPIC = """---
topic: t0
title: Runs
---

## Page {#page-0}

### How far does it fall? {#sweep}

```experiment
run = "length"
ask = "drop"
lengths = [8, 18]
count = 250
```
"""
DECK = 'format = 1\nid = "bench"\nlanguage = "en"\ntopics = ["t0"]\n[title]\nen = "Bench"\n'


def make_home(home: Path) -> Path:
    """A home whose only card is a sweep over 24 lengths, 250 sentences each."""
    folder = home / "decks" / "bench"
    folder.mkdir(parents=True)
    (home / "decks" / "seq2seq").mkdir()
    (folder / "deck.toml").write_text(DECK)
    (folder / "t0.md").write_text(TOPIC)
    return home


def open_and_close(child: Painted) -> float:
    """Seconds from the key to the painted help; the help is closed again."""
    child.drain(0.01)
    sent = child.press("?")
    painted = child.wait_for("Keys of this screen")
    child.drain(0.01)
    child.press("\r")
    child.drain(0.02)
    return painted - sent


def p95(delays: list[float]) -> float:
    """The 95th percentile of the delays."""
    return sorted(delays)[int(0.95 * (len(delays) - 1))]


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        child = Painted([*COMMAND, "review"], environment(make_home(Path(folder) / "home")))
        try:
            child.wait_for("Your prediction")
            time.sleep(1.0)
            child.press("\x1b")
            time.sleep(0.5)
            idle = [open_and_close(child) for _ in range(options.keys)]
            child.press("\r")
            time.sleep(0.3)
            child.press("40\r")
            child.wait_for("% sure")
            child.press("\r")
            child.wait_for("░")
            busy = [open_and_close(child) for _ in range(options.keys)]
            child.drain()
            child.press("\x1b")
            still_running = True
            try:
                child.wait_for("stays sealed", 10)
            except TimeoutError:
                still_running = False
        finally:
            child.close()
    result = {
        "keys": options.keys,
        "idle_ms": round(statistics.median(idle) * 1000, 1),
        "running_ms": round(statistics.median(busy) * 1000, 1),
        "ratio": round(statistics.median(busy) / statistics.median(idle), 2),
        "idle_p95_ms": round(p95(idle) * 1000, 1),
        "running_p95_ms": round(p95(busy) * 1000, 1),
        "p95_ratio": round(p95(busy) / p95(idle), 2),
        "still_running_at_the_end": still_running,
    }
    if options.json:
        print(json.dumps(result))
        return
    print(f"{options.keys} keys at rest and {options.keys} during a live sweep")
    print(f"key to repaint at rest         1.00  ({result['idle_ms']} ms)")
    print(f"key to repaint during the run  {result['ratio']:.2f}  ({result['running_ms']} ms)")
    p95s = f"{result['running_p95_ms']} over {result['idle_p95_ms']} ms"
    print(f"95th of a hundred, the same    {result['p95_ratio']:.2f}  ({p95s})")
    print(f"the run went on all the while: {'yes' if still_running else 'no'}")


if __name__ == "__main__":
    main()
