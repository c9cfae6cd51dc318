"""The part of Mermaid's flowchart language that decks use, read into a graph.

Grammar (one statement a line, or several with `;` between):

    [flowchart|graph LR|RL|TB|TD|BT]
    group link group link group …         group: node & node & …
    node:  id  id[text]  id("text")  id((text))  id{{text}}  id{text}  …
    link:  -->  ---  -.->  ==>  each with |text| after it, or text inside: -- text -->
    subgraph name … end, %% comment

Unlike Mermaid, an `o` or `x` beside a link is a node's name and never an arrowhead:
`x-->f` is the arrow that it looks like.
"""

from __future__ import annotations

import re

from studybuddy.decks.graph import Edge, Graph, Node
from studybuddy.text.sanitise import clean

MAX_NODES = 200
MAX_EDGES = 1000
MAX_LABEL = 200
MAX_TEXT = 100_000

_HEADER = re.compile(r"(?:flowchart|graph)(?:\s+(LR|RL|TB|TD|BT))?\s*(?=;|$)")
_SUBGRAPH = re.compile(r"subgraph(?:\s[^;]*)?(?=;|$)")
_END = re.compile(r"end\s*(?=;|$)")
_STYLING = re.compile(r"(?:direction|classDef|class|style|linkStyle)\s+[^;\-=&]*[^;]*(?=;|$)")
_ID = re.compile(r"[\w'’′]+(?:[.\-][\w'’′]+)*")
_CLASS = re.compile(r":::[\w-]+")
# The arrowhead that ends a link is in group `head`; text inside the link is in `text`.
_LINKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<tail><?)-{2,}(?P<head>>)",
        r"-{3,}",
        r"(?P<tail><?)={2,}(?P<head>>)",
        r"={3,}",
        r"(?P<tail><?)-\.+-(?P<head>>)",
        r"-\.+-",
        r"--\s*(?P<text>[^\-;|\s](?:(?!--)[^;|])*?)\s*-{2,}(?P<head>>|-)",
        r"==\s*(?P<text>[^=;|\s](?:(?!==)[^;|])*?)\s*={2,}(?P<head>>|=)",
        r"-\.\s*(?P<text>[^\-.;|\s](?:(?!\.-)[^;|])*?)\s*\.-(?P<head>>?)",
    )
)
_PIPED = re.compile(r'\s*\|\s*(?:"([^"|]*)"|([^|;]*?))\s*\|')
_SHAPES = (
    ("(((", ")))"),
    ("((", "))"),
    ("([", "])"),
    ("[[", "]]"),
    ("[(", ")]"),
    ("{{", "}}"),
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
)
_BREAK = re.compile(r"<br\s*/?>|\\n|\s+")


class MermaidError(ValueError):
    """What is wrong with a flowchart, and on which of its lines (1 is the first)."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def parse_mermaid(text: str) -> Graph:
    """The graph that a Mermaid flowchart draws.

    Nodes keep the order of their first mention; one named twice keeps its last label.
    Raises MermaidError at the first line that is outside the grammar above, and when the
    chart has more than 200 nodes or 1000 edges.
    """
    if len(text) > MAX_TEXT:
        raise MermaidError(f"this flowchart is longer than {MAX_TEXT} characters", 1)
    reader = _Reader()
    line = 0
    for line, content in enumerate(clean(text).split("\n"), start=1):
        reader.read_line(_without_comment(content), line)
    if reader.depth:
        raise MermaidError("a subgraph is never closed; add a line with `end`", line)
    nodes = tuple(Node(name, label) for name, label in reader.labels.items())
    return Graph(nodes, tuple(reader.edges), reader.direction)


def _without_comment(line: str) -> str:
    start = line.find("%%")
    while start >= 0 and line.count('"', 0, start) % 2:
        start = line.find("%%", start + 2)
    return (line if start < 0 else line[:start]).strip()


class _Reader:
    """A cursor over one line at a time, and the graph read so far."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self.edges: list[Edge] = []
        self.direction = "LR"
        self.depth = 0
        self._text = ""
        self._at = 0
        self._line = 0

    def read_line(self, text: str, line: int) -> None:
        """Read every statement of one line."""
        self._text, self._at, self._line = text, 0, line
        while True:
            self._blanks()
            if self._at >= len(text):
                return
            if text[self._at] == ";":
                self._at += 1
                continue
            if not self._keyword():
                self._chain()
            self._blanks()
            if self._at < len(text) and text[self._at] != ";":
                raise self._error("an arrow such as --> or the end of the statement")

    def _keyword(self) -> bool:
        if header := self._take(_HEADER):
            self.direction = (header[1] or "LR").replace("TD", "TB")
        elif self._take(_SUBGRAPH):
            self.depth += 1
        elif self._take(_END):
            if not self.depth:
                raise MermaidError("`end` without a subgraph before it", self._line)
            self.depth -= 1
        else:
            return self._take(_STYLING) is not None
        return True

    def _chain(self) -> None:
        sources = self._group()
        while link := self._link():
            label, forward, backward = link
            targets = self._group()
            if len(self.edges) + len(sources) * len(targets) * (1 + backward) > MAX_EDGES:
                raise MermaidError(f"more than {MAX_EDGES} arrows", self._line)
            for source in sources:
                for target in targets:
                    self.edges.append(Edge(source, target, label, forward))
                    if backward:
                        self.edges.append(Edge(target, source, label))
            sources = targets

    def _link(self) -> tuple[str, bool, bool] | None:
        """The next link as (label, has an arrowhead, has one at its tail too), or None."""
        self._blanks()
        for pattern in _LINKS:
            if match := self._take(pattern):
                parts = match.groupdict()
                label = parts.get("text") or ""
                if piped := self._take(_PIPED):
                    label = piped[1] or piped[2] or ""
                return self._label(label), parts.get("head") == ">", parts.get("tail") == "<"
        return None

    def _group(self) -> list[str]:
        names = [self._node()]
        self._blanks()
        while self._text.startswith("&", self._at):
            self._at += 1
            names.append(self._node())
            self._blanks()
        return list(dict.fromkeys(names))

    def _node(self) -> str:
        self._blanks()
        match = self._take(_ID)
        if match is None:
            raise self._error("the name of a node")
        name = match[0][:MAX_LABEL]
        label = self._shape()
        self._take(_CLASS)
        if label is not None:
            self.labels[name] = label or name
        else:
            self.labels.setdefault(name, name)
        if len(self.labels) > MAX_NODES:
            raise MermaidError(f"more than {MAX_NODES} nodes", self._line)
        return name

    def _shape(self) -> str | None:
        for opening, closing in _SHAPES:
            if not self._text.startswith(opening, self._at):
                continue
            start = self._at + len(opening)
            body = self._text[start:].lstrip()
            quoted = body.startswith('"')
            if quoted:
                start = self._text.index('"', start) + 1
                stop = self._text.find('"', start)
                after = stop + 1 if stop >= 0 else -1
            else:
                stop = after = self._text.find(closing, start)
            end = self._text.find(closing, after) if after >= 0 else -1
            if end < 0 or (quoted and self._text[after:end].strip()):
                raise self._error(f"a closing {closing}")
            self._at = end + len(closing)
            return self._label(self._text[start:stop])
        return None

    def _label(self, text: str) -> str:
        text = text.strip().strip('"').replace("#quot;", '"')
        return _BREAK.sub(" ", text).strip()[:MAX_LABEL]

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        if match:
            self._at = match.end()
        return match

    def _blanks(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _error(self, wanted: str) -> MermaidError:
        rest = self._text[self._at : self._at + 30] or "the end of the line"
        return MermaidError(
            f"cannot read {rest!r}: expected {wanted} (column {self._at + 1})", self._line
        )
