"""What to say of a drawing: one sentence a fault, the most telling first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from studybuddy.decks.graph import Graph
from studybuddy.decks.model import Diagram, Variant
from studybuddy.grading.diagrams.labels import label_key
from studybuddy.grading.diagrams.matching import Pair, is_known
from studybuddy.grading.verdict import Mark, Reason
from studybuddy.text.translation import _, ngettext


def explain(
    diagram: Diagram,
    variant: Variant,
    drawing: Graph,
    nodes: Mapping[str, str],
    marks: Mapping[Pair, Mark],
    missing: Sequence[Pair],
    shown: Mapping[str, str],
    guessed: Sequence[str],
) -> tuple[Reason, ...]:
    """The reasons, in order: named errors, missing, reversed, no arrowhead, extra, tips.

    `nodes` maps boxes to reference nodes, `marks` drawn arrows (boxes) to their marks, `missing`
    holds pairs of reference nodes, `shown` what the learner calls a reference node.
    """

    def label(node: str) -> str:
        return shown.get(node, variant.graph.label(node))

    def drawn(mark: Mark) -> list[Pair]:
        return [ends for ends, each in marks.items() if each == mark]

    def words(ends: Pair) -> dict[str, str]:
        return {"source": drawing.label(ends[0]), "target": drawing.label(ends[1])}

    reversed_, both, half, extra = drawn("reversed"), drawn("wrong"), drawn("half"), drawn("extra")
    doubled = {(b, a) for a, b in both}
    reasons = _named(diagram, nodes, marks)
    reasons += _missing(diagram, missing, label)
    for ends in reversed_:
        if ends in doubled:
            continue
        text = _("{source} → {target} points the wrong way: it must be {target} → {source}.")
        why = _why(diagram, [(nodes[ends[1]], nodes[ends[0]])])
        reasons.append(Reason("reversed", " ".join((text.format(**words(ends)), *why))))
    for ends in both:
        text = _("{source} and {target} are joined both ways; only {source} → {target} is right.")
        why = _why(diagram, [(nodes[ends[0]], nodes[ends[1]])])
        reasons.append(Reason("reversed", " ".join((text.format(**words(ends)), *why))))
    for ends in half:
        right = ends if (nodes[ends[0]], nodes[ends[1]]) in _pairs(diagram, variant) else ends[::-1]
        text = _("The line between {source} and {target} needs its arrowhead: {source} → {target}.")
        reasons.append(Reason("half", text.format(**words(right))))
    for group in _groups(extra):
        text = ngettext(
            "{source} → {target} does not belong here.",
            "{source} → {target} do not belong here.",
            len(group),
        )
        reasons.append(Reason("extra", text.format(**_ends(group, drawing.label))))
    reasons += _tips(variant, drawing, nodes, guessed)
    return tuple(reasons)


def _pairs(diagram: Diagram, variant: Variant) -> set[Pair]:
    return {edge.ends for edge in variant.graph.edges} | set(diagram.optional)


def _why(diagram: Diagram, edges: Sequence[Pair]) -> list[str]:
    """What these arrows are for, each sentence once."""
    return list(dict.fromkeys(diagram.why[ends] for ends in edges if ends in diagram.why))


def _named(diagram: Diagram, nodes: Mapping[str, str], marks: Mapping[Pair, Mark]) -> list[Reason]:
    drawn = {
        (nodes[a], nodes[b]) for (a, b), mark in marks.items() if mark in ("extra", "reversed")
    }
    return [
        Reason("wrong", error.why)
        for error in diagram.errors
        if error.edges and set(error.edges) <= drawn
    ]


def _missing(
    diagram: Diagram, missing: Sequence[Pair], label: Callable[[str], str]
) -> list[Reason]:
    reasons = []
    for group in _groups(missing):
        text = ngettext(
            "The arrow {source} → {target} is missing.",
            "The arrows {source} → {target} are missing.",
            len(group),
        )
        text = text.format(**_ends(group, label))
        reasons.append(Reason("missing", " ".join((text, *_why(diagram, group)))))
    return reasons


def _groups(arrows: Sequence[Pair]) -> list[list[Pair]]:
    """Arrows that one sentence can tell: those into one node, or else those out of one."""
    into: dict[str, list[Pair]] = {}
    out: dict[str, list[Pair]] = {}
    for ends in arrows:
        into.setdefault(ends[1], []).append(ends)
    for ends in arrows:
        if len(into[ends[1]]) == 1:
            out.setdefault(ends[0], []).append(ends)
    groups: dict[Pair, list[Pair]] = {}
    for ends in arrows:
        group = into[ends[1]] if len(into[ends[1]]) > 1 else out[ends[0]]
        groups.setdefault(group[0], group)
    return list(groups.values())


def _ends(group: Sequence[Pair], label: Callable[[str], str]) -> dict[str, str]:
    sources = dict.fromkeys(label(source) for source, _target in group)
    targets = dict.fromkeys(label(target) for _source, target in group)
    return {"source": ", ".join(sources), "target": ", ".join(targets)}


def _tips(
    variant: Variant,
    drawing: Graph,
    nodes: Mapping[str, str],
    guessed: Sequence[str],
) -> list[Reason]:
    tips = [variant.leaves_out] if variant.leaves_out else []
    written = {label_key(edge.label) for edge in drawing.edges}
    texts = dict.fromkeys(edge.label for edge in variant.graph.edges if edge.label)
    lacking = [text for text in texts if label_key(text) not in written]
    if lacking and any(map(is_known, nodes.values())):
        text = _("The reference also writes {labels} on its arrows.")
        tips.append(text.format(labels=", ".join(lacking)))
    for box in guessed:
        if is_known(nodes[box]):
            text = _("“{label}” was read as {name}.")
            tips.append(text.format(label=drawing.label(box), name=variant.graph.label(nodes[box])))
    joined = set(chain.from_iterable(edge.ends for edge in drawing.edges))
    for box, node in nodes.items():
        if not is_known(node) and box in joined:
            text = _("“{label}” was not recognised as a part of this diagram.")
            tips.append(text.format(label=drawing.label(box)))
    return [Reason("tip", text) for text in tips]
