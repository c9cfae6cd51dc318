"""A drawing typed as one line: `x1..4 > enc > c > dec > y1..3`.

    chain ; chain                    `;` or a new line between chains
    group link group link …          names in a group: blanks, `,` or `&` between them
    >  ->  -->  →                    every name on the left to every name on the right
    =                                pairwise: the first to the first, the second to the second
    <                                the same arrow, written from its head
    ` - `                            a line without an arrowhead
    >|text|                          an arrow that bears a text
    x1..4   h1..h3   C(1..3)         a range; `x1..m` is one box with that name
    "a name"   m1["×"]               a name with blanks; a box whose label is not its name

Full-width characters, and the punctuation that a Chinese keyboard types in their places, are
read as the ASCII ones. Mermaid's arrows and brackets are understood as well.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from studybuddy.decks.graph import Edge, Graph, Node
from studybuddy.grading.diagrams.labels import label_key
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

MAX_NODES = 100
MAX_EDGES = 400
MAX_TEXT = 10_000
MAX_NAME = 60

_TYPED = str.maketrans(
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {
        ord(typed): meant
        for typed, meant in zip("　、。》《“”‘’【】—－→⇒⟶←⇐⟵", " ,.><\"\"''[]-->>><<<", strict=True)
    }
)
_ARROW = re.compile(
    r"(?P<both><-*>|<=*>|↔)"
    r"|(?P<back><-*|<=+)"
    r"|(?P<text>--\s+[^|;\n<>]*?\s*-->)"
    r"|(?P<on>-+>+|=+>+|-\.+->|>+)"
    r"|(?P<pair>=+)"
    r"|(?P<line>-\.+-|-+)"
)
_CAPTION = re.compile(r"\s*\|([^|;\n]*)(\|?)")
_SKIPPED = re.compile(
    r"\s*(?:(?:flowchart|graph)\s+(?:LR|RL|TB|TD|BT)|subgraph\b[^;\n]*|end)\s*(?=[;\n]|$)"
)
_SHAPES = (("((", "))"), ("[[", "]]"), ("{{", "}}"), ("[", "]"), ("{", "}"))
_RANGE = re.compile(r"(?P<head>.*?)(?P<first>\d+)(?P<tail>\D*?)\.{2,}(?P<rest>.*)")
_SEPARATORS = ",&"
_ENDS = ";\n"


@dataclass(frozen=True, slots=True)
class ShorthandProblem:
    """What could not be read, and at which column of the text (0 is the first).

    `unfinished` is True when typing on would mend it, so a screen may hold it back.
    """

    column: int
    message: str
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class ShorthandResult:
    """The drawing as far as it can be read, and what could not be."""

    graph: Graph
    problems: tuple[ShorthandProblem, ...] = ()


def parse_shorthand(text: str) -> ShorthandResult:
    """Read a line of shorthand; never raises, so that it can be called at every keystroke."""
    reader = _Reader(clean(text.replace("\r\n", "\n"))[:MAX_TEXT].translate(_TYPED))
    if len(text) > MAX_TEXT:
        reader.problem(_("The text is too long; the rest was left out."), MAX_TEXT)
    reader.read()
    nodes = tuple(Node(name, label) for name, label in reader.labels.items())
    return ShorthandResult(Graph(nodes, tuple(reader.edges)), tuple(reader.problems))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.labels: dict[str, str] = {}
        self.edges: dict[Edge, None] = {}
        self.problems: list[ShorthandProblem] = []
        self._names: dict[str, str] = {}
        self._full = False

    def problem(self, message: str, column: int) -> None:
        """Note a problem; one at the end of the text is unfinished rather than wrong."""
        unfinished = column > 0 and not self.text[self.at :].strip()
        self.problems.append(ShorthandProblem(column, message, unfinished))

    def read(self) -> None:
        """Read chain after chain to the end of the text."""
        while self.at < len(self.text):
            if skipped := _SKIPPED.match(self.text, self.at):
                self.at = skipped.end()
            elif self.text.startswith("%%", self.at):
                end = self.text.find("\n", self.at)
                self.at = end if end >= 0 else len(self.text)
            else:
                self._chain()
            self.at += 1

    def _chain(self) -> None:
        left = self._group()
        while self.at < len(self.text) and self.text[self.at] not in _ENDS:
            column = self.at
            arrow = _ARROW.match(self.text, self.at)
            if arrow is None:
                shown = self.text[self.at]
                self.at += 1
                self.problem(_("“{text}” has no meaning here.").format(text=shown), column)
                left = left + self._group()
                continue
            self.at = arrow.end()
            caption = self._caption(arrow)
            right = self._group()
            if not left:
                self.problem(_("A name is missing before this arrow."), column)
            elif not right:
                self.problem(_("A name is missing after this arrow."), column)
                continue
            self._join(left, right, arrow.lastgroup or "on", caption, column)
            left = right

    def _caption(self, arrow: re.Match[str]) -> str:
        caption = arrow["text"].strip("-> ") if arrow["text"] else ""
        if match := _CAPTION.match(self.text, self.at):
            self.at = match.end()
            if not match[2]:
                self.problem(_("The arrow's text needs a second “|”."), match.start(1) - 1)
            caption = match[1]
        return caption.strip().strip('"').strip()[:MAX_NAME]

    def _join(
        self, left: list[str], right: list[str], kind: str, caption: str, column: int
    ) -> None:
        if kind == "pair":
            if len(left) != len(right):
                text = _("“=” joins one to one, but {left} stand before it and {right} after it.")
                self.problem(text.format(left=len(left), right=len(right)), column)
            pairs = list(zip(left, right, strict=False))
        else:
            pairs = [(one, other) for one in left for other in right]
        for one, other in pairs:
            if kind != "back":
                self._edge(Edge(one, other, caption, kind != "line"), column)
            if kind in ("back", "both"):
                self._edge(Edge(other, one, caption), column)

    def _edge(self, edge: Edge, column: int) -> None:
        if len(self.edges) < MAX_EDGES:
            self.edges[edge] = None
        elif not self._full:
            self._full = True
            text = _("More than {count} arrows; the rest was left out.")
            self.problem(text.format(count=MAX_EDGES), column)

    def _group(self) -> list[str]:
        names: list[str] = []
        while self.at < len(self.text):
            character = self.text[self.at]
            if character in _ENDS:
                break
            if character.isspace() or character in _SEPARATORS:
                self.at += 1
                continue
            column = self.at
            found = self._names_here()
            if not found:
                break
            for name, label in found:
                node = self._node(name, label, column)
                if node is not None and node not in names:
                    names.append(node)
        return names

    def _node(self, name: str, label: str | None, column: int) -> str | None:
        key = label_key(name)
        if key not in self._names:
            if len(self._names) >= MAX_NODES:
                if self.problems[-1:] == [] or self.problems[-1].column != column:
                    text = _("More than {count} names; the rest was left out.")
                    self.problem(text.format(count=MAX_NODES), column)
                return None
            self._names[key] = name
            self.labels[name] = name
        node = self._names[key]
        if label:
            self.labels[node] = label
        return node

    def _names_here(self) -> list[tuple[str, str | None]]:
        """The name or the range of names at the cursor, each with its label if one is given."""
        column = self.at
        if self.text[self.at] == '"':
            names = [self._quoted('"')]
        else:
            self.at = self._end_of_name(column)
            names = self._range(self.text[column : self.at], column)
        label = self._shape()
        return [(name[:MAX_NAME], label) for name in names if label_key(name)]

    def _end_of_name(self, start: int) -> int:
        at = start
        while at < len(self.text):
            character = self.text[at]
            if character.isspace() or character in ',&;><=|"[]{}':
                break
            if character == "-" and not self._inside_name(start, at):
                break
            if character == "(":
                if self.text.startswith("((", at):
                    break
                at = self._end_of_brackets(at)
            at += 1
        return at

    def _inside_name(self, start: int, at: int) -> bool:
        after = self.text[at + 1 : at + 2]
        return at > start and after.isalnum()

    def _end_of_brackets(self, at: int) -> int:
        """The index of the bracket that closes the one at `at`; `at` itself when none does."""
        depth = 0
        for index in range(at, len(self.text)):
            character = self.text[index]
            if character in "><=;|\n":
                return at
            depth += (character == "(") - (character == ")")
            if depth == 0:
                return index
        return at

    def _quoted(self, closing: str) -> str:
        start = self.at + 1
        end = self.text.find(closing, start)
        if end < 0 or "\n" in self.text[start:end]:
            line = self.text.find("\n", start)
            end = line if line >= 0 else len(self.text)
            self.at = end
            self.problem(_("A closing {quote} is missing.").format(quote=closing), start - 1)
            return self.text[start:end].strip()
        self.at = end + 1
        return self.text[start:end].strip()

    def _shape(self) -> str | None:
        for opening, closing in _SHAPES:
            if not self.text.startswith(opening, self.at):
                continue
            self.at += len(opening) - 1
            label = self._quoted(closing)
            self.at += len(closing) - 1
            return label.strip('"').strip()[:MAX_NAME]
        return None

    def _range(self, name: str, column: int) -> list[str]:
        plain = unicodedata.normalize("NFKC", name)
        match = _RANGE.fullmatch(plain)
        if match is None:
            return [name]
        head, first, tail = match["head"], int(match["first"][:6]), match["tail"]
        rest = match["rest"]
        if not rest:
            self.problem(_("Where does the range end? For example x1..4."), column)
            return [f"{head}{first}{tail}"]
        if rest.casefold().startswith(head.casefold()):
            rest = rest[len(head) :]
        last = re.fullmatch(r"(\d{1,6})(\D*)", rest)
        if last is None or (tail and last[2] != tail):
            return [name]
        stop, step = int(last[1]), 1 if int(last[1]) >= first else -1
        if abs(stop - first) >= MAX_NODES:
            text = _("A range may hold {count} names at most.")
            self.problem(text.format(count=MAX_NODES), column)
            return [f"{head}{first}{last[2]}"]
        return [f"{head}{number}{last[2]}" for number in range(first, stop + step, step)]
