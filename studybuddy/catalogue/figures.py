"""Figures as plain data. The app and the command line draw the same ones (see `pictures`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Weights in 0..1: one row a target word, one column a source word.

    `gold` holds the (row, column) cells of the gold alignment; `marked` is a row to point at.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    gold: frozenset[tuple[int, int]] = frozenset()
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a curve; `low` and `high` bound each point's interval."""

    name: str
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    n: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines over shared x labels, y in 0..1; `edge` is the x index after which training data ended."""

    title: str
    x_title: str
    y_title: str
    x: tuple[str, ...]
    series: tuple[Series, ...]
    edge: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of text under headings."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A line of words under a title: a source sentence, a translation; `wrong` are the indices that differ."""

    title: str
    words: tuple[str, ...]
    wrong: frozenset[int] = frozenset()


Figure = Heatmap | Curve | Table | Tokens
