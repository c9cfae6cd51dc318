"""A small question in one line: the exam's date, the number of new cards a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from studybuddy.app.shown import PictureView, line
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, Segment

LINE = 64
"""Characters from which on an answer is a sentence, and its field is made as wide as it can be."""


class AskScreen(ModalScreen[str | None]):
    """One question with a field. `check` returns what is wrong with a text, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "")]
    DEFAULT_CSS = """
    AskScreen { align: center middle; background: $background 60%; }
    AskScreen Vertical {
        width: 60; max-width: 94%; height: auto; background: $surface;
        border: round $primary; padding: 1 2;
    }
    AskScreen .long { width: 78; }
    """

    def __init__(
        self,
        question: str,
        value: str,
        note: str,
        check: Callable[[str], str | None],
        *,
        longest: int = LINE,
    ) -> None:
        super().__init__()
        self._question, self._value, self._note, self._check = question, value, note, check
        self._longest = longest
        self._fault = ""

    def compose(self) -> ComposeResult:
        """The question, the field, what is wrong, a note."""
        long = self._longest > LINE
        with Vertical(classes="long" if long else None):
            yield PictureView(lambda _width: (line(self._question, "heading"),))
            # A date is typed anew; a sentence that stands there is to be changed.
            yield Input(value=self._value, max_length=self._longest, select_on_focus=not long)
            yield PictureView(self._below, id="below")

    def _below(self, width: int) -> Picture:
        rows = wrap_segments([Segment(self._fault, "wrong")], width) if self._fault else []
        return (*rows, *wrap_segments([Segment(self._note, "dim")], width))

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self._fault = self._check(event.value.strip()) or ""
        if self._fault:
            self.query_one("#below", PictureView).show(self._below)
        else:
            self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Nothing changes."""
        self.dismiss(None)
