"""The lesson: the deck's prose, a page at a time; a page done makes its cards new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.store.reads import Reads
from studybuddy.text.translation import Language

if TYPE_CHECKING:
    from studybuddy.store.store import Store


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the list of pages."""

    id: str
    deck: str
    topic: str
    title: str
    done: bool


def page_lines(reads: Reads, language: Language) -> list[PageLine]:
    """Every page with something to read, in the deck's order."""
    return [
        PageLine(page.page, page.deck, page.topic, page.title, bool(page.done))
        for page in reads.pages(language)
        if page.has_prose
    ]


def finish_page(store: Store, page: str) -> None:
    """The page was read: commit the row that makes its cards new."""
    store.append("reading", extra={"key": page, "value": True})
