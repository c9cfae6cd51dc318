"""A sealed prediction against what the run found."""

from __future__ import annotations

import math
from itertools import combinations

from studybuddy.catalogue.figures import Curve, Series
from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    PositionQuestion,
    Question,
    RankingQuestion,
    Result,
    SketchQuestion,
    Value,
    parts_right,
    point_errors,
    prediction_holds,
    score_prediction,
)
from studybuddy.grading.verdict import Mark, Reason, Verdict
from studybuddy.text.translation import _

_PAIRS_SHOWN = 3


def grade_prediction(
    question: Question, prediction: Value, result: Result, *, pretest: bool
) -> Verdict:
    """The verdict on a prediction: 4 when it holds, else 2; a pretest has no grade.

    When the effect lies inside its interval on this model (`result.clear` is False), nothing
    is marked wrong: the score is full, and a reason says why.
    """
    holds = prediction_holds(question, prediction, result)
    right, parts = parts_right(question, prediction, result)
    score = round(1000 * score_prediction(question, prediction, result))
    reasons = _reasons(question, prediction, result, holds=holds)
    if not result.clear:
        right, score = parts, 1000
        reasons.append(
            Reason(
                "tip",
                _("On this model the effect lies inside its interval: nothing is marked wrong."),
            )
        )
    if pretest:
        reasons.append(
            Reason("tip", _("This was a first guess, made before the lesson: it has no grade."))
        )
    grade = 4 if holds or not result.clear else 2
    return Verdict(
        score=score,
        suggested=None if pretest else grade,
        reasons=tuple(reasons),
        right=right,
        parts=parts,
    )


def sketch_against_run(question: SketchQuestion, prediction: Value, result: Result) -> Curve | None:
    """The learner's sketch and what the run found over the same labels; None when one is no sketch."""
    if not isinstance(prediction, tuple) or not isinstance(result.answer, tuple):
        return None
    return Curve(
        _("Your sketch and the run"),
        "",
        question.unit,
        question.x,
        (
            Series(_("your sketch"), prediction),
            Series(_("the run"), result.answer, result.lows, result.highs),
        ),
        y_low=question.low,
        y_high=question.high,
        percent=False,
    )


def _reasons(question: Question, prediction: Value, result: Result, *, holds: bool) -> list[Reason]:
    wrong: Mark = "wrong" if result.clear else "half"
    match question:
        case SketchQuestion():
            return [_sketch_reason(question, prediction, result, holds=holds)]
        case RankingQuestion():
            found, said = _order(question, result.answer, result), _order(question, prediction)
        case _:
            found, said = _shown(question, result.answer), _shown(question, prediction)
    if holds:
        text = _("Your prediction holds: the run found {found}; you said {said}.")
        return [Reason("right", text.format(found=found, said=said))]
    told = [
        Reason(wrong, _("The run found {found}; you said {said}.").format(found=found, said=said))
    ]
    if isinstance(question, RankingQuestion):
        told += [Reason(wrong, pair) for pair in _wrong_pairs(question, prediction, result)]
    return told


def _sketch_reason(
    question: SketchQuestion, prediction: Value, result: Result, *, holds: bool
) -> Reason:
    errors = point_errors(prediction, result)
    off = math.fsum(errors) / len(errors) if errors else math.nan
    right, parts = parts_right(question, prediction, result)
    numbers = {
        "off": f"{off:.3g} {question.unit}".rstrip(),
        "tolerance": _number(question.tolerance, question.unit),
        "right": right,
        "parts": parts,
    }
    if holds:
        text = _(
            "Your sketch holds: on average it is off by {off} (at most {tolerance} was allowed); "
            "{right} of {parts} points lie within it."
        )
        return Reason("right", text.format(**numbers))
    text = _(
        "On average your sketch is off by {off} (at most {tolerance} was allowed); "
        "{right} of {parts} points lie within it."
    )
    return Reason("wrong" if result.clear else "half", text.format(**numbers))


def _shown(question: Question, value: Value) -> str:
    match question, value:
        case NumberQuestion(unit=unit), int() | float():
            return _number(value, unit)
        case ChoiceQuestion(names), int() if 0 <= value < len(names):
            return f"“{names[value]}”"
        case PositionQuestion(names), int() if 0 <= value < len(names):
            return _("“{word}” (word {n})").format(word=names[value], n=value + 1)
        case _:
            return "?"


def _number(value: float, unit: str) -> str:
    return f"{value:.4g} {unit}".rstrip()


def _order(question: RankingQuestion, value: Value, result: Result | None = None) -> str:
    """The items, the best first; `=` between two neighbours that the run cannot tell apart."""
    if not isinstance(value, tuple) or sorted(value) != list(range(len(question.items))):
        return "?"
    tied = {frozenset(pair) for pair in result.ties} if result is not None else set()
    text = ""
    for place, item in enumerate(map(int, value)):
        if place:
            text += " = " if frozenset((item, int(value[place - 1]))) in tied else " > "
        text += f"“{question.items[item]}”"
    return text


def _wrong_pairs(question: RankingQuestion, prediction: Value, result: Result) -> list[str]:
    """Sentences about pairs in the wrong order, those furthest apart in the run first."""
    if not isinstance(prediction, tuple) or not isinstance(result.answer, tuple):
        return []
    said = {int(item): place for place, item in enumerate(prediction)}
    tied = {frozenset(pair) for pair in result.ties}
    order = [int(item) for item in result.answer]
    apart = sorted(combinations(range(len(order)), 2), key=lambda pair: pair[0] - pair[1])
    sentences = [
        _("“{first}” comes before “{second}” in the run.").format(
            first=question.items[order[i]], second=question.items[order[j]]
        )
        for i, j in apart
        if frozenset((order[i], order[j])) not in tied and said[order[i]] > said[order[j]]
    ]
    return sentences[:_PAIRS_SHOWN] if len(question.items) > 2 else []
