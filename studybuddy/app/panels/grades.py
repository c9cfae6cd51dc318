"""The grade bar: each grade with the interval that it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from studybuddy.app.keys import plain_key
from studybuddy.grading.grades import grade_name
from studybuddy.text.translation import _, ngettext
from studybuddy.text.width import cell_width


def days_text(days: int | None) -> str:
    """An interval as it stands beside a grade."""
    if days is None:
        return "–"
    return ngettext("{n} day", "{n} days", days).format(n=days)


class GradeBar(Widget, can_focus=True):
    """Grades to choose from: by digit, by left and right with Enter, or by mouse."""

    DEFAULT_CSS = """
    GradeBar { height: auto; text-wrap: nowrap; width: 1fr; padding: 0 1; background: $surface; }
    """

    class Graded(Message):
        """A grade 0..5 was chosen; None where a pretest takes none."""

        def __init__(self, bar: GradeBar, grade: int | None) -> None:
            super().__init__()
            self.bar = bar
            self.grade = grade

    def __init__(
        self,
        grades: Sequence[int],
        intervals: Mapping[int, int | None],
        suggested: int | None,
        *,
        pretest: bool = False,
    ) -> None:
        super().__init__()
        self.grades = tuple(grades)
        self.pretest = pretest
        self._intervals = dict(intervals)
        wanted = suggested if suggested is not None else 4
        at_most = [grade for grade in self.grades if grade <= wanted]
        self.cursor = self.grades.index(max(at_most)) if at_most else 0
        self._suggested = suggested

    def _key(self, place: int) -> str:
        """Simple grades are keyed 1–4 in their order; the full scale by the grade itself."""
        return str(place + 1) if len(self.grades) == 4 else str(self.grades[place])

    def _labels(self) -> list[str]:
        if self.pretest:
            return [_("Enter: go on (a first prediction takes no grade; asked again tomorrow)")]
        return [
            f" {self._key(place)} {grade_name(grade)} {days_text(self._intervals.get(grade))} "
            for place, grade in enumerate(self.grades)
        ]

    def _rows(self, width: int) -> list[list[tuple[int, str]]]:
        """Places and labels; the full scale takes two rows of a narrow screen."""
        labels = list(enumerate(self._labels()))
        if sum(cell_width(label) + 2 for _place, label in labels) <= width or len(labels) < 2:
            return [labels]
        half = (len(labels) + 1) // 2
        return [labels[:half], labels[half:]]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row, or two."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The grade that Enter gives is shown reversed, and between marks."""
        rows: list[Content] = []
        for row in self._rows(self.content_size.width):
            parts: list[tuple[str, str]] = []
            for place, label in row:
                here = place == self.cursor and not self.pretest
                parts.append(
                    (f"[{label}]" if here else f" {label} ", "bold reverse" if here else "")
                )
            rows.append(Content.assemble(*parts))
        return Content("\n").join(rows)

    def choose(self, place: int) -> None:
        """Give the grade at this place."""
        self.post_message(self.Graded(self, None if self.pretest else self.grades[place]))

    def by_key(self, key: str) -> bool:
        """Give the grade of this key; whether there is one."""
        for place in range(len(self.grades)):
            if key == self._key(place) and not self.pretest:
                self.choose(place)
                return True
        return False

    def on_key(self, event: Key) -> None:
        """Digits, left and right, Enter."""
        key = plain_key(event)
        if event.key == "left":
            self.cursor = max(0, self.cursor - 1)
        elif event.key == "right":
            self.cursor = min(len(self.grades) - 1, self.cursor + 1)
        elif event.key == "enter" or key == " ":
            self.choose(self.cursor)
        elif not self.by_key(key):
            return
        event.stop()
        event.prevent_default()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """A click gives the grade under the pointer."""
        offset = event.get_content_offset(self)
        rows = self._rows(self.content_size.width)
        if offset is None or not 0 <= offset.y < len(rows):
            return
        at = 0
        for place, label in rows[offset.y]:
            at += cell_width(label) + 2
            if offset.x < at:
                self.choose(place)
                return
