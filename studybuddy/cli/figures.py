"""Pictures on stdout: in colour on a terminal, plain text everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache

from studybuddy.cli.terminal import text_width, wants_color
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment, plain_text
from studybuddy.text.sanitise import clean

#: SGR parameters of the 16 colours that every terminal's own theme defines.
_STYLES: dict[Role, str] = {
    "dim": "2",
    "strong": "1",
    "emphasis": "3",
    "heading": "1;36",
    "code": "33",
    "quote": "2;3",
    "arrow": "36",
    "right": "32",
    "wrong": "31",
    "missing": "33",
    "reversed": "35",
    "gold": "1;33",
    "series1": "36",
    "series2": "33",
    "series3": "35",
    "series4": "32",
    "series5": "31",
    "series6": "34",
    "heat1": "2",
    "heat3": "1",
    "heat4": "1;36",
    "cursor": "1;7",
}


@cache
def _colored() -> bool:
    return wants_color()


def picture_text(picture: Picture, *, color: bool) -> str:
    """The picture as lines; with colour, each role between its SGR codes."""
    if not color:
        return clean(plain_text(picture))
    lines = []
    for row in picture:
        parts = [
            f"\x1b[{_STYLES[segment.role]}m{clean(segment.text)}\x1b[0m"
            if segment.role in _STYLES
            else clean(segment.text)
            for segment in row
        ]
        lines.append("".join(parts))
    return "\n".join(lines)


def print_picture(picture: Picture) -> None:
    """The picture on stdout, one line a row."""
    if picture:
        sys.stdout.write(picture_text(picture, color=_colored()) + "\n")


def print_numbered(lines: Sequence[str]) -> None:
    """Lines with the numbers that choose them."""
    width = text_width()
    rows: list[PictureRow] = []
    for number, line in enumerate(lines, 1):
        mark = f"{number:2d} "
        wrapped = wrap_segments([Segment(line)], max(8, width - len(mark)))
        rows += [
            (Segment(mark if first == 0 else " " * len(mark), "strong"), *row)
            for first, row in enumerate(wrapped)
        ]
    print_picture(tuple(rows))
