"""Lines over categories as a chart of characters, each series by a glyph of its own.

The exact values and their intervals follow as a table.
"""

from __future__ import annotations

from studybuddy.catalogue.figures import Curve, Series, Table
from studybuddy.pictures.chart import GLYPHS, SERIES_ROLES, Chart, Scale
from studybuddy.pictures.lines import NARROWEST, merged, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.pictures.table import table_picture
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop, pad_left

HEIGHT = 11
"""Rows of a chart: ten steps of ten percent."""


def curve_picture(
    figure: Curve, width: int, *, values: bool = True, height: int = HEIGHT
) -> Picture:
    """The chart and its legend in rows of at most `width` cells; with `values` also their table."""
    width = max(width, NARROWEST)
    scale = Scale(figure.y_low, figure.y_high, figure.percent)
    chart = Chart(scale, len(figure.x), width, height)
    if figure.edge is not None:
        chart.upright(chart.left(figure.edge + 1), Segment("|", "dim"))
    lines = len(figure.series)
    for place, series in enumerate(figure.series):
        chart.line(series.y, place, lines)
    for place, series in enumerate(figure.series):
        chart.points(series.y, place, lines)
    rows: list[PictureRow] = [*text_rows(figure.title, width, "strong")]
    rows += text_rows(figure.y_title, width, "dim")
    rows += _edge_label(figure, chart, width)
    rows += chart.rows()
    rows += [chart.ground(), chart.labels(figure.x, width)]
    indent = Segment(" " * chart.axis)
    rows += [(indent, *row) for row in text_rows(figure.x_title, width - chart.axis, "dim")]
    rows += _legend(figure, chart.axis, width)
    if values:
        rows += [(), *table_picture(_values(figure, scale), width)]
        if any(series.low for series in figure.series):
            rows += text_rows(_("[ ] bounds the interval of each value"), width, "dim")
    return tuple(rows)


def _edge_label(figure: Curve, chart: Chart, width: int) -> Picture:
    """The words over the line where training ended, on the side where they fit."""
    if figure.edge is None:
        return ()
    column = chart.axis + chart.left(figure.edge + 1)
    before, after = _("seen in training |"), _("| beyond training")
    if cell_width(before) <= column:
        text = pad_left(before, column + 1) + after[1:]
    else:
        text = pad_left(after, column + cell_width(after))
    return ((Segment(crop(text, width), "dim"),),)


def _legend(figure: Curve, axis: int, width: int) -> Picture:
    """Each glyph and its series, in one line when they fit."""
    names = [
        Segment(
            f"{GLYPHS[i % len(GLYPHS)]} {one_line(series.name)}",
            SERIES_ROLES[i % len(SERIES_ROLES)],
        )
        for i, series in enumerate(figure.series)
    ]
    if sum(cell_width(name.text) + 3 for name in names) + axis <= width:
        row = [Segment(" " * axis)]
        for name in names:
            row += [name, Segment("   ")]
        return (merged(row),)
    return tuple(row for name in names for row in text_rows(name.text, width, name.role))


def _values(figure: Curve, scale: Scale) -> Table:
    """x, each series with its interval, and n: once when it is the same for all."""
    one_n = len({series.n for series in figure.series}) == 1
    headings = [figure.x_title]
    for series in figure.series:
        headings.append(f"{series.name} %" if figure.percent else series.name)
        if series.n and not one_n:
            headings.append("n")
    if one_n and figure.series and figure.series[0].n:
        headings.append("n")
    rows: list[tuple[str, ...]] = []
    for i, x in enumerate(figure.x):
        cells = [x]
        for series in figure.series:
            cells.append(_value(series, i, scale))
            if series.n and not one_n:
                cells.append(str(series.n[i]) if i < len(series.n) else "")
        if one_n and figure.series and figure.series[0].n:
            cells.append(str(figure.series[0].n[i]) if i < len(figure.series[0].n) else "")
        rows.append(tuple(cells))
    return Table("", tuple(headings), tuple(rows))


def _value(series: Series, i: int, scale: Scale) -> str:
    if i >= len(series.y):
        return ""
    text = scale.text(series.y[i])
    if i < len(series.low) and i < len(series.high):
        text += interval_text(series.low[i], series.high[i], scale)
    return text


def interval_text(low: float, high: float, scale: Scale) -> str:
    """` [40–60]`; numbers that may have a minus are parted by a comma."""
    apart = "–" if scale.low >= 0 else ", "
    return f" [{scale.text(low)}{apart}{scale.text(high)}]"
