"""Calculations to be done by hand, drawn from a seed: what a `compute` card asks.

Each generator is one module. The same parameters and seed give the same task on every
machine; a change that breaks this raises `GENERATOR_VERSION`, which the log keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from studybuddy.catalogue.generators import (
    beam,
    bleu,
    context_vector,
    gradient,
    parameter_count,
    softmax,
)
from studybuddy.catalogue.generators.fields import first_problem
from studybuddy.catalogue.generators.task import ComputeTask, Generator

__all__ = ["GENERATOR_VERSION", "ComputeTask", "generate", "names", "problem"]

GENERATOR_VERSION = 1

_GENERATORS: dict[str, Generator] = {
    "softmax-by-hand": softmax.GENERATOR,
    "context-vector": context_vector.GENERATOR,
    "parameter-count": parameter_count.GENERATOR,
    "gradient-product": gradient.GENERATOR,
    "bleu": bleu.GENERATOR,
    "beam-against-greedy": beam.GENERATOR,
}


def names() -> tuple[str, ...]:
    """Every generator that a deck can name."""
    return tuple(_GENERATORS)


def problem(name: str, parameters: Mapping[str, Any]) -> str | None:
    """What is wrong with a deck's call of a generator, for its author; None when all is well."""
    generator = _GENERATORS.get(name)
    if generator is None:
        return f"unknown generator {name!r:.60}; there are {', '.join(_GENERATORS)}"
    return first_problem(generator.fields, parameters) or generator.also(parameters)


def generate(name: str, parameters: Mapping[str, Any], seed: int, language: str) -> ComputeTask:
    """The task of this generator, these fixed parameters and this seed, in "zh" or "en".

    Raises ValueError with the sentence of `problem` when there is one.
    """
    wrong = problem(name, parameters)
    if wrong is not None:
        raise ValueError(wrong)
    generator = _GENERATORS[name]
    drawn = generator.draw(parameters, Random(seed))
    worked = generator.work(drawn, language)
    return ComputeTask(
        generator=name,
        seed=seed,
        language=language,
        prompt=worked.prompt,
        asked=worked.asked,
        answers=worked.answers,
        tolerance=worked.tolerance,
        relative=worked.relative,
        steps=worked.steps,
        parameters=drawn,
    )
