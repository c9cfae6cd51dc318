"""The picture that app and command line both show: rows of segments with a named role."""

from __future__ import annotations

from typing import Literal, NamedTuple

Role = Literal[
    "plain",
    "dim",
    "strong",
    "emphasis",
    "heading",
    "code",
    "quote",
    "box",
    "arrow",
    "right",
    "wrong",
    "missing",
    "reversed",
    "gold",
    "series1",
    "series2",
    "series3",
    "series4",
    "series5",
    "series6",
    "heat0",
    "heat1",
    "heat2",
    "heat3",
    "heat4",
    "cursor",
]


class Segment(NamedTuple):
    """A run of text in one role. A screen maps roles to its theme; a plain terminal drops them."""

    text: str
    role: Role = "plain"


PictureRow = tuple[Segment, ...]
Picture = tuple[PictureRow, ...]


def plain_text(picture: Picture) -> str:
    """The picture without roles, one line a row, no trailing blanks."""
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in picture)
