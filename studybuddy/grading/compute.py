"""Typed numbers against the key that the generator worked out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from studybuddy.catalogue.generators import ComputeTask
from studybuddy.catalogue.generators.notation import number, whole
from studybuddy.grading.grades import grade_from_parts
from studybuddy.grading.numbers import read_number, read_numbers
from studybuddy.grading.verdict import Reason, Verdict
from studybuddy.text.translation import _


def grade_compute(task: ComputeTask, answers: Sequence[str], hints: int) -> Verdict:
    """The verdict on the typed values: one text a value, or all of them in one text."""
    count = len(task.answers)
    typed = list(answers)
    if len(typed) == 1 and count > 1:
        values = read_numbers(typed[0], count)
        typed = [typed[0].strip() if value is None else "" for value in values]
    else:
        typed = [*typed, *[""] * count][:count]
        values = [read_number(text) for text in typed]
    right = 0
    reasons: list[Reason] = []
    for i, value in enumerate(values):
        holds = value is not None and _within(task, value, task.answers[i])
        right += holds
        reasons.append(_reason(task, i, value, typed[i], holds))
    reasons.append(Reason("tip", _tolerance(task)))
    return Verdict(
        score=round(1000 * right / count),
        suggested=grade_from_parts(right, count, hints),
        reasons=tuple(reasons),
        right=right,
        parts=count,
    )


def _within(task: ComputeTask, value: float, answer: float) -> bool:
    # The factor lets a value exactly at the tolerance through, which binary fractions miss.
    allowed = max(task.tolerance, task.relative * abs(answer)) * (1 + 1e-9)
    return abs(value - answer) <= allowed


def _reason(task: ComputeTask, place: int, value: float | None, typed: str, holds: bool) -> Reason:
    label, answer = task.asked[place], task.answers[place]
    shown = _shown(answer)
    if holds:
        return Reason("right", f"{label} = {shown}")
    if value is None and not typed.strip():
        text = _("{label} = {answer}; nothing was given")
        return Reason("missing", text.format(label=label, answer=shown))
    if value is None:
        text = _("{label} = {answer}; “{typed}” cannot be read as a number")
        return Reason("wrong", text.format(label=label, answer=shown, typed=typed.strip()[:40]))
    text = _("{label} = {answer}, not {value}")
    if answer and math.isclose(value, 100 * answer, rel_tol=0.02):
        text = _("{label} = {answer}, not {value}: a hundred times too large (is a % missing?)")
    elif answer and math.isclose(value, -answer, rel_tol=0.02):
        text = _("{label} = {answer}, not {value}: the sign is turned round")
    return Reason("wrong", text.format(label=label, answer=shown, value=_shown(value)))


def _shown(value: float) -> str:
    return whole(int(value)) if value == int(value) and abs(value) < 1e12 else number(value, 4)


def _tolerance(task: ComputeTask) -> str:
    if task.relative:
        return _("Right within {percent} % of the answer.").format(
            percent=f"{task.relative:.0%}"[:-1]
        )
    return _("Right within ±{tolerance}.").format(tolerance=f"{task.tolerance:g}")
