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
from studybuddy.pictures.rows import Picture, Role, Segment


class AskScreen(ModalScreen[str | None]):
    """One question with a field. `check` returns what is wrong with a text, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "")]
    DEFAULT_CSS = """
    AskScreen { align: center middle; background: $background 60%; }
    AskScreen Vertical {
        width: 60; max-width: 94%; height: auto; background: $surface;
        border: round $primary; padding: 1 2;
    }
    """

    def __init__(
        self,
        question: str,
        value: str,
        note: str,
        check: Callable[[str], str | None],
        *,
        longest: int = 64,
    ) -> None:
        super().__init__()
        self._question, self._value, self._note, self._check = question, value, note, check
        self._longest = longest
        self._fault = ""

    def compose(self) -> ComposeResult:
        """The question, the field, a note or what is wrong."""
        with Vertical():
            yield PictureView(lambda _width: (line(self._question, "heading"),))
            yield Input(value=self._value, max_length=self._longest)
            yield PictureView(self._below, id="below")

    def _below(self, width: int) -> Picture:
        role: Role = "wrong" if self._fault else "dim"
        return tuple(wrap_segments([Segment(self._fault or self._note, role)], width))

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
