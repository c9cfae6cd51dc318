"""The parameters of an experiment's questions, with their ranges."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Option:
    """One name out of a list; `default` when the deck does not say it."""

    values: tuple[str, ...]
    default: str

    def problem(self, value: object) -> str | None:
        """What is wrong with the value, or None."""
        if isinstance(value, str) and value in self.values:
            return None
        return "must be one of " + ", ".join(self.values)


Parameter = Whole | Span | Option
