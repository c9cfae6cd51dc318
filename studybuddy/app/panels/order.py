"""Steps to be put into order: pick one up, carry it, put it down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.events import Click, Key

from studybuddy.app.keys import plain_key
from studybuddy.app.panels.base import Answered
from studybuddy.app.panels.lines import LineList
from studybuddy.pictures.rows import Role


class OrderList(LineList):
    """The steps in the learner's order. Posts `Answered` with the indices of `items` in it.

    Up and down move the cursor; right (or space) picks a step up, up and down then
    carry it, right puts it down. `J` and `K` carry at once. A click picks up, the
    next click puts down there.
    """

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__()
        self.items = tuple(items)
        self.sequence = list(range(len(self.items)))
        self.cursor = 0
        self.carrying = False

    def lines(self) -> Iterator[tuple[str, str, Role]]:
        """`>` is the cursor, `=` a step that is being carried."""
        for place, index in enumerate(self.sequence):
            here = place == self.cursor
            carried = here and self.carrying
            mark = "=" if carried else ">" if here else " "
            role: Role = "gold" if carried else "strong" if here else "plain"
            yield f"{mark} {place + 1}. ", self.items[index], role

    def _carry_to(self, place: int) -> None:
        place = max(0, min(len(self.sequence) - 1, place))
        self.sequence.insert(place, self.sequence.pop(self.cursor))
        self.cursor = place

    def submit(self) -> None:
        """Put down a step that is being carried, or else say the order."""
        if self.carrying:
            self.carrying = False
            self.moved()
        else:
            self.post_message(Answered(self, tuple(self.sequence)))

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
        self.moved()

    def on_click(self, event: Click) -> None:
        """Pick up, then put down."""
        place = self.place_at(event)
        if place is None:
            return
        if self.carrying:
            self._carry_to(place)
            self.carrying = False
        else:
            self.cursor, self.carrying = place, True
        self.moved()
