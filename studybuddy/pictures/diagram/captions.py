"""What is written beside the lines: texts of arrows, glyphs of marks, the legend, plain lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from studybuddy.decks.graph import Graph
from studybuddy.pictures.diagram.grid import BACK, STEPS, Tree
from studybuddy.pictures.diagram.ink import Canvas, Cell, border
from studybuddy.pictures.diagram.spacing import Frame
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

Pair = tuple[str, str]
GLYPHS: dict[str, str] = {
    "right": "✓",
    "missing": "+",
    "extra": "✗",
    "wrong": "✗",
    "reversed": "↺",
    "half": "?",
}
_ROLES: dict[str, Role] = {
    "right": "right",
    "wrong": "wrong",
    "extra": "wrong",
    "missing": "missing",
    "reversed": "reversed",
    "half": "reversed",
}


_LEVEL, _UPRIGHT = frozenset("─┄▶◀"), frozenset("│┆▲▼")
_LINES = frozenset("─┄│┆")


def legend(marks: Mapping[Pair, str], width: int) -> Picture:
    """What the glyphs in the picture mean, those that are used only; none without marks."""
    words = {
        "extra": _("does not belong"),
        "wrong": _("does not belong"),
        "reversed": _("wrong way round"),
        "half": _("no arrowhead"),
        "missing": _("missing"),
    }
    used = [mark for mark in words if mark in marks.values()]
    rows: list[list[Segment]] = [[]]
    filled = 0
    for text, mark in dict.fromkeys(
        (f"{GLYPHS[mark]} {words[mark]}", _ROLES[mark]) for mark in used
    ):
        if rows[-1] and filled + 3 + cell_len(text) > width:
            rows.append([])
            filled = 0
        if rows[-1]:
            rows[-1].append(Segment("   "))
            filled += 3
        rows[-1].append(Segment(text, mark))
        filled += cell_len(text)
    return tuple(tuple(row) for row in rows if row)


def put_glyphs(
    canvas: Canvas, frame: Frame, trees: Sequence[Tree], inked: Sequence[Mapping[Cell, int]]
) -> None:
    """Put the glyph of its mark on each line that is not simply right."""
    uses = Counter(cell for cells in inked for cell in cells)
    for tree, cells in zip(trees, inked, strict=True):
        mark = tree.net.key.rstrip("-")
        if mark not in GLYPHS or mark == "right":
            continue
        for node in tree.net.sources if len(tree.net.sources) > 1 else tree.net.targets:
            run = [cell for cell in _run(node, frame, tree, cells) if uses[cell] == 1]
            plain = [cell for cell in run if canvas.text.get(cell) in _LINES] or run
            beside = [(x + 1, y) for x, y in _ends(node, frame, tree) if canvas.free(x + 1, y, 1)]
            spots = plain[len(plain) // 2 :] or beside
            if spots:
                canvas.put(*spots[0], GLYPHS[mark], _ROLES[mark])


def _run(node: str, frame: Frame, tree: Tree, cells: Mapping[Cell, int]) -> list[Cell]:
    """The cells of a line from a box to where others join it, less an arrowhead at its end."""
    start = next((port for port, name in tree.ends.items() if name == node), None)
    if start is None:
        return []
    x, y = border(frame, node, *start)
    way = start[1]
    run: list[Cell] = []
    for _cell in range(len(cells)):
        x, y = x + STEPS[way][0], y + STEPS[way][1]
        mask = cells.get((x, y))
        if mask is None or (mask.bit_count() != 2 and run):
            break
        run.append((x, y))
        if mask.bit_count() == 2:
            way = next((turn for turn in STEPS if mask & turn and turn != BACK[way]), way)
    heads = [
        (bx + STEPS[side][0], by + STEPS[side][1])
        for (point, side), name in tree.ends.items()
        if tree.net.directed and name in tree.net.targets
        for bx, by in [border(frame, name, point, side)]
    ]
    return [cell for cell in run if cell not in heads]


def put_labels(
    canvas: Canvas,
    frame: Frame,
    graph: Graph,
    trees: Sequence[Tree],
    inked: Sequence[Mapping[Cell, int]],
) -> Picture:
    """Write the texts of arrows where there is room; the others come as rows of their own."""
    rows: list[PictureRow] = []
    for edge in graph.edges:
        if not edge.label:
            continue
        text = " ".join(clean(edge.label).split())
        spot = None
        for tree, cells in zip(trees, inked, strict=True):
            net = tree.net
            if edge.source in net.sources and edge.target in net.targets:
                many = edge.source if len(net.sources) > 1 else edge.target
                if len(net.sources) == 1 or len(net.targets) == 1:
                    spot = _room(canvas, _run(many, frame, tree, cells), text)
                    spot = spot or _room(canvas, _ends(many, frame, tree), text)
                break
        if spot is None:
            name = f"{graph.label(edge.source)} → {graph.label(edge.target)}: {text}"
            rows.append((Segment(name, "dim"),))
        else:
            canvas.put(*spot, text, "dim")
    return tuple(rows)


def _ends(node: str, frame: Frame, tree: Tree) -> list[Cell]:
    """The cell right outside a box where a line of this net begins or ends."""
    return [
        (x + STEPS[way][0], y + STEPS[way][1])
        for (point, way), name in tree.ends.items()
        if name == node
        for x, y in [border(frame, node, point, way)]
    ]


def _room(canvas: Canvas, run: Sequence[Cell], text: str) -> Cell | None:
    """A place for a text: above or below a level stretch, or to the right of an upright one."""
    size = cell_len(text)
    for level in sorted({y for _x, y in run}):
        stretch = sorted(x for x, y in run if y == level and canvas.text.get((x, y)) in _LEVEL)
        if len(stretch) + 1 < size or not stretch:
            continue
        start = stretch[0] + max(0, len(stretch) + 1 - size) // 2
        for y in (level - 1, level + 1):
            if canvas.free(start - 1, y, size + 2):
                return start, y
    for x, y in run:
        if canvas.text.get((x, y)) in _UPRIGHT and canvas.free(x + 1, y, size + 2):
            return x + 2, y
    return None


def listed(graph: Graph, marks: Mapping[Pair, str], width: int) -> Picture:
    """The graph as text: every node with what its arrows lead to, a row each."""
    rows: list[PictureRow] = []
    joined: set[str] = set()
    for edge in graph.edges:
        joined |= set(edge.ends)
        sign = "→" if edge.directed else "─"
        text = f"{graph.label(edge.source)} {sign} {graph.label(edge.target)}"
        if edge.label:
            text += f" : {clean(edge.label)}"
        mark = marks.get(edge.ends, "")
        if mark in GLYPHS:
            text = f"{GLYPHS[mark]} {text}"
        rows += _cut(text, width, _ROLES.get(mark, "plain"))
    for node in graph.nodes:
        if node.id not in joined:
            rows += _cut(node.label, width, "plain")
    return tuple(rows)


def _cut(text: str, width: int, role: Role) -> list[PictureRow]:
    """A text as rows of at most `width` cells."""
    rows: list[PictureRow] = []
    while text:
        size = len(text)
        while cell_len(text[:size]) > width and size > 1:
            size -= 1
        rows.append((Segment(text[:size], role),))
        text = text[size:]
    return rows
