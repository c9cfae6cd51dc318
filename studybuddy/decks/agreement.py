"""What must be the same in every language of a card: all but the words."""

from __future__ import annotations

from collections.abc import Iterator

from studybuddy.decks.graph import Graph
from studybuddy.decks.model import (
    Body,
    Card,
    Choice,
    Cloze,
    Compose,
    Compute,
    Diagram,
    Experiment,
    Order,
    Recall,
    Short,
)


def card_differences(one: Card, other: Card) -> Iterator[str]:
    """The names of what differs between a card's two languages and must not."""
    if one.kind != other.kind:
        yield f"kind ({one.kind}, {other.kind})"
    else:
        yield from _body_differences(one.body, other.body)
    for what, mine, theirs in (
        ("topic", one.topic, other.topic),
        ("page", one.page, other.page),
        ("place in the core exam (.extension)", one.core, other.core),
        ("marks", one.marks, other.marks),
        ("seconds", one.seconds, other.seconds),
        ("covers", one.covers, other.covers),
        ("earlier ids (was)", one.was, other.was),
        ("memory hook (one has none)", bool(one.hint), bool(other.hint)),
    ):
        if mine != theirs:
            yield what


def _body_differences(one: Body, other: Body) -> Iterator[str]:
    match one, other:
        case Recall(), Recall():
            return
        case Cloze(), Cloze():
            if len(one.gaps) != len(other.gaps):
                yield f"gaps ({len(one.gaps)}, {len(other.gaps)})"
        case Choice(), Choice():
            if [each.right for each in one.options] != [each.right for each in other.options]:
                yield "right options"
        case Order(), Order():
            if len(one.steps) != len(other.steps):
                yield f"steps ({len(one.steps)}, {len(other.steps)})"
        case Short(), Short():
            yield from _points(one.points, other.points)
        case Compute(), Compute():
            if one != other:
                yield "generator and parameters"
        case Experiment(), Experiment():
            if one != other:
                yield "experiment"
        case Diagram(), Diagram():
            yield from _diagram_differences(one, other)
        case Compose(), Compose():
            yield from _diagram_differences(one.diagram, other.diagram)
            yield from _points(one.points, other.points)


def _points(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[str]:
    if len(one) != len(other):
        yield f"points ({len(one)}, {len(other)})"


def _diagram_differences(one: Diagram, other: Diagram) -> Iterator[str]:
    for what, mine, theirs in (
        ("drawing", _shape(one.reference), _shape(other.reference)),
        ("variants", _variants(one), _variants(other)),
        ("optional arrows", set(one.optional), set(other.optional)),
        ("named errors", _errors(one), _errors(other)),
        ("arrows with a why", set(one.why), set(other.why)),
        ("nodes with synonyms", set(one.synonyms), set(other.synonyms)),
        ("positions", dict(one.positions), dict(other.positions)),
    ):
        if mine != theirs:
            yield what


def _shape(graph: Graph) -> tuple[frozenset[str], frozenset[tuple[str, str, bool]]]:
    """Node ids and arrows, without labels."""
    edges = frozenset((edge.source, edge.target, edge.directed) for edge in graph.edges)
    return frozenset(node.id for node in graph.nodes), edges


def _variants(diagram: Diagram) -> list[object]:
    return [_shape(variant.graph) for variant in diagram.variants[1:]]


def _errors(diagram: Diagram) -> list[frozenset[tuple[str, str]]]:
    return [frozenset(error.edges) for error in diagram.errors]
