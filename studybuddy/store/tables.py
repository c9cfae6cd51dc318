"""The tables: the log and its small dimensions, what is cached of it, the library index.

`log` is the truth. Cached tables can be emptied and rebuilt from it, the library
index from the deck files. Text keys live once in a dimension table and stand in
the log as small integers, which keeps a row near 90 bytes.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import REAL, CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Text
from sqlmodel import Field, SQLModel

STRICT: dict[str, Any] = {"sqlite_strict": True}
CLUSTERED: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


def _key() -> Any:
    return Field(default=None, sa_column=Column(Integer, primary_key=True))


def _part() -> Any:
    """A column of a primary key of several columns."""
    return Field(sa_column=Column(Integer, primary_key=True, nullable=False, autoincrement=False))


def _text(*, unique: bool = False, primary: bool = False) -> Any:
    return Field(sa_column=Column(Text, unique=unique, primary_key=primary, nullable=False))


def _blob(*, unique: bool = False) -> Any:
    return Field(sa_column=Column(LargeBinary, unique=unique, nullable=False))


def _number() -> Any:
    return Field(sa_column=Column(Integer, nullable=False))


def _maybe(kind: Any = Integer) -> Any:
    return Field(default=None, sa_column=Column(kind, nullable=True))


def _to(table: str, *, null: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Integer, ForeignKey(f"{table}.id"), nullable=null))


class Learner(SQLModel, table=True):
    """Who learns; one row in SQLite."""

    __table_args__ = (STRICT,)
    id: int | None = _key()
    key: str = _text(unique=True)


class Device(SQLModel, table=True):
    """A device that wrote rows, and the newest row that it wrote."""

    __table_args__ = (STRICT,)
    id: int | None = _key()
    key: str = _text(unique=True)
    newest: bytes | None = _maybe(LargeBinary)


class CardKey(SQLModel, table=True):
    """A card's id. `same_as` leads from an old id to the card that carries its history on."""

    __tablename__: ClassVar[Any] = "card"
    __table_args__ = (
        Index("card_same_as", "same_as", sqlite_where=Column("same_as").is_not(None)),
        STRICT,
    )
    id: int | None = _key()
    key: str = _text(unique=True)
    same_as: int | None = _to("card", null=True)


class Kind(SQLModel, table=True):
    """What a row may be; unknown ones are kept."""

    __table_args__ = (STRICT,)
    id: int | None = _key()
    name: str = _text(unique=True)


class Sitting(SQLModel, table=True):
    """A sitting's id (16 bytes)."""

    __table_args__ = (STRICT,)
    id: int | None = _key()
    key: bytes = _blob(unique=True)


class ContentKey(SQLModel, table=True):
    """A content digest (8 bytes): which wording of a card was asked."""

    __tablename__: ClassVar[Any] = "content"
    __table_args__ = (STRICT,)
    id: int | None = _key()
    key: bytes = _blob(unique=True)


class Log(SQLModel, table=True):
    """The review log: append-only, in the order of its ids."""

    __table_args__ = (
        CheckConstraint("length(id) = 16", name="log_id"),
        CheckConstraint("ref IS NULL OR length(ref) = 16", name="log_ref"),
        CheckConstraint("grade BETWEEN 0 AND 5", name="log_grade"),
        CheckConstraint("suggested BETWEEN 0 AND 5", name="log_suggested"),
        CheckConstraint("score BETWEEN 0 AND 1000", name="log_score"),
        CheckConstraint("confidence BETWEEN 0 AND 100", name="log_confidence"),
        CheckConstraint("response BETWEEN 0 AND 600000", name="log_response"),
        Index("log_card", "card", "learner", sqlite_where=Column("card").is_not(None)),
        CLUSTERED,
    )
    id: bytes = Field(sa_column=Column(LargeBinary, primary_key=True, nullable=False))
    learner: int = _to("learner")
    device: int = _to("device")
    instant: int = _number()
    zone: int = _number()
    day: int = _number()
    kind: int = _to("kind")
    card: int | None = _to("card", null=True)
    ref: bytes | None = _maybe(LargeBinary)
    grade: int | None = _maybe()
    suggested: int | None = _maybe()
    score: int | None = _maybe()
    response: int | None = _maybe()
    language: str | None = _maybe(Text)
    level: int | None = _maybe()
    hints: int | None = _maybe()
    confidence: int | None = _maybe()
    seed: int | None = _maybe()
    sitting: int | None = _to("sitting", null=True)
    paper: bytes | None = _maybe(LargeBinary)
    content: int | None = _to("content", null=True)
    extra: str | None = _maybe(Text)
    version: int = _number()


class CardState(SQLModel, table=True):
    """Cached: what the fold says of a card (see scheduling.state for the columns)."""

    __tablename__: ClassVar[Any] = "card_state"
    __table_args__ = (
        Index("card_state_due", "learner", "scheduler", "due"),
        Index("card_state_first", "learner", "first", sqlite_where=Column("first").is_not(None)),
        Index(
            "card_state_reviewed",
            "learner",
            "reviewed",
            sqlite_where=Column("reviewed").is_not(None),
        ),
        Index("card_state_pending", "learner", sqlite_where=Column("pending").is_not(None)),
        Index("card_state_drilling", "drilling", sqlite_where=Column("drilling").is_not(None)),
        CLUSTERED,
    )
    learner: int = _part()
    card: int = _part()
    scheduler: int = _part()
    repetition: int = _number()
    interval: int = _number()
    ease: int = _number()
    due: int | None = _maybe()
    last: int | None = _maybe()
    lapses: int = _number()
    suspended: int = _number()
    buried_on: int | None = _maybe()
    flagged: int = _number()
    pending: bytes | None = _maybe(LargeBinary)
    attempts: int = _number()
    reviews: int = _number()
    drilling: int | None = _maybe()
    last_grade: int | None = _maybe()
    first: int | None = _maybe()
    reviewed: int | None = _maybe()
    fold_version: int = _number()
    high_water: bytes = _blob()


class Latest(SQLModel, table=True):
    """Cached: per kind and key the value (JSON) of the latest row."""

    __table_args__ = (CLUSTERED,)
    learner: int = _part()
    kind: str = _text(primary=True)
    key: str = _text(primary=True)
    value: str = _text()
    instant: int = _number()
    row: bytes = _blob()


class DayTotal(SQLModel, table=True):
    """Cached: what the live rows of a study day amount to."""

    __tablename__: ClassVar[Any] = "day_total"
    __table_args__ = (CLUSTERED,)
    learner: int = _part()
    day: int = _part()
    answers: int = _number()
    reviews: int = _number()
    milliseconds: int = _number()


class LibraryFile(SQLModel, table=True):
    """A file that the index was built from, and how it looked then."""

    __tablename__: ClassVar[Any] = "library_file"
    __table_args__ = (STRICT,)
    id: int | None = _key()
    path: str = _text(unique=True)
    size: int = _number()
    mtime_ns: int = _number()
    #: 0 where a card or page names the file and no stamp was taken of it.
    stamped: int = _number()


class LibraryDeck(SQLModel, table=True):
    """A deck; `titles` is JSON, language to title; `formats` JSON, kind to share of marks."""

    __tablename__: ClassVar[Any] = "library_deck"
    __table_args__ = (CLUSTERED,)
    deck: str = _text(primary=True)
    position: int = _number()
    titles: str = _text()
    formats: str = _text()
    folder: str = _text()
    bundled: int = _number()


class LibraryTopic(SQLModel, table=True):
    """A topic in one language; `weight` is its share of the exam."""

    __tablename__: ClassVar[Any] = "library_topic"
    __table_args__ = (CLUSTERED,)
    deck: str = _text(primary=True)
    topic: str = _text(primary=True)
    language: str = _text(primary=True)
    title: str = _text()
    position: int = _number()
    weight: float = Field(sa_column=Column(REAL, nullable=False))


class LibraryPage(SQLModel, table=True):
    """A lesson page. `unseen` counts its cards that have no review, so that none is counted twice.

    `place` is the page's place in the whole library: the order of new cards.
    """

    __tablename__: ClassVar[Any] = "library_page"
    __table_args__ = (Index("library_page_place", "place"), STRICT)
    id: int | None = _key()
    page: str = _text(unique=True)
    deck: str = _text()
    topic: str = _text()
    place: int = _number()
    has_prose: int = _number()
    unseen: int = _number()


class LibraryPageText(SQLModel, table=True):
    """Where a page's prose stands in one language."""

    __tablename__: ClassVar[Any] = "library_page_text"
    __table_args__ = (CLUSTERED,)
    page: int = _part()
    language: str = _text(primary=True)
    position: int = _number()
    title: str = _text()
    file: int = _number()
    offset: int = _number()
    length: int = _number()
    line: int = _number()
    has_prose: int = _number()
    digest: bytes = _blob()


class LibraryCard(SQLModel, table=True):
    """A card that the library holds now."""

    __tablename__: ClassVar[Any] = "library_card"
    __table_args__ = (Index("library_card_page", "page", "position"), STRICT)
    card: int | None = _key()
    page: int = _number()
    position: int = _number()
    kind: str = _text()
    core: int = _number()
    marks: float = Field(sa_column=Column(REAL, nullable=False))
    seconds: int = _number()


class LibraryText(SQLModel, table=True):
    """Where a card's text stands in one language."""

    __tablename__: ClassVar[Any] = "library_text"
    __table_args__ = (CLUSTERED,)
    card: int = _part()
    language: str = _text(primary=True)
    file: int = _number()
    offset: int = _number()
    length: int = _number()
    line: int = _number()
    digest: bytes = _blob()


ALL: tuple[type[SQLModel], ...] = (
    *(Learner, Device, CardKey, Kind, Sitting, ContentKey, Log, CardState, Latest, DayTotal),
    *(LibraryFile, LibraryDeck, LibraryTopic, LibraryPage, LibraryPageText, LibraryCard),
    LibraryText,
)
