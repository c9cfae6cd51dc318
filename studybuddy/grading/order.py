"""Steps put into order, against the right one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from studybuddy.decks.model import Order
from studybuddy.grading.grades import grade_from_parts
from studybuddy.grading.verdict import Reason, Verdict
from studybuddy.text.translation import _


def grade_order(body: Order, order: Sequence[int], hints: int) -> Verdict:
    """The verdict on an order: indices into `body.steps`, first to last.

    The steps that stand right relative to each other are the longest increasing subsequence;
    the fewest steps to move are all the others. The score runs from 0 (the order backwards)
    to 1000. Steps left out count as out of place. Raises IndexError for a step that is not
    there.
    """
    steps = body.steps
    placed = list(dict.fromkeys(order))
    if any(not 0 <= step < len(steps) for step in placed):
        raise IndexError("the order names a step that the card does not have")
    kept = _longest_increasing(placed)
    total = len(steps)
    right = len(kept)
    score = 1000 if right == total else round(1000 * max(0, right - 1) / max(1, total - 1))
    reasons = [_reason(steps, step, step in placed) for step in range(total) if step not in kept]
    if not reasons:
        reasons = [Reason("right", _("All {n} steps stand in order.").format(n=total))]
    return Verdict(
        score=score,
        suggested=grade_from_parts(right if score else 0, total, hints),
        reasons=tuple(reasons),
        right=right,
        parts=total,
    )


def _reason(steps: Sequence[str], step: int, placed: bool) -> Reason:
    if step == 0:
        text = _("“{step}” comes first.")
    elif step == len(steps) - 1:
        text = _("“{step}” comes last, after “{before}”.")
    else:
        text = _("“{step}” comes right after “{before}”.")
    said = text.format(step=steps[step], before=steps[step - 1])
    return Reason("wrong" if placed else "missing", said)


def _longest_increasing(values: Sequence[int]) -> frozenset[int]:
    """One longest increasing subsequence (patience sorting with back pointers), as a set."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, value in enumerate(values):
        slot = bisect_left(tails, value)
        before.append(places[slot - 1] if slot else None)
        if slot == len(tails):
            tails.append(value)
            places.append(place)
        else:
            tails[slot], places[slot] = value, place
    kept: set[int] = set()
    at: int | None = places[-1] if places else None
    while at is not None:
        kept.add(values[at])
        at = before[at]
    return frozenset(kept)
