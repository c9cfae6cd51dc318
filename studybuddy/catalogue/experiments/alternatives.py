"""Parameters that differ from review to review: `length = { any = [12, 14, 16] }`.

The card's seed picks one of the alternatives, so the next review asks another question.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from itertools import product
from typing import Any

from studybuddy.catalogue.experiments.parameters import Parameter

ANY = "any"
MOST = 8
"""Alternatives of one parameter."""


def alternatives(value: object) -> list[Any] | None:
    """The alternatives of a parameter, or None where one value is said."""
    if isinstance(value, Mapping) and set(value) == {ANY} and isinstance(value[ANY], list | tuple):
        return list(value[ANY])
    return None


def value_problem(parameter: Parameter, value: object) -> str | None:
    """What is wrong with a value or with one of its alternatives, or None."""
    among = alternatives(value)
    if among is None:
        return parameter.problem(value)
    if not 2 <= len(among) <= MOST:
        return f"needs from 2 to {MOST} alternatives"
    return next((said for each in among if (said := parameter.problem(each)) is not None), None)


def picked(parameters: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """The parameters with one alternative each, which follows from the seed alone."""
    chosen: dict[str, Any] = {}
    for name, value in parameters.items():
        among = alternatives(value)
        if among is None:
            chosen[name] = value
            continue
        digest = blake2b(f"{name}\x1f{seed}".encode(), digest_size=8, person=b"sb-alternative")
        chosen[name] = among[int.from_bytes(digest.digest(), "big") % len(among)]
    return chosen


def each_choice(parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every way to pick the alternatives."""
    columns = [alternatives(value) or [value] for value in parameters.values()]
    return [dict(zip(parameters, row, strict=True)) for row in product(*columns)]
