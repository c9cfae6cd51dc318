"""A choice against its key."""

from __future__ import annotations

from collections.abc import Collection

from studybuddy.decks.model import Choice, Option
from studybuddy.grading.grades import grade_from_parts
from studybuddy.grading.verdict import Mark, Reason, Verdict
from studybuddy.text.translation import _


def grade_choice(body: Choice, chosen: Collection[int], hints: int) -> Verdict:
    """The verdict on the chosen options, by their index in `body.options`.

    Of several, each right one counts for one and each wrong one takes one back, never below
    zero. Raises IndexError for an option that is not there.
    """
    picked = set(chosen)
    if not picked <= set(range(len(body.options))):
        raise IndexError("the answer names an option that the card does not have")
    right = sum(option.right for i, option in enumerate(body.options) if i in picked)
    wrong = len(picked) - right
    parts = sum(option.right for option in body.options)
    reasons = [
        _reason(option, i in picked)
        for i, option in enumerate(body.options)
        if option.right or i in picked
    ]
    if parts == 0:
        score = 0 if wrong else 1000
        suggested = grade_from_parts(int(not wrong), 1, hints)
        return Verdict(score, suggested, tuple(reasons), int(not wrong), 1)
    counted = max(0, right - wrong)
    return Verdict(
        score=round(1000 * counted / parts),
        suggested=grade_from_parts(counted, parts, hints),
        reasons=tuple(reasons),
        right=right,
        parts=parts,
    )


def _reason(option: Option, picked: bool) -> Reason:
    mark: Mark
    if picked and option.right:
        mark, text = "right", _("Right: {option}")
    elif picked:
        mark, text = "wrong", _("Wrong: {option}")
    else:
        mark, text = "missing", _("Also right, not chosen: {option}")
    said = text.format(option=option.text)
    return Reason(mark, f"{said}  {option.why}" if option.why else said)
