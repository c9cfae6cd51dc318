"""Answers that are typed: gaps, numbers, a short answer; one field on one line of the screen.

The field never moves while one types, so that the window of a Chinese input
method stays where it is; several answers are typed one after another.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.widgets import Input

from studybuddy.app.panels.base import Answered
from studybuddy.app.panels.field import Field
from studybuddy.app.shown import PictureView, line


class TypedAnswers(Vertical):
    """One input for `labels`, one after another. Posts `Answered` with all texts after the last.

    Up goes back to the answer before. `empty` allows an empty answer.
    """

    DEFAULT_CSS = """
    TypedAnswers { height: auto; }
    TypedAnswers PictureView { height: 1; padding: 0 1; }
    """

    class Changed(Message):
        """What was typed so far, and the index of the answer being typed."""

        def __init__(self, texts: tuple[str, ...], at: int) -> None:
            super().__init__()
            self.texts = texts
            self.at = at

    def __init__(self, labels: Sequence[str], *, placeholder: str = "") -> None:
        super().__init__()
        self.labels = tuple(labels)
        self.texts = [""] * len(self.labels)
        self.at = 0
        self._label = PictureView()
        self._input = Field(self._entered, placeholder=placeholder)

    def compose(self) -> ComposeResult:
        """The label of the present answer above its field."""
        yield self._label
        yield self._input

    def on_mount(self) -> None:
        """Begin with the first answer."""
        self._go(0)

    def focus_field(self) -> None:
        """Put the cursor into the field."""
        self._input.focus()

    def _go(self, at: int) -> None:
        self.at = at
        label = self.labels[at]
        count = f" ({at + 1}/{len(self.labels)})" if len(self.labels) > 1 else ""
        self._label.show(lambda _width: (line(f"{label}{count}", "heading"),))
        with self.prevent(Input.Changed):
            self._input.value = self.texts[at]
        self._input.cursor_position = len(self.texts[at])
        self.post_message(self.Changed(tuple(self.texts), self.at))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        # The field as it is now: the event may speak of the answer before.
        self.texts[self.at] = self._input.value
        self.post_message(self.Changed(tuple(self.texts), self.at))

    def _entered(self) -> None:
        self.texts[self.at] = self._input.value
        if self.at + 1 < len(self.labels):
            self._go(self.at + 1)
        else:
            self.post_message(Answered(self, tuple(self.texts)))

    def on_key(self, event: Key) -> None:
        """Up and down go from answer to answer."""
        if event.key == "up" and self.at > 0:
            self._go(self.at - 1)
        elif event.key == "down" and self.at + 1 < len(self.labels):
            self._go(self.at + 1)
        else:
            return
        event.stop()
