"""The laboratory's list: every experiment, then the ways to work without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.events import Click, Key
from textual.message import Message

from studybuddy.app.keys import plain_key
from studybuddy.app.panels.lines import LineList
from studybuddy.catalogue.experiments import EXPERIMENTS, Experiment
from studybuddy.pictures.rows import Role
from studybuddy.text.translation import _


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: an experiment, or a way to work without one by the action of its key."""

    code: str
    experiment: Experiment | None
    action: str = ""


def entries() -> list[Entry]:
    """The experiments in the chapter's order, then the sentence, the steps and the training."""
    ordered = sorted(EXPERIMENTS.values(), key=lambda each: int(each.code.lstrip("E") or 0))
    return [
        *(Entry(each.code, each) for each in ordered),
        Entry("o", None, "own"),
        Entry("w", None, "walk"),
        Entry("v", None, "live"),
    ]


class EntryList(LineList):
    """The list; Enter or a second click opens the line under the cursor."""

    class Moved(Message):
        """Another line is under the cursor."""

    class Chosen(Message):
        """The line under the cursor was chosen."""

    def __init__(self) -> None:
        super().__init__(id="entries")
        self.entries = entries()

    @property
    def entry(self) -> Entry:
        """The line under the cursor."""
        return self.entries[self.cursor]

    def lines(self) -> Iterator[tuple[str, str, Role]]:
        """The code and the name; the line under the cursor has a mark."""
        for place, entry in enumerate(self.entries):
            here = place == self.cursor
            name = entry.experiment.name if entry.experiment else without_one(entry.action)[0]
            yield f"{'>' if here else ' '} {entry.code:<4}", name, "strong" if here else "plain"

    def go(self, place: int) -> None:
        """Put the cursor on a line."""
        self.cursor = max(0, min(len(self.entries) - 1, place))
        self.moved()
        self.post_message(self.Moved())

    def on_key(self, event: Key) -> None:
        """Arrows, j and k, Home and End move; Enter and the right arrow open."""
        key = plain_key(event)
        if event.key == "down" or key == "j":
            self.go(self.cursor + 1)
        elif event.key == "up" or key == "k":
            self.go(self.cursor - 1)
        elif event.key == "home":
            self.go(0)
        elif event.key == "end":
            self.go(len(self.entries) - 1)
        elif event.key in ("enter", "right") or key == " ":
            self.post_message(self.Chosen())
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: Click) -> None:
        """A click goes to a line; a second one opens it."""
        place = self.place_at(event)
        if place is None:
            return
        again = place == self.cursor and event.chain >= 2
        self.go(place)
        if again:
            self.post_message(self.Chosen())


def without_one(action: str) -> tuple[str, str]:
    """Name and description of what can be done without an experiment."""
    match action:
        case "own":
            return _("own sentence"), _(
                "Type an English sentence of the small language. Both networks translate it, and "
                "you see where attention looks."
            )
        case "walk":
            return _("decoder steps"), _(
                "Step through a decoder word by word: its state, the scores, the softmax, the "
                "weights, C_t and the likeliest next words. Choose the network and the sentence."
            )
        case _:
            return _("live training"), _(
                "Watch a small network learn to turn strings round: loss, exact match, and the "
                "anti-diagonal that appears in its attention. Change the learning rate or switch "
                "attention off while it learns."
            )
