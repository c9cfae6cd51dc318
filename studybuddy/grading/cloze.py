"""Typed gaps against every accepted answer."""

from __future__ import annotations

from collections.abc import Sequence

from studybuddy.decks.model import Cloze, Gap
from studybuddy.grading.grades import grade_from_parts
from studybuddy.grading.normalise import is_slip, normalise
from studybuddy.grading.verdict import Reason, Verdict
from studybuddy.text.translation import _


def grade_cloze(body: Cloze, answers: Sequence[str], hints: int) -> Verdict:
    """The verdict on the typed answers, one a gap; an answer that is not there is an empty one."""
    gaps = body.gaps
    typed = [*answers, *[""] * len(gaps)][: len(gaps)]
    right = 0
    reasons: list[Reason] = []
    for place, (gap, answer) in enumerate(zip(gaps, typed, strict=True), 1):
        if _repeats(gaps, typed, place - 1):
            text = _("Gap {place}: “{typed}” already stands in another gap")
            holds, reason = False, Reason("wrong", text.format(place=place, typed=answer.strip()))
        else:
            holds, reason = _grade_gap(gap, answer, _rivals(gaps, gap), place)
        right += holds
        reasons.append(reason)
    return Verdict(
        score=round(1000 * right / len(gaps)) if gaps else 1000,
        suggested=grade_from_parts(right, len(gaps), hints),
        reasons=tuple(reasons),
        right=right,
        parts=len(gaps),
    )


def _repeats(gaps: Sequence[Gap], typed: Sequence[str], place: int) -> bool:
    """Whether an earlier gap of the same list holds this answer.

    Gaps that accept the same answers and show different ones are members of a list, such as
    "LSTM and GRU" in either order: each must be another. Gaps that show the same are not.
    """
    accepted, given = {normalise(answer) for answer in gaps[place].answers}, normalise(typed[place])
    return bool(given) and any(
        normalise(typed[i]) == given
        and normalise(gap.answers[0]) != normalise(gaps[place].answers[0])
        and {normalise(answer) for answer in gap.answers} == accepted
        for i, gap in enumerate(gaps[:place])
    )


def _rivals(gaps: Sequence[Gap], own: Gap) -> frozenset[str]:
    """What the other gaps accept, in normal form, but not what this one accepts as well."""
    everything = {normalise(answer) for gap in gaps for answer in gap.answers}
    return frozenset(everything - {normalise(answer) for answer in own.answers})


def _grade_gap(gap: Gap, typed: str, rivals: frozenset[str], place: int) -> tuple[bool, Reason]:
    shown = gap.answers[0]
    given = normalise(typed)
    accepted = [normalise(answer) for answer in gap.answers]
    if given and given in accepted:
        return True, Reason("right", _("Gap {place}: {answer}").format(place=place, answer=shown))
    if not given:
        text = _("Gap {place} is empty: {answer}")
        return False, Reason("missing", text.format(place=place, answer=shown))
    for answer, normal in zip(gap.answers, accepted, strict=True):
        if is_slip(given, normal, rivals):
            text = _("Gap {place}: {answer}; “{typed}” counts, with a slip in the spelling")
            said = text.format(place=place, answer=answer, typed=typed.strip())
            return True, Reason("tip", said)
    if given in rivals:
        text = _("Gap {place}: {answer}; “{typed}” belongs in another gap")
    else:
        text = _("Gap {place}: {answer}, not “{typed}”")
    return False, Reason("wrong", text.format(place=place, answer=shown, typed=typed.strip()))
