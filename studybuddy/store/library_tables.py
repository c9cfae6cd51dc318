"""The library index: where every card and page lies; it can be built again from the deck files."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import SQLModel

from studybuddy.store.columns import CLUSTERED, STRICT, blob, key, number, part, real, text


class LibraryFile(SQLModel, table=True):
    """A file that the index was built from, and how it looked then."""

    __tablename__: ClassVar[Any] = "library_file"
    __table_args__ = (STRICT,)
    id: int | None = key()
    path: str = text(unique=True)
    size: int = number()
    mtime_ns: int = number()
    #: 0 where a card or page names the file and no stamp was taken of it.
    stamped: int = number()


class LibraryDeck(SQLModel, table=True):
    """A deck; `titles` is JSON, language to title; `formats` JSON, kind to share of marks."""

    __tablename__: ClassVar[Any] = "library_deck"
    __table_args__ = (CLUSTERED,)
    deck: str = text(primary=True)
    position: int = number()
    titles: str = text()
    formats: str = text()
    folder: str = text()
    bundled: int = number()


class LibraryTopic(SQLModel, table=True):
    """A topic in one language; `weight` is its share of the exam."""

    __tablename__: ClassVar[Any] = "library_topic"
    __table_args__ = (CLUSTERED,)
    deck: str = text(primary=True)
    topic: str = text(primary=True)
    language: str = text(primary=True)
    title: str = text()
    position: int = number()
    weight: float = real()


class LibraryPage(SQLModel, table=True):
    """A lesson page. `unseen` counts its cards that have no review, so that none is counted twice.

    `place` is the page's place in the whole library: the order of new cards.
    """

    __tablename__: ClassVar[Any] = "library_page"
    __table_args__ = (Index("library_page_place", "place"), STRICT)
    id: int | None = key()
    page: str = text(unique=True)
    deck: str = text()
    topic: str = text()
    place: int = number()
    has_prose: int = number()
    unseen: int = number()


class LibraryPageText(SQLModel, table=True):
    """Where a page's prose stands in one language."""

    __tablename__: ClassVar[Any] = "library_page_text"
    __table_args__ = (CLUSTERED,)
    page: int = part()
    language: str = text(primary=True)
    position: int = number()
    title: str = text()
    file: int = number()
    offset: int = number()
    length: int = number()
    line: int = number()
    has_prose: int = number()
    digest: bytes = blob()


class LibraryCard(SQLModel, table=True):
    """A card that the library holds now."""

    __tablename__: ClassVar[Any] = "library_card"
    __table_args__ = (Index("library_card_page", "page", "position"), STRICT)
    card: int | None = key()
    page: int = number()
    position: int = number()
    kind: str = text()
    core: int = number()
    marks: float = real()
    seconds: int = number()


class LibraryText(SQLModel, table=True):
    """Where a card's text stands in one language."""

    __tablename__: ClassVar[Any] = "library_text"
    __table_args__ = (CLUSTERED,)
    card: int = part()
    language: str = text(primary=True)
    file: int = number()
    offset: int = number()
    length: int = number()
    line: int = number()
    digest: bytes = blob()


ALL: tuple[type[SQLModel], ...] = (
    *(LibraryFile, LibraryDeck, LibraryTopic, LibraryPage, LibraryPageText, LibraryCard),
    LibraryText,
)
