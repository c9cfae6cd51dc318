"""What grading says of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["right", "wrong", "missing", "reversed", "extra", "half", "tip"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of a verdict and what it is about; never shown by colour alone."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Score in thousandths, the grade the program suggests (0..5; None: no grade), and why.

    `right` and `parts` count the parts, so that a line such as "7 of 9 arrows" can be shown.
    """

    score: int
    suggested: int | None
    reasons: tuple[Reason, ...] = ()
    right: int = 0
    parts: int = 0
