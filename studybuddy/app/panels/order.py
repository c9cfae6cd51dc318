"""Steps to be put into order: pick one up, carry it, put it down."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.widget import Widget

from studybuddy.app.keys import plain_key
from studybuddy.app.panels.base import Answered
from studybuddy.app.shown import content_of_row
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import PictureRow, Role, Segment


class OrderList(Widget, can_focus=True):
    """The steps in the learner's order. Posts `Answered` with the indices of `items` in it.

    Up and down move the cursor; right (or space) picks a step up, up and down then
    carry it, right puts it down. `J` and `K` carry at once. A click picks up, the
    next click puts down there.
    """

    DEFAULT_CSS = """
    OrderList { width: 1fr; height: auto; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__()
        self.items = tuple(items)
        self.sequence = list(range(len(self.items)))
        self.cursor = 0
        self.carrying = False

    def _rows(self, width: int) -> list[tuple[int, PictureRow]]:
        rows: list[tuple[int, PictureRow]] = []
        for place, index in enumerate(self.sequence):
            here = place == self.cursor
            mark = "=" if here and self.carrying else ">" if here else " "
            lead = f"{mark} {place + 1}. "
            lines = wrap_segments([Segment(self.items[index])], max(8, width - len(lead)))
            for number, row in enumerate(lines):
                text = "".join(segment.text for segment in row)
                first = Segment(
                    lead if number == 0 else " " * len(lead), "heading" if here else "dim"
                )
                role: Role = "gold" if here and self.carrying else "strong" if here else "plain"
                rows.append((place, (first, Segment(text, role))))
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row or more a step."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The steps; `>` is the cursor, `=` a step that is being carried."""
        return Content("\n").join(
            [content_of_row(row) for _, row in self._rows(self.content_size.width)]
        )

    def _carry_to(self, place: int) -> None:
        place = max(0, min(len(self.sequence) - 1, place))
        self.sequence.insert(place, self.sequence.pop(self.cursor))
        self.cursor = place

    def submit(self) -> None:
        """Put down a step that is being carried, or else say the order."""
        if self.carrying:
            self.carrying = False
            self.refresh()
        else:
            self.post_message(Answered(tuple(self.sequence)))

    def on_key(self, event: Key) -> None:
        """Move, carry, submit."""
        key = plain_key(event)
        step = {"down": 1, "up": -1}.get(event.key, {"j": 1, "k": -1, "J": 1, "K": -1}.get(key, 0))
        if step and (self.carrying or key in ("J", "K")):
            self._carry_to(self.cursor + step)
        elif step:
            self.cursor = max(0, min(len(self.sequence) - 1, self.cursor + step))
        elif key == " " or event.key in ("right", "left"):
            self.carrying = not self.carrying
        elif event.key == "enter":
            self.submit()
        else:
            return
        event.stop()
        event.prevent_default()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Pick up, then put down."""
        offset = event.get_content_offset(self)
        rows = self._rows(self.content_size.width)
        if offset is None or offset.y >= len(rows):
            return
        place = rows[offset.y][0]
        if self.carrying:
            self._carry_to(place)
            self.carrying = False
        else:
            self.cursor, self.carrying = place, True
        self.refresh()
