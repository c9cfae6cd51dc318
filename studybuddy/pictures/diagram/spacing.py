"""Sizes: how many cells apart the lines of a routed grid stand, so that nothing touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from studybuddy.pictures.diagram.grid import EAST, NORTH, SOUTH, WEST, Grid, Point, Tree

BOX_HEIGHT = 3
_ARROW = 2  # a piece of line and the arrowhead


@dataclass(frozen=True, slots=True)
class Box:
    """The cells of a box: left and top corner, and the width with both borders."""

    left: int
    top: int
    width: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The cell of every grid line that is in use (-1 where it is not), and every box."""

    xs: Sequence[int]
    ys: Sequence[int]
    boxes: Mapping[str, Box]
    width: int
    height: int


def give_sizes(
    grid: Grid, trees: Sequence[Tree], widths: Mapping[str, int], wishes: Mapping[int, int]
) -> Frame:
    """Put every line in its place. `widths` are box widths in cells; `wishes` maps a column to
    the least gap that a label asks for on its right."""
    heads = _heads(trees)
    xs = _columns(grid, trees, widths, wishes, heads)
    ys = _rows(grid, trees, heads)
    boxes = {}
    for node, (x, y) in grid.home.items():
        boxes[node] = Box(xs[x] - widths[node] // 2, ys[y] - 1, widths[node])
    right = max([box.left + box.width for box in boxes.values()] + [x + 1 for x in xs], default=0)
    low = max([box.top + BOX_HEIGHT for box in boxes.values()] + [y + 1 for y in ys], default=0)
    return Frame(xs, ys, boxes, right, low)


def _heads(trees: Sequence[Tree]) -> set[tuple[str, int]]:
    """(node, side) for every side of a box at which an arrowhead points."""
    return {
        (node, way)
        for tree in trees
        if tree.net.directed
        for (_point, way), node in tree.ends.items()
        if node in tree.net.targets
    }


def _columns(
    grid: Grid,
    trees: Sequence[Tree],
    widths: Mapping[str, int],
    wishes: Mapping[int, int],
    heads: set[tuple[str, int]],
) -> list[int]:
    upright = {
        point[0] for tree in trees for point, arms in tree.arms.items() if arms & (NORTH | SOUTH)
    }
    level = {
        point[0] for tree in trees for point, arms in tree.arms.items() if arms & (EAST | WEST)
    }
    nodes_of: dict[int, list[str]] = {}
    for node, (column, _row) in grid.placement.cells.items():
        nodes_of.setdefault(column, []).append(node)

    def boxes_in(column: int | None) -> list[str]:
        return [] if column is None else nodes_of[column]

    xs = [-1] * len(grid.column_of)
    columns = sorted(nodes_of)
    at = 0
    for number in range(len(columns) + 1):
        before = columns[number - 1] if number else None
        after = columns[number] if number < len(columns) else None
        tracks = _between(grid, before, after)
        used = [track for track in tracks if track in upright]
        into_left = any((node, EAST) in heads for node in boxes_in(before))
        into_right = any((node, WEST) in heads for node in boxes_in(after))
        left = 0 if before is None else _ARROW if into_left else 1
        right = 0 if after is None else _ARROW if into_right else 1
        if used:
            gap = left + right + 2 * len(used) - 1
        elif before is None or after is None:
            gap = 0
        else:
            gap = 3 if any(track in level for track in tracks) else 2
        if before is not None:
            gap = max(gap, wishes.get(before, 0)) if after is not None else gap
        slack = gap - (left + right + 2 * len(used) - 1) if used else 0
        for place, track in enumerate(used):
            xs[track] = at + left + slack // 2 + 2 * place
        at += gap
        if after is not None:
            widest = max(widths[node] for node in nodes_of[after])
            centre = grid.centre[after]
            xs[centre] = at + widest // 2
            narrowest = min(widths[node] for node in nodes_of[after])
            xs[centre - 1] = xs[centre] - min(2, narrowest // 2 - 1)
            xs[centre + 1] = xs[centre] + min(2, (narrowest - 1) // 2 - 1)
            at += widest
    return xs


def _between(grid: Grid, before: int | None, after: int | None) -> range:
    start = 0 if before is None else grid.centre[before] + 2
    stop = len(grid.column_of) if after is None else grid.centre[after] - 1
    return range(start, stop)


def _rows(grid: Grid, trees: Sequence[Tree], heads: set[tuple[str, int]]) -> list[int]:
    """Row of each horizontal line: in the middle between as high and as low as it may be."""
    level = {
        point[1] for tree in trees for point, arms in tree.arms.items() if arms & (EAST | WEST)
    }
    used = [y for y, row in enumerate(grid.row_of) if row is not None or y in level]
    least = _distances(grid, trees, heads, used)
    high = dict.fromkeys(used, 0)
    for place, y in enumerate(used):
        first = 1 if any(each[1] == y for each in grid.home.values()) else 0
        high[y] = max([first] + [high[a] + least[a, y] for a in used[:place] if (a, y) in least])
    bottom = max((high[y] + (1 if grid.row_of[y] is not None else 0) for y in used), default=0)
    low: dict[int, int] = {}
    for place in reversed(range(len(used))):
        y = used[place]
        last = bottom - (1 if grid.row_of[y] is not None else 0)
        low[y] = min([last] + [low[b] - least[y, b] for b in used[place + 1 :] if (y, b) in least])
    return [(high[y] + low[y]) // 2 if y in high else -1 for y in range(len(grid.row_of))]


def _distances(
    grid: Grid, trees: Sequence[Tree], heads: set[tuple[str, int]], used: Sequence[int]
) -> dict[tuple[int, int], int]:
    """The least distance of pairs of horizontal lines, from what stands in each column."""
    least = dict.fromkeys(pairwise(used), 1)
    wires: dict[Point, int] = {}
    for tree in trees:
        for point, arms in tree.arms.items():
            wires[point] = wires.get(point, 0) | arms
    lines = [index for index, column in enumerate(grid.column_of) if column is not None]
    by_column: dict[int, list[int]] = {}
    for index in lines:
        by_column.setdefault(grid.column_of[index][0], []).append(index)  # type: ignore[index]
    for column, ports in by_column.items():
        centre = grid.centre[column]
        above: tuple[int, str | None] | None = None
        for y in used:
            box = grid.boxes.get((centre, y))
            if box is None and not any(wires.get((x, y), 0) & (EAST | WEST) for x in ports):
                continue
            if above is not None:
                upper, other = above
                gap = 1
                if box is not None and other is not None:
                    joined = any(wires.get((x, upper), 0) & SOUTH for x in ports) or any(
                        wires.get((x, y), 0) & NORTH for x in ports
                    )
                    gap = BOX_HEIGHT + (1 if joined else 0)
                elif box is not None:
                    gap = 3 if (box, NORTH) in heads else 2
                elif other is not None:
                    gap = 3 if (other, SOUTH) in heads else 2
                least[upper, y] = max(gap, least.get((upper, y), 1))
            above = y, box
    return least
