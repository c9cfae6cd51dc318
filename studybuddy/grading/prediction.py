"""A sealed prediction against what the run found."""

from __future__ import annotations

from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    Question,
    Result,
    score_prediction,
)
from studybuddy.grading.verdict import Reason, Verdict
from studybuddy.text.translation import _


def grade_prediction(
    question: Question, prediction: float | int, result: Result, *, pretest: bool
) -> Verdict:
    """The verdict on a prediction: 4 when it holds, else 2; a pretest has no grade.

    When the effect lies inside its interval on this model (`result.clear` is False), nothing
    is marked wrong: the score is full, and a reason says why.
    """
    holds = score_prediction(question, prediction, result)
    reasons = [_reason(question, prediction, result, holds)]
    if not result.clear:
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
    counted = holds or not result.clear
    grade = 4 if counted else 2
    return Verdict(
        score=1000 if counted else 0,
        suggested=None if pretest else grade,
        reasons=tuple(reasons),
        right=int(counted),
        parts=1,
    )


def _reason(question: Question, prediction: float | int, result: Result, holds: bool) -> Reason:
    found, said = _shown(question, result.answer), _shown(question, prediction)
    if holds:
        text = _("Your prediction holds: the run found {found}; you said {said}.")
        return Reason("right", text.format(found=found, said=said))
    text = _("The run found {found}; you said {said}.")
    return Reason("wrong" if result.clear else "half", text.format(found=found, said=said))


def _shown(question: Question, value: float | int) -> str:
    if isinstance(question, ChoiceQuestion):
        inside = 0 <= int(value) < len(question.options)
        return f"“{question.options[int(value)]}”" if inside else "?"
    return f"{value:.4g} {question.unit}".rstrip()
