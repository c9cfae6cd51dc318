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
_UNBROKEN = re.compile(r"[^\s\u2e80-\uffff]+(?: [%…])?")
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
    columns = [row[:shown] for row in rows]
    widths, gap = _widths(columns, width - (2 if cut else 0))
    right = [
        all(_NUMBER.fullmatch(row[column]) for row in rows[1:]) and len(rows) > 1
        for column in range(shown)
    ]
    picture: list[PictureRow] = [*text_rows(figure.title, width, "strong")]
    for place, row in enumerate(rows):
        lines = _cells(row[:shown], widths, gap, right, "strong" if place == 0 else "plain")
        if place == 0 and cut:
            lines[0] = (*lines[0], Segment(" …", "dim"))
        picture.extend(lines)
        if place == 0:
            picture.append((Segment("─" * (sum(widths) + gap * (shown - 1)), "dim"),))
    return tuple(picture)


def _widths(rows: Sequence[Sequence[str]], width: int) -> tuple[list[int], int]:
    """The natural widths, the widest narrowed step by step until the line fits, and the gap.

    A column keeps room for its longest number or word, so that an interval stays in one piece,
    as long as another column or the gap can give way.
    """
    columns = list(zip(*rows, strict=True))
    widths = [max(_LEAST, *map(cell_width, column)) for column in columns]
    whole = [_longest_piece(column) for column in columns]
    for least, gap in ((whole, _GAP), (whole, 1), ([_LEAST] * len(columns), _GAP)):
        room = width - gap * (len(columns) - 1)
        while sum(widths) > room:
            spare = [cells if cells > low else 0 for cells, low in zip(widths, least, strict=True)]
            if not any(spare):
                break
            widths[spare.index(max(spare))] -= 1
        if sum(widths) <= room:
            return widths, gap
    return widths, _GAP


def _longest_piece(column: Sequence[str]) -> int:
    """Cells of the longest piece of a column that holds no place to break a line."""
    pieces = (piece for cell in column for piece in _UNBROKEN.findall(cell))
    return max(_LEAST, *map(cell_width, pieces), 0)


def _cells(
    row: Sequence[str], widths: Sequence[int], gap: int, right: Sequence[bool], role: Role
) -> list[PictureRow]:
    wrapped = [wrap(cell, cells) for cell, cells in zip(row, widths, strict=True)]
    lines: list[PictureRow] = []
    for at in range(max(map(len, wrapped), default=0)):
        text = ""
        for column, pieces in enumerate(wrapped):
            piece = crop(pieces[at], widths[column]) if at < len(pieces) else ""
            align = pad_left if right[column] else pad
            text += align(piece, widths[column]) + " " * gap
        lines.append(merged([Segment(text, role)]))
    return lines
