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
from textual.widget import Widget

from studybuddy.text.width import cell_width


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
    """The keys of use now, wrapped over as many rows as they need (two at most)."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; width: 1fr; height: auto; max-height: 2; background: $panel; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[KeyHint, ...] = ()

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
        """One row, or two."""
        return min(2, len(self._rows(width)))

    def render(self) -> Content:
        """Key in bold, then what it does."""
        rows = []
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
        if offset is None or offset.y >= len(rows):
            return
        at = 0
        for hint in rows[offset.y]:
            room = cell_width(hint.key) + cell_width(hint.text) + 3
            if at <= offset.x < at + room:
                await self.screen.run_action(hint.action)
                return
            at += room
