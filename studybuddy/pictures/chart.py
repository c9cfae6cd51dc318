"""A grid of characters over labelled categories, with a scale on its left: what curves are drawn on.

A chart tells its lines apart by their glyphs. Points of several lines at one x stand beside each
other, so that none hides another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studybuddy.pictures.lines import merged, one_line
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.text.width import cell_width, pad, pad_left

GLYPHS = "ox+#@%"
DOTS = ".-':~="
SERIES_ROLES: tuple[Role, ...] = ("series1", "series2", "series3", "series4", "series5", "series6")
_STEP_AT_MOST = 12
_TICKS_AT_MOST = 6
_NICE = (1.0, 2.0, 2.5, 4.0, 5.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """The values of the y axis: `low` at the bottom row, `high` at the top; shares in percent."""

    low: float
    high: float
    percent: bool = False

    def share(self, value: float) -> float:
        """Where a value lies, 0 at the bottom to 1 at the top; what lies outside is moved to the edge."""
        span = self.high - self.low
        return min(1.0, max(0.0, (value - self.low) / span)) if span > 0 else 0.0

    def text(self, value: float) -> str:
        """A value as it stands in a table."""
        if not math.isfinite(value):
            return "–"
        return f"{100 * value:.0f}" if self.percent else plain_number(value)

    def ticks(self, rows: int) -> list[tuple[float, str]]:
        """At most six round values with their labels, from the lowest; on whole rows where they can be."""
        factor, sign = (100.0, "%") if self.percent else (1.0, "")
        low, high = factor * self.low, factor * self.high
        if not (math.isfinite(low) and math.isfinite(high) and high > low):
            return []
        steps = _round_steps((high - low) / (_TICKS_AT_MOST - 1))
        even = (step for step in steps if _whole(step / (high - low) * (rows - 1)))
        step = next(even, steps[0])
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        return [(k * step / factor, f"{k * step:.6g}{sign}") for k in range(first, last + 1)]


def plain_number(value: float) -> str:
    """Three digits and no more, without a minus before nothing."""
    text = f"{value:.3g}"
    return "0" if text == "-0" else text


def _round_steps(least: float) -> list[float]:
    """1, 2, 2.5, 4, 5 times a power of ten: the three smallest that are not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    steps = [nice * power * ten for ten in (1, 10) for nice in _NICE]
    return [step for step in steps if step >= least * (1 - 1e-9)][:3]


def _whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-6


class Chart:
    """An empty grid `height` rows high over `count` categories, in at most `width` cells."""

    def __init__(self, scale: Scale, count: int, width: int, height: int) -> None:
        self.scale, self.count, self.height = scale, max(1, count), max(2, height)
        ticks = scale.ticks(self.height)
        self._labels = {self.row(value): label for value, label in ticks}
        self.axis = max(4, *(cell_width(label) for label in self._labels.values()), 0) + 2
        room = max(1, width - self.axis)
        self.step = max(1, min(_STEP_AT_MOST, room // self.count))
        self.width = min(self.count * self.step, room)
        self._grid: dict[tuple[int, int], Segment] = {}

    def row(self, value: float) -> int:
        """The row of a value: 0 at the top."""
        return round((1 - self.scale.share(value)) * (self.height - 1))

    def left(self, i: int) -> int:
        """The first cell of a category; several share a cell where there are more than cells."""
        return i * self.width // self.count

    def middle(self, i: int, line: int = 0, lines: int = 1) -> int:
        """The middle of a category, with one cell of its own for each line where there is room."""
        shift = line - (lines - 1) // 2 if self.step >= 3 else 0
        at = self.left(i) + self.step // 2 + shift
        return min(max(at, self.left(i)), self.left(i) + max(0, self.step - 1))

    def put(self, row: int, column: int, segment: Segment) -> None:
        """One character; outside the grid it is dropped."""
        if 0 <= column < self.width and 0 <= row < self.height:
            self._grid[row, column] = segment

    def upright(self, column: int, segment: Segment) -> None:
        """A line from top to bottom."""
        for row in range(self.height):
            self.put(row, column, segment)

    def line(self, values: Sequence[float | None], line: int = 0, lines: int = 1) -> None:
        """The dots between neighbouring points; none beside a value that is missing."""
        dot = Segment(DOTS[line % len(DOTS)], SERIES_ROLES[line % len(SERIES_ROLES)])
        for i, (low, high) in enumerate(pairwise(values[: self.count])):
            if _missing(low) or _missing(high):
                continue
            assert low is not None
            assert high is not None
            left, right = self.middle(i, line, lines), self.middle(i + 1, line, lines)
            low, high = self.scale.share(low), self.scale.share(high)
            for column in range(left + 1, right):
                share = low + (high - low) * (column - left) / (right - left)
                self.put(round((1 - share) * (self.height - 1)), column, dot)

    def points(self, values: Sequence[float | None], line: int = 0, lines: int = 1) -> None:
        """The points of a line by its glyph."""
        glyph = Segment(GLYPHS[line % len(GLYPHS)], SERIES_ROLES[line % len(SERIES_ROLES)])
        for i, value in enumerate(values[: self.count]):
            if value is not None and not _missing(value):
                self.put(self.row(value), self.middle(i, line, lines), glyph)

    def rows(self) -> Picture:
        """The grid with its scale."""
        return tuple(self._row(row) for row in range(self.height))

    def _row(self, row: int) -> PictureRow:
        label = self._labels.get(row, "")
        segments = [Segment(f"{pad_left(label, self.axis - 2)} {'┤' if label else '│'}", "dim")]
        segments += [self._grid.get((row, column), Segment(" ")) for column in range(self.width)]
        return merged(segments)

    def ground(self) -> PictureRow:
        """The line under the grid."""
        return (Segment(" " * (self.axis - 1) + "└" + "─" * self.width, "dim"),)

    def labels(self, x: Sequence[str], width: int) -> PictureRow:
        """As many labels of the categories as stand apart from each other, in `width` cells."""
        text = " " * self.axis
        for i, label in enumerate(map(one_line, x)):
            start = self.axis + self.left(i) + max(0, (self.step - cell_width(label)) // 2)
            fits = start + cell_width(label) <= width
            if label and fits and (not text.strip() or start > cell_width(text)):
                text = pad(text, start) + label
        return (Segment(text),)


def _missing(value: float | None) -> bool:
    return value is None or math.isnan(value)
