"""Values in cells, as attention weights are, shaded so that they can be read without colour.

A cell is a shade between two marks: `[▓▓]` stands on the gold alignment, `▓*` holds the
largest value of its row, `>▓▓<` is where the cursor stands. Words that do not fit over their
columns are numbered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.catalogue.figures import Heatmap
from studybuddy.pictures.chart import Scale, plain_number
from studybuddy.pictures.lines import NARROWEST, centred, merged, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop, pad

SHADES = " ░▒▓█"
#: The least share of the scale of each shade but the first.
LEAST = (0.05, 0.25, 0.5, 0.75)
_HEAT: tuple[Role, ...] = ("heat0", "heat1", "heat2", "heat3", "heat4")
_LABEL_AT_MOST = 16
_WORD_AT_MOST = 10

Cell = tuple[int, int]
"""Row and column."""


def heatmap_picture(figure: Heatmap, width: int, *, at: Cell | None = None) -> Picture:
    """The heatmap in rows of at most `width` cells; too many columns go into bands below.

    `at` is the cell under the cursor.
    """
    drawing = _Drawing(figure, width)
    picture: list[PictureRow] = list(drawing.title)
    for band in drawing.bands:
        if band.start:
            picture.append(())
        picture.append(drawing.header(band))
        picture.extend(drawing.row(row, band, at) for row in range(len(drawing.rows)))
    return (*picture, *_legend(figure, drawing, at is not None))


def heatmap_cell(figure: Heatmap, width: int, x: int, y: int) -> Cell | None:
    """The cell that `heatmap_picture` draws at this column and row of characters."""
    drawing = _Drawing(figure, width)
    for band in drawing.bands:
        top = drawing.top_of(band)
        if 0 <= y - top < len(drawing.rows) and x >= drawing.label + 1:
            column = band.start + (x - drawing.label - 1) // drawing.grid.cell
            return (y - top, column) if column in band else None
    return None


def heatmap_line(figure: Heatmap, width: int, at: Cell) -> int:
    """The row of characters on which `heatmap_picture` draws this cell."""
    drawing = _Drawing(figure, width)
    band = next(each for each in drawing.bands if at[1] in each)
    return drawing.top_of(band) + at[0]


def value_text(figure: Heatmap, at: Cell) -> str:
    """A cell in words: its row, its column, its exact value, gold or not."""
    row, column = at
    value = f"{figure.values[row][column]:.3f}".rstrip() + (
        f" {figure.unit}" if figure.unit else ""
    )
    told = [one_line(figure.rows[row]), one_line(figure.columns[column]), value]
    if figure.gold:
        told.append(_("gold link") if at in figure.gold else _("no gold link"))
    return " · ".join(told)


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
            return _Grid(cell, block, count, numbered=widest >= cell)
    bands = -(-count // max(1, room // 4))
    return _Grid(4, 2, -(-count // bands), numbered=widest >= 4)


class _Drawing:
    """Where everything of a heatmap stands at a width."""

    def __init__(self, figure: Heatmap, width: int) -> None:
        self.figure, self.width = figure, max(width, NARROWEST)
        self.rows = [one_line(word) for word in figure.rows]
        self.columns = [one_line(word) for word in figure.columns]
        widest = max(map(cell_width, self.rows), default=0)
        self.label = min(widest, _LABEL_AT_MOST, self.width // 3) + 2
        self.grid = _grid(self.columns, self.width - self.label - 1)
        self.title = text_rows(figure.title, self.width, "strong")
        self.scale = Scale(figure.low, figure.high)
        per_band, count = self.grid.per_band, len(self.columns)
        self.bands = [
            range(start, min(start + per_band, count)) for start in range(0, count, per_band)
        ]

    def top_of(self, band: range) -> int:
        """The row of characters on which a band's first row stands, under its header."""
        before = self.bands.index(band)
        return len(self.title) + before * (len(self.rows) + 2) + 1

    def header(self, band: range) -> PictureRow:
        """The words of a band's columns, or their numbers."""
        names = (str(i + 1) if self.grid.numbered else self.columns[i] for i in band)
        text = "".join(centred(name, self.grid.cell) for name in names)
        return merged([Segment(" " * (self.label + 1)), Segment(text, "strong")])

    def row(self, row: int, band: range, at: Cell | None) -> PictureRow:
        """One row of a band."""
        values = self.figure.values[row]
        largest = max(range(len(values)), key=values.__getitem__) if self._has(values) else None
        pointed = row == self.figure.marked
        name = pad(("> " if pointed else "  ") + crop(self.rows[row], self.label - 2), self.label)
        segments = [Segment(name, "strong" if pointed else "plain"), Segment(" ")]
        for column in band:
            level = shade_level(self.scale.share(values[column]))
            shade = SHADES[level] * self.grid.block
            if column == largest:
                shade = shade[:-1] + "*"
            left, right, role = self._marks((row, column), at)
            spare = self.grid.cell - self.grid.block - 2
            before = spare // 2
            segments += [
                Segment(" " * before),
                Segment(left, role),
                Segment(shade, "cursor" if role == "cursor" else _HEAT[level]),
                Segment(right, role),
                Segment(" " * (spare - before)),
            ]
        return merged(segments)

    def _has(self, values: Sequence[float]) -> bool:
        return any(value > self.figure.low for value in values)

    def _marks(self, cell: Cell, at: Cell | None) -> tuple[str, str, Role]:
        if cell == at:
            return ">", "<", "cursor"
        return ("[", "]", "gold") if cell in self.figure.gold else (" ", " ", "plain")


def shade_level(share: float) -> int:
    """0 (below 5 % of the scale) to 4 (75 % and more)."""
    return sum(share >= least for least in LEAST)


def _legend(figure: Heatmap, drawing: _Drawing, cursor: bool) -> Picture:
    rows: list[PictureRow] = [()]
    width = drawing.width
    if drawing.grid.numbered:
        rows += _joined([f"{i} {word}" for i, word in enumerate(drawing.columns, 1)], "  ", width)
    weights = (figure.low, figure.high, figure.unit) == (0.0, 1.0, "")
    marks: list[str] = []
    for level, least in enumerate(LEAST, 1):
        value = figure.low + least * (figure.high - figure.low)
        bound = (
            f"{100 * least:.0f}%" if weights else f"{plain_number(value)} {figure.unit}".rstrip()
        )
        marks.append(f"{SHADES[level] * 2} ≥ {bound}")
    marks.append(_("* heaviest of its row") if weights else _("* largest of its row"))
    if figure.gold:
        marks.append(_("[ ] gold alignment"))
    if figure.marked is not None:
        marks.append(_("> the row in question"))
    if cursor:
        marks.append(_("> < the cursor"))
    rows += _joined(marks, "   ", width)
    return (*rows, *text_rows(_axes(figure), width, "dim"))


def _axes(figure: Heatmap) -> str:
    if figure.row_title or figure.column_title:
        return _("Rows: {rows}. Columns: {columns}.").format(
            rows=figure.row_title, columns=figure.column_title
        )
    return _("Rows: words written. Columns: words read.")


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
