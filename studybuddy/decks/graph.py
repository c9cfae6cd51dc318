"""A labelled directed graph: what a diagram is, before anyone draws it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its id (the grading key) and the label it shows."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two node ids; `directed` is False for a line without an arrowhead."""

    source: str
    target: str
    label: str = ""
    directed: bool = True

    @property
    def ends(self) -> tuple[str, str]:
        """The pair (source, target)."""
        return self.source, self.target


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in the order they were named, edges in the order they were drawn."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    direction: str = "LR"

    def label(self, node: str) -> str:
        """The label of a node id; the id itself when no such node is there."""
        return next((each.label for each in self.nodes if each.id == node), node)
