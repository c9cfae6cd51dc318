"""A home with a small deck of every kind, a clock moved by hand, and a session over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from studybuddy.clock import HandClock
from studybuddy.config import Settings
from studybuddy.decks.library import Library
from studybuddy.locations import Locations, find_locations
from studybuddy.store.store import Store, open_store
from studybuddy.study.library import open_library, read_card, refresh
from studybuddy.study.queue import Filters
from studybuddy.study.session import Session

DECK = """format = 1
id = "mini"
language = "en"
topics = ["one", "two"]
[title]
en = "Mini"
"""

ONE = """---
topic: one
title: One
---

## Read me {#page-one}

Some prose to read first.

### What is C? {#recall}

A vector of fixed size.

> Remember: one suitcase.

### Which hold? {#choice}

- [x] right one
  - because it is
- [ ] wrong one
- [x] right two

### Fill it {#cloze}

The ==encoder|编码器== makes ==C==.

### Order it {#order .order}

1. first
2. second
3. third
"""

TWO = """---
topic: two
title: Two
---

## No prose {#page-two}

### Say it {#short .short}

- point one
- point two

A full answer.

### Count {#compute}

```compute
generator = "gradient-product"
factor = 0.9
steps = 50
```

### Draw it {#diagram}

```mermaid
flowchart LR
A --> B --> C
```

### Predict it {#experiment}

```experiment
run = "translate"
ask = "length"
```

### Draw and explain {#compose .compose}

```mermaid
flowchart LR
A --> B
```

- point one
- point two
"""


@dataclass
class Home:
    """A learner's home in a temporary folder."""

    locations: Locations
    clock: HandClock
    library: Library
    store: Store
    settings: Settings = field(default_factory=Settings)

    def session(self, **filters: object) -> Session:
        """A new sitting."""
        return Session(
            self.store.reads,
            lambda card, language: read_card(self.store.reads, self.library, card, language),
            self.clock,
            self.settings,
            "en",
            Filters(**filters),  # type: ignore[arg-type]
            self.store,
        )

    def reopen(self) -> None:
        """Quit and start again."""
        self.store.close()
        self.store = open_store(self.locations, self.clock)

    def read_pages(self) -> None:
        """Finish every lesson page."""
        for page in self.store.reads.pages("en"):
            self.store.append("reading", extra={"key": page.page, "value": True})


MakeHome = Callable[..., Home]


@pytest.fixture
def make_home(tmp_path: Path) -> Iterator[MakeHome]:
    """Homes with the deck given as {file: text}; the mini deck if none is given."""
    homes: list[Home] = []

    def make(files: dict[str, str] | None = None, name: str = "home") -> Home:
        root = tmp_path / name
        deck = root / "decks" / "mini"
        deck.mkdir(parents=True)
        (root / "decks" / "seq2seq").mkdir()
        texts = files or {"deck.toml": DECK, "one.md": ONE, "two.md": TWO}
        for file, text in texts.items():
            (deck / file).write_text(text, encoding="utf-8")
        locations = find_locations({"STUDYBUDDY_HOME": str(root)})
        clock = HandClock()
        store = open_store(locations, clock)
        library = open_library(locations)
        assert refresh(store, library) == ()
        home = Home(locations, clock, library, store)
        homes.append(home)
        return home

    yield make
    for home in homes:
        home.store.close()


@pytest.fixture
def home(make_home: MakeHome) -> Home:
    """The home with the mini deck."""
    return make_home()
