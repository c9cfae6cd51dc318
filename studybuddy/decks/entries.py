"""What the index of the library holds: where each card and page lies, without its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from studybuddy.decks.model import Kind
from studybuddy.text.translation import Language


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file of a deck, its size in bytes and its time of change in ns."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One card in one language: what the queue asks, and where its source lies.

    `card` and `page` are full ids (`deck/card`), `position` counts the cards of the deck
    in this language from 0, `seconds` is the expected time, `file` an absolute path,
    `offset` and `length` are bytes, `line` counts from 1.
    """

    card: str
    deck: str
    topic: str
    page: str
    position: int
    kind: Kind
    core: bool
    marks: float
    seconds: int
    language: Language
    file: str
    offset: int
    length: int
    line: int
    digest: bytes
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One lesson page in one language; `position` counts the pages of the deck from 0.

    The span holds the page's heading and prose and ends where its first card begins. Without a digest
    (of the span) the page is read with its whole file.
    """

    page: str
    deck: str
    topic: str
    language: Language
    position: int
    title: str
    file: str
    offset: int
    length: int
    line: int
    has_prose: bool
    cards: tuple[str, ...] = ()
    digest: bytes = b""


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """One topic in one language; `weight` is its share of the exam's marks in percent."""

    deck: str
    topic: str
    language: Language
    title: str
    position: int
    weight: float


@dataclass(frozen=True, slots=True)
class DeckEntry:
    """One deck: its title by language, and the exam's marks by kind in percent."""

    deck: str
    titles: Mapping[Language, str]
    bundled: bool
    folder: str = ""
    formats: Mapping[str, float] = field(default_factory=dict)


class Entries(NamedTuple):
    """The index of a deck or of a whole library."""

    cards: tuple[IndexEntry, ...] = ()
    pages: tuple[PageEntry, ...] = ()
    topics: tuple[TopicEntry, ...] = ()
    decks: tuple[DeckEntry, ...] = ()
