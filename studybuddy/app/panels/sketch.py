"""A curve drawn before the run: one point a label, set by arrows, digits or the mouse."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.widget import Widget

from studybuddy.app.keys import plain_key
from studybuddy.app.panels.base import Answered
from studybuddy.app.shown import content_of
from studybuddy.catalogue.predictions import SketchQuestion
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.pictures.sketch import sketch_picture, sketch_point, sketch_words
from studybuddy.text.translation import _, ngettext
from studybuddy.text.width import crop

STEP, LEAP = 0.05, 0.2
"""What an arrow and what a page key changes, as a share of the scale."""
_OTHER_ROWS, _KEY_ROWS = 5, 4
_LOWEST, _HIGHEST = 5, 11
_TYPED_AT_MOST = 12


class SketchPanel(Widget, can_focus=True):
    """The sheet. Posts `Answered` with one number a label on Enter, once every point is drawn.

    Left and right go from label to label; a label reached for the first time takes the value
    of the one before, so that the curve grows as one goes. Up and down change it, digits type it.
    """

    DEFAULT_CSS = """
    SketchPanel { width: 1fr; height: auto; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(self, question: SketchQuestion) -> None:
        super().__init__()
        self.question = question
        self.points: list[float | None] = [None] * len(question.x)
        self.cursor = 0
        self.typed = ""
        self._height = _HIGHEST
        self._reach(0)

    # ── what is shown ────────────────────────────────────────────────────────

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The chart as high as the screen allows, the labels, the numbers and two lines of words."""
        room = (viewport.height - _KEY_ROWS) * 7 // 10 - _OTHER_ROWS
        self._height = max(_LOWEST, min(_HIGHEST, room))
        return len(self._picture(width))

    def _picture(self, width: int) -> Picture:
        question = self.question
        sheet = sketch_picture(question, self.points, self.cursor, width, self._height)
        told = sketch_words(question, self.points, self.cursor, self.typed, width)
        missing = self.points.count(None)
        if missing:
            left = ngettext("{n} point is missing", "{n} points are missing", missing)
            told = f"{told} · {left.format(n=missing)}"
        bounds = _("{low:g} to {high:g} {unit}; ±{tolerance:g} counts as right").format(
            low=question.low,
            high=question.high,
            unit=question.unit,
            tolerance=question.tolerance,
        )
        return (
            *sheet,
            (Segment(crop(told, width), "strong"),),
            (Segment(crop(bounds, width), "dim"),),
        )

    def render(self) -> Content:
        """The sheet and the words under it."""
        return content_of(self._picture(self.content_size.width))

    # ── drawing ──────────────────────────────────────────────────────────────

    def _reach(self, at: int) -> None:
        """Go to a point; a new one begins where the point before it is."""
        self.cursor, self.typed = max(0, min(len(self.points) - 1, at)), ""
        if self.points[self.cursor] is None:
            middle = (self.question.low + self.question.high) / 2
            before = [point for point in self.points[: self.cursor] if point is not None]
            self.points[self.cursor] = before[-1] if before else middle

    def _set(self, value: float) -> None:
        bounded = min(self.question.high, max(self.question.low, value))
        self.points[self.cursor] = round(bounded, 6)

    def _change(self, share: float) -> None:
        self.typed = ""
        now = self.points[self.cursor]
        assert now is not None
        self._set(now + share * (self.question.high - self.question.low))

    def _type(self, text: str) -> None:
        """The number so far; the point follows while it lies on the scale."""
        self.typed = text[:_TYPED_AT_MOST]
        try:
            number = float(self.typed)
        except ValueError:
            return
        if self.question.low <= number <= self.question.high:
            self._set(number)

    def submit(self) -> None:
        """Hand the curve in; while points are missing, go to the next of them."""
        if None in self.points:
            self._reach(self.points.index(None))
            self.refresh()
        else:
            points = tuple(point for point in self.points if point is not None)
            self.post_message(Answered(self, points))

    # ── keys and mouse ───────────────────────────────────────────────────────

    def on_key(self, event: Key) -> None:
        """Arrows and pages, digits, Enter."""
        match event.key:
            case "left" | "shift+tab":
                self._reach(self.cursor - 1)
            case "right" | "tab":
                self._reach(self.cursor + 1)
            case "home":
                self._reach(0)
            case "end":
                self._reach(len(self.points) - 1)
            case "up":
                self._change(STEP)
            case "down":
                self._change(-STEP)
            case "pageup":
                self._change(LEAP)
            case "pagedown":
                self._change(-LEAP)
            case "backspace":
                self._type(self.typed[:-1])
            case "enter":
                self.submit()
            case _ if character := _of_a_number(plain_key(event)):
                self._type(self.typed + character)
            case _:
                return
        event.stop()
        event.prevent_default()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """A click sets the point of its column, at the nearest step of its height."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        width = self.content_size.width
        found = sketch_point(self.question, width, self._height, offset.x, offset.y)
        if found is None:
            return
        at, value = found
        self._reach(at)
        step = STEP * (self.question.high - self.question.low)
        if step > 0:
            steps = round((value - self.question.low) / step)
            self._set(self.question.low + steps * step)
        self.refresh()


def _of_a_number(character: str) -> str:
    """The character as a number may hold it; empty when none does. A Chinese full stop is a point."""
    character = {"。": ".", "−": "-"}.get(character, character)
    return character if character and character in "0123456789.-" else ""
