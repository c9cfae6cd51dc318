"""A list to pick from: one line, or several; by arrows, digits, letters or mouse.

Also the tick list of a marking scheme. Right arrow toggles, because a Chinese
input method swallows the space bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.events import Click, Key

from studybuddy.app.keys import plain_key
from studybuddy.app.panels.base import Answered
from studybuddy.app.panels.lines import LineList
from studybuddy.pictures.rows import Role


class PickList(LineList):
    """Lines with a cursor; `several` lets more than one be picked.

    Posts `Answered` with the picked indices on Enter. With one pick only, Enter
    takes the line under the cursor.
    """

    MARKS: ClassVar[dict[tuple[bool, bool], str]] = {
        (True, True): "[x] ",
        (True, False): "[ ] ",
        (False, True): "(o) ",
        (False, False): "( ) ",
    }

    def __init__(self, items: Sequence[str], *, several: bool = False, at: int = 0) -> None:
        super().__init__()
        self.items = tuple(items)
        self.several = several
        self.cursor = min(at, max(0, len(self.items) - 1))
        self.picked: set[int] = set()

    def lines(self) -> Iterator[tuple[str, str, Role]]:
        """A picked line has a mark of its own beside the cursor's."""
        for index, item in enumerate(self.items):
            here = index == self.cursor
            picked = index in self.picked if self.several else here
            lead = f"{'>' if here else ' '} {self.MARKS[self.several, picked]}{index + 1}. "
            yield lead, item, "strong" if here else "plain"

    def toggle(self, index: int) -> None:
        """Pick a line, or put it back."""
        self.cursor = index
        if self.several:
            self.picked ^= {index}
        self.moved()

    def submit(self) -> None:
        """Say what was picked."""
        if self.several:
            self.post_message(Answered(self, tuple(sorted(self.picked))))
        elif self.items:
            self.post_message(Answered(self, (self.cursor,)))

    def on_key(self, event: Key) -> None:
        """Arrows, j and k move; digits pick; space and right toggle; Enter submits."""
        key = plain_key(event)
        last = len(self.items) - 1
        if event.key == "tab":
            self.cursor = (self.cursor + 1) % (last + 1)
        elif event.key == "down" or key == "j":
            self.cursor = min(last, self.cursor + 1)
        elif event.key in ("up", "shift+tab") or key == "k":
            self.cursor = max(0, self.cursor - 1)
        elif event.key == "home":
            self.cursor = 0
        elif event.key == "end":
            self.cursor = last
        elif key.isdigit() and 1 <= int(key) <= len(self.items):
            self.toggle(int(key) - 1)
            if not self.several:
                self.submit()
        elif self.several and (key == " " or event.key in ("right", "left")):
            self.toggle(self.cursor)
        elif event.key == "enter" or (key == " " and not self.several):
            self.submit()
        else:
            return
        event.stop()
        event.prevent_default()
        self.moved()

    def on_click(self, event: Click) -> None:
        """A click picks; a second click on the same line of a single list submits."""
        index = self.place_at(event)
        if index is None:
            return
        again = index == self.cursor and event.chain >= 2
        self.toggle(index)
        if again and not self.several:
            self.submit()
