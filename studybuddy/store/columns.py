"""Column declarations that the tables share; STRICT, so that SQLite holds to the types."""

from __future__ import annotations

from typing import Any

from sqlalchemy import REAL, Column, ForeignKey, Integer, LargeBinary, Text
from sqlmodel import Field

STRICT: dict[str, Any] = {"sqlite_strict": True}
CLUSTERED: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


def key() -> Any:
    """An integer primary key."""
    return Field(default=None, sa_column=Column(Integer, primary_key=True))


def part() -> Any:
    """A column of a primary key of several columns."""
    return Field(sa_column=Column(Integer, primary_key=True, nullable=False, autoincrement=False))


def text(*, unique: bool = False, primary: bool = False) -> Any:
    """Text; `primary` for a part of the primary key."""
    return Field(sa_column=Column(Text, unique=unique, primary_key=primary, nullable=False))


def blob(*, unique: bool = False) -> Any:
    """Bytes."""
    return Field(sa_column=Column(LargeBinary, unique=unique, nullable=False))


def number() -> Any:
    """A whole number."""
    return Field(sa_column=Column(Integer, nullable=False))


def maybe(kind: Any = Integer) -> Any:
    """A column that may be NULL."""
    return Field(default=None, sa_column=Column(kind, nullable=True))


def to(table: str, *, null: bool = False) -> Any:
    """A reference to a dimension table."""
    return Field(default=None, sa_column=Column(Integer, ForeignKey(f"{table}.id"), nullable=null))


def real() -> Any:
    """A number with a fraction."""
    return Field(sa_column=Column(REAL, nullable=False))
