"""What a deck is made of: small frozen values, with no idea of a file's syntax or a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from studybuddy.decks.graph import Graph
from studybuddy.text.translation import Language

Kind = Literal[
    "recall", "cloze", "choice", "order", "short", "compute", "diagram", "experiment", "compose"
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file; its text is the `file:line` of every message."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a deck: where, what, and how to mend it."""

    place: Place
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Recall:
    """The learner recalls, then looks; the answer is the card's `back`."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap to be typed: every accepted answer, the one to show first."""

    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cloze:
    """Text with gaps, in order: strings and gaps as they follow each other."""

    pieces: tuple[str | Gap, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps alone, in the order of the text."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Gap))


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice; `why` (may be empty) is shown with the verdict."""

    text: str
    right: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Options of which one or several are right."""

    options: tuple[Option, ...]

    @property
    def several(self) -> bool:
        """Whether more than one option may be chosen."""
        return sum(option.right for option in self.options) != 1


@dataclass(frozen=True, slots=True)
class Order:
    """Steps to be put into order; kept here in the right order."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """A short answer with a marking scheme: one mark a point."""

    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compute:
    """A calculation whose numbers a generator of the catalogue draws from the card's seed."""

    generator: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NamedError:
    """A wrong edge (or set of edges) that has a name and a reason; all edges must be drawn."""

    edges: tuple[tuple[str, str], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A drawing that is accepted in full; `leaves_out` is the tip shown with it (may be empty)."""

    name: str
    graph: Graph
    leaves_out: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing to be made from memory, and how it is graded.

    `variants[0]` is the reference. `synonyms` maps a node id to every label it
    may bear; `why` maps an edge of any variant to the sentence that says what
    it is for; `optional` edges neither add nor cost; `positions` places nodes
    on a grid (column, row) for a picture that an author laid out by hand.
    """

    variants: tuple[Variant, ...]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: tuple[tuple[str, str], ...] = ()
    errors: tuple[NamedError, ...] = ()
    why: Mapping[tuple[str, str], str] = field(default_factory=dict)
    positions: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def reference(self) -> Graph:
        """The drawing that is shown as the answer."""
        return self.variants[0].graph


@dataclass(frozen=True, slots=True)
class Experiment:
    """A prediction about a run of the catalogue: which run, which question, which parameters."""

    run: str
    ask: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compose:
    """Draw and explain: a drawing and a marking scheme in one item."""

    diagram: Diagram
    points: tuple[str, ...]


Body = Recall | Cloze | Choice | Order | Short | Compute | Diagram | Experiment | Compose

KIND_OF_BODY: dict[type, Kind] = {
    Recall: "recall",
    Cloze: "cloze",
    Choice: "choice",
    Order: "order",
    Short: "short",
    Compute: "compute",
    Diagram: "diagram",
    Experiment: "experiment",
    Compose: "compose",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One card in one language.

    `id` is `deck/card`. `front` is the heading's text with any prose that stands
    before the answer's block; `back` is Markdown shown with the answer (for a
    recall card: the answer itself); `hint` is the memory hook. `page` is the id
    of the lesson page it stands on. `digest` changes when the text does.
    """

    id: str
    body: Body
    deck: str
    topic: str
    page: str
    language: Language
    front: str
    back: str
    place: Place
    digest: bytes
    hint: str = ""
    core: bool = True
    covers: tuple[str, ...] = ()
    marks: float = 1.0
    seconds: int = 20
    source: str = ""
    was: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind, as the body says."""
        return KIND_OF_BODY[type(self.body)]


@dataclass(frozen=True, slots=True)
class Page:
    """One lesson page in one language: a level-2 section's prose, and the cards on it.

    `id` is `deck/page`. A page whose `prose` is empty has nothing to be read: its
    cards are new at once.
    """

    id: str
    deck: str
    topic: str
    title: str
    prose: str
    cards: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic in one language: a file of the deck."""

    id: str
    deck: str
    title: str
    pages: tuple[Page, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """One deck in every language it has; `titles` and `topics` are keyed by language.

    `blueprint` maps a topic to its share of the exam's marks (core only),
    `formats` a format to its share; both as the deck's author guessed them.
    """

    id: str
    titles: Mapping[Language, str]
    order: tuple[str, ...]
    topics: Mapping[Language, tuple[Topic, ...]]
    blueprint: Mapping[str, float] = field(default_factory=dict)
    formats: Mapping[str, float] = field(default_factory=dict)
    bundled: bool = False
