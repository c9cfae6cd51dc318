"""SM-2's six grades, the simple four, and the grade that a score suggests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studybuddy.text.translation import _

GRADES = (0, 1, 2, 3, 4, 5)
#: The four that the keys 1-4 give by default.
SIMPLE = (1, 3, 4, 5)
PASS = 3

#: From this score (thousandths) on, this grade: drawings and marked short answers.
_FROM_SCORE = ((900, 5), (750, 4), (600, 3), (400, 2))


def grade_from_score(score: int) -> int:
    """The grade that a score in thousandths suggests: .90 → 5, .75 → 4, .60 → 3, .40 → 2, else 1."""
    return next((grade for least, grade in _FROM_SCORE if score >= least), 1)


def grade_from_parts(right: int, parts: int, hints: int = 0) -> int:
    """The grade of an answer that the program checks in full.

    All right is 4, or 3 when a hint was used; partly right is 2; nothing right is 1.
    """
    if right >= parts:
        return 3 if hints else 4
    return 2 if right > 0 else 1


def grade_name(grade: int) -> str:
    """The grade's short name in the interface's language: what stands on its key."""
    return {
        0: _("Blank"),
        1: _("Again"),
        2: _("Nearly"),
        3: _("Hard"),
        4: _("Good"),
        5: _("Easy"),
    }[grade]


def grade_meaning(grade: int) -> str:
    """What SM-2 means by the grade, as one line of help."""
    return {
        0: _("nothing came to mind"),
        1: _("wrong, but familiar once seen"),
        2: _("wrong, but it was on the tip of the tongue"),
        3: _("right, with real effort"),
        4: _("right, after a moment"),
        5: _("right at once"),
    }[grade]


class _GradeNames(Mapping[int, str]):
    """The short names, looked up when they are asked for: a change of language shows at once."""

    def __getitem__(self, grade: int) -> str:
        return grade_name(grade)

    def __iter__(self) -> Iterator[int]:
        return iter(GRADES)

    def __len__(self) -> int:
        return len(GRADES)


GRADE_NAMES: Mapping[int, str] = _GradeNames()
