"""The grade that a score suggests."""

from __future__ import annotations

import pytest

from studybuddy.grading.grades import (
    GRADE_NAMES,
    GRADES,
    SIMPLE,
    grade_from_parts,
    grade_from_score,
    grade_meaning,
    grade_name,
)


@pytest.mark.parametrize(
    ("score", "grade"),
    [(1000, 5), (900, 5), (899, 4), (750, 4), (749, 3), (600, 3), (599, 2), (400, 2), (399, 1), (0, 1)],
)  # fmt: skip
def test_the_grade_of_a_score(score: int, grade: int) -> None:
    assert grade_from_score(score) == grade


@pytest.mark.parametrize(
    ("right", "parts", "hints", "grade"), [(3, 3, 0, 4), (3, 3, 1, 3), (2, 3, 0, 2), (0, 3, 0, 1)]
)
def test_the_grade_of_counted_parts(right: int, parts: int, hints: int, grade: int) -> None:
    assert grade_from_parts(right, parts, hints) == grade


def test_every_grade_has_a_name_and_a_meaning_of_its_own() -> None:
    assert len({grade_name(grade) for grade in GRADES}) == len(GRADES)
    assert len({grade_meaning(grade) for grade in GRADES}) == len(GRADES)
    assert dict(GRADE_NAMES) == {grade: grade_name(grade) for grade in GRADES}
    assert [grade_name(grade) for grade in SIMPLE] == ["Again", "Hard", "Good", "Easy"]
