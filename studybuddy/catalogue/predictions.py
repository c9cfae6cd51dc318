"""What a learner can predict, and how a prediction is scored against a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studybuddy.catalogue.figures import Figure


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


Question = NumberQuestion | ChoiceQuestion


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
    """How far a run is: `done` of `total` steps, and what it is doing."""

    done: int
    total: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found, as plain data.

    `answer` is the key: an option's index, or a number. `n` is the sample it rests on,
    `low`..`high` its interval (None where the run is a single sentence). `clear` is False
    when the effect lies inside its interval on this model: then nothing is marked wrong.
    `notes` are lines for the screen: model, timing (which decoder state scores), seed.
    """

    run: str
    ask: str
    seed: int
    answer: float | int
    n: int
    low: float | None = None
    high: float | None = None
    clear: bool = True
    summary: str = ""
    notes: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


def score_prediction(question: Question, prediction: float | int, result: Result) -> bool:
    """Whether the prediction holds: the option that the run found, or within the tolerance.

    A number within the run's own interval is right as well: the run cannot tell them apart.
    """
    if isinstance(question, ChoiceQuestion):
        return int(prediction) == int(result.answer)
    if (
        result.low is not None
        and result.high is not None
        and result.low <= prediction <= result.high
    ):
        return True
    return abs(prediction - result.answer) <= question.tolerance
