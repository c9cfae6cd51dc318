"""A deck's Markdown as rows of text at a given width, for the app and the command line alike.

Textual's own Markdown widget breaks Latin words inside Chinese lines and shows
whatever a deck holds; here every token becomes plain text in a role, wrapped by
`text.width`. HTML is shown as it is written, links as their text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.text.width import cell_width, crop, pad, wrap

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BULLET = "• "
_LONGEST = 200_000


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def wrap_segments(segments: Sequence[Segment], width: int) -> list[PictureRow]:
    """Segments broken into rows of at most `width` cells; roles stay with their characters.

    The breaking is `text.width.wrap`, which drops white space at a break and nothing
    else, so that each character of a row can be found again in the segments.
    """
    text = "".join(segment.text for segment in segments)
    roles = [segment.role for segment in segments for _ in segment.text]
    rows: list[PictureRow] = []
    at = 0
    for line in wrap(text, max(2, width)):
        row: list[Segment] = []
        for character in line:
            while at < len(text) and text[at] != character:
                at += 1
            role: Role = roles[at] if at < len(roles) else "plain"
            at += 1
            if row and row[-1].role == role:
                row[-1] = Segment(row[-1].text + character, role)
            else:
                row.append(Segment(character, role))
        rows.append(tuple(row))
    return rows or [()]


def _inline(token: Token) -> list[Segment]:
    segments: list[Segment] = []
    roles: list[Role] = ["plain"]
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            joined = segments[-1].text[-1:] if segments and segments[-1].text else ""
            blank = "\n" if child.type == "hardbreak" else "" if _is_wide(joined) else " "
            segments.append(Segment(blank, "plain"))
        elif child.type == "code_inline":
            segments.append(Segment(child.content, "code"))
        elif child.type == "strong_open":
            roles.append("strong")
        elif child.type == "em_open":
            roles.append("emphasis")
        elif child.type in ("strong_close", "em_close"):
            roles.pop()
        elif child.content:
            segments.append(Segment(child.content, roles[-1]))
    return [segment for segment in segments if segment.text]


def _is_wide(character: str) -> bool:
    return bool(character) and cell_width(character) == 2


def _indented(rows: Sequence[PictureRow], first: Segment, rest: Segment) -> list[PictureRow]:
    return [((first if i == 0 else rest), *row) for i, row in enumerate(rows)]


def _table(tokens: Sequence[Token], width: int) -> list[PictureRow]:
    """Columns of equal gaps; the widest column is cut where the table is wider than the screen."""
    lines: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            lines.append([])
        elif token.type == "inline" and lines:
            lines[-1].append("".join(segment.text for segment in _inline(token)))
    if not lines:
        return []
    count = max(len(line) for line in lines)
    for line in lines:
        line.extend([""] * (count - len(line)))
    widths = [max(cell_width(line[i]) for line in lines) for i in range(count)]
    while sum(widths) + 2 * (count - 1) > width and max(widths) > 4:
        widths[widths.index(max(widths))] -= 1
    rows: list[PictureRow] = []
    for number, line in enumerate(lines):
        cells = [wrap(text, max(2, room)) or [""] for text, room in zip(line, widths, strict=True)]
        for height in range(max(len(cell) for cell in cells)):
            parts = [
                pad(crop(cell[height], room) if height < len(cell) else "", room)
                for cell, room in zip(cells, widths, strict=True)
            ]
            rows.append((Segment("  ".join(parts), "strong" if number == 0 else "plain"),))
        if number == 0:
            rows.append((Segment("  ".join("─" * room for room in widths), "dim"),))
    return rows


def _closing(tokens: Sequence[Token], start: int) -> int:
    """The index of the token that closes the block opened at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _blocks(tokens: Sequence[Token], width: int, tight: bool = False) -> list[PictureRow]:
    rows: list[PictureRow] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = _closing(tokens, index) if token.nesting == 1 else index
        inner = tokens[index + 1 : end]
        block = _block(token, inner, width)
        if block:
            if rows and not tight:
                rows.append(())
            rows.extend(block)
        index = end + 1
    return rows


def _block(token: Token, inner: Sequence[Token], width: int) -> list[PictureRow]:
    match token.type:
        case "paragraph_open":
            return wrap_segments(_inline(inner[0]), width) if inner else []
        case "heading_open":
            text = "".join(segment.text for segment in _inline(inner[0])) if inner else ""
            return wrap_segments([Segment(text, "heading")], width)
        case "fence" | "code_block":
            return [
                (Segment("  "), Segment(crop(line, max(2, width - 2)), "code"))
                for line in token.content.rstrip("\n").split("\n")
            ]
        case "blockquote_open":
            return _indented(
                _blocks(inner, width - 2), Segment("│ ", "quote"), Segment("│ ", "quote")
            )
        case "bullet_list_open" | "ordered_list_open":
            return _list(token, inner, width)
        case "table_open":
            return _table(inner, width)
        case "hr":
            return [(Segment("─" * min(width, 24), "dim"),)]
        case _ if token.content:
            return wrap_segments([Segment(token.content)], width)
        case _:
            return []


def _list(token: Token, inner: Sequence[Token], width: int) -> list[PictureRow]:
    rows: list[PictureRow] = []
    number = int(token.attrGet("start") or 1)
    index = 0
    while index < len(inner):
        end = _closing(inner, index)
        mark = _BULLET if token.type == "bullet_list_open" else f"{number}. "
        room = cell_width(mark)
        item = _blocks(inner[index + 1 : end], width - room, tight=True)
        rows.extend(_indented(item or [()], Segment(mark, "dim"), Segment(" " * room)))
        number += 1
        index = end + 1
    return rows


def prose_picture(markdown: str, width: int) -> Picture:
    """The Markdown as a picture at most `width` cells wide."""
    tokens = _parser().parse(markdown[:_LONGEST])
    return tuple(_fitted(row, width) for row in _blocks(tokens, max(4, width)))


def _fitted(row: PictureRow, width: int) -> PictureRow:
    """The row, cut where deep nesting left no room for its text."""
    if sum(cell_width(segment.text) for segment in row) <= width:
        return row
    kept: list[Segment] = []
    left = width
    for segment in row:
        text = crop(segment.text, left)
        kept.append(Segment(text, segment.role))
        left -= cell_width(text)
        if left <= 0:
            break
    return tuple(kept)
