"""Lines over categories as a chart of characters, each series by a glyph of its own.

Points of several series at one x stand beside each other, so that none hides another. The
exact values and their intervals follow as a table.
"""

from __future__ import annotations

from itertools import pairwise

from studybuddy.catalogue.figures import Curve, Series, Table
from studybuddy.pictures.lines import NARROWEST, merged, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.pictures.table import table_picture
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop, pad, pad_left

GLYPHS = "ox+#@%"
DOTS = ".-':~="
_ROLES: tuple[Role, ...] = ("series1", "series2", "series3")
_TICKS = 10
_AXIS = 6
_STEP_AT_MOST = 12


def curve_picture(figure: Curve, width: int) -> Picture:
    """The chart, its legend and the table of values, in rows of at most `width` cells."""
    width = max(width, NARROWEST)
    count = max(1, len(figure.x))
    step = max(1, min(_STEP_AT_MOST, (width - _AXIS) // count))
    chart = _Chart(figure, step, min(count * step, width - _AXIS))
    rows: list[PictureRow] = [*text_rows(figure.title, width, "strong")]
    rows += text_rows(figure.y_title, width, "dim")
    rows += _edge_label(figure, step, width)
    rows += chart.rows()
    rows += _x_axis(figure, step, width)
    rows += _legend(figure, width)
    rows += [(), *table_picture(_values(figure), width)]
    if any(series.low for series in figure.series):
        rows += text_rows(_("[ ] bounds the interval of each value"), width, "dim")
    return tuple(rows)


class _Chart:
    """A grid of characters, `_TICKS` + 1 rows high, and the role of each."""

    def __init__(self, figure: Curve, step: int, width: int) -> None:
        self.figure, self.step, self.width = figure, step, width
        self.grid: dict[tuple[int, int], Segment] = {}

    def rows(self) -> Picture:
        """Draw the end of training first, then lines, then points above all."""
        if self.figure.edge is not None:
            column = (self.figure.edge + 1) * self.step
            for row in range(_TICKS + 1):
                self._put(row, column, Segment("|", "dim"))
        for place, series in enumerate(self.figure.series):
            self._line(place, series)
        for place, series in enumerate(self.figure.series):
            role = _ROLES[place % len(_ROLES)]
            for i, y in enumerate(series.y[: len(self.figure.x)]):
                self._put(
                    _height(y), self._column(i, place), Segment(GLYPHS[place % len(GLYPHS)], role)
                )
        return tuple(self._row(row) for row in range(_TICKS + 1))

    def _put(self, row: int, column: int, segment: Segment) -> None:
        if 0 <= column < self.width:
            self.grid[row, column] = segment

    def _column(self, i: int, place: int) -> int:
        """The middle of a category, with one cell of its own for each series."""
        shift = place - (len(self.figure.series) - 1) // 2 if self.step >= 3 else 0
        return i * self.step + self.step // 2 + shift

    def _line(self, place: int, series: Series) -> None:
        role = _ROLES[place % len(_ROLES)]
        points = [(self._column(i, place), y) for i, y in enumerate(series.y[: len(self.figure.x)])]
        for (left, low), (right, high) in pairwise(points):
            for column in range(left + 1, right):
                y = low + (high - low) * (column - left) / (right - left)
                self._put(_height(y), column, Segment(DOTS[place % len(DOTS)], role))

    def _row(self, row: int) -> PictureRow:
        percent = (_TICKS - row) * 100 // _TICKS
        label = f"{percent}%" if percent % 20 == 0 else ""
        axis = "┤" if label else "│"
        segments = [Segment(f"{pad_left(label, _AXIS - 2)} {axis}", "dim")]
        segments += [self.grid.get((row, column), Segment(" ")) for column in range(self.width)]
        return merged(segments)


def _height(y: float) -> int:
    """The row of a share: 0 at the top is 100 %."""
    return round((1 - min(1.0, max(0.0, y))) * _TICKS)


def _edge_label(figure: Curve, step: int, width: int) -> Picture:
    """The words over the line where training ended, on the side where they fit."""
    if figure.edge is None:
        return ()
    column = _AXIS + (figure.edge + 1) * step
    before, after = _("seen in training |"), _("| beyond training")
    if cell_width(before) <= column:
        text = pad_left(before, column + 1) + after[1:]
    else:
        text = pad_left(after, column + cell_width(after))
    return ((Segment(crop(text, width), "dim"),),)


def _x_axis(figure: Curve, step: int, width: int) -> Picture:
    """The axis and as many of its labels as stand apart from each other."""
    text = " " * _AXIS
    for i, label in enumerate(map(one_line, figure.x)):
        start = _AXIS + i * step + max(0, (step - cell_width(label)) // 2)
        fits = start + cell_width(label) <= width
        if fits and (not text.strip() or start > cell_width(text)):
            text = pad(text, start) + label
    axis = " " * (_AXIS - 1) + "└" + "─" * min(step * len(figure.x), width - _AXIS)
    title = text_rows(figure.x_title, width - _AXIS, "dim")
    indent = Segment(" " * _AXIS)
    return (
        (Segment(axis, "dim"),),
        (Segment(text),),
        *((indent, *row) for row in title),
    )


def _legend(figure: Curve, width: int) -> Picture:
    """Each glyph and its series, in one line when they fit."""
    names = [
        Segment(f"{GLYPHS[i % len(GLYPHS)]} {one_line(series.name)}", _ROLES[i % len(_ROLES)])
        for i, series in enumerate(figure.series)
    ]
    if sum(cell_width(name.text) + 3 for name in names) + _AXIS <= width:
        row = [Segment(" " * _AXIS)]
        for name in names:
            row += [name, Segment("   ")]
        return (merged(row),)
    return tuple(row for name in names for row in text_rows(name.text, width, name.role))


def _values(figure: Curve) -> Table:
    """x, each series in percent with its interval, and n: once when it is the same for all."""
    one_n = len({series.n for series in figure.series}) == 1
    headings = [figure.x_title]
    for series in figure.series:
        headings.append(f"{series.name} %")
        if series.n and not one_n:
            headings.append("n")
    if one_n and figure.series and figure.series[0].n:
        headings.append("n")
    rows: list[tuple[str, ...]] = []
    for i, x in enumerate(figure.x):
        cells = [x]
        for series in figure.series:
            cells.append(_value(series, i))
            if series.n and not one_n:
                cells.append(str(series.n[i]) if i < len(series.n) else "")
        if one_n and figure.series and figure.series[0].n:
            cells.append(str(figure.series[0].n[i]) if i < len(figure.series[0].n) else "")
        rows.append(tuple(cells))
    return Table("", tuple(headings), tuple(rows))


def _value(series: Series, i: int) -> str:
    if i >= len(series.y):
        return ""
    text = f"{100 * series.y[i]:.0f}"
    if i < len(series.low) and i < len(series.high):
        text += f" [{100 * series.low[i]:.0f}–{100 * series.high[i]:.0f}]"
    return text
