"""Figures as one SVG: the rows of text that a terminal shows, every cell at its exact place.

Latin runs are stretched to their cells and Han characters stand each in two, so that columns line
up in whatever fixed-width font there is. Shades, bars and lines are shapes, not characters. The
drawing loads nothing, follows the reader's light or dark scheme, and tells the whole text to those
who cannot see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from studybuddy.catalogue.figures import Figure
from studybuddy.pictures.figures import figure_picture
from studybuddy.pictures.lines import NARROWEST, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Role, plain_text
from studybuddy.text.sanitise import clean
from studybuddy.text.width import cell_width, clusters

CELL, LINE, FONT = 8.4, 18.0, 14
_MARGIN = 16.0
_BASELINE = 13.5
_SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75, "█": 1.0}
_COLUMNS = "▁▂▃▄▅▆▇"
#: The arms of each line character, as it is read: left, right, up, down.
_LINES = {
    "─": "lr",
    "│": "ud",
    "┌": "rd",
    "┐": "ld",
    "└": "ru",
    "┘": "lu",
    "├": "rud",
    "┤": "lud",
    "┬": "lrd",
    "┴": "lru",
    "┼": "lrud",
}
_ARMS = {"l": (-0.5, 0.0), "r": (0.5, 0.0), "u": (0.0, -0.5), "d": (0.0, 0.5)}
#: A colour on light and one on dark ground for each role that has one; the others are plain.
_COLOURS: dict[Role, tuple[str, str]] = {
    "plain": ("#1c2330", "#e4e7ee"),
    "dim": ("#5a6475", "#98a2b5"),
    "heading": ("#1f57a8", "#7fb4ff"),
    "code": ("#0f5f73", "#9ad7e6"),
    "quote": ("#5a6475", "#98a2b5"),
    "box": ("#1f57a8", "#a9c4ee"),
    "arrow": ("#4c5a70", "#8c9ab3"),
    "right": ("#1d6b35", "#7fd99a"),
    "wrong": ("#a81f1f", "#ff8b8b"),
    "missing": ("#7c5600", "#f2c55c"),
    "reversed": ("#6a3fa8", "#d7a8ff"),
    "gold": ("#7c5600", "#ffcf70"),
    "series1": ("#1f57a8", "#7fb4ff"),
    "series2": ("#9a4b00", "#ffb86b"),
    "series3": ("#6a3fa8", "#c3a6ff"),
    "series4": ("#1d6b35", "#7fd99a"),
    "series5": ("#a81f1f", "#ff8b8b"),
    "series6": ("#0f5f73", "#9ad7e6"),
    "heat0": ("#5a6475", "#98a2b5"),
    "heat1": ("#1f57a8", "#a9c4ee"),
    "heat2": ("#1f57a8", "#a9c4ee"),
    "heat3": ("#9a4b00", "#ffb86b"),
    "heat4": ("#9a4b00", "#ffb86b"),
    "cursor": ("#7c5600", "#ffcf70"),
}
_BOLD: tuple[Role, ...] = ("strong", "heading", "gold", "wrong", "missing", "reversed", "cursor")
_GROUND = ("#fbfaf7", "#14171e")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def figure_svg(figures: Figure | Sequence[Figure], title: str = "", width: int = 80) -> str:
    """One figure or several under a title as an SVG of `width` cells: a whole document for a file.

    Without a title the first figure's own names the drawing.
    """
    width = max(width, NARROWEST)
    several = figures if isinstance(figures, Sequence) else (figures,)
    rows: list[PictureRow] = [*text_rows(title, width, "heading")]
    for figure in several:
        rows += [*([()] if rows else []), *figure_picture(figure, width)]
    name = title or next((figure.title for figure in several), "")
    return picture_svg(tuple(rows), name, width)


def picture_svg(picture: Picture, title: str, width: int) -> str:
    """Any picture as an SVG of `width` cells."""
    across = 2 * _MARGIN + width * CELL
    down = 2 * _MARGIN + len(picture) * LINE
    drawn = [mark for number, row in enumerate(picture) for mark in _row(row, number)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:.1f} {down:.1f}" '
            f'width="{across:.0f}" height="{down:.0f}" role="img" '
            'aria-labelledby="figure-title figure-text">',
            f'<title id="figure-title">{_escaped(title)}</title>',
            f'<desc id="figure-text">{_escaped(plain_text(picture))}</desc>',
            f"<style>{_style()}</style>",
            f'<rect class="ground" width="{across:.1f}" height="{down:.1f}"/>',
            *drawn,
            "</svg>",
            "",
        ]
    )


def _style() -> str:
    font = (
        "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace"
    )
    rules = [f"text{{font:{FONT}px {font}}}"]
    rules += [f".{role}{{font-weight:bold}}" for role in _BOLD]
    rules.append(".emphasis{font-style:italic}")
    light, dark = _scheme(0), _scheme(1)
    return "".join([*rules, *light, "@media (prefers-color-scheme:dark){", *dark, "}"])


def _scheme(which: int) -> list[str]:
    plain = _COLOURS["plain"][which]
    rules = [
        f".ground{{fill:{_GROUND[which]}}}",
        f"text,rect,.strong{{fill:{plain}}}path{{stroke:{plain};fill:none;stroke-width:1.2}}",
    ]
    for role, colours in _COLOURS.items():
        rules.append(
            f".{role}{{fill:{colours[which]}}}path.{role}{{stroke:{colours[which]};fill:none}}"
        )
    return rules


def _row(row: PictureRow, number: int) -> Iterator[str]:
    """The marks of one row, from the left."""
    top, at = _MARGIN + number * LINE, 0
    for text, role in row:
        text = clean(text)
        for piece in _pieces(text):
            cells = cell_width(piece)
            if not piece.isspace():
                yield _mark(piece, _MARGIN + at * CELL, top, cells, role)
            at += cells


def _pieces(text: str) -> Iterator[str]:
    """Latin runs, blanks, runs of one shape, and every other character for itself."""
    run = ""
    for cluster in clusters(text):
        latin = len(cluster) == 1 and "!" <= cluster <= "~"
        joins = bool(run) and (
            (latin and "!" <= run[-1] <= "~")
            or (cluster == run[-1] and (cluster in _SHADES or cluster in "─ "))
        )
        if run and not joins:
            yield run
            run = ""
        run += cluster
    if run:
        yield run


def _mark(piece: str, x: float, top: float, cells: int, role: Role) -> str:
    wide = cells * CELL
    if piece[0] in _SHADES:
        shade = _SHADES[piece[0]]
        faint = "" if shade == 1 else f' fill-opacity="{shade:g}"'
        return _rect(x, top + 1, wide, LINE - 2, role, faint)
    if piece in _COLUMNS:
        high = (_COLUMNS.index(piece) + 1) / 8 * (LINE - 2)
        return _rect(x, top + LINE - 1 - high, wide, high, role)
    if piece[0] in _LINES:
        return _line(piece, x, top, role)
    stretched = f' textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs"' if cells > 1 else ""
    return (
        f'<text class="{role}" x="{x:.1f}" y="{top + _BASELINE:.1f}"{stretched}>'
        f"{_escaped(piece)}</text>"
    )


def _rect(x: float, y: float, wide: float, high: float, role: Role, more: str = "") -> str:
    return (
        f'<rect class="{role}" x="{x:.1f}" y="{y:.1f}" '
        f'width="{wide:.1f}" height="{high:.1f}"{more}/>'
    )


def _line(piece: str, x: float, top: float, role: Role) -> str:
    """A line character from the middle of its cell to the edges that it reaches."""
    if piece[0] == "─":
        y = top + LINE / 2
        return f'<path class="{role}" d="M{x:.1f} {y:.1f}H{x + len(piece) * CELL:.1f}"/>'
    middle = (x + CELL / 2, top + LINE / 2)
    steps = "".join(
        f"M{middle[0]:.1f} {middle[1]:.1f}l{_ARMS[arm][0] * CELL:.1f} {_ARMS[arm][1] * LINE:.1f}"
        for arm in _LINES[piece[0]]
    )
    return f'<path class="{role}" d="{steps}"/>'


def _escaped(text: str) -> str:
    """Text as XML may hold it."""
    return escape(_NOT_XML.sub("", clean(text)), quote=True)
