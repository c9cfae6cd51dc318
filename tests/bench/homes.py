"""Homes to measure in: a deck of so many cards, each reviewed so many times and due today."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from studybuddy.clock import HandClock
from studybuddy.locations import find_locations
from studybuddy.store.store import open_store
from studybuddy.study.library import open_library, refresh

NOW = 1_788_220_800_000  # 2026-09-01T00:00:00Z
CARDS_A_FILE = 500


def environment(home: Path) -> dict[str, str]:
    """The environment of a learner who lives in this home on a fixed day."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return {
        **kept,
        "STUDYBUDDY_HOME": str(home),
        "STUDYBUDDY_NOW": "2026-09-01T12:00:00+00:00",
        "LANG": "en_US.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONDONTWRITEBYTECODE": "0",
    }


def write_deck(folder: Path, cards: int) -> None:
    """A deck of recall cards, 500 a file."""
    folder.mkdir(parents=True)
    topics = [f"t{number}" for number in range(-(-cards // CARDS_A_FILE))]
    listed = ", ".join(f'"{topic}"' for topic in topics)
    (folder / "deck.toml").write_text(
        f'format = 1\nid = "bench"\nlanguage = "en"\ntopics = [{listed}]\n[title]\nen = "Bench"\n'
    )
    for number, topic in enumerate(topics):
        first = number * CARDS_A_FILE
        lines = [f"---\ntopic: {topic}\ntitle: Topic {number}\n---\n\n## Page {{#page-{number}}}\n"]
        lines += [
            f"### Front{card:06d}\u00b6 asks this {{#c{card}}}\n\nBack{card:06d} answers it.\n"
            for card in range(first, min(cards, first + CARDS_A_FILE))
        ]
        (folder / f"{topic}.md").write_text("\n".join(lines))


def make_home(home: Path, cards: int, rows: int) -> Path:
    """A home with its own deck of `cards`, `rows` reviews in its log, and reviewed cards due."""
    write_deck(home / "decks" / "bench", cards)
    (home / "decks" / "seq2seq").mkdir()  # an own folder of this name replaces the bundled deck
    locations = find_locations({"STUDYBUDDY_HOME": str(home)})
    days = max(1, -(-rows // cards))
    clock = HandClock(now_ms=NOW - 86_400_000 * (days + 60), minutes=0)
    store = open_store(locations, clock)
    refresh(store, open_library(locations))
    written = 0
    while written < rows:
        for card in range(min(cards, rows - written)):
            clock.advance(seconds=0.2)
            store.append("review", card=f"bench/c{card}", grade=1, response=2000, language="en")
        written += min(cards, rows - written)
        clock.advance(days=1)
    store.close()
    return home


if __name__ == "__main__":
    make_home(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
