"""The experiments that a deck may ask about: names, questions and the range of each parameter.

A deck is checked and a prediction graded with this alone; `lab` runs the experiments.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.experiments.alternatives import ANY, alternatives
from studybuddy.catalogue.experiments.comparisons import COMPARISONS
from studybuddy.catalogue.experiments.experiment import Experiment, Own
from studybuddy.catalogue.experiments.memory import MEMORY
from studybuddy.catalogue.experiments.parameters import (
    LONGEST,
    SHORTEST,
    TRAINED_TO,
    Option,
    Parameter,
    Span,
    Whole,
)
from studybuddy.catalogue.experiments.sentences import SENTENCES

__all__ = [
    "EXPERIMENTS",
    "LONGEST",
    "SHORTEST",
    "TRAINED_TO",
    "Experiment",
    "Option",
    "Own",
    "Parameter",
    "Span",
    "Whole",
    "listing",
    "with_defaults",
]

EXPERIMENTS: Mapping[str, Experiment] = {
    experiment.name: experiment for experiment in (*SENTENCES, *COMPARISONS, *MEMORY)
}


def listing() -> list[tuple[str, str]]:
    """Name and one-line description of every experiment, in the interface's language."""
    return [(experiment.name, experiment.about()) for experiment in EXPERIMENTS.values()]


def with_defaults(run: str, ask: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters, completed by the defaults of this question; plain JSON values."""
    complete: dict[str, Any] = {}
    for name, parameter in EXPERIMENTS[run].asks[ask].items():
        value = parameters.get(name, parameter.default)
        complete[name] = _plain(value)
    return complete


def _plain(value: Any) -> Any:
    """Tuples as lists, also inside alternatives."""
    among = alternatives(value)
    if among is not None:
        return {ANY: [_plain(each) for each in among]}
    return list(value) if isinstance(value, list | tuple) else value
