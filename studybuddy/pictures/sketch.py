"""A curve that a learner draws point by point: the sheet, and the point under a pointer."""

from __future__ import annotations

from collections.abc import Sequence

from studybuddy.catalogue.predictions import SketchQuestion
from studybuddy.pictures.chart import Chart, Scale, plain_number
from studybuddy.pictures.lines import NARROWEST, centred, merged
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.text.width import cell_width, crop, pad

Points = Sequence[float | None]


def sketch_picture(
    question: SketchQuestion, points: Points, at: int, width: int, height: int
) -> Picture:
    """The sheet with a chart of `height` rows; `at` is the point under the cursor.

    Below the labels stand the numbers, the cursor's in brackets, where there is room for them.
    """
    chart = _chart(question, width, height)
    chart.upright(chart.middle(at), Segment("|", "dim"))
    chart.line(points)
    chart.points(points)
    value = points[at] if at < len(points) else None
    if value is not None:
        chart.put(chart.row(value), chart.middle(at), Segment("o", "cursor"))
    rows: list[PictureRow] = [*chart.rows(), chart.ground()]
    rows.append(chart.labels(question.x, max(width, NARROWEST)))
    numbers = ["·" if point is None else plain_number(point) for point in points]
    if max(map(cell_width, numbers), default=0) + 2 <= chart.step:
        row = [Segment(" " * chart.axis)]
        for i, number in enumerate(numbers):
            shown = f"[{number}]" if i == at else number
            cells = chart.left(i + 1) - chart.left(i)
            row.append(Segment(pad(centred(shown, cells), cells), "gold" if i == at else "plain"))
        rows.append(merged(row))
    return tuple(rows)


def sketch_point(
    question: SketchQuestion, width: int, height: int, x: int, y: int
) -> tuple[int, float] | None:
    """The label's index and the value at this column and row of the sheet; None beside the chart."""
    chart = _chart(question, width, height)
    column = x - chart.axis
    if not (0 <= column < chart.width and 0 <= y < chart.height):
        return None
    i = max(i for i in range(len(question.x)) if chart.left(i) <= column)
    share = 1 - y / (chart.height - 1)
    return i, question.low + share * (question.high - question.low)


def sketch_words(question: SketchQuestion, points: Points, at: int, typed: str, width: int) -> str:
    """The point under the cursor in words: its label, its number, what is being typed."""
    point = points[at] if at < len(points) else None
    number = f"{typed}_" if typed else "·" if point is None else plain_number(point)
    return crop(f"{question.x[at]}: {number} {question.unit}".rstrip(), width)


def _chart(question: SketchQuestion, width: int, height: int) -> Chart:
    return Chart(Scale(question.low, question.high), len(question.x), max(width, NARROWEST), height)
