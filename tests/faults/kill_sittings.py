"""Kill -9 at a random moment of scripted sittings, and hold the log against what was acknowledged.

    python tests/faults/kill_sittings.py [--count 50] [--seed 1] [--app] [--json]

One home lives on through all sittings, a day apart, so that damage would add up. Each
sitting answers cards through `studybuddy review --plain` (with --app: by keys in the app)
until its process group gets SIGKILL: within milliseconds of a line that was sent, during
a live run, or by the clock. Afterwards nothing acknowledged may be missing, no answer
that was taken may be asked again, and the database must be sound. Exit code 1 otherwise.
What a power cut would take is not tested: the kernel keeps what a killed process wrote.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from kill_app import AppSitting, Painted
from kill_deck import write_deck
from kill_journal import Counts, Journal, examine
from kill_moment import Astray, Ended, draw_moment
from kill_plain import COMMAND, PlainSitting, Program

FIRST_DAY = datetime.fromisoformat("2026-09-01T08:00:00+08:00")
PLAIN_SECONDS, APP_SECONDS = 3.0, 6.0


def environment(home: Path, sitting: int) -> dict[str, str]:
    """What the program sees of its surroundings: this home, and a day more each sitting."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **kept,
        "STUDYBUDDY_HOME": str(home),
        "STUDYBUDDY_NOW": (FIRST_DAY + timedelta(days=sitting)).isoformat(),
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
        "OMP_NUM_THREADS": "1",
    }


def sit(journal: Journal, random: Random, surroundings: Mapping[str, str], *, app: bool) -> None:
    """One sitting up to its kill; it is not counted as killed when its cards ran out before."""
    moment = draw_moment(random, APP_SECONDS if app else PLAIN_SECONDS)
    command = [*COMMAND, "review", "--new", "20"]
    if moment.kind == "run" and random.random() < 0.5:
        command += ["--kind", "experiment"]
    program: Program | Painted
    if app:
        program = Painted(command, surroundings, moment)
    else:
        program = Program([*command, "--plain"], surroundings, moment)
    try:
        if isinstance(program, Painted):
            AppSitting(program, journal, random).run()
        else:
            PlainSitting(program, journal, random).run()
        journal.counts.kills += 1
    except Ended:
        pass
    finally:
        program.close()


def run(home: Path, count: int, seed: int, *, app: bool) -> Journal:
    """Sittings in one home until so many were killed.

    Raises Astray when the program leaves the script, or too many sittings end in peace.
    """
    write_deck(home)
    journal = Journal()
    while journal.counts.kills < count:
        sitting = journal.counts.sittings
        if sitting > 2 * count:
            raise Astray(f"only {journal.counts.kills} of {sitting} sittings were killed")
        journal.counts.sittings += 1
        sit(journal, Random(f"{seed}/{sitting}"), environment(home, sitting), app=app)
        journal.settle(examine(home))
    # The program itself must still be able to open what all those kills left behind.
    done = subprocess.run(
        [*COMMAND, "today", "--json"],
        env=environment(home, journal.counts.sittings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0 or json.loads(done.stdout)["pending"] != len(journal.pending):
        raise Astray(f"today, after the last kill: {done.stdout}{done.stderr}")
    return journal


def table(counts: Counts) -> str:
    """The counts, one a line."""
    names = {name: name.replace("_", " ") for name in asdict(counts)}
    names["submissions"] = "submissions acknowledged"
    names["grades"] = "grades acknowledged"
    names["undos"] = "undos acknowledged"
    names["cut_off"] = "committed, acknowledgement cut off"
    return "\n".join(f"{text:36}{getattr(counts, name):6}" for name, text in names.items())


def main() -> int:
    """Run the sittings and print what they amount to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=50, help="sittings to kill")
    parser.add_argument("--seed", type=int, default=1, help="of answers and moments")
    parser.add_argument("--app", action="store_true", help="in the app instead of line by line")
    parser.add_argument("--json", action="store_true", help="the counts as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        try:
            journal = run(Path(name) / "home", options.count, options.seed, app=options.app)
        except Astray as fault:
            print(f"the sitting left its script: {fault}", file=sys.stderr)
            return 1
    for line in journal.told:
        print(line, file=sys.stderr)
    counts = journal.counts
    print(json.dumps(asdict(counts), indent=2) if options.json else table(counts))
    return 1 if any(counts.faults.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
