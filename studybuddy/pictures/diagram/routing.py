"""Lines between boxes: orthogonal, on a coarse grid of lines that have no sizes yet.

Arrows that say the same of the same nodes (all of x1..x4 to one encoder) form a net and share
one trunk. Each net grows as a tree: from the terminal nearest by, a cheapest path (Dijkstra) to
what is already there, where bends, crossings and awkward sides of a box cost. Nets never run on
one another; they cross at right angles only, and meet only right before a box that both enter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from itertools import count

from studybuddy.pictures.diagram.grid import (
    BACK,
    EAST,
    NORTH,
    SOUTH,
    STEPS,
    WEST,
    Grid,
    Move,
    Net,
    Point,
    Tree,
)

_HORIZONTAL = EAST | WEST
_VERTICAL = NORTH | SOUTH
_BEND, _CROSS, _JOIN, _BESIDE_CENTRE = 5.0, 7.0, 4.0, 2.0


class Router:
    """Routes nets one after the other."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.trees: list[Tree] = []
        self._arms: dict[Point, dict[int, int]] = {}  # point -> directions by net
        self._ports: dict[Move, tuple[str, bool]] = {}  # port -> (node, is a target)
        placement = grid.placement
        flow = NORTH if placement.upward else SOUTH if placement.downward else EAST
        self._out = {flow: 0.0, BACK[flow]: 9.0}
        self._in = {BACK[flow]: 0.0, flow: 9.0}
        if placement.upward:
            self._out |= {EAST: 0.0}
            self._in |= {WEST: 0.0, NORTH: 4.0}

    def route(self, nets: Iterable[Net]) -> list[Tree]:
        """Route the nets: first what is one straight line, then short nets before long ones.

        A terminal that cannot be reached is left out.
        """
        self.trees = [Tree(net) for net in sorted(nets, key=self._span)]
        reached: list[set[str]] = [set() for _tree in self.trees]
        for number, tree in enumerate(self.trees):
            for one, other in self._neighbours(tree.net):
                self._connect(tree, number, one, other)
                reached[number] |= {one, other}
        for number, tree in enumerate(self.trees):
            self._grow(tree, number, reached[number])
        return self.trees

    def _neighbours(self, net: Net) -> list[tuple[str, str]]:
        """Pairs that a straight line joins; of a net without a hub the first one only."""
        cells = self.grid.placement.cells
        taken = set(cells.values())
        found = []
        for one in net.sources:
            for other in net.targets:
                (column, row), (beside, level) = cells[one], cells[other]
                right = row == level and beside == column + 1
                low, high = sorted((row, level))
                upright = column == beside and not any(
                    (column, between) in taken for between in range(low + 1, high)
                )
                if right or upright:
                    found.append((one, other))
        return found if len(net.sources) == 1 or len(net.targets) == 1 else found[:1]

    def _span(self, net: Net) -> tuple[bool, int, int]:
        spots = [self.grid.home[node] for node in net.sources + net.targets]
        width = max(x for x, _y in spots) - min(x for x, _y in spots)
        height = max(y for _x, y in spots) - min(y for _x, y in spots)
        return net.marked, min(1, width) + min(1, height), width + height

    def _grow(self, tree: Tree, number: int, reached: set[str]) -> None:
        net, home = tree.net, self.grid.home

        def distance(one: str, other: str) -> int:
            (a, b), (c, d) = home[one], home[other]
            return abs(a - c) + abs(b - d)

        if not reached:
            first, second = min(
                ((one, other) for one in net.sources for other in net.targets),
                key=lambda pair: distance(*pair),
            )
            self._connect(tree, number, first, second)
            reached |= {first, second}
        near = next(iter(sorted(reached, key=lambda node: node not in net.targets)))
        rest = [node for node in net.sources + net.targets if node not in reached]
        for node in sorted(rest, key=lambda node: distance(node, near)):
            self._connect(tree, number, node, None)

    def _connect(self, tree: Tree, number: int, start: str, goal: str | None) -> None:
        """Join a terminal with another one, or with the tree as it is."""
        starts = self._openings(tree, start)
        goals = self._openings(tree, goal) if goal is not None else self._hub(tree, start)
        if not starts or (goal is not None and not goals):
            return
        path = self._search(tree, number, starts, goals, join=goal is None)
        for point, way in path:
            self._mark(tree, number, point, way)
            self._mark(tree, number, _step(point, way), BACK[way])
        if not path:
            return
        point, way = path[-1]
        for port in (path[0], (_step(point, way), BACK[way])):
            node = self.grid.boxes.get(port[0])
            if node is not None:
                tree.ends[port] = node
                self._ports[port] = node, node in tree.net.targets

    def _hub(self, tree: Tree, start: str) -> dict[Move, float]:
        """Where only one box starts the arrows (or ends them), it may have several ports."""
        net = tree.net
        if len(net.sources) == 1 and start in net.targets:
            return self._openings(tree, net.sources[0])
        if len(net.targets) == 1 and start in net.sources:
            return self._openings(tree, net.targets[0])
        return {}

    def _mark(self, tree: Tree, number: int, point: Point, way: int) -> None:
        tree.arms[point] = tree.arms.get(point, 0) | way
        self._arms.setdefault(point, {})[number] = tree.arms[point]

    def _openings(self, tree: Tree, node: str) -> dict[Move, float]:
        """The ports of a box that this net may use, with what each costs."""
        target = node in tree.net.targets
        prices = self._in if target else self._out
        found = {}
        for port in self.grid.ports(node):
            (x, _y), way = port
            taken = self._ports.get(port)
            if taken is not None and taken != (node, target):
                continue
            cost = prices.get(way, 6.0) + (_JOIN if taken else 0.0)
            if way & _VERTICAL and x != self.grid.home[node][0]:
                cost += _BESIDE_CENTRE
            found[port] = cost
        return found

    def _search(
        self,
        tree: Tree,
        number: int,
        starts: Mapping[Move, float],
        goals: Mapping[Move, float],
        join: bool,
    ) -> list[Move]:
        """The cheapest steps from a port to a goal, or (`join`) to any point of the tree.

        A state is a point and the direction it was reached in. Where another net passes, the way
        goes straight on across it; where another net bends, it may only enter a box they share.
        """
        boxes, wide, high = self.grid.boxes, len(self.grid.column_of), len(self.grid.row_of)
        came: dict[Move, Move | None] = {}
        best: dict[Move, float] = {}
        queue: list[tuple[float, int, Move, Move | None, bool]] = []
        ticket = count()
        gates: dict[Point, list[tuple[int, float]]] = {}  # where to turn into a goal
        shared: set[Point] = set()  # gates of ports that another net uses too
        for port, cost in goals.items():
            gate = _step(*port)
            gates.setdefault(gate, []).append((BACK[port[1]], cost))
            if port in self._ports:
                shared.add(gate)
        # Towards a single box the search is A*: what is left is at least the way to its side.
        near = None if join else self.grid.home[self.grid.boxes[next(iter(goals))[0]]]

        def offer(price: float, state: Move, origin: Move | None, done: bool = False) -> None:
            if done or price < best.get(state, 1e9):
                left = 0.0
                if not done:
                    best[state] = price
                    if near is not None:
                        (x, y), _way = state
                        left = max(0, abs(x - near[0]) - 2) + 1.2 * max(0, abs(y - near[1]) - 1)
                heappush(queue, (price + left, next(ticket), state, origin, done))

        for (point, way), price in starts.items():
            offer(price, (point, way), None)
        while queue:
            _total, _ticket, state, origin, done = heappop(queue)
            if done:
                return _trace(came, origin, state)
            if state in came:
                continue
            came[state] = origin
            price = best[state]
            point, way = state
            # The state of a start is the port itself, whose only move is out of the box.
            inside = point in boxes
            others = [mask for owner, mask in self._arms.get(point, {}).items() if owner != number]
            if inside:
                turns: tuple[int, ...] = (way,)
            else:
                if join and point in tree.arms and not others:
                    return _trace(came, origin, state)
                across = _VERTICAL if way & _HORIZONTAL else _HORIZONTAL
                passing = all(mask == across for mask in others)
                left_port = origin is not None and origin[0] in boxes
                turns = (way,) if others and passing else tuple(STEPS)
                if not passing and not left_port:
                    turns = ()
                for turn, cost in gates.get(point, ()):
                    if turn == BACK[way] or (others and passing and turn != way):
                        continue
                    bend = _BEND if turn != way else 0.0
                    offer(price + cost + bend, (point, turn), state, True)
            for turn in turns:
                dx, dy = STEPS[turn]
                after = point[0] + dx, point[1] + dy
                if after in boxes or not (0 <= after[0] < wide and 0 <= after[1] < high):
                    continue
                if not inside and (turn == BACK[way] or any(mask & turn for mask in others)):
                    continue
                crossed = self._crossed(after, turn, number) if after in self._arms else 0
                if crossed is None and not ((inside and state in self._ports) or after in shared):
                    continue
                new = price + self._length(after, turn)
                new += (_BEND if turn != way else 0.0) + _CROSS * (crossed or 0)
                offer(new, (after, turn), state)
        return []

    def _length(self, point: Point, way: int) -> float:
        """The cost of a step; of equal tracks the one nearer to where arrows start is taken, so
        that the lines of a bundle share their trunk."""
        if way & _VERTICAL:
            return 1.2 + 0.001 * point[0]
        down = self.grid.placement.downward
        return 1.0 + 0.001 * (point[1] if down else len(self.grid.row_of) - point[1])

    def _crossed(self, point: Point, way: int, number: int) -> int | None:
        """How many nets are crossed on reaching a point; None when it is occupied."""
        across = _VERTICAL if way & _HORIZONTAL else _HORIZONTAL
        masks = [mask for owner, mask in self._arms[point].items() if owner != number]
        return len(masks) if all(mask == across for mask in masks) else None


def _step(point: Point, way: int) -> Point:
    dx, dy = STEPS[way]
    return point[0] + dx, point[1] + dy


def _trace(came: Mapping[Move, Move | None], origin: Move | None, last: Move) -> list[Move]:
    """The moves (from a point, in a direction) that lead to `origin`, and then `last`."""
    states: list[Move] = []
    while origin is not None:
        states.append(origin)
        origin = came[origin]
    states.reverse()
    ways = [way for _point, way in states[1:]] + [last[1]]
    return [(point, way) for (point, _arrived), way in zip(states, ways, strict=True)]
