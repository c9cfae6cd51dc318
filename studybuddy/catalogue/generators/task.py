"""A calculation to be done by hand: the task, and what a generator must offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from studybuddy.catalogue.generators.fields import Field


@dataclass(frozen=True, slots=True)
class ComputeTask:
    """One concrete calculation with its key.

    `asked` labels the values that are asked for, `answers` holds them in the same order. A
    value is right within `tolerance` (absolute) or within `relative` times the answer,
    whichever is wider. `steps` is the worked solution with these numbers. `parameters` holds
    everything that was drawn: `generate` with them gives this task again, whatever the seed.
    """

    generator: str
    seed: int
    language: str
    prompt: str
    asked: tuple[str, ...]
    answers: tuple[float, ...]
    tolerance: float
    relative: float
    steps: tuple[str, ...]
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Worked:
    """What a generator makes of its parameters, in one language."""

    prompt: str
    asked: tuple[str, ...]
    answers: tuple[float, ...]
    steps: tuple[str, ...]
    tolerance: float = 0.0
    relative: float = 0.0


@dataclass(frozen=True, slots=True)
class Generator:
    """`fields` bounds what a deck may fix, `draw` fills in the rest, `work` solves it.

    `also` is a check across several parameters, after each has been found in its bounds.
    """

    fields: Mapping[str, Field]
    draw: Callable[[Mapping[str, Any], Random], dict[str, Any]]
    work: Callable[[Mapping[str, Any], str], Worked]
    also: Callable[[Mapping[str, Any]], str | None] = lambda _parameters: None
