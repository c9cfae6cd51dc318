"""What a learner submits, as plain data that an attempt row keeps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studybuddy.catalogue.predictions import Value


@dataclass(frozen=True, slots=True)
class Gaps:
    """Typed gaps of a cloze, in order."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Indices of the chosen options, as the card lists them."""

    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Indices of the steps (as the card lists them), in the learner's order."""

    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A short answer in the learner's own words; may be empty when she said it aloud."""

    text: str


@dataclass(frozen=True, slots=True)
class Computed:
    """One typed number a value asked."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing in shorthand; `text` is the explanation of a draw-and-explain item."""

    shorthand: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A drawing made on paper in so many seconds; marked by the learner against the reference."""

    seconds: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Predicted:
    """A prediction of what a run will find: a number, an index, or several of either."""

    value: Value


Answer = Gaps | Chosen | Ordered | Written | Computed | Drawn | OnPaper | Predicted

_NAMES: dict[str, type[Answer]] = {
    "gaps": Gaps,
    "chosen": Chosen,
    "ordered": Ordered,
    "written": Written,
    "computed": Computed,
    "drawn": Drawn,
    "on_paper": OnPaper,
    "predicted": Predicted,
}
_LONGEST = 20_000
_MOST_POINTS = 200


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Plain data for the row's `extra`."""
    name = next(name for name, kind in _NAMES.items() if isinstance(answer, kind))
    fields = {field: getattr(answer, field) for field in answer.__slots__}
    return {
        "form": name,
        **{
            field: list(value)
            if isinstance(value, tuple)
            else value[:_LONGEST]
            if isinstance(value, str)
            else value
            for field, value in fields.items()
        },
    }


def answer_from_json(data: Mapping[str, Any]) -> Answer | None:
    """The answer that a row kept; None when the row is of a form this version does not know."""

    def texts(name: str) -> tuple[str, ...]:
        return tuple(str(each) for each in data.get(name) or ())

    def numbers(name: str) -> tuple[int, ...]:
        return tuple(int(each) for each in data.get(name) or ())

    try:
        match data.get("form"):
            case "gaps":
                return Gaps(texts("texts"))
            case "computed":
                return Computed(texts("texts"))
            case "chosen":
                return Chosen(numbers("options"))
            case "ordered":
                return Ordered(numbers("steps"))
            case "written":
                return Written(str(data["text"]))
            case "drawn":
                return Drawn(str(data["shorthand"]), str(data.get("text", "")))
            case "on_paper":
                return OnPaper(int(data["seconds"]), str(data.get("text", "")))
            case "predicted":
                return Predicted(_value(data["value"]))
            case _:
                return None
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _value(data: object) -> Value:
    """A prediction's value; whether it fits the question is seen where the question is known."""
    if isinstance(data, list | tuple):
        if not 0 < len(data) <= _MOST_POINTS:
            raise ValueError("a prediction has from 1 point to so many")
        return tuple(_finite(each) for each in data)
    return _finite(data)


def _finite(number: object) -> float | int:
    """A number as JSON has it. Raises ValueError for NaN and infinity, TypeError for no number."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise TypeError("a prediction is made of numbers")
    if not math.isfinite(number):  # OverflowError for a whole number beyond any float
        raise ValueError("a prediction is finite")
    return number
