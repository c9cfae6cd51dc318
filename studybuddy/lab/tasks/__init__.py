"""An experiment's question made concrete from a seed. No network runs and torch is not needed.

The same (run, ask, parameters, seed, language) always gives the same task; the next seed gives
other sentences. The key is found by `lab.run` alone. Each experiment has a module of its name
here, whose `make` writes the prompt.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from studybuddy.catalogue.experiments import with_defaults
from studybuddy.catalogue.experiments.alternatives import picked
from studybuddy.catalogue.predictions import Task
from studybuddy.catalogue.registry import experiment_problem
from studybuddy.errors import StudyBuddyError
from studybuddy.text.translation import Language


def prepare(
    run: str, ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> Task:
    """The question of an `experiment` card for this seed.

    Raises StudyBuddyError when the catalogue has no such run, question or parameter.
    """
    problem = experiment_problem(run, ask, parameters)
    if problem is not None:
        raise StudyBuddyError(problem)
    full = picked(with_defaults(run, ask, parameters), seed)
    maker = import_module(f"{__name__}.{run}").make
    prompt, question, drawn = maker(ask, full, seed, language)
    return Task(run, ask, seed, language, prompt, question, {**full, **drawn})
