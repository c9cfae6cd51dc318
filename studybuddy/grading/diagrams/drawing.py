"""What a learner drew: a labelled directed graph, whichever way it was made."""

from __future__ import annotations

import re
from typing import TypeAlias

from studybuddy.decks.graph import Edge, Graph

Drawing: TypeAlias = Graph
"""A drawing is a graph whose node ids and labels are the learner's own words.

On the canvas two boxes may bear one label; they are two nodes with two ids.
"""

_PLAIN_NAME = re.compile(r"[\w'~]+(?:\([\w+\-']*\))?")


def shorthand_of(drawing: Drawing) -> str:
    """The drawing as one line of shorthand, an arrow a chain; reading it gives the same edges.

    A node whose label is not its id is written `id["label"]` where it is first named.
    """
    labels = {node.id: node.label for node in drawing.nodes}
    told: set[str] = set()

    def name(node: str) -> str:
        text = node if _PLAIN_NAME.fullmatch(node) else '"' + node.replace('"', "'") + '"'
        label = labels.get(node, node)
        if node in told or label == node:
            return text
        told.add(node)
        return f'{text}["{label.replace(chr(34), chr(39))}"]'

    def chain(edge: Edge) -> str:
        label = f"|{edge.label.replace('|', '/')}|" if edge.label else ""
        return f"{name(edge.source)} {'>' if edge.directed else '-'}{label} {name(edge.target)}"

    chains = [chain(edge) for edge in drawing.edges]
    joined = {end for edge in drawing.edges for end in edge.ends}
    chains += [name(node.id) for node in drawing.nodes if node.id not in joined]
    return "; ".join(chains)
