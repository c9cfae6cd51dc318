"""A table of text: columns as wide as they must be, numbers to the right, long cells wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studybuddy.catalogue.figures import Table
from studybuddy.pictures.lines import NARROWEST, merged, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.text.width import cell_width, crop, pad, pad_left, wrap

_GAP = 2
_LEAST = 4
_NUMBER = re.compile(r"[-−+±]?[\d.,]+(?:e[-+]?\d+)? ?%?(?: ?\[.*\])?|[-–]?")


def table_picture(figure: Table, width: int) -> Picture:
    """The table in rows of at most `width` cells, under its title and a rule.

    Columns that do not fit even when narrowed to a few cells are left out, and an ellipsis
    at the end of the heading says so.
    """
    width = max(width, NARROWEST)
    count = len(figure.headings)
    rows = [
        tuple(one_line(cell) for cell in (*row, *[""] * count)[:count])
        for row in (figure.headings, *figure.rows)
    ]
    cut = count * (_LEAST + _GAP) - _GAP > width
    shown = width // (_LEAST + _GAP) if cut else count
    widths = _widths([row[:shown] for row in rows], width - (2 if cut else 0))
    right = [
        all(_NUMBER.fullmatch(row[column]) for row in rows[1:]) and len(rows) > 1
        for column in range(shown)
    ]
    picture: list[PictureRow] = [*text_rows(figure.title, width, "strong")]
    for place, row in enumerate(rows):
        lines = _cells(row[:shown], widths, right, "strong" if place == 0 else "plain")
        if place == 0 and cut:
            lines[0] = (*lines[0], Segment(" …", "dim"))
        picture.extend(lines)
        if place == 0:
            picture.append((Segment("─" * (sum(widths) + _GAP * (shown - 1)), "dim"),))
    return tuple(picture)


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The natural widths, the widest narrowed step by step until the line fits."""
    widths = [max(_LEAST, *map(cell_width, column)) for column in zip(*rows, strict=True)]
    room = width - _GAP * (len(widths) - 1)
    while widths and sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _cells(
    row: Sequence[str], widths: Sequence[int], right: Sequence[bool], role: Role
) -> list[PictureRow]:
    wrapped = [wrap(cell, cells) for cell, cells in zip(row, widths, strict=True)]
    lines: list[PictureRow] = []
    for at in range(max(map(len, wrapped), default=0)):
        text = ""
        for column, pieces in enumerate(wrapped):
            piece = crop(pieces[at], widths[column]) if at < len(pieces) else ""
            align = pad_left if right[column] else pad
            text += align(piece, widths[column]) + " " * _GAP
        lines.append(merged([Segment(text, role)]))
    return lines
