"""What a generator accepts from a deck: bounded values, and a sentence for what is out of bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int
    high: int

    def accepts(self, value: Any) -> bool:
        """Whether the value is one; True and False are no numbers."""
        return type(value) is int and self.low <= value <= self.high

    def __str__(self) -> str:
        return f"a whole number from {self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number from `low` to `high`."""

    low: float
    high: float

    def accepts(self, value: Any) -> bool:
        """Whether the value is one."""
        return (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and math.isfinite(value)
            and self.low <= value <= self.high
        )

    def __str__(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few values."""

    values: tuple[Any, ...]

    def accepts(self, value: Any) -> bool:
        """Whether the value is one of them."""
        return any(value == each and type(value) is type(each) for each in self.values)

    def __str__(self) -> str:
        return "one of " + ", ".join(repr(value) for value in self.values)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of `low` to `high` values of one field."""

    of: Field
    low: int
    high: int

    def accepts(self, value: Any) -> bool:
        """Whether the value is such a list."""
        return (
            isinstance(value, list | tuple)
            and self.low <= len(value) <= self.high
            and all(self.of.accepts(each) for each in value)
        )

    def __str__(self) -> str:
        count = str(self.low) if self.low == self.high else f"{self.low} to {self.high}"
        return f"a list of {count} values, each {self.of}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of `low` to `high` words, separated by blanks."""

    low: int
    high: int

    def accepts(self, value: Any) -> bool:
        """Whether the value is such a sentence."""
        return (
            isinstance(value, str)
            and len(value) <= 20 * self.high
            and self.low <= len(value.split()) <= self.high
        )

    def __str__(self) -> str:
        return f"a sentence of {self.low} to {self.high} words"


Field = Whole | Number | OneOf | Listed | Sentence


def first_problem(fields: Mapping[str, Field], parameters: Mapping[str, Any]) -> str | None:
    """What is wrong with the first parameter that is, as a sentence; None when all is well."""
    for name, value in parameters.items():
        if name not in fields:
            return f"unknown parameter {name!r}; it takes {', '.join(fields) or 'none'}"
        if not fields[name].accepts(value):
            return f"{name} = {value!r:.60} must be {fields[name]}"
    return None
