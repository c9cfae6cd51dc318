"""Text measured in the cells of a terminal: padding, cropping, and wrapping in two scripts.

A Han character takes two cells, a combining mark none; `len` is never the width of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

#: A line never begins with one of these (避头尾), nor ends with one of `OPENING`.
CLOSING = frozenset("，。；：！？、．）］｝】〕〗》〉」』”’…·,.;:!?)]}%％")
OPENING = frozenset("（［｛【〔〖《〈「『“‘([{")
_JOINER = "\u200d"


def cell_width(text: str) -> int:
    """How many cells a terminal takes to show this text (one line, no tabs)."""
    return cell_len(text)


def pad(text: str, cells: int) -> str:
    """The text with blanks on its right up to `cells`; a longer text comes back as it is."""
    return text + " " * max(0, cells - cell_width(text))


def pad_left(text: str, cells: int) -> str:
    """The text with blanks on its left up to `cells`, as numbers stand in a column."""
    return " " * max(0, cells - cell_width(text)) + text


def crop(text: str, cells: int) -> str:
    """As many whole characters as fit into `cells`; an ellipsis ends a text that was cut."""
    if cell_width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    kept, used = "", 0
    for cluster in clusters(text):
        width = cell_width(cluster)
        if used + width > cells - 1:
            break
        kept, used = kept + cluster, used + width
    return kept + "…"


def wrap(text: str, cells: int) -> list[str]:
    """The text in lines of at most `cells` cells; a newline of the text always ends a line.

    A line breaks at blanks and beside Han characters, never inside a Latin word unless the
    word alone is longer than a line. No line begins with closing punctuation or ends with an
    opening bracket, as far as the width allows it. Blanks at a break are dropped; the indent
    of a paragraph stays on its first line. Raises ValueError when `cells` is below 2, the
    width of one Han character.
    """
    if cells < 2:
        raise ValueError(f"cannot wrap to {cells} cells: a Han character takes 2")
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        lines.extend(_wrap_paragraph(paragraph, cells))
    return lines


@dataclass(slots=True)
class _Unit:
    """What stays on one line, and the blanks before it."""

    blanks: str
    text: str


def _wrap_paragraph(paragraph: str, cells: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for unit in _units(paragraph):
        width = cell_width(unit.text)
        before = len(unit.blanks) if line or not lines else 0
        if line.strip() and used + before + width > cells:
            lines.append(line)
            line, used, before = "", 0, 0
        if not line:
            before = min(before, max(0, cells - 2))
        if used + before + width <= cells:
            line, used = line + unit.blanks[:before] + unit.text, used + before + width
            continue
        line, used = line + unit.blanks[:before], used + before
        for cluster in clusters(unit.text):
            width = cell_width(cluster)
            if line and used + width > cells:
                lines.append(line)
                line, used = "", 0
            line, used = line + cluster, used + width
    return [*lines, line] if line or not lines else lines


def _units(paragraph: str) -> list[_Unit]:
    """Words, single Han characters, and the punctuation glued to either."""
    units: list[_Unit] = []
    blanks = word = ""

    def close() -> None:
        nonlocal blanks, word
        if not word:
            return
        last = units[-1] if units else None
        if last and word[0] in CLOSING:
            last.text += blanks + word
        elif last and not blanks and last.text[-1] in OPENING:
            last.text += word
        else:
            units.append(_Unit(blanks, word))
        blanks = word = ""

    for cluster in clusters(paragraph):
        if cluster.isspace():
            close()
            blanks += " "
        elif cell_width(cluster) > 1:
            close()
            word = cluster
            close()
        else:
            word += cluster
    close()
    return _trailing_openers_joined(units)


def _trailing_openers_joined(units: list[_Unit]) -> list[_Unit]:
    """Units of which none but the last ends with an opening bracket, even before a blank."""
    joined: list[_Unit] = []
    for unit in units:
        if joined and joined[-1].text[-1] in OPENING:
            joined[-1].text += unit.blanks + unit.text
        else:
            joined.append(unit)
    return joined


def clusters(text: str) -> Iterator[str]:
    """Characters with the marks of no width that belong to them."""
    cluster = ""
    for character in text:
        joins = cluster and (cell_width(character) == 0 or cluster.endswith(_JOINER))
        if cluster and not joins:
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster
