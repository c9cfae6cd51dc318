"""A horizontal bar a label, its interval shaded into it, and the number beside it."""

from __future__ import annotations

import math

from studybuddy.catalogue.figures import Bars
from studybuddy.pictures.chart import Scale
from studybuddy.pictures.curve import interval_text
from studybuddy.pictures.lines import NARROWEST, merged, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop, pad

FULL, SURE, MAYBE = "█", "▓", "░"
"""A bar; the part of it that lies in the interval; the part of the interval beyond it."""
_LABEL_AT_MOST = 24
_BAR_AT_MOST = 48
_BAR_AT_LEAST = 6


def bars_picture(figure: Bars, width: int) -> Picture:
    """The bars in rows of at most `width` cells; a number without room stands below its bar."""
    width = max(width, NARROWEST)
    scale = Scale(figure.y_low, figure.y_high, figure.percent)
    names = [one_line(name) for name in figure.labels]
    label = min(max(map(cell_width, names), default=0), _LABEL_AT_MOST, width // 3) + 2
    numbers = [_number(figure, i, scale) for i in range(len(names))]
    widest = max(map(cell_width, numbers), default=0)
    room = width - label - 3
    beside = room - widest - 1 >= _BAR_AT_LEAST
    room = min(_BAR_AT_MOST, room - (widest + 1 if beside else 0))
    picture: list[PictureRow] = [*text_rows(figure.title, width, "strong")]
    for i, name in enumerate(names):
        pointed = i == figure.marked
        lead = pad(("> " if pointed else "  ") + crop(name, label - 2), label)
        value = figure.values[i] if i < len(figure.values) else math.nan
        row = [
            Segment(lead, "strong" if pointed else "plain"),
            Segment(" │", "dim"),
            *_bar(figure, i, value, scale, room),
        ]
        if beside:
            row.append(Segment(f" {numbers[i]}", "strong" if pointed else "plain"))
        picture.append(merged(row))
        if not beside:
            picture.append((Segment(crop(f"  {numbers[i]}", width)),))
    return (*picture, *_legend(figure, width))


def _number(figure: Bars, i: int, scale: Scale) -> str:
    if i >= len(figure.values):
        return "–"
    text = scale.text(figure.values[i]) + (" %" if figure.percent else "")
    if i < len(figure.low) and i < len(figure.high):
        text += interval_text(figure.low[i], figure.high[i], scale)
    return text


def _bar(figure: Bars, i: int, value: float, scale: Scale, room: int) -> list[Segment]:
    """One character a cell: from nothing to the value, and the interval."""

    def cell(number: float) -> int:
        return round(scale.share(number) * room)

    zero = cell(min(max(0.0, scale.low), scale.high))
    cells = [" "] * room
    if math.isnan(value):
        return [Segment("".join(cells))]
    start, end = sorted((zero, cell(value)))
    cells[start:end] = FULL * (end - start)
    if i < len(figure.low) and i < len(figure.high) and figure.low[i] < figure.high[i]:
        low, high = cell(figure.low[i]), cell(figure.high[i])
        for at in range(min(low, high), max(low, high)):
            cells[at] = SURE if cells[at] == FULL else MAYBE
    if 0 < zero < room and cells[zero] == " ":
        cells[zero] = "│"
    text = "".join(cells)
    return [Segment(text, "series2" if i == figure.marked else "series1")]


def _legend(figure: Bars, width: int) -> Picture:
    rows: list[PictureRow] = []
    if figure.low:
        text = _("{sure}{maybe} and [ ] bound the interval of each value")
        rows += text_rows(text.format(sure=SURE, maybe=MAYBE), width, "dim")
    if figure.marked is not None:
        rows += text_rows(_("> the one in question"), width, "dim")
    return tuple(rows)
