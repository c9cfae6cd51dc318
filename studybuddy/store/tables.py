"""The tables: the log and its small dimensions, and what is cached of it.

`log` is the truth; cached tables can be emptied and rebuilt from it. Text keys live once in a dimension table and stand in
the log as small integers, which keeps a row near 90 bytes.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from studybuddy.store.columns import CLUSTERED, STRICT, blob, key, maybe, number, part, text, to


class Learner(SQLModel, table=True):
    """Who learns; one row in SQLite."""

    __table_args__ = (STRICT,)
    id: int | None = key()
    key: str = text(unique=True)


class Device(SQLModel, table=True):
    """A device that wrote rows, and the newest row that it wrote."""

    __table_args__ = (STRICT,)
    id: int | None = key()
    key: str = text(unique=True)
    newest: bytes | None = maybe(LargeBinary)


class CardKey(SQLModel, table=True):
    """A card's id. `same_as` leads from an old id to the card that carries its history on."""

    __tablename__: ClassVar[Any] = "card"
    __table_args__ = (
        Index("card_same_as", "same_as", sqlite_where=Column("same_as").is_not(None)),
        STRICT,
    )
    id: int | None = key()
    key: str = text(unique=True)
    same_as: int | None = to("card", null=True)


class Kind(SQLModel, table=True):
    """What a row may be; unknown ones are kept."""

    __table_args__ = (STRICT,)
    id: int | None = key()
    name: str = text(unique=True)


class Sitting(SQLModel, table=True):
    """A sitting's id (16 bytes)."""

    __table_args__ = (STRICT,)
    id: int | None = key()
    key: bytes = blob(unique=True)


class ContentKey(SQLModel, table=True):
    """A content digest (8 bytes): which wording of a card was asked."""

    __tablename__: ClassVar[Any] = "content"
    __table_args__ = (STRICT,)
    id: int | None = key()
    key: bytes = blob(unique=True)


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
    learner: int = to("learner")
    device: int = to("device")
    instant: int = number()
    zone: int = number()
    day: int = number()
    kind: int = to("kind")
    card: int | None = to("card", null=True)
    ref: bytes | None = maybe(LargeBinary)
    grade: int | None = maybe()
    suggested: int | None = maybe()
    score: int | None = maybe()
    response: int | None = maybe()
    language: str | None = maybe(Text)
    level: int | None = maybe()
    hints: int | None = maybe()
    confidence: int | None = maybe()
    seed: int | None = maybe()
    sitting: int | None = to("sitting", null=True)
    paper: bytes | None = maybe(LargeBinary)
    content: int | None = to("content", null=True)
    extra: str | None = maybe(Text)
    version: int = number()


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
    learner: int = part()
    card: int = part()
    scheduler: int = part()
    repetition: int = number()
    interval: int = number()
    ease: int = number()
    due: int | None = maybe()
    last: int | None = maybe()
    lapses: int = number()
    suspended: int = number()
    buried_on: int | None = maybe()
    flagged: int = number()
    pending: bytes | None = maybe(LargeBinary)
    attempts: int = number()
    reviews: int = number()
    drilling: int | None = maybe()
    last_grade: int | None = maybe()
    first: int | None = maybe()
    reviewed: int | None = maybe()
    fold_version: int = number()
    high_water: bytes = blob()


class Latest(SQLModel, table=True):
    """Cached: per kind and key the value (JSON) of the latest row."""

    __table_args__ = (CLUSTERED,)
    learner: int = part()
    kind: str = text(primary=True)
    key: str = text(primary=True)
    value: str = text()
    instant: int = number()
    row: bytes = blob()


class DayTotal(SQLModel, table=True):
    """Cached: what the live rows of a study day amount to."""

    __tablename__: ClassVar[Any] = "day_total"
    __table_args__ = (CLUSTERED,)
    learner: int = part()
    day: int = part()
    answers: int = number()
    reviews: int = number()
    milliseconds: int = number()


ALL: tuple[type[SQLModel], ...] = (
    *(Learner, Device, CardKey, Kind, Sitting, ContentKey, Log, CardState, Latest, DayTotal),
)
