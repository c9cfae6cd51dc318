"""The faults found while one file is read, collected in the order they are met."""

from __future__ import annotations

from dataclasses import dataclass, field

from studybuddy.decks.model import Place, Problem
from studybuddy.text.sanitise import clean

#: Longer excerpts of a deck's text are cut in messages.
EXCERPT = 60


def quoted(text: str) -> str:
    """An excerpt of a deck's text for a message: safe, on one line and short."""
    line = " ".join(clean(text).split())
    return f"'{line[:EXCERPT]}…'" if len(line) > EXCERPT else f"'{line}'"


@dataclass(slots=True)
class Faults:
    """Collects problems of one file; `broken` tells whether any is more than a warning."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def error(self, line: int, message: str) -> None:
        """A fault that leaves something out; `line` counts from 1."""
        self.found.append(Problem(Place(self.file, line), message))

    def warn(self, line: int, message: str) -> None:
        """A fault that leaves everything usable."""
        self.found.append(Problem(Place(self.file, line), message, warning=True))

    @property
    def broken(self) -> bool:
        """Whether a fault is more than a warning."""
        return any(not problem.warning for problem in self.found)
