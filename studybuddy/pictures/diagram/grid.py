"""The coarse grid on which lines are routed: free tracks between the rows and columns of boxes.

Its lines have an order but no sizes; those come when all is routed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from studybuddy.pictures.diagram.placement import Placement

Point = tuple[int, int]  # (index of a vertical line, index of a horizontal line)
NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
Move = tuple[Point, int]  # a point and the direction in which one leaves or reached it
STEPS: dict[int, Point] = {NORTH: (0, -1), EAST: (1, 0), SOUTH: (0, 1), WEST: (-1, 0)}
BACK = {NORTH: SOUTH, SOUTH: NORTH, EAST: WEST, WEST: EAST}
_TRACKS_X, _TRACKS_Y = 3, 2


@dataclass(frozen=True, slots=True)
class Net:
    """Every one of `sources` is joined with every one of `targets`; `key` tells its style."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    directed: bool
    key: str
    marked: bool = False  # routed after the others, which keep the straight ways


@dataclass(slots=True)
class Tree:
    """A routed net: the directions that leave each grid point, and where it touches boxes.

    `ends` maps each port in use (a point inside a box, the direction away from it) to its node.
    """

    net: Net
    arms: dict[Point, int] = field(default_factory=dict)
    ends: dict[Move, str] = field(default_factory=dict)


class Grid:
    """The lines of a placement: three vertical ones through each column of boxes (left port,
    centre, right port), one horizontal one through each row, and free tracks between them."""

    def __init__(self, placement: Placement, narrow: frozenset[int] = frozenset()) -> None:
        """`narrow` lists columns whose boxes have room for a centre port only."""
        self.placement = placement
        columns = sorted({column for column, _row in placement.cells.values()})
        rows = sorted({row for _column, row in placement.cells.values()})
        self.column_of: list[tuple[int, int] | None] = [None] * _TRACKS_X  # (column, port)
        self.centre: dict[int, int] = {}
        for column in columns:
            self.centre[column] = len(self.column_of) + 1
            self.column_of += [(column, -1), (column, 0), (column, 1), *[None] * _TRACKS_X]
        self.row_of: list[int | None] = [None] * _TRACKS_Y
        self.line: dict[int, int] = {}
        for index, row in enumerate(rows):
            if index and row - rows[index - 1] > 1:
                self.row_of += [None] * _TRACKS_Y
            self.line[row] = len(self.row_of)
            self.row_of.append(row)
        self.row_of += [None] * _TRACKS_Y
        self.narrow = narrow
        self.boxes: dict[Point, str] = {}
        self.home: dict[str, Point] = {}
        for node, (column, row) in placement.cells.items():
            x, y = self.centre[column], self.line[row]
            self.home[node] = x, y
            for port in (-1, 0, 1):
                self.boxes[x + port, y] = node

    def ports(self, node: str) -> Iterable[Move]:
        """Every way out of a box: a point inside it and the direction."""
        x, y = self.home[node]
        yield (x + 1, y), EAST
        yield (x - 1, y), WEST
        narrow = self.column_of[x][0] in self.narrow  # type: ignore[index]
        for port in (0,) if narrow else (0, -1, 1):
            yield (x + port, y), NORTH
            yield (x + port, y), SOUTH
