"""A beam search as a tree of rows: one a word that stayed, the words that were dropped beside it.

Only where the beam really parts does the tree branch: a word that goes on alone stands under
the word before it, and the number at its left says how many words there are so far.
"""

from __future__ import annotations

from collections.abc import Iterator

from studybuddy.catalogue.figures import Tree, TreeNode
from studybuddy.pictures.lines import NARROWEST, merged, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop

BEST, KEPT, DROPPED = "*", "+", "x"
_BRANCH = 2
_LEAST_WORD = 10


def tree_picture(figure: Tree, width: int) -> Picture:
    """The tree in rows of at most `width` cells, the likeliest word of each step first."""
    width = max(width, NARROWEST)
    children = _children(figure)
    number = len(str(_depth(figure)))
    picture: list[PictureRow] = [*text_rows(figure.title, width, "strong")]
    for depth, branches, node_rows in _walk(figure, children, width - number - 1):
        lead = f"{depth:>{number}} " if depth else " " * (number + 1)
        picture.append(merged([Segment(lead + branches, "dim"), *node_rows]))
    if not figure.nodes:
        picture.append((Segment(_("(no words)"), "dim"),))
    picture.append(())
    for mark, text in (
        (BEST, _("on the way to the sentence that was chosen")),
        (KEPT, _("stayed in the beam")),
        (DROPPED, _("was dropped")),
    ):
        picture += text_rows(f"{mark} {text}", width, "dim")
    text = _("left: how many words; right: log p of all words so far (0 is certain)")
    return (*picture, *text_rows(text, width, "dim"))


def _children(figure: Tree) -> dict[int | None, list[int]]:
    """The nodes below each node, best and likeliest first; a parent that is none counts as no parent."""
    children: dict[int | None, list[int]] = {}
    for i, node in enumerate(figure.nodes):
        below = node.parent is not None and 0 <= node.parent < i
        children.setdefault(node.parent if below else None, []).append(i)
    for nodes in children.values():
        nodes.sort(key=lambda i: (not figure.nodes[i].best, -figure.nodes[i].log_probability))
    return children


def _depth(figure: Tree) -> int:
    depths: list[int] = []
    for i, node in enumerate(figure.nodes):
        below = node.parent is not None and 0 <= node.parent < i
        depths.append(depths[node.parent or 0] + 1 if below else 1)
    return max(depths, default=1)


def _walk(
    figure: Tree, children: dict[int | None, list[int]], width: int
) -> Iterator[tuple[int, str, list[Segment]]]:
    """Each row from the top: its depth (0 where the row before goes on), its branches, its words."""
    waiting: list[tuple[int, list[int], str, str]] = [(1, children.get(None, []), "", "")]
    while waiting:
        depth, nodes, lead, below = waiting.pop()
        kept = [i for i in nodes if figure.nodes[i].kept or figure.nodes[i].best or i in children]
        dropped = [i for i in nodes if i not in kept]
        if lead:  # one branch of several: its own word first
            (own,) = nodes
            yield depth, lead, _word(figure.nodes[own], width - cell_width(lead))
            waiting.append((depth + 1, children.get(own, []), "", below))
            continue
        for at, row in enumerate(_dropped(figure, dropped, width - cell_width(below))):
            yield (0 if at else depth), below, row
        if len(kept) == 1:
            yield depth, below, _word(figure.nodes[kept[0]], width - cell_width(below))
            waiting.append((depth + 1, children.get(kept[0], []), "", below))
            continue
        deeper = cell_width(below) + _BRANCH + _LEAST_WORD <= width
        for place, node in reversed(list(enumerate(kept))):
            last = place == len(kept) - 1
            corner, under = ("└ ", "  ") if last else ("├ ", "│ ")
            if deeper:
                waiting.append((depth, [node], below + corner, below + under))
            else:
                waiting.append((depth, [node], below or " ", below))


def _word(node: TreeNode, width: int) -> list[Segment]:
    role: Role = "gold" if node.best else "plain" if node.kept else "dim"
    mark = BEST if node.best else KEPT if node.kept else DROPPED
    number = f" {node.log_probability:.2f}"
    word = crop(one_line(node.word), max(1, width - 2 - cell_width(number)))
    return [Segment(f"{mark} {word}", role), Segment(crop(number, max(0, width - 3)), "dim")]


def _dropped(figure: Tree, nodes: list[int], width: int) -> list[list[Segment]]:
    """The dropped words of one step, as many on a row as fit."""
    rows: list[list[Segment]] = []
    used = 0
    for node in nodes:
        word = _word(figure.nodes[node], width)
        cells = sum(cell_width(segment.text) for segment in word)
        if rows and used + 2 + cells <= width:
            rows[-1] += [Segment("  "), *word]
            used += 2 + cells
        else:
            rows.append(word)
            used = cells
    return rows
