"""The Markdown blocks of one section: their kind, their lines, and the items of lists.

markdown-it-py reads the block structure only (CommonMark); the text inside a block
stays Markdown source, which the screens render. Link definitions stay text too, so
that a section means the same read alone as within its file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

BlockType = Literal["paragraph", "bullets", "numbers", "fence", "quote", "other"]
_TYPES: dict[str, BlockType] = {
    "paragraph": "paragraph",
    "bullet_list": "bullets",
    "ordered_list": "numbers",
    "fence": "fence",
    "blockquote": "quote",
}
_QUOTE_MARK = re.compile(r" {0,3}> ?")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its text, its line (from 1), and the texts of the items nested in it."""

    text: str
    line: int
    nested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block that stands in no other.

    `line` counts from 1 in the file. `source` is its Markdown; `text` the text
    without the block's own marks (paragraph, fence, quote); `info` the word after
    a fence's opening marks; `items` those of a list.
    """

    type: BlockType
    line: int
    source: str
    text: str = ""
    info: str = ""
    items: tuple[Item, ...] = ()


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark")
    markdown.disable(["inline", "reference"])
    return markdown


def read_blocks(lines: Sequence[str], first_line: int) -> list[Block]:
    """The blocks of these lines, the first of which is line `first_line` of its file."""
    from markdown_it.tree import SyntaxTreeNode

    tokens = _markdown().parse("\n".join(lines))
    return [_block(node, lines, first_line) for node in SyntaxTreeNode(tokens).children]


def _block(node: SyntaxTreeNode, lines: Sequence[str], first_line: int) -> Block:
    start, end = node.map or (0, 0)
    kind = _TYPES.get(node.type, "other")
    own = lines[start:end]
    source = "\n".join(own).strip("\n").rstrip()
    line = start + first_line
    if kind == "paragraph":
        return Block(kind, line, source, text=_paragraph(node))
    if kind == "fence":
        words = node.info.split()
        return Block(kind, line, source, text=node.content, info=words[0] if words else "")
    if kind == "quote":
        return Block(kind, line, source, text="\n".join(_QUOTE_MARK.sub("", o, 1) for o in own))
    if kind in ("bullets", "numbers"):
        return Block(kind, line, source, items=_items(node, first_line))
    return Block(kind, line, source)


def _paragraph(node: SyntaxTreeNode) -> str:
    return node.children[0].content if node.children else ""


def _items(node: SyntaxTreeNode, first_line: int) -> tuple[Item, ...]:
    return tuple(_item(child, first_line) for child in node.children)


def _item(node: SyntaxTreeNode, first_line: int) -> Item:
    texts: list[str] = []
    nested: list[str] = []
    for child in node.children:
        if child.type == "paragraph":
            texts.append(_paragraph(child))
        elif child.type == "fence":
            texts.append(f"{child.markup}{child.info}\n{child.content}{child.markup}")
        elif child.type in ("bullet_list", "ordered_list"):
            nested.extend(item.text for item in _items(child, first_line))
    line = (node.map[0] if node.map else 0) + first_line
    return Item("\n\n".join(texts).strip(), line, tuple(nested))
