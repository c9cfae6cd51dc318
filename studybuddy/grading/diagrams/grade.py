"""A drawing against a diagram card: score, marked arrows and sentences that say why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from studybuddy.decks.graph import Graph
from studybuddy.decks.model import Diagram, Variant
from studybuddy.grading.diagrams.labels import Names
from studybuddy.grading.diagrams.matching import (
    Fit,
    Pair,
    Target,
    Unit,
    best_fit,
    is_known,
    target_of,
    units_of,
)
from studybuddy.grading.diagrams.reasons import explain
from studybuddy.grading.grades import grade_from_score
from studybuddy.grading.verdict import Mark, Verdict

_WORST_FIRST: tuple[Mark, ...] = ("extra", "wrong", "reversed", "half", "right")


@dataclass(frozen=True, slots=True)
class MarkedEdge:
    """One arrow with its mark, in the ids of the drawing.

    Marks: right, half (no arrowhead), reversed, wrong (the right arrow beside its reverse),
    extra. Optional arrows are right. A missing arrow (mark `missing`) bears labels to show.
    """

    source: str
    target: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class DrawingVerdict:
    """What grading says of a drawing.

    `variant` names the accepted drawing that fits best and `graph` is it; `edges` marks every
    drawn arrow, then the missing ones; `understood` maps each box that was recognised to the node
    id it was read as (`graph.label` shows it) and `guessed` lists those whose spelling was mended.
    """

    verdict: Verdict
    variant: str
    graph: Graph
    edges: tuple[MarkedEdge, ...]
    understood: Mapping[str, str] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Trial:
    variant: Variant
    target: Target
    fit: Fit
    units: list[Unit]
    guessed: tuple[str, ...]


def grade_drawing(
    diagram: Diagram, drawing: Graph, overrides: Mapping[str, str] | None = None
) -> DrawingVerdict:
    """Grade a drawing against the accepted variant that it fits best (the first of equals).

    `overrides` maps a box's id to the node id that the learner says it stands for ("I meant…").
    """
    trials = [_try(diagram, variant, drawing, overrides or {}) for variant in diagram.variants]
    reference = trials[0].target.allowed
    best = max(
        (trial for trial in trials if trial is trials[0] or _is_meant(trial, reference)),
        key=lambda trial: trial.fit.value,
    )
    marks = _marks(best)
    nodes = best.fit.nodes
    words = {node.id: node.label for node in drawing.nodes}
    shown = {node: words[box] for box, node in nodes.items() if is_known(node) and box in words}
    missing = [ends for ends in _in_order(best) if frozenset(ends) not in best.fit.between]
    score = 1000 * best.fit.halves // best.fit.whole if best.fit.whole else 0
    right = sum(
        ends in best.target.required
        for drawn in best.fit.between.values()
        for ends in drawn.arrows
        if len(drawn.arrows) == 1 or drawn.arrows <= best.target.allowed
    )
    verdict = Verdict(
        score,
        grade_from_score(score),
        explain(diagram, best.variant, drawing, nodes, marks, missing, shown, best.guessed),
        right,
        len(best.target.required),
    )
    label = best.variant.graph.label
    edges = [MarkedEdge(source, target, mark) for (source, target), mark in marks.items()]
    edges += [
        MarkedEdge(shown.get(a, label(a)), shown.get(b, label(b)), "missing") for a, b in missing
    ]
    understood = {box: node for box, node in nodes.items() if is_known(node) and box in words}
    return DrawingVerdict(
        verdict, best.variant.name, best.variant.graph, tuple(edges), understood, best.guessed
    )


def _is_meant(trial: _Trial, reference: frozenset[Pair]) -> bool:
    """Whether a drawing may be of this variant: it has an arrow that only the variant has, where
    there are such. Else two arrows would be most of a coarse variant, and little of the reference.
    """
    own = trial.target.allowed - reference
    between = trial.fit.between
    return not own or any(
        ends in each.arrows or each.line
        for ends in own
        if (each := between.get(frozenset(ends))) is not None
    )


def _in_order(trial: _Trial) -> list[Pair]:
    ends = dict.fromkeys(edge.ends for edge in trial.variant.graph.edges)
    return [each for each in ends if each in trial.target.required]


def _try(
    diagram: Diagram, variant: Variant, drawing: Graph, overrides: Mapping[str, str]
) -> _Trial:
    named = [end for ends in diagram.optional for end in ends]
    named += [end for error in diagram.errors for ends in error.edges for end in ends]
    names = Names(variant.graph, diagram.synonyms, named)
    known = {node.id for node in variant.graph.nodes} | set(named)
    choices: dict[str, tuple[str, ...]] = {}
    guessed: list[str] = []
    for node in drawing.nodes:
        reading = names.read(node.label)
        choices[node.id] = reading.nodes
        if reading.guessed:
            guessed.append(node.id)
        if overrides.get(node.id) in known:
            choices[node.id] = (overrides[node.id],)
    for edge in drawing.edges:
        for end in edge.ends:
            choices.setdefault(end, names.read(end).nodes)
    target = target_of(variant.graph, diagram.optional)
    units, every = units_of(drawing, choices, names, target.allowed | target.lines)
    labels = {node.id: node.label for node in drawing.nodes}
    fit = best_fit(units, every, labels, target)
    return _Trial(variant, target, fit, units, tuple(guessed))


def _marks(trial: _Trial) -> dict[Pair, Mark]:
    """The mark of each drawn arrow, in drawing order; the worst of its parts where it has two."""
    marks: dict[Pair, Mark] = {}
    for unit in trial.units:
        mark = _mark(trial, unit)
        earlier = marks.get(unit.origin, mark)
        marks[unit.origin] = min(mark, earlier, key=_WORST_FIRST.index)
    return marks


def _mark(trial: _Trial, unit: Unit) -> Mark:
    nodes, target = trial.fit.nodes, trial.target
    ends = nodes[unit.source], nodes[unit.target]
    back = ends[1], ends[0]
    drawn = trial.fit.between[frozenset(ends)]
    right, turned = ends in target.allowed, back in target.allowed
    if ends in target.lines or (not unit.directed and drawn.arrows & target.allowed):
        return "right"
    if not (right or turned):
        return "extra"
    if not unit.directed:
        return "half" if drawn.line else "reversed"
    if not right:
        return "reversed"
    return "wrong" if back in drawn.arrows and not turned and ends != back else "right"


def grade_paper(diagram: Diagram, ticks: Sequence[bool]) -> DrawingVerdict:
    """Grade a drawing made on paper by the learner's own ticks.

    `ticks` runs along `diagram.reference.edges`; the score is the share of required arrows that
    are ticked. Optional arrows count nowhere; a tick that is not there is no tick.
    """
    variant = diagram.variants[0]
    target = target_of(variant.graph, diagram.optional)
    ticked = {edge.ends for edge, tick in zip(variant.graph.edges, ticks, strict=False) if tick}
    required = list(
        dict.fromkeys(edge.ends for edge in variant.graph.edges if edge.ends in target.required)
    )
    missing = [ends for ends in required if ends not in ticked]
    right = len(required) - len(missing)
    score = 1000 * right // len(required) if required else 0
    marks: dict[Pair, Mark] = {ends: "right" for ends in required if ends in ticked}
    nodes = {node.id: node.id for node in variant.graph.nodes}
    reasons = explain(diagram, variant, variant.graph, nodes, marks, missing, {}, ())
    label = variant.graph.label
    edges = [MarkedEdge(a, b, mark) for (a, b), mark in marks.items()]
    edges += [MarkedEdge(label(a), label(b), "missing") for a, b in missing]
    verdict = Verdict(score, grade_from_score(score), reasons, right, len(required))
    return DrawingVerdict(verdict, variant.name, variant.graph, tuple(edges), nodes)
