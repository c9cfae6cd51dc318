"""The help overlay: every key of the screen below, and how to type with an input method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import Click
from textual.screen import ModalScreen

from studybuddy.app.shown import PictureView, line
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, pad


class HelpScreen(ModalScreen[None]):
    """Keys and their meaning over the screen; any of Esc, Enter, ? and F1 closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,enter,question_mark,f1,q,space", "dismiss_help", ""),
        ("fullwidth_question_mark,ideographic_space", "dismiss_help", ""),
    ]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen VerticalScroll {
        width: 72; max-width: 94%; height: auto; max-height: 90%;
        background: $surface; border: round $primary; padding: 1 2;
    }
    """

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = tuple(keys)

    def compose(self) -> ComposeResult:
        """One scrolling picture."""
        with VerticalScroll():
            yield PictureView(self._picture)

    def _picture(self, width: int) -> Picture:
        room = max((cell_width(key) for key, _text in self._keys), default=4) + 2
        rows: list[PictureRow] = [line(_("Keys of this screen"), "heading"), ()]
        for key, text in self._keys:
            lines = wrap_segments([Segment(text)], max(8, width - room))
            for number, row in enumerate(lines):
                rows.append((Segment(pad(key if number == 0 else "", room), "strong"), *row))
        rows.append(())
        note = _(
            "With a Chinese input method on, use Enter, Tab, the arrows and the F keys; "
            "full-width digits and letters count as plain ones. Everything can be clicked, and "
            "the commands (Ctrl+P) list every action. Hold Shift to select text by mouse."
        )
        rows += wrap_segments([Segment(note, "dim")], width)
        return tuple(rows)

    def on_click(self, event: Click) -> None:
        """A click outside closes the help."""
        if event.widget is self:
            self.dismiss(None)

    def action_dismiss_help(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)
