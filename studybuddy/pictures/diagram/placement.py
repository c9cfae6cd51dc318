"""Where each box stands on a grid, before anything has a size.

Layers by longest path, order within a layer by barycentre sweeps (Sugiyama, Tagawa and Toda
1981). A recurrence such as h1 → h2 → h3 is kept in one straight row, as textbooks unroll it;
recurrences that follow each other (encoder, then decoder) share the row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studybuddy.decks.graph import Graph

Pair = tuple[str, str]
_INDEXED = re.compile(r"(.*?\D)[_({]*(\d{1,4})[)}]?")
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Placement:
    """`cells` maps a node to (column, half row): two boxes of a column are 2 or more apart.

    `upward` tells that arrows mainly run from the bottom to the top (an unrolled recurrence),
    `downward` that they run from top to bottom; neither: from left to right.
    """

    cells: Mapping[str, tuple[int, int]]
    upward: bool = False
    downward: bool = False


def recurrences(graph: Graph) -> list[list[str]]:
    """Chains of nodes that bear one name with rising numbers and follow each other by arrows.

    Chains that are joined end to start, directly or over a single node, come as one.
    """
    index = {}
    for node in graph.nodes:
        text = unicodedata.normalize("NFKC", node.label).casefold()
        if match := _INDEXED.fullmatch(text):
            index[node.id] = match[1], int(match[2])
    after: dict[str, str] = {}
    for edge in graph.edges:
        one, other = index.get(edge.source), index.get(edge.target)
        if one and other and one[0] == other[0] and other[1] == one[1] + 1:
            after.setdefault(edge.source, edge.target)
    followers = set(after.values())
    chains = []
    for node in graph.nodes:
        if node.id in after and node.id not in followers:
            chain = [node.id]
            while chain[-1] in after and after[chain[-1]] not in chain:
                chain.append(after[chain[-1]])
            chains.append(chain)
    return _joined(graph, chains)


def _joined(graph: Graph, chains: list[list[str]]) -> list[list[str]]:
    targets: dict[str, list[str]] = {}
    for edge in graph.edges:
        targets.setdefault(edge.source, []).append(edge.target)
    inside = {node for chain in chains for node in chain}
    merged = True
    while merged:
        merged = False
        for chain in chains:
            for step in targets.get(chain[-1], []):
                over = [step] if step not in inside else []
                first = targets.get(step, []) if over else [step]
                other = next((each for each in chains if each[0] in first and each != chain), None)
                if other is not None:
                    chain += over + other
                    inside |= set(over)
                    chains.remove(other)
                    merged = True
                    break
            if merged:
                break
    return chains


def place_across(graph: Graph) -> Placement:
    """Layers as columns, from left to right; recurrences stand upright within a column."""
    layers, order = _layers(graph, recurrences(graph))
    rows = _align(graph, layers, order)
    return Placement({node: (layers[node], rows[node]) for node in layers})


def place_upright(graph: Graph) -> Placement:
    """Layers as rows: upward when a recurrence lies in one of them, else from top to bottom."""
    spines = recurrences(graph)
    layers, order = _layers(graph, spines)
    columns = _align(graph, layers, order)
    step = sorted(set(columns.values()))
    rank = {value: number for number, value in enumerate(step)}
    top = max(layers.values(), default=0)
    upward = bool(spines)
    return Placement(
        {
            node: (rank[columns[node]], 2 * (top - layers[node] if upward else layers[node]))
            for node in layers
        },
        upward=upward,
        downward=not upward,
    )


def place_given(graph: Graph, positions: Mapping[str, tuple[int, int]]) -> Placement:
    """The author's grid, with what it does not mention in further columns to the right."""
    cells: dict[str, tuple[int, int]] = {}
    used: set[tuple[int, int]] = set()
    for node in graph.nodes:
        if node.id in positions:
            column, row = positions[node.id]
            while (column, 2 * row) in used:
                row += 1
            used.add((column, 2 * row))
            cells[node.id] = column, 2 * row
    edge_column = max((column for column, _row in used), default=-1)
    rest = [node for node in graph.nodes if node.id not in cells]
    names = {node.id for node in rest}
    inner = Graph(
        tuple(rest),
        tuple(edge for edge in graph.edges if edge.source in names and edge.target in names),
    )
    for name, (column, row) in place_across(inner).cells.items():
        cells[name] = edge_column + 1 + column, row
    return Placement(cells)


def _layers(
    graph: Graph, spines: Sequence[Sequence[str]]
) -> tuple[dict[str, int], list[list[str]]]:
    """The layer of each node, and the spines; a spine counts as a single node."""
    head = {node: spine[0] for spine in spines for node in spine}
    names = [node.id for node in graph.nodes]
    units = list(dict.fromkeys(head.get(name, name) for name in names))
    targets: dict[str, list[str]] = {unit: [] for unit in units}
    for edge in graph.edges:
        one, other = head.get(edge.source, edge.source), head.get(edge.target, edge.target)
        if one != other and one in targets and other in targets and other not in targets[one]:
            targets[one].append(other)
    forward = _without_cycles(units, targets)
    sources: dict[str, list[str]] = {unit: [] for unit in units}
    for unit, others in forward.items():
        for other in others:
            sources[other].append(unit)
    layer: dict[str, int] = {}
    waiting = {unit: len(sources[unit]) for unit in units}
    ready = [unit for unit in units if not waiting[unit]]
    for unit in ready:
        layer[unit] = max((layer[each] + 1 for each in sources[unit]), default=0)
        for other in forward[unit]:
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    for unit in reversed(ready):  # an input stands right before what it enters
        if not sources[unit] and forward[unit]:
            layer[unit] = min(layer[other] for other in forward[unit]) - 1
    return {name: layer[head.get(name, name)] for name in names}, [list(each) for each in spines]


def _without_cycles(units: list[str], targets: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The arrows less those that close a cycle, found by depth-first search from the sources."""
    entered = {other for others in targets.values() for other in others}
    forward: dict[str, list[str]] = {unit: [] for unit in units}
    state: dict[str, int] = {}
    for root in sorted(units, key=lambda unit: unit in entered):
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(targets[root]))]
        while stack:
            unit, rest = stack[-1]
            other = next(rest, None)
            if other is None:
                state[unit] = 2
                stack.pop()
            elif state.get(other) != 1:
                forward[unit].append(other)
                if other not in state:
                    state[other] = 1
                    stack.append((other, iter(targets[other])))
    return forward


def _align(graph: Graph, layers: Mapping[str, int], spines: list[list[str]]) -> dict[str, int]:
    """Where each node stands within its layer, in half steps, near the nodes it is joined with."""
    beside: dict[str, list[str]] = {node: [] for node in layers}
    for edge in graph.edges:
        if edge.source in layers and edge.target in layers and edge.source != edge.target:
            beside[edge.source].append(edge.target)
            beside[edge.target].append(edge.source)
    fixed = {node for spine in spines for node in spine}
    # A node on a through road stays in line with the road; its inputs and outputs adapt.
    for node, others in beside.items():
        road = [other for other in others if len(set(beside[other])) > 1]
        beside[node] = road or others
    if fixed:  # what leaves a recurrence stands at its step, what enters it at its first step
        before: dict[str, list[str]] = {}
        after: dict[str, list[str]] = {}
        for edge in graph.edges:
            before.setdefault(edge.target, []).append(edge.source)
            after.setdefault(edge.source, []).append(edge.target)
        for node in beside:
            left = [other for other in before.get(node, []) if other in fixed]
            right = [other for other in after.get(node, []) if other in fixed]
            if node not in fixed and (left or right):
                beside[node] = left[-1:] or right[:1]
    rows: dict[int, list[str]] = {}
    for spine in spines:
        for node in spine:
            rows.setdefault(layers[node], []).append(node)
    for node in layers:
        if node not in fixed:
            rows.setdefault(layers[node], []).append(node)
    at: dict[str, float] = {}
    widest = max((len(row) for row in rows.values()), default=0)
    for row in rows.values():
        for number, node in enumerate(row):
            at[node] = 2.0 * number + (0 if fixed else widest - len(row))
    numbers = sorted(rows)
    for sweep in range(_SWEEPS):
        for number in numbers if sweep % 2 == 0 else reversed(numbers):
            row = rows[number]
            wanted = {}
            for node in row:
                near = [at[other] for other in beside[node] if layers[other] != number]
                if sweep < _SWEEPS - 2 and node not in fixed:
                    one_side = [
                        at[other]
                        for other in beside[node]
                        if (layers[other] < number) == (sweep % 2 == 0) and layers[other] != number
                    ]
                    near = one_side or near
                wanted[node] = at[node] if node in fixed or not near else sum(near) / len(near)
            if not any(node in fixed for node in row):
                row.sort(key=lambda node: wanted[node])
            else:
                row.sort(key=lambda node: (wanted[node], node not in fixed))
            _spread(row, wanted, at, fixed)
    least = min(at.values(), default=0)
    return {node: round(value - least) for node, value in at.items()}


def _spread(
    row: Sequence[str], wanted: Mapping[str, float], at: dict[str, float], fixed: set[str]
) -> None:
    """Give each node the place it wants, two steps from its neighbours, in the given order."""
    blocks: list[tuple[list[str], float]] = []  # nodes packed together, and where the first stands
    for node in row:
        blocks.append(([node], wanted[node]))
        while len(blocks) > 1 and blocks[-2][1] + 2 * len(blocks[-2][0]) > blocks[-1][1]:
            nodes, _start = blocks.pop()
            nodes = blocks.pop()[0] + nodes
            held = next((i for i, each in enumerate(nodes) if each in fixed), None)
            if held is None:
                start = sum(wanted[each] - 2 * i for i, each in enumerate(nodes)) / len(nodes)
            else:
                start = wanted[nodes[held]] - 2 * held
            blocks.append((nodes, start))
    for nodes, start in blocks:
        for number, node in enumerate(nodes):
            at[node] = round(start) + 2.0 * number
