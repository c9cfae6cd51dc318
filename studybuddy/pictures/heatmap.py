"""Attention weights as shaded blocks that can be read without colour.

A block is a shade between two marks: `[▓▓]` stands on the gold alignment, `▓*` holds the
heaviest weight of its row. Words that do not fit over their columns are numbered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.catalogue.figures import Heatmap
from studybuddy.pictures.lines import NARROWEST, centred, merged, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop, pad

SHADES = " ░▒▓█"
#: The least weight of each shade but the first.
LEAST = (0.05, 0.25, 0.5, 0.75)
_HEAT: tuple[Role, ...] = ("heat0", "heat1", "heat2", "heat3", "heat4")
_LABEL_AT_MOST = 16
_WORD_AT_MOST = 10


def heatmap_picture(figure: Heatmap, width: int) -> Picture:
    """The heatmap in rows of at most `width` cells; too many columns go into bands below."""
    width = max(width, NARROWEST)
    rows = [one_line(word) for word in figure.rows]
    columns = [one_line(word) for word in figure.columns]
    label = min(max(map(cell_width, rows), default=0), _LABEL_AT_MOST, width // 3) + 2
    grid = _grid(columns, width - label - 1)
    picture: list[PictureRow] = [*text_rows(figure.title, width, "strong")]
    for start in range(0, len(columns), grid.per_band):
        if start:
            picture.append(())
        band = range(start, min(start + grid.per_band, len(columns)))
        picture.append(_header(columns, band, grid, label))
        picture.extend(_row(figure, row, rows[row], band, grid, label) for row in range(len(rows)))
    return (*picture, *_legend(figure, columns, grid, width))


@dataclass(frozen=True, slots=True)
class _Grid:
    """How columns are laid: `cell` cells each, `block` of them shaded, words or numbers above."""

    cell: int
    block: int
    per_band: int
    numbered: bool


def _grid(columns: Sequence[str], room: int) -> _Grid:
    widest = max(map(cell_width, columns), default=1)
    count = max(1, len(columns))
    for_words = max(4, widest) + 1
    if widest <= _WORD_AT_MOST and count * for_words <= room:
        return _Grid(for_words, 2, count, numbered=False)
    for cell, block in ((5, 2), (4, 2), (3, 1)):
        if count * cell <= room:
            return _Grid(cell, block, count, numbered=True)
    bands = -(-count // max(1, room // 4))
    return _Grid(4, 2, -(-count // bands), numbered=True)


def _header(columns: Sequence[str], band: range, grid: _Grid, label: int) -> PictureRow:
    names = (str(i + 1) if grid.numbered else columns[i] for i in band)
    text = "".join(centred(name, grid.cell) for name in names)
    return merged([Segment(" " * (label + 1)), Segment(text, "strong")])


def _row(figure: Heatmap, row: int, word: str, band: range, grid: _Grid, label: int) -> PictureRow:
    values = figure.values[row]
    heaviest = max(range(len(values)), key=values.__getitem__) if any(values) else None
    pointed = row == figure.marked
    name = pad(("> " if pointed else "  ") + crop(word, label - 2), label)
    segments = [Segment(name, "strong" if pointed else "plain"), Segment(" ")]
    for column in band:
        gold = (row, column) in figure.gold
        level = shade_level(values[column])
        shade = SHADES[level] * grid.block
        if column == heaviest:
            shade = shade[:-1] + "*"
        spare = grid.cell - grid.block - 2
        before = spare // 2
        segments += [
            Segment(" " * before),
            Segment("[" if gold else " ", "gold" if gold else "plain"),
            Segment(shade, _HEAT[level]),
            Segment("]" if gold else " ", "gold" if gold else "plain"),
            Segment(" " * (spare - before)),
        ]
    return merged(segments)


def shade_level(weight: float) -> int:
    """0 (below 5 %) to 4 (75 % and more)."""
    return sum(weight >= least for least in LEAST)


def _legend(figure: Heatmap, columns: Sequence[str], grid: _Grid, width: int) -> Picture:
    rows: list[PictureRow] = [()]
    if grid.numbered:
        rows += _joined([f"{i} {word}" for i, word in enumerate(columns, 1)], "  ", width)
    marks = [f"{SHADES[i + 1] * 2} ≥ {100 * least:.0f}%" for i, least in enumerate(LEAST)]
    marks.append(_("* heaviest of its row"))
    if figure.gold:
        marks.append(_("[ ] gold alignment"))
    if figure.marked is not None:
        marks.append(_("> the row in question"))
    rows += _joined(marks, "   ", width)
    rows += text_rows(_("Rows: words written. Columns: words read."), width, "dim")
    return tuple(rows)


def _joined(items: Sequence[str], gap: str, width: int) -> Picture:
    """The items in lines, each item whole unless it alone is longer than a line."""
    lines: list[str] = []
    for item in items:
        joined = f"{lines[-1]}{gap}{item}" if lines else item
        if lines and cell_width(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(crop(item, width))
    return tuple((Segment(line, "dim"),) for line in lines)
