"""A drawing to be made: the `mermaid` fence (the reference) and the `grade` fence beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from studybuddy.decks.blocks import Block
from studybuddy.decks.faults import Faults, quoted
from studybuddy.decks.fences import fence_table, line_of_key, line_with
from studybuddy.decks.graph import Edge, Graph
from studybuddy.decks.mermaid import MermaidError, parse_mermaid
from studybuddy.decks.model import Diagram, NamedError, Variant

LONGEST_MERMAID = 20_000
FARTHEST_PLACE = 60
_KEYS = ("optional", "synonyms", "why", "positions", "variant", "error")
_VARIANT_KEYS = ("name", "leaves_out", "mermaid")
_ERROR_KEYS = ("edges", "why")
_MERMAID_KEY = re.compile(r"""\s*mermaid\s*=\s*(\"{3}|'{3}|"|')?(.*)""")


def read_diagram(mermaid: Block, grade: Block | None, faults: Faults) -> Diagram | None:
    """The diagram of a card; None when the reference or the grade fence is broken."""
    reference = _graph(mermaid.text, mermaid.line + 1, faults)
    if reference is None:
        return None
    if not reference.edges:
        faults.error(mermaid.line, "the flowchart has no arrow: write one, such as A --> B")
        return None
    if grade is None:
        return Diagram((Variant("", reference),))
    table = fence_table(grade, faults)
    return None if table is None else _Grade(grade, table, reference, faults).diagram()


def _graph(text: str, first_line: int, faults: Faults) -> Graph | None:
    """The graph of a flowchart whose first line is `first_line` of the file."""
    if len(text) > LONGEST_MERMAID:
        faults.error(
            first_line, f"the flowchart is longer than {LONGEST_MERMAID:,} characters: shorten it"
        )
        return None
    try:
        return parse_mermaid(text)
    except MermaidError as error:
        faults.error(first_line + error.line - 1, f"the flowchart: {error.message}")
        return None


@dataclass(slots=True)
class _Grade:
    """Reads one grade fence; every fault is reported at the line that holds its text.

    A node is known when a drawing has it. What only a mistake draws (the single C in a
    picture that has several) is made known by its line below [synonyms].
    """

    block: Block
    table: dict[str, Any]
    reference: Graph
    faults: Faults
    known: frozenset[str] = frozenset()
    drawn: frozenset[tuple[str, str]] = frozenset()

    def diagram(self) -> Diagram:
        self._only(self.table, _KEYS, "grade fence")
        variants = (Variant("", self.reference), *self._variants())
        drawn = frozenset(node.id for each in variants for node in each.graph.nodes)
        self.drawn = frozenset(_ends(edge for each in variants for edge in each.graph.edges))
        synonyms = {
            name: tuple(self._texts(name, table))
            for table in [self._table("synonyms")]
            for name in table
        }
        self.known = drawn.union(synonyms)
        optional = tuple(self._optional(drawn))
        self.known |= frozenset(name for ends in optional for name in ends)
        errors = tuple(self._errors())
        named = {name for error in errors for ends in error.edges for name in ends}
        self.known = drawn.union(named, (name for ends in optional for name in ends))
        for name in synonyms:
            if name not in self.known:
                self._fault_in("synonyms", name, f"synonyms: {self._no_node(name)}")
        self.known = drawn.union(name for ends in optional for name in ends)
        self.drawn |= frozenset(optional)
        return Diagram(
            variants=variants,
            synonyms=synonyms,
            optional=optional,
            errors=errors,
            why=self._why(),
            positions=self._positions(),
        )

    def _fault(self, needle: str, message: str, occurrence: int = 0) -> None:
        self.faults.error(line_with(self.block, needle, occurrence), message)

    def _fault_in(self, table: str, key: str, message: str) -> None:
        """A fault of a key below the heading [table]."""
        index = line_of_key(self.block.text.split("\n"), table, key)
        line = line_with(self.block, key) if index is None else self.block.line + 1 + index
        self.faults.error(line, message)

    def _only(self, table: dict[str, Any], keys: tuple[str, ...], what: str) -> None:
        for key in table:
            if key not in keys:
                self._fault(key, f"{quoted(key)} is unknown in a {what}: use {', '.join(keys)}")

    def _table(self, key: str) -> dict[str, Any]:
        value = self.table.get(key, {})
        if isinstance(value, dict):
            return value
        self._fault(key, f"{key} must be a table: write [{key}] and its lines below")
        return {}

    def _tables(self, key: str) -> Iterator[dict[str, Any]]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self._fault(key, f"{key} must be a list of tables: write [[{key}]] above each")
            return
        yield from value

    def _texts(self, key: str, table: dict[str, Any]) -> list[str]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return value
        self._fault(key, f'{key} must be a list of texts: write {key} = ["…", "…"]')
        return []

    def _text(self, key: str, table: dict[str, Any], what: str, needed: bool = True) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            self._fault(what, f'{what}: {key} must be a text: write {key} = "…"')
            return ""
        return value

    def _variants(self) -> Iterator[Variant]:
        for index, table in enumerate(self._tables("variant")):
            self._only(table, _VARIANT_KEYS, "variant")
            name = self._text("name", table, "variant")
            leaves_out = self._text("leaves_out", table, "variant", needed=False)
            text = self._text("mermaid", table, "variant")
            graph = _graph(text, self._mermaid_line(index), self.faults) if text else None
            if graph is not None and not graph.edges:
                self._fault("mermaid", f"the variant {quoted(name)} has no arrow: write one", index)
            elif graph is not None:
                yield Variant(name, graph, leaves_out)

    def _mermaid_line(self, index: int) -> int:
        """The file's line on which the text of the variant with this index begins."""
        for number, line in enumerate(self.block.text.split("\n"), start=self.block.line + 1):
            match = _MERMAID_KEY.match(line)
            if match is None:
                continue
            if index == 0:
                several = match[1] is not None and len(match[1]) == 3
                return number + 1 if several and not match[2].strip() else number
            index -= 1
        return self.block.line

    def _edges(
        self, texts: Iterable[str], what: str, strict: bool = True
    ) -> Iterator[tuple[str, str]]:
        """The arrows that texts such as "Enc --> Dec" name, between known nodes if `strict`."""
        for text in texts:
            try:
                graph = parse_mermaid(text)
            except MermaidError as error:
                self._fault(text, f"{what}: the arrow {quoted(text)}: {error.message}")
                continue
            if not graph.edges:
                self._fault(text, f'{what}: {quoted(text)} is no arrow: write "A --> B"')
            unknown = [node.id for node in graph.nodes if node.id not in self.known]
            if unknown and strict:
                self._fault(text, f"{what}: {self._no_node(unknown[0])}")
                continue
            yield from _ends(graph.edges)

    def _no_node(self, name: str) -> str:
        names = ", ".join(sorted(self.known)[:20])
        return f"no drawing has a node {quoted(name)}: use {names}, or name it below [synonyms]"

    def _optional(self, drawn: frozenset[str]) -> Iterator[tuple[str, str]]:
        """The optional arrows; such an arrow may bring one node that no drawing has."""
        texts = self._texts("optional", self.table)
        for text in texts:
            for ends in self._edges([text], "optional", strict=False):
                if drawn.isdisjoint(ends) and self.known.isdisjoint(ends):
                    self._fault(text, f"optional: {self._no_node(ends[0])}")
                else:
                    yield ends

    def _errors(self) -> Iterator[NamedError]:
        for table in self._tables("error"):
            self._only(table, _ERROR_KEYS, "named error")
            edges = tuple(self._edges(self._texts("edges", table), "error"))
            why = self._text("why", table, "error")
            if not table.get("edges"):
                self._fault("[[error]]", 'a named error has no edges: write edges = ["A --> B"]')
            yield NamedError(edges, why)

    def _why(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        table = self._table("why")
        for text in table:
            sentence = self._text(text, table, "why")
            for ends in self._edges([text], "why"):
                if ends not in self.drawn and ends[::-1] not in self.drawn:
                    self._fault(
                        text, f"why: no drawing has the arrow {quoted(text)}: mend its ends"
                    )
                found[ends] = sentence
        return found

    def _positions(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for name, value in self._table("positions").items():
            if name not in self.known:
                self._fault_in("positions", name, f"positions: {self._no_node(name)}")
            elif not (
                isinstance(value, list)
                and len(value) == 2
                and all(type(each) is int and 0 <= each <= FARTHEST_PLACE for each in value)
            ):
                self._fault_in(
                    "positions",
                    name,
                    f"positions: {name} must be [column, row], each 0 to {FARTHEST_PLACE}: mend it",
                )
            elif (value[0], value[1]) in found.values():
                self._fault_in(
                    "positions", name, f"positions: {name} stands on another node: move one"
                )
            else:
                found[name] = (value[0], value[1])
        return found


def _ends(edges: Iterable[Edge]) -> Iterator[tuple[str, str]]:
    return (edge.ends for edge in edges)
