"""Boxes and lines put into cells, each with the role that a screen colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

from studybuddy.pictures.diagram.grid import BACK, EAST, NORTH, SOUTH, STEPS, WEST, Tree
from studybuddy.pictures.diagram.spacing import BOX_HEIGHT, Box, Frame
from studybuddy.pictures.rows import Picture, Role, Segment

_SOLID = {
    NORTH: "│", SOUTH: "│", NORTH | SOUTH: "│", EAST: "─", WEST: "─", EAST | WEST: "─",
    NORTH | EAST: "└", NORTH | WEST: "┘", SOUTH | EAST: "┌", SOUTH | WEST: "┐",
    NORTH | SOUTH | EAST: "├", NORTH | SOUTH | WEST: "┤",
    NORTH | EAST | WEST: "┴", SOUTH | EAST | WEST: "┬", NORTH | SOUTH | EAST | WEST: "┼",
}  # fmt: skip
_DASHED = _SOLID | {
    NORTH: "┆", SOUTH: "┆", NORTH | SOUTH: "┆", EAST: "┄", WEST: "┄", EAST | WEST: "┄",
}  # fmt: skip
_HEADS = {NORTH: "▼", SOUTH: "▲", EAST: "◀", WEST: "▶"}  # by the side of the box it points at
_TEES = {NORTH: "┴", SOUTH: "┬", EAST: "├", WEST: "┤"}
Cell = tuple[int, int]


@dataclass(slots=True)
class Canvas:
    """Characters by cell; the right half of a double-width character is an empty string."""

    text: dict[Cell, str] = field(default_factory=dict)
    role: dict[Cell, Role] = field(default_factory=dict)

    def put(self, x: int, y: int, text: str, role: Role) -> None:
        """Write text from a cell on, as wide as it is."""
        for character in text:
            size = cell_len(character)
            if size == 0:
                if (x - 1, y) in self.text:
                    self.text[x - 1, y] += character
                continue
            self.text[x, y] = character
            self.role[x, y] = role
            if size == 2:
                self.text[x + 1, y] = ""
                self.role[x + 1, y] = role
            x += size

    def free(self, x: int, y: int, width: int) -> bool:
        """Whether a text of this width has room, with a blank or an end on both sides."""
        return x >= 0 and y >= 0 and not any((x + i, y) in self.text for i in range(width))

    def picture(self, width: int, height: int) -> Picture:
        """The rows, each exactly `width` cells."""
        rows = []
        for y in range(height):
            segments: list[Segment] = []
            for x in range(width):
                text = self.text.get((x, y), " ")
                role = self.role.get((x, y), "plain")
                if segments and segments[-1].role == role:
                    segments[-1] = Segment(segments[-1].text + text, role)
                else:
                    segments.append(Segment(text, role))
            rows.append(tuple(segments))
        return tuple(rows)


@dataclass(frozen=True, slots=True)
class Style:
    """How the lines of a net look."""

    role: Role
    dashed: bool = False


def draw_box(canvas: Canvas, box: Box, label: str, role: Role, dashed: bool = False) -> None:
    """A box with its label in the middle."""
    inner = box.width - 2
    line = ("┄" if dashed else "─") * inner
    side = "┆" if dashed else "│"
    canvas.put(box.left, box.top, f"┌{line}┐", role)
    canvas.put(box.left, box.top + BOX_HEIGHT - 1, f"└{line}┘", role)
    spare = max(0, inner - cell_len(label))
    canvas.put(box.left, box.top + 1, side, role)
    canvas.put(box.left + 1, box.top + 1, " " * inner, "plain")
    canvas.put(box.left + 1 + spare // 2, box.top + 1, label, "strong" if role == "box" else role)
    canvas.put(box.left + box.width - 1, box.top + 1, side, role)


def draw_lines(
    canvas: Canvas, frame: Frame, trees: Sequence[Tree], styles: Mapping[str, Style]
) -> list[dict[Cell, int]]:
    """Every net's lines, then arrowheads and the places where lines leave their boxes.

    Returns the cells of each net with the directions they lead in (labels look for room there).
    """
    inked: list[dict[Cell, int]] = []
    taken: dict[Cell, list[tuple[int, int]]] = {}
    for number, tree in enumerate(trees):
        cells = _cells(frame, tree)
        inked.append(cells)
        for cell, mask in cells.items():
            taken.setdefault(cell, []).append((number, mask))
    for cell, entries in taken.items():
        number, mask = entries[0]
        if len(entries) > 1:
            # At a crossing the upright line runs on and the level one passes beneath it.
            upright = [entry for entry in entries if entry[1] == NORTH | SOUTH]
            if len(upright) == 1 and all(
                e[1] == EAST | WEST for e in entries if e is not upright[0]
            ):
                number, mask = upright[0]
            else:
                for _other, more in entries[1:]:
                    mask |= more
        style = styles[trees[number].net.key]
        glyphs = _DASHED if style.dashed else _SOLID
        canvas.put(*cell, glyphs.get(mask, "·"), style.role)
    for tree in trees:
        style = styles[tree.net.key]
        for (point, way), node in tree.ends.items():
            x, y = border(frame, node, point, way)
            dx, dy = STEPS[way]
            if node in tree.net.targets and tree.net.directed:
                canvas.put(x + dx, y + dy, _HEADS[way], style.role)
            else:
                canvas.put(x, y, _TEES[way], canvas.role.get((x, y), "box"))
    return inked


def border(frame: Frame, node: str, point: tuple[int, int], way: int) -> Cell:
    """The border cell of a box at which a line leaves or arrives."""
    box = frame.boxes[node]
    if way == EAST:
        return box.left + box.width - 1, box.top + 1
    if way == WEST:
        return box.left, box.top + 1
    return frame.xs[point[0]], box.top if way == NORTH else box.top + BOX_HEIGHT - 1


def _cells(frame: Frame, tree: Tree) -> dict[Cell, int]:
    """The cells of a net outside its boxes, each with the directions it leads in."""
    cells: dict[Cell, int] = {}
    ports = {
        (point, way): border(frame, node, point, way) for (point, way), node in tree.ends.items()
    }

    def spot(point: tuple[int, int], way: int) -> Cell | None:
        """Where a line leaves a point; None where the point has no cells of its own."""
        x, y = frame.xs[point[0]], frame.ys[point[1]]
        return ports.get((point, way)) or ((x, y) if x >= 0 and y >= 0 else None)

    for point, arms in tree.arms.items():
        for way in (EAST, SOUTH):
            start = spot(point, way)
            if not arms & way or start is None:
                continue
            dx, dy = STEPS[way]
            other = point[0] + dx, point[1] + dy
            while (end := spot(other, BACK[way])) is None:
                other = other[0] + dx, other[1] + dy
            x, y = start
            while x < end[0] or y < end[1]:
                cells[x, y] = cells.get((x, y), 0) | way
                x, y = x + dx, y + dy
                cells[x, y] = cells.get((x, y), 0) | BACK[way]
    for cell in ports.values():
        cells.pop(cell, None)
    return cells
