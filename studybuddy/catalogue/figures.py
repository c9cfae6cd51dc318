"""Figures as plain data. The app and the command line draw the same ones (see `pictures`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heatmap:
    """One value a cell, `low`..`high`: by default weights, a row a target word, a column a source word.

    `gold` holds the (row, column) cells of the gold alignment; `marked` is a row to point at.
    `row_title` and `column_title` say what rows and columns are where they are not words
    written and words read.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    gold: frozenset[tuple[int, int]] = frozenset()
    marked: int | None = None
    low: float = 0.0
    high: float = 1.0
    unit: str = ""
    row_title: str = ""
    column_title: str = ""


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
    """At most six lines over shared x labels; `edge` is the x index after which training data ended.

    y lies in `y_low`..`y_high`: shares shown in percent, or plain numbers when `percent` is
    False (a log curve is log10 of its values). A line may be shorter than x: it grows.
    """

    title: str
    x_title: str
    y_title: str
    x: tuple[str, ...]
    series: tuple[Series, ...]
    edge: int | None = None
    y_low: float = 0.0
    y_high: float = 1.0
    percent: bool = True


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar a label, with its value and interval; `marked` is the bar to point at."""

    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    y_low: float = 0.0
    y_high: float = 1.0
    percent: bool = True
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A word of a search: `parent` is its node's index (None: a first word).

    `log_probability` is that of all words up to this one. `kept` nodes stayed in the beam;
    `best` ones are on the way to the sentence that was chosen.
    """

    parent: int | None
    word: str
    log_probability: float
    kept: bool
    best: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """What a beam search looked at, word by word; a parent stands before its children."""

    title: str
    nodes: tuple[TreeNode, ...]


@dataclass(frozen=True, slots=True)
class DecoderStep:
    """One step of a decoder: what it reads, holds and looks at, and what it writes.

    `before` is the word that it reads, `word` the one that it writes. `state` is s_t,
    `context` the context vector of this step. `scores` and `weights` are one a source word
    (empty where C is fixed). `distribution` holds the likeliest words and their probability.
    """

    word: str
    before: str
    state: tuple[float, ...]
    scores: tuple[float, ...]
    weights: tuple[float, ...]
    context: tuple[float, ...]
    distribution: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Decoding:
    """A decoder walked word by word over the words of `source`."""

    title: str
    source: tuple[str, ...]
    steps: tuple[DecoderStep, ...]


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


Figure = Heatmap | Curve | Bars | Tree | Decoding | Table | Tokens
