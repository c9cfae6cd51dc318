"""A deck that means harm: every fault named by file and line, the rest studied, and soon."""

from __future__ import annotations

import time
from pathlib import Path

from studybuddy.decks.check import check_library
from studybuddy.decks.library import Library

SETTINGS = 'format = 1\nid = "bad"\ntopics = ["a", "b"]\ntitle = "Bad"\nlanguage = "en"\n'
FIRST = """---
topic: a
title: A
---
### Broken {#broken}

```experiment
run = [
```

### Unknown {#unknown .riddle}

x

### [@click=app.quit]x[/] {#click}

It shows h[t-1].

### One {#same}

first

### Two {#same}

second

### Bell {#bell}

\x1b]52;c;eA==\x07 is text

### Long {#long}

LONG

### Last {#last}

still here
"""
SECOND = """---
topic: b
title: B
---
### Three {#same}

third

### Fine {#fine}

yes
"""


def test_the_hostile_deck(tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "deck.toml").write_text(SETTINGS)
    first, second = folder / "a.md", folder / "b.md"
    first.write_text(FIRST.replace("LONG", "x" * 10_000_000 + "\nThe end."))
    second.write_text(SECOND)
    library = Library([(tmp_path, False)])
    begun = time.perf_counter()
    problems = check_library(library)
    took = time.perf_counter() - begun
    lines = FIRST.split("\n")
    expected = [
        (first, 8, "not TOML", False),
        (first, lines.index("### Unknown {#unknown .riddle}") + 1, "'.riddle' is unknown", False),
        (first, lines.index("### Two {#same}") + 1, "'same' is taken", False),
        (first, lines.index("### Bell {#bell}") + 3, "U+001B", True),
        (first, lines.index("LONG") + 1, "10,000,000 characters", False),
        (second, 5, "'same' is taken", False),
    ]
    assert len(problems) == len(expected)
    for problem, (file, line, words, warning) in zip(problems, expected, strict=True):
        assert (problem.place.file, problem.place.line) == (str(file), line)
        assert words in problem.message
        assert problem.warning == warning
    loaded = library.load()
    cards = {entry.card: library.read_card(entry) for entry in loaded.cards}
    assert list(cards) == [
        f"bad/{name}" for name in ("click", "same", "bell", "long", "last", "fine")
    ]
    assert cards["bad/click"].front == "[@click=app.quit]x[/]"
    assert cards["bad/click"].back == "It shows h[t-1]."
    assert cards["bad/same"].back == "first"
    assert cards["bad/bell"].back == "�]52;c;eA==� is text"
    assert cards["bad/long"].back == "The end."
    assert took < 2
