"""A diagram as text: boxes, arrows with real heads, and marks that need no colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len

from studybuddy.decks.graph import Edge, Graph, Node
from studybuddy.pictures.diagram.captions import legend, listed, put_glyphs, put_labels
from studybuddy.pictures.diagram.grid import Grid, Net
from studybuddy.pictures.diagram.ink import Canvas, Style, draw_box, draw_lines
from studybuddy.pictures.diagram.placement import (
    Placement,
    place_across,
    place_given,
    place_upright,
    recurrences,
)
from studybuddy.pictures.diagram.routing import Router
from studybuddy.pictures.diagram.spacing import give_sizes
from studybuddy.pictures.rows import Picture, Role, Segment
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import Language, current_language

EdgeMark = Literal["right", "wrong", "missing", "reversed", "extra", "half", "tip"]
Pair = tuple[str, str]
MAX_BOXES = 60
MAX_LINES = 150
_TALL = 16  # rows; a picture that needs more is turned round if it then needs fewer
_ROLES: dict[str, Role] = {
    "right": "right",
    "wrong": "wrong",
    "extra": "wrong",
    "missing": "missing",
    "reversed": "reversed",
    "half": "reversed",
}


def drawing_picture(
    graph: Graph,
    *,
    width: int,
    height: int | None = None,
    marks: Mapping[Pair, EdgeMark] | None = None,
    positions: Mapping[str, tuple[int, int]] | None = None,
    missing: Sequence[Pair] = (),
) -> Picture:
    """The graph as boxes and arrows, at most `width` cells wide.

    `height` is the number of rows that should do (16 if not said): the layout that keeps to it
    is preferred, and none is cut. `marks` maps drawn arrows (source id, target id) to marks;
    `missing` adds dashed arrows between ids or labels, with dashed boxes where a box is missing
    too. `positions` gives (column, row) by node id. A graph that does not fit the width, or is
    too large to be drawn, comes as a list of arrows. Never raises.
    """
    return _picture(
        graph,
        max(1, width),
        height or _TALL,
        tuple((marks or {}).items()),
        tuple((node, (at[0], at[1])) for node, at in (positions or {}).items()),
        tuple((ends[0], ends[1]) for ends in missing),
        current_language(),
    )


@lru_cache(maxsize=64)
def _picture(
    graph: Graph,
    width: int,
    height: int,
    marks: tuple[tuple[Pair, EdgeMark], ...],
    positions: tuple[tuple[str, tuple[int, int]], ...],
    missing: tuple[Pair, ...],
    _language: Language,  # of the legend; part of the cache's key
) -> Picture:
    whole, every, absent = _with_missing(graph, dict(marks), missing)
    if not whole.nodes:
        return ()
    if len(whole.nodes) <= MAX_BOXES and len(whole.edges) <= MAX_LINES:
        fitting: list[Picture] = []
        meant = _meant(whole, every)
        for placement, pad, likely in _placements(meant, width, height, dict(positions)):
            if fitting and not likely:
                break
            picture = _draw(whole, placement, pad, every, absent) + legend(every, width)
            if _fits(picture, width):
                fitting.append(picture)
                if len(picture) <= height:
                    break
        if fitting:
            return min(fitting, key=len)
    return listed(whole, every, width) + legend(every, width)


def _fits(picture: Picture, width: int) -> bool:
    return all(cell_len("".join(part.text for part in row).rstrip()) <= width for row in picture)


def _with_missing(
    graph: Graph, marks: dict[Pair, EdgeMark], missing: Sequence[Pair]
) -> tuple[Graph, dict[Pair, EdgeMark], frozenset[str]]:
    """The graph with tidy labels, every end of an arrow a node, and what is missing added."""
    labels = {node.id: " ".join(clean(node.label).split()) or "·" for node in graph.nodes}
    for edge in graph.edges:
        for end in edge.ends:
            labels.setdefault(end, clean(end) or "·")
    by_label = {label.casefold(): node for node, label in reversed(labels.items())}
    absent: list[str] = []
    edges = list(graph.edges)
    for pair in missing:
        ends = []
        for end in pair:
            node = (
                end if end in labels else by_label.get(" ".join(clean(end).split()).casefold(), end)
            )
            if node not in labels:
                labels[node] = " ".join(clean(end).split()) or "·"
                absent.append(node)
            ends.append(node)
        edges.append(Edge(ends[0], ends[1]))
        marks[ends[0], ends[1]] = "missing"
    nodes = tuple(Node(node, label) for node, label in labels.items())
    return Graph(nodes, tuple(edges), graph.direction), marks, frozenset(absent)


def _meant(graph: Graph, marks: Mapping[Pair, EdgeMark]) -> Graph:
    """The graph by which boxes are placed: reversed arrows turned, and those that do not
    belong left out where their boxes have others."""
    sure = {end for edge in graph.edges if marks.get(edge.ends) != "extra" for end in edge.ends}
    edges = []
    for edge in graph.edges:
        mark = marks.get(edge.ends)
        if mark == "reversed":
            edges.append(Edge(edge.target, edge.source, edge.label))
        elif mark != "extra" or not sure.issuperset(edge.ends):
            edges.append(edge)
    return Graph(graph.nodes, tuple(edges), graph.direction)


def _placements(
    graph: Graph, width: int, height: int, positions: Mapping[str, tuple[int, int]]
) -> list[tuple[Placement, int, bool]]:
    """Layouts to try in turn, each with the blanks beside a label, and whether it is likely to
    fit both width and height."""
    if positions:
        given = place_given(graph, positions)
        ways = [given]
    else:
        ways = [place_across(graph), place_upright(graph)]
        if recurrences(graph) or graph.direction in ("TB", "BT"):
            ways.reverse()
    tries = []
    for pad in (1, 0):
        for way in ways:
            least = _least_width(graph, way, pad)
            if least <= width:
                tries.append(
                    (way, pad, least + _columns(way) <= width and _tall(way) <= height + 3)
                )
    return sorted(tries, key=lambda each: not each[2])


def _least_width(graph: Graph, placement: Placement, pad: int) -> int:
    """The cells that a layout takes at the very least: its boxes and two between them."""
    columns: dict[int, int] = {}
    for node in graph.nodes:
        column, _row = placement.cells[node.id]
        columns[column] = max(columns.get(column, 0), cell_len(node.label) + 2 + 2 * pad)
    return sum(columns.values()) + 2 * (len(columns) - 1)


def _columns(placement: Placement) -> int:
    return len({column for column, _row in placement.cells.values()})


def _tall(placement: Placement) -> float:
    """About how many rows of text a layout takes."""
    rows = {row for _column, row in placement.cells.values()}
    return 4 * len(rows) if placement.upward or placement.downward else 1.5 * (max(rows) + 2)


def _draw(
    graph: Graph,
    placement: Placement,
    pad: int,
    marks: Mapping[Pair, EdgeMark],
    absent: frozenset[str],
) -> Picture:
    widths = {node.id: max(3, cell_len(node.label) + 2 + 2 * pad) for node in graph.nodes}
    narrow = frozenset(
        column for node, (column, _row) in placement.cells.items() if widths[node] < 5
    )
    grid = Grid(placement, narrow)
    nets, styles = _nets(graph, marks)
    trees = Router(grid).route(nets)
    frame = give_sizes(grid, trees, widths, _wishes(graph, placement))
    canvas = Canvas()
    for node in graph.nodes:
        gone = node.id in absent
        role: Role = "missing" if gone else "box"
        draw_box(canvas, frame.boxes[node.id], node.label, role, gone)
    inked = draw_lines(canvas, frame, trees, styles)
    put_glyphs(canvas, frame, trees, inked)
    untold = put_labels(canvas, frame, graph, trees, inked)
    untold += tuple(
        (Segment(f"{graph.label(edge.source)} ↺ {graph.label(edge.source)}", "arrow"),)
        for edge in graph.edges
        if edge.source == edge.target
    )
    wide = max((x + 1 for x, _y in canvas.text), default=0)
    high = max((y + 1 for _x, y in canvas.text), default=0)
    return canvas.picture(wide, high) + untold


def _wishes(graph: Graph, placement: Placement) -> dict[int, int]:
    """The gap that the text of an arrow between neighbouring columns asks for."""
    wishes: dict[int, int] = {}
    for edge in graph.edges:
        (column, row), (other, other_row) = (placement.cells[end] for end in edge.ends)
        if edge.label and abs(other - column) == 1 and row == other_row:
            left = min(column, other)
            wishes[left] = max(wishes.get(left, 0), min(24, cell_len(edge.label) + 2))
    return wishes


def _nets(graph: Graph, marks: Mapping[Pair, EdgeMark]) -> tuple[list[Net], dict[str, Style]]:
    """Arrows put together where they start alike and end alike: same targets, same mark."""
    fans: dict[tuple[str, str], list[str]] = {}
    for edge in graph.edges:
        mark = marks.get(edge.ends, "plain")
        key = f"{mark}{'' if edge.directed else '-'}"
        targets = fans.setdefault((edge.source, key), [])
        if edge.target != edge.source and edge.target not in targets:
            targets.append(edge.target)
    groups: dict[tuple[frozenset[str], str], list[str]] = {}
    for (source, key), targets in fans.items():
        if targets:
            groups.setdefault((frozenset(targets), key), []).append(source)
    nets: list[Net] = []
    styles: dict[str, Style] = {}
    for (target_set, key), sources in groups.items():
        mark = key.rstrip("-")
        marked = mark not in ("plain", "right")
        styles[key] = Style(_ROLES.get(mark, "arrow"), mark == "missing")
        targets = fans[sources[0], key]
        apart = [source for source in sources if source in target_set]
        together = [source for source in sources if source not in target_set]
        if together:
            nets.append(Net(tuple(together), tuple(targets), not key.endswith("-"), key, marked))
        for source in apart:
            rest = tuple(target for target in targets if target != source)
            if rest:
                nets.append(Net((source,), rest, not key.endswith("-"), key, marked))
    return nets, styles
