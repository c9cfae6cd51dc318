"""Whether a card names something that exists, with parameters in range.

A sentence for a deck's author (English only, without a place), or None when all is well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from studybuddy.catalogue.experiments import EXPERIMENTS
from studybuddy.catalogue.experiments.alternatives import value_problem


def _unknown(what: str, name: object, known: Iterable[str]) -> str:
    names = sorted(known)
    near = get_close_matches(str(name), names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "there are " + ", ".join(names)
    return f"no {what} {str(name)[:64]!r}; {hint}"


def experiment_problem(run: object, ask: object, parameters: Mapping[str, Any]) -> str | None:
    """What is wrong with an `experiment` fence, or None.

    `run` names an experiment, `ask` one of its questions; every parameter must be known to
    that question and lie in its range, each alternative too where several are said. Parameters
    left out take their defaults.
    """
    if not isinstance(run, str) or run not in EXPERIMENTS:
        return _unknown("experiment", run, EXPERIMENTS)
    asks = EXPERIMENTS[run].asks
    if not isinstance(ask, str) or ask not in asks:
        return _unknown(f"question of the experiment {run!r}", ask, asks)
    for name, value in parameters.items():
        if name not in asks[ask]:
            return _unknown(f"parameter of {run}/{ask}", name, asks[ask])
        problem = value_problem(asks[ask][name], value)
        if problem is not None:
            return f"parameter {name!r} {problem}"
    return None


def generator_problem(name: str, parameters: Mapping[str, Any]) -> str | None:
    """What is wrong with a `compute` fence, or None; see `catalogue.generators`."""
    from studybuddy.catalogue.generators import problem

    return problem(name, parameters)
