"""A list to pick from: one line, or several; by arrows, digits, letters or mouse.

Also the tick list of a marking scheme. Right arrow toggles, because a Chinese
input method swallows the space bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Region, Size
from textual.widget import Widget

from studybuddy.app.keys import plain_key
from studybuddy.app.panels.base import Answered
from studybuddy.app.shown import content_of_row
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import PictureRow, Role, Segment


class PickList(Widget, can_focus=True):
    """Lines with a cursor; `several` lets more than one be picked.

    Posts `Answered` with the picked indices on Enter. With one pick only, Enter
    takes the line under the cursor.
    """

    DEFAULT_CSS = """
    PickList { width: 1fr; height: auto; padding: 0 1; text-wrap: nowrap; }
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
        self._rows_made: tuple[int, list[tuple[int, PictureRow]]] | None = None

    def _rows(self, width: int) -> list[tuple[int, PictureRow]]:
        rows: list[tuple[int, PictureRow]] = []
        for index, item in enumerate(self.items):
            here = index == self.cursor
            chosen = index in self.picked if self.several else here
            lead = f"{'>' if here else ' '} {self.MARKS[self.several, chosen]}{index + 1}. "
            lines = wrap_segments([Segment(item)], max(8, width - len(lead)))
            role: Role = "strong" if here else "plain"
            for number, row in enumerate(lines):
                text = "".join(segment.text for segment in row)
                first = Segment(
                    lead if number == 0 else " " * len(lead), "heading" if here else "dim"
                )
                rows.append((index, (first, Segment(text, role))))
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row or more a line."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The lines; the cursor's is bold and has a mark of its own."""
        return Content("\n").join(
            [content_of_row(row) for _, row in self._rows(self.content_size.width)]
        )

    def _moved(self) -> None:
        self.refresh()
        rows = self._rows(self.content_size.width)
        own = [y for y, (index, _) in enumerate(rows) if index == self.cursor]
        if own and self.parent is not None:
            region = Region(0, own[0], self.size.width, len(own)).translate(self.region.offset)
            for ancestor in self.ancestors:
                if isinstance(ancestor, Widget) and ancestor.is_scrollable:
                    ancestor.scroll_to_region(
                        region.translate(-ancestor.region.offset + ancestor.scroll_offset),
                        animate=False,
                    )
                    break

    def toggle(self, index: int) -> None:
        """Pick a line, or put it back."""
        self.cursor = index
        if self.several:
            self.picked ^= {index}
        self._moved()

    def submit(self) -> None:
        """Say what was picked."""
        if self.several:
            self.post_message(Answered(tuple(sorted(self.picked))))
        elif self.items:
            self.post_message(Answered((self.cursor,)))

    def pick(self, indices: Iterable[int]) -> None:
        """Set the picked lines."""
        self.picked = set(indices)
        self.refresh()

    def on_key(self, event: Key) -> None:
        """Arrows, j and k move; digits pick; space and right toggle; Enter submits."""
        key = plain_key(event)
        last = len(self.items) - 1
        if event.key in ("down", "tab") or key == "j":
            self.cursor = (
                min(last, self.cursor + 1) if event.key != "tab" else (self.cursor + 1) % (last + 1)
            )
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
        self._moved()

    def on_click(self, event: Click) -> None:
        """A click picks; a second click on the same line of a single list submits."""
        offset = event.get_content_offset(self)
        rows = self._rows(self.content_size.width)
        if offset is None or offset.y >= len(rows):
            return
        index = rows[offset.y][0]
        again = index == self.cursor and event.chain >= 2
        self.toggle(index)
        if again and not self.several:
            self.submit()
