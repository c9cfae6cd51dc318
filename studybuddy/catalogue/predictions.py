"""What a learner can predict, and how a prediction is scored against a run."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from studybuddy.catalogue.figures import Figure

Value = float | int | tuple[float, ...]
"""A prediction, or a run's key: a number, an index, or several of either (see the questions)."""


@dataclass(frozen=True, slots=True)
class NumberQuestion:
    """A number is asked, right within `tolerance` (absolute) of the run's."""

    low: float
    high: float
    tolerance: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceQuestion:
    """One of several options is asked, by its index."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PositionQuestion:
    """A place in a sentence is asked: the index of one of its words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankingQuestion:
    """An order is asked: the indices of the items, the best or largest first."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SketchQuestion:
    """A curve is asked: one number in `low`..`high` for each label of `x`, drawn before the run.

    A point is right within `tolerance` of the run's, or inside its interval.
    """

    x: tuple[str, ...]
    low: float
    high: float
    tolerance: float
    unit: str = ""


Question = NumberQuestion | ChoiceQuestion | PositionQuestion | RankingQuestion | SketchQuestion


@dataclass(frozen=True, slots=True)
class Task:
    """One concrete question of an experiment, drawn from a seed; no network has run yet.

    `prompt` and the question's texts are in `language`. `parameters` is everything the
    run needs, plain JSON, and goes into the attempt's row.
    """

    run: str
    ask: str
    seed: int
    language: str
    prompt: str
    question: Question
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `total` steps, what it is doing, and what there is to be seen yet."""

    done: int
    total: int
    message: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found, as plain data.

    `answer` is the key, of the question's own form. `n` is the sample it rests on,
    `low`..`high` its interval (None where the run is a single sentence). `clear` is False
    when the effect lies inside its interval on this model: then nothing is marked wrong.
    `notes` are lines for the screen: model, timing (which decoder state scores), seed.
    `ties` are pairs of items that a ranking's run cannot tell apart: either order is right.
    `lows`..`highs` is the interval of each point of a sketch. `models` are name and sha256 of
    every model that was used.
    """

    run: str
    ask: str
    seed: int
    answer: Value
    n: int
    low: float | None = None
    high: float | None = None
    clear: bool = True
    summary: str = ""
    notes: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    ties: tuple[tuple[int, int], ...] = ()
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)


def fits_question(question: Question, value: Value) -> bool:
    """Whether a value is an answer to the question at all: of its form, and within its bounds."""
    match question:
        case NumberQuestion(low, high):
            return not isinstance(value, tuple) and low <= value <= high
        case ChoiceQuestion(places) | PositionQuestion(places):
            return isinstance(value, int) and 0 <= value < len(places)
        case RankingQuestion(items):
            return isinstance(value, tuple) and sorted(value) == list(range(len(items)))
        case SketchQuestion(x, low, high):
            return (
                isinstance(value, tuple)
                and len(value) == len(x)
                and all(low <= each <= high for each in value)
            )


def score_prediction(question: Question, value: Value, result: Result) -> float:
    """How much of a prediction holds, 0 to 1 (see `parts_right`)."""
    right, parts = parts_right(question, value, result)
    return right / parts


def parts_right(question: Question, value: Value, result: Result) -> tuple[int, int]:
    """How many parts of a prediction are right, and how many there are.

    A number, an option or a place is one part. Of a ranking each pair of items counts that the
    run can tell apart; of a sketch each point, right within the tolerance or the run's interval.
    """
    match question:
        case RankingQuestion():
            pairs = list(_pairs_in_order(_several(value), result))
            return (sum(pairs), len(pairs)) if pairs else (1, 1)
        case SketchQuestion(tolerance=tolerance):
            errors = point_errors(value, result)
            return sum(error <= tolerance for error in errors), max(1, len(errors))
        case _:
            return int(prediction_holds(question, value, result)), 1


def prediction_holds(question: Question, value: Value, result: Result) -> bool:
    """Whether the prediction as a whole is right.

    The option or place that the run found; a number within the tolerance, or within the run's
    own interval (it cannot tell the two apart); every pair of a ranking that the run can tell
    apart; a sketch whose points are off by no more than the tolerance on average.
    """
    match question:
        case ChoiceQuestion() | PositionQuestion():
            return _number(value) == _number(result.answer)
        case RankingQuestion():
            return all(_pairs_in_order(_several(value), result))
        case SketchQuestion(tolerance=tolerance):
            errors = point_errors(value, result)
            return bool(errors) and math.fsum(errors) / len(errors) <= tolerance
        case NumberQuestion(tolerance=tolerance):
            off = _error(_number(value), _number(result.answer), result.low, result.high)
            return off <= tolerance


def point_errors(value: Value, result: Result) -> list[float]:
    """How far each point of a sketch is off, 0 inside its interval; empty when it has other points."""
    said, found = _several(value), _several(result.answer)
    if len(said) != len(found):
        return []
    bounded = len(result.lows) == len(result.highs) == len(found)
    lows = result.lows if bounded else found
    highs = result.highs if bounded else found
    return [_error(*point) for point in zip(said, found, lows, highs, strict=True)]


def _number(value: Value) -> float:
    """The value of a question that asks one number; NaN, which equals nothing, for several."""
    return math.nan if isinstance(value, tuple) else value


def _several(value: Value) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)


def _error(said: float, found: float, low: float | None, high: float | None) -> float:
    if low is not None and high is not None and low <= said <= high:
        return 0.0
    return abs(said - found)


def _pairs_in_order(said: tuple[float, ...], result: Result) -> Iterator[bool]:
    """For each pair of items that the run can tell apart: whether it stands in the run's order."""
    place = {item: i for i, item in enumerate(said)}
    tied = {frozenset(pair) for pair in result.ties}
    for before, after in combinations(_several(result.answer), 2):
        if frozenset((before, after)) not in tied:
            yield before in place and after in place and place[before] < place[after]
