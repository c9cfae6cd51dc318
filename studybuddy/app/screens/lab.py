"""The laboratory: every experiment with what it is about, and the ways to work without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import Click, Key
from textual.message import Message

from studybuddy.app import laboratory
from studybuddy.app.keys import KeyHint, KeyLine, plain_key
from studybuddy.app.panels.lines import LineList
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.shown import PictureView
from studybuddy.catalogue.experiments import EXPERIMENTS, Experiment, Parameter
from studybuddy.catalogue.experiments.values import parameter_label, range_text
from studybuddy.catalogue.misconceptions import beliefs
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
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


class LabScreen(StudyScreen):
    """The list on the left; what the line under the cursor is about on the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "", id="lab.open"),
        Binding("o,f2", "own", "", id="lab.own"),
        Binding("w,f3", "walk", "", id="lab.walk"),
        Binding("v,f4", "live", "", id="lab.live"),
        Binding("l,f6", "language", "", id="lab.language"),
        Binding("pagedown", "scroll(1)", "", id="lab.down"),
        Binding("pageup", "scroll(-1)", "", id="lab.up"),
        Binding("question_mark,f1", "help", "", id="lab.help"),
        Binding("escape,q", "leave", "", id="lab.leave"),
    ]
    LETTERS: ClassVar[dict[str, str]] = {
        "o": "screen.own",
        "w": "screen.walk",
        "v": "screen.live",
        "l": "screen.language",
        "?": "screen.help",
        "q": "screen.leave",
    }
    DEFAULT_CSS = """
    LabScreen #head { height: 1; padding: 0 2; background: $panel; }
    LabScreen #list { width: 26; border-right: solid $panel; }
    LabScreen #about { width: 1fr; padding: 0 2; }
    LabScreen #about PictureView { max-width: 84; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._head = PictureView(
            lambda _width: ((Segment(_("Laboratory"), "heading"),),), id="head"
        )
        self._list = EntryList()
        self._about = PictureView(self._about_picture)

    def compose(self) -> ComposeResult:
        """Title, list and description, keys."""
        yield self._head
        with Horizontal():
            with VerticalScroll(id="list", can_focus=False):
                yield self._list
            with VerticalScroll(id="about", can_focus=False):
                yield self._about
        yield KeyLine()

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.set_focus(self._list)
        self.refresh_keys()

    def relabel(self) -> None:
        """The language changed: draw anew."""
        self._head.refresh()
        self._head.show(lambda _width: ((Segment(_("Laboratory"), "heading"),),))
        self._list.refresh()
        self._about.show(self._about_picture)
        self.refresh_keys()

    @on(EntryList.Moved)
    def _on_moved(self) -> None:
        self._about.show(self._about_picture)
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)

    def _about_picture(self, width: int) -> Picture:
        entry = self._list.entry
        if entry.experiment is None:
            name, about = without_one(entry.action)
            return (
                (Segment(name, "heading"),),
                (),
                *wrap_segments([Segment(about, "strong")], width),
            )
        return _experiment_picture(entry.experiment, width)

    # ── keys ─────────────────────────────────────────────────────────────────

    def hints(self) -> list[KeyHint]:
        """What can be done from here."""
        return [
            KeyHint("↑↓", _("choose"), "screen.open"),
            KeyHint("Enter", _("open"), "screen.open"),
            KeyHint("o", _("own sentence"), "screen.own"),
            KeyHint("w", _("decoder steps"), "screen.walk"),
            KeyHint("v", _("live training"), "screen.live"),
            KeyHint("l", "中文/EN", "screen.language"),
            *self.common_hints(),
            KeyHint("Esc", _("back"), "screen.leave"),
        ]

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key, with its twin for input methods."""
        return [
            ("↑ ↓, j k", _("choose a line")),
            ("Enter, →", _("open it: its questions and parameters")),
            ("o, F2", _("translate a sentence of your own")),
            ("w, F3", _("step through a decoder word by word")),
            ("v, F4", _("watch a network learn")),
            ("PgUp PgDn", _("scroll the description")),
            ("l, F6", _("switch between Chinese and English")),
            ("Esc, q", _("back to Today")),
        ]

    # ── actions ──────────────────────────────────────────────────────────────

    @on(EntryList.Chosen)
    async def action_open(self) -> None:
        """Open the line under the cursor."""
        entry = self._list.entry
        if entry.experiment is not None:
            laboratory.open_experiment(self.study_app, entry.experiment.name)
        else:
            await self.run_action(entry.action)

    def action_own(self) -> None:
        """Ask for a sentence and translate it."""
        laboratory.open_own_sentence(self.study_app)

    def action_walk(self) -> None:
        """Step through a decoder."""
        laboratory.open_walk(self.study_app)

    def action_live(self) -> None:
        """Watch a network learn."""
        laboratory.open_live(self.study_app)

    def action_language(self) -> None:
        """The interface in the other language."""
        self.study_app.switch_language()

    def action_scroll(self, pages: int) -> None:
        """Scroll the description."""
        about = self.query_one("#about", VerticalScroll)
        about.scroll_relative(y=pages * max(1, about.size.height - 2), animate=False)

    def action_leave(self) -> None:
        """Back to Today."""
        self.study_app.pop_screen()


def _experiment_picture(experiment: Experiment, width: int) -> Picture:
    rows: list[PictureRow] = [(Segment(f"{experiment.code} · {experiment.name}", "heading"),), ()]
    rows += wrap_segments([Segment(experiment.about(), "strong")], width)
    believed = beliefs(experiment.kills)
    if believed:
        rows += [(), (Segment(_("What it puts to the test"), "heading"),)]
        for belief in believed:
            rows += _item(belief, width)
    rows += [(), (Segment(_("Its questions"), "heading"),)]
    rows += _item(", ".join(experiment.asks), width)
    known: dict[str, Parameter] = {}
    for parameters in experiment.asks.values():
        known |= parameters
    if known:
        rows += [(), (Segment(_("What can be changed"), "heading"),)]
    for name, parameter in known.items():
        rows += _item(f"{parameter_label(name)}: {range_text(parameter)}", width)
    return tuple(rows)


def _item(text: str, width: int) -> list[PictureRow]:
    lines = wrap_segments([Segment(text)], max(8, width - 2))
    return [(Segment("· " if not at else "  ", "dim"), *row) for at, row in enumerate(lines)]
