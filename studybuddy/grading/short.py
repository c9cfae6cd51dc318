"""A short answer that the learner marks against the scheme, one mark a point."""

from __future__ import annotations

from collections.abc import Sequence

from studybuddy.grading.grades import grade_from_score
from studybuddy.grading.verdict import Reason, Verdict


def grade_short(points: Sequence[str], ticks: Sequence[bool]) -> Verdict:
    """The verdict on a marked answer; `ticks` says of each point whether the answer held it.

    Raises ValueError when there is not one tick for each point.
    """
    if len(points) != len(ticks):
        raise ValueError(f"{len(ticks)} ticks for {len(points)} points")
    right = sum(ticks)
    score = round(1000 * right / len(points)) if points else 1000
    reasons = tuple(
        Reason("right" if tick else "missing", point)
        for point, tick in zip(points, ticks, strict=True)
    )
    return Verdict(score, grade_from_score(score), reasons, right, len(points))
