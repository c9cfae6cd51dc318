"""A home of its own for every test, with a deck that holds one card of every kind."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from studybuddy.cli.ending import run_to_the_end
from studybuddy.text.translation import set_language

DECK = """\
format = 1
id = "every"
topics = ["kinds"]
language = "en"

[title]
en = "One card of every kind"
"""
KINDS = """\
---
topic: kinds
title: Every kind
---

## Kinds {#kinds-page}

### What does the encoder hand over? {#a-recall}

The context vector **C**.

> Remember: one suitcase.

### Fill the gaps {#b-cloze}

The ==encoder== reads and the ==decoder|dec== writes.

### Which are outputs? {#c-choice}

- [x] y1
- [ ] x1
- [x] y2

### In which order? {#d-order .order}

1. read
2. hand over
3. write

### Why does attention help? {#e-short .short}

- every state stays reachable
- the path is short

### Softmax {#f-compute}

```compute
generator = "softmax-by-hand"
```

### Draw the basic model {#g-diagram}

```mermaid
flowchart LR
x1 & x2 --> enc
enc --> c
c --> dec
```

### How many words? {#h-experiment}

```experiment
run = "translate"
ask = "length"
lengths = [6, 8]
```

### Draw and explain {#i-compose .compose}

```mermaid
flowchart LR
enc --> c --> dec
```

- the encoder reads
- the decoder writes
"""


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """STUDYBUDDY_HOME with the deck, on the morning of 2026-09-01, in English."""
    folder = tmp_path / "home"
    deck = folder / "decks" / "every"
    deck.mkdir(parents=True)
    (deck / "deck.toml").write_text(DECK, encoding="utf-8")
    (deck / "kinds.md").write_text(KINDS, encoding="utf-8")
    monkeypatch.setenv("STUDYBUDDY_HOME", str(folder))
    monkeypatch.setenv("STUDYBUDDY_NOW", "2026-09-01T08:00:00+08:00")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    yield folder
    set_language("en")


@pytest.fixture
def studybuddy(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in this process: `studybuddy("today", "--json", stdin="…")`."""

    def run(*arguments: str, stdin: str = "", now: str | None = None) -> Ended:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        if now is not None:
            monkeypatch.setenv("STUDYBUDDY_NOW", now)
        capsys.readouterr()
        code = run_to_the_end(arguments)
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return run
