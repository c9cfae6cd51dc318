"""The line of keys at the foot of a screen, and full-width keys.

Textual's own footer makes a widget a key and keeps old ones alive; this is one
widget that draws the keys that are of use now, and each can be clicked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget

from studybuddy.text.sanitise import clean
from studybuddy.text.width import cell_width, wrap


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key as it is shown, what it does, and the screen's action it runs when clicked."""

    key: str
    text: str
    action: str


def plain_key(event: Key) -> str:
    """The key's character with full-width forms made plain: `１` is 1, `？` is ?, `　` a space."""
    character = event.character or ""
    if event.key == "space":
        return " "
    return unicodedata.normalize("NFKC", character) if len(character) == 1 else ""


def is_full_width(event: Key) -> bool:
    """Whether a Chinese input method sent a full-width form that has a plain twin."""
    character = event.character or ""
    return len(character) == 1 and character != unicodedata.normalize("NFKC", character)


class KeyLine(Widget):
    """The keys of use now, wrapped over as many rows as they need, under a passing note."""

    NOTE_SECONDS = 4.0

    DEFAULT_CSS = """
    KeyLine { dock: bottom; width: 1fr; height: auto; max-height: 4; background: $panel; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[KeyHint, ...] = ()
        self._note = ""
        self._timer: Timer | None = None

    def say(self, text: str) -> None:
        """A short note above the keys; it goes by itself, and covers nothing."""
        # A note may name a file, and a file's name is anyone's text.
        self._note = clean(text)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self.NOTE_SECONDS, self._hush)
        self.refresh(layout=True)

    def _hush(self) -> None:
        self._note = ""
        self.refresh(layout=True)

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Show these keys; nothing is redrawn when they are the same."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh(layout=True)

    def _rows(self, width: int) -> list[list[KeyHint]]:
        rows: list[list[KeyHint]] = [[]]
        used = 0
        for hint in self._hints:
            room = cell_width(hint.key) + cell_width(hint.text) + 3
            if used + room - 2 > width and rows[-1]:
                rows.append([])
                used = 0
            rows[-1].append(hint)
            used += room
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The note's row, if there is one, and the keys' rows."""
        return len(self._notes(width)) + len(self._rows(width))

    def _notes(self, width: int) -> list[str]:
        return wrap(self._note, max(8, width))[:2] if self._note else []

    def render(self) -> Content:
        """Key in bold, then what it does."""
        rows = [
            Content.styled(text, "bold $accent") for text in self._notes(self.content_size.width)
        ]
        for hints in self._rows(self.content_size.width):
            parts: list[tuple[str, str]] = []
            for hint in hints:
                parts += [(hint.key, "bold $primary"), (f" {hint.text}  ", "")]
            rows.append(Content.assemble(*parts))
        return Content("\n").join(rows)

    async def on_click(self, event: Click) -> None:
        """A click on a key runs what the key runs."""
        offset = event.get_content_offset(self)
        rows = self._rows(self.content_size.width)
        if offset is None:
            return
        y = offset.y - len(self._notes(self.content_size.width))
        if not 0 <= y < len(rows):
            return
        at = 0
        for hint in rows[y]:
            room = cell_width(hint.key) + cell_width(hint.text) + 3
            if at <= offset.x < at + room:
                await self.screen.run_action(hint.action)
                return
            at += room
