"""Which box of the drawing is which node of the reference, and how well the arrows then fit.

Score: the F-measure over directed arrows with labelled ends, 2·right / (required + drawn).
Between two nodes an arrow the right way is 1, a line without an arrowhead 1/2; a reversed arrow
and arrows both ways are 0 and count as drawn. Optional arrows count nowhere. So a right arrow
never lowers the score and a wrong one never raises it. Idea: minimal meaningful units of Thomas,
Smith and Waugh (Open University); boxes that share a name are told apart by the best fit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import comb, perm, prod

from studybuddy.decks.graph import Edge, Graph
from studybuddy.grading.diagrams.labels import Names, label_key

Pair = tuple[str, str]
SEARCH_LIMIT = 1000  # assignments tried in full; beyond it, improvement step by step
_UNKNOWN = "\0"  # begins the name of a box that is no node of the reference


@dataclass(frozen=True, slots=True)
class Unit:
    """One arrow to be judged, and the drawn arrow (learner's ids) that it comes from."""

    source: str
    target: str
    directed: bool
    origin: Pair


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: required and optional arrows, and lines that may run either way."""

    required: frozenset[Pair]
    optional: frozenset[Pair] = frozenset()
    lines: frozenset[Pair] = frozenset()

    @property
    def allowed(self) -> frozenset[Pair]:
        """Every arrow that is right."""
        return self.required | self.optional


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands between two nodes: arrows by direction, and whether a headless line does."""

    arrows: frozenset[Pair]
    line: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """A drawing laid over a reference: `nodes` maps each box to a node (or to a name of its own).

    `halves` counts half marks, `whole` the required plus the drawn arrows; the score is their
    quotient.
    """

    nodes: Mapping[str, str]
    between: Mapping[frozenset[str], Drawn] = field(repr=False)
    halves: int
    whole: int

    @property
    def value(self) -> float:
        """The F-measure, 0 to 1."""
        return self.halves / self.whole if self.whole else 0.0


def target_of(graph: Graph, optional: Iterable[Pair]) -> Target:
    """What a reference asks for, given the arrows that may be left out."""
    free = frozenset(optional)
    lines = {edge.ends for edge in graph.edges if not edge.directed}
    required = frozenset(edge.ends for edge in graph.edges) - free
    return Target(required, free, frozenset(lines | {(b, a) for a, b in lines}))


def is_known(node: str) -> bool:
    """Whether a name in `Fit.nodes` is a node of the reference."""
    return not node.startswith(_UNKNOWN)


def units_of(
    drawing: Graph, choices: Mapping[str, tuple[str, ...]], names: Names, allowed: frozenset[Pair]
) -> tuple[list[Unit], dict[str, tuple[str, ...]]]:
    """The arrows to be judged, and the choices with those of nodes that stand on an arrow.

    A node may be drawn as the text of an arrow: `enc >|c| dec` is enc → c → dec where the
    reference has a node c between the two.
    """
    units: list[Unit] = []
    every = dict(choices)
    for edge in drawing.edges:
        middle = _middle(edge, choices, names, allowed) if edge.label else None
        if middle is None:
            units.append(Unit(edge.source, edge.target, edge.directed, edge.ends))
            continue
        place = next((box for box, nodes in choices.items() if nodes == (middle,)), None)
        if place is None:
            place = f"{_UNKNOWN}on {edge.label}"
            every[place] = (middle,)
        units.append(Unit(edge.source, place, edge.directed, edge.ends))
        units.append(Unit(place, edge.target, edge.directed, edge.ends))
    return units, every


def _middle(
    edge: Edge, choices: Mapping[str, tuple[str, ...]], names: Names, allowed: frozenset[Pair]
) -> str | None:
    for middle in names.read(edge.label).nodes:
        for a, b in product(choices.get(edge.source, ()), choices.get(edge.target, ())):
            forward = (a, middle) in allowed and (middle, b) in allowed
            backward = (b, middle) in allowed and (middle, a) in allowed
            if forward or backward:
                return middle
    return None


def best_fit(
    units: list[Unit],
    choices: Mapping[str, tuple[str, ...]],
    labels: Mapping[str, str],
    target: Target,
) -> Fit:
    """The assignment of boxes to nodes that scores highest.

    Boxes whose labels differ and mean one node are one box drawn twice. Boxes that share a label,
    and boxes whose label fits several nodes, each take a node of their own.
    """
    settled, boxes = _settle(choices, labels)
    taken = set(settled.values())
    domains = [tuple(node for node in choices[box] if node not in taken) for box in boxes]
    counts = Counter(domains)
    size = prod(perm(len(domain) or 1, min(count, len(domain))) for domain, count in counts.items())
    size *= prod(
        comb(count, len(domain)) for domain, count in counts.items() if count > len(domain)
    )
    if size <= SEARCH_LIMIT:
        options = [
            domain if counts[domain] <= len(domain) else (*domain, _UNKNOWN) for domain in domains
        ]
        return max(
            (_judge(units, settled | chosen, target) for chosen in _assignments(boxes, options)),
            key=lambda fit: fit.value,
        )
    return _improve(units, settled, dict(zip(boxes, domains, strict=True)), target)


def _assignments(
    boxes: Sequence[str], options: Sequence[tuple[str, ...]], used: frozenset[str] = frozenset()
) -> Iterator[dict[str, str]]:
    """Every way to give each box a node of its own, or none where a node is lacking."""
    if not boxes:
        yield {}
        return
    free = [node for node in options[0] if node not in used] or [_UNKNOWN]
    for node in free:
        own = node if is_known(node) else _UNKNOWN + boxes[0]
        for rest in _assignments(boxes[1:], options[1:], used | {own}):
            yield {boxes[0]: own, **rest}


def _settle(
    choices: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Boxes that can only be one node (or none), and those that must be searched."""
    sharing: dict[tuple[str, str], list[str]] = defaultdict(list)
    settled: dict[str, str] = {}
    open_boxes: list[str] = []
    for box, nodes in choices.items():
        if not nodes:
            settled[box] = _UNKNOWN + box
        elif len(nodes) > 1:
            open_boxes.append(box)
        else:
            sharing[nodes[0], label_key(labels.get(box, box))].append(box)
    for (node, _label), boxes in sharing.items():
        if len(boxes) == 1:
            settled[boxes[0]] = node
        else:
            open_boxes.extend(boxes)
    return settled, open_boxes


def _improve(
    units: list[Unit],
    settled: dict[str, str],
    domains: Mapping[str, tuple[str, ...]],
    target: Target,
) -> Fit:
    """Hill climbing by moves and swaps, for drawings of very many boxes that look alike."""
    chosen = dict(settled)
    for box, domain in domains.items():
        used = set(chosen.values())
        chosen[box] = next((node for node in domain if node not in used), _UNKNOWN + box)
    best = _judge(units, chosen, target)
    for _round in range(10):
        before = best.value
        for box, domain in domains.items():
            for node in domain:
                trial = dict(best.nodes)
                left = trial[box]
                holder = next((other for other, held in trial.items() if held == node), box)
                if holder == box and left == node:
                    continue
                trial[holder] = left if left in domains[holder] else _UNKNOWN + holder
                trial[box] = node
                fit = _judge(units, trial, target)
                if fit.value > best.value:
                    best = fit
        if best.value == before:
            break
    return best


def _judge(units: list[Unit], nodes: dict[str, str], target: Target) -> Fit:
    arrows: dict[frozenset[str], set[Pair]] = defaultdict(set)
    lines: set[frozenset[str]] = set()
    for unit in units:
        ends = nodes[unit.source], nodes[unit.target]
        pair = frozenset(ends)
        if unit.directed:
            arrows[pair].add(ends)
        else:
            arrows[pair] |= set()
            lines.add(pair)
    halves, drawn = 0, 0
    for pair, each in arrows.items():
        gained, counted = _gain(pair, each, pair in lines, target)
        halves += gained
        drawn += counted
    between = {
        pair: Drawn(frozenset(each), pair in lines and not each) for pair, each in arrows.items()
    }
    return Fit(nodes, between, halves, len(target.required) + drawn)


def _gain(pair: frozenset[str], arrows: set[Pair], line: bool, target: Target) -> tuple[int, int]:
    """Half marks gained and arrows counted as drawn between two nodes."""
    ends = sorted(pair)
    a, b = ends[0], ends[-1]
    both = {(a, b), (b, a)}
    required = both & target.required
    allowed = both & target.allowed
    if both & target.lines:
        return (2, 1) if required else (0, 0)
    if not arrows:
        if required:
            return 1, 1
        return 0, 0 if allowed else 1
    if len(arrows) == 2 and len(allowed) == 1:
        return 0, 1
    wrong = len(arrows - allowed)
    gained = len(arrows & required)
    return 2 * gained, gained + wrong
