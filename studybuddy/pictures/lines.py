"""Lines of text as rows of a picture, as every figure needs them."""

from __future__ import annotations

from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.text.sanitise import clean
from studybuddy.text.width import cell_width, pad, pad_left, wrap

#: No figure is drawn narrower; a narrower screen crops it.
NARROWEST = 20


def one_line(text: str) -> str:
    """The text without newlines, tabs and control characters, as a label must be."""
    return " ".join(clean(text).split())


def text_rows(text: str, width: int, role: Role = "plain") -> Picture:
    """The text wrapped, each line in one role; nothing for an empty text."""
    if not text.strip():
        return ()
    return tuple((Segment(line, role),) for line in wrap(one_line(text), width))


def centred(text: str, cells: int) -> str:
    """The text in the middle of `cells`; a text that is as long or longer comes back as it is."""
    left = (cells - cell_width(text)) // 2
    return pad(pad_left(text, cell_width(text) + max(0, left)), cells)


def merged(row: list[Segment]) -> PictureRow:
    """The row with neighbours of one role joined and blanks at the end dropped."""
    joined: list[Segment] = []
    for text, role in row:
        if joined and joined[-1].role == role:
            joined[-1] = Segment(joined[-1].text + text, role)
        elif text:
            joined.append(Segment(text, role))
    if joined:
        joined[-1] = Segment(joined[-1].text.rstrip(" "), joined[-1].role)
    return tuple(segment for segment in joined if segment.text)
