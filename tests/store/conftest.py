"""A store in a folder of its own, on a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from studybuddy.clock import HandClock
from studybuddy.decks.entries import DeckEntry, Entries, IndexEntry, PageEntry, TopicEntry
from studybuddy.decks.library import LoadedLibrary
from studybuddy.locations import Locations, find_locations
from studybuddy.store.store import Store, open_store


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return find_locations({"STUDYBUDDY_HOME": str(tmp_path / "home")})


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(locations: Locations, clock: HandClock) -> Iterator[Store]:
    with open_store(locations, clock) as opened:
        yield opened


@pytest.fixture
def library() -> Callable[..., LoadedLibrary]:
    """`library({"page": ["card", …]}, prose=["page"], was={"card": ("old",)})`, in two languages."""

    def build(
        pages: dict[str, Sequence[str]],
        prose: Sequence[str] = (),
        was: dict[str, tuple[str, ...]] | None = None,
    ) -> LoadedLibrary:
        cards, places, topics = [], [], []
        for language in ("en", "zh"):
            position = 0
            file = f"/decks/d/{language}/t.md"
            topics.append(TopicEntry("d", "t", language, f"Topic {language}", 0, 100.0))
            for number, (page, names) in enumerate(pages.items()):
                ids = tuple(f"d/{name}" for name in names)
                places.append(
                    PageEntry(
                        *(f"d/{page}", "d", "t", language, number, f"{page} {language}", file),
                        *(10, 20, 3, page in prose, ids, b"pagehash"),
                    )
                )
                for card in ids:
                    old = (was or {}).get(card.removeprefix("d/"), ())
                    cards.append(
                        IndexEntry(
                            *(card, "d", "t", f"d/{page}", position, "recall", True, 2.0, 30),
                            *(language, file, 100 + position, 50, 9 + position, b"cardhash"),
                            tuple(f"d/{each}" for each in old),
                        )
                    )
                    position += 1
        deck = DeckEntry("d", {"en": "Deck", "zh": "牌组"}, False, "/decks/d", {"recall": 100.0})
        entries = Entries(tuple(cards), tuple(places), tuple(topics), (deck,))
        return LoadedLibrary((), entries, ())

    return build
