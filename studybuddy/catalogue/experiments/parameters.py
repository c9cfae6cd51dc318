"""The experiments that a deck may ask about: names, questions and the range of each parameter.

A deck is checked and a prediction graded with this alone; `lab` runs the experiments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from studybuddy.text.translation import _

SHORTEST, TRAINED_TO, LONGEST = 4, 20, 27
"""Source lengths of a sweep in words; training ended at TRAINED_TO, beyond is extrapolation."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within `low`..`high`; `default` when the deck does not say it."""

    low: int
    high: int
    default: int

    def problem(self, value: object) -> str | None:
        """What is wrong with the value, or None."""
        if isinstance(value, bool) or not isinstance(value, int):
            return f"must be a whole number from {self.low} to {self.high}"
        if not self.low <= value <= self.high:
            return f"is {value}; it must lie from {self.low} to {self.high}"
        return None


@dataclass(frozen=True, slots=True)
class Span:
    """Two whole numbers `[a, b]` with `low` <= a < b <= `high`."""

    low: int
    high: int
    default: tuple[int, int]

    def problem(self, value: object) -> str | None:
        """What is wrong with the value, or None."""
        shape = f"must be two whole numbers [a, b] with {self.low} <= a < b <= {self.high}"
        if not isinstance(value, list | tuple) or len(value) != 2:
            return shape
        a, b = value
        for number in (a, b):
            if isinstance(number, bool) or not isinstance(number, int):
                return shape
        return None if self.low <= a < b <= self.high else shape


Parameter = Whole | Span

_COUNT = Whole(40, 250, 100)
_BOTH_LENGTHS = Span(SHORTEST, LONGEST, (8, 18))


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment: what it may be asked, with which parameters, and a line about it.

    `about` is called when the line is shown, so that it is in the interface's language.
    """

    name: str
    about: Callable[[], str]
    asks: Mapping[str, Mapping[str, Parameter]]


EXPERIMENTS: Mapping[str, Experiment] = {
    "length": Experiment(
        "length",
        lambda: _("How far do fixed C and attention fall as the sentence grows?"),
        {
            "drop": {"lengths": _BOTH_LENGTHS, "count": _COUNT},
            "keeps": {"lengths": _BOTH_LENGTHS, "count": _COUNT},
            "at": {"length": Whole(SHORTEST, LONGEST, 16), "count": _COUNT},
        },
    ),
    "translate": Experiment(
        "translate",
        lambda: _("Translate a sentence and see which source word each output word looks at."),
        {
            "brightest": {"lengths": Span(SHORTEST, TRAINED_TO, (6, 12))},
            "length": {"lengths": Span(SHORTEST, TRAINED_TO, (6, 12))},
        },
    ),
}


def listing() -> list[tuple[str, str]]:
    """Name and one-line description of every experiment, in the interface's language."""
    return [(experiment.name, experiment.about()) for experiment in EXPERIMENTS.values()]


def with_defaults(run: str, ask: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters, completed by the defaults of this question; plain JSON values."""
    complete: dict[str, Any] = {}
    for name, parameter in EXPERIMENTS[run].asks[ask].items():
        value = parameters.get(name, parameter.default)
        complete[name] = list(value) if isinstance(value, list | tuple) else value
    return complete
