"""The laboratory: every experiment with what it is about, and the ways to work without one."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll

from studybuddy.app import laboratory
from studybuddy.app.keys import KeyHint, KeyLine
from studybuddy.app.panels.entries import EntryList, without_one
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.screens.trial_keys import own_label
from studybuddy.app.shown import PictureView
from studybuddy.catalogue.experiments import Experiment, Parameter
from studybuddy.catalogue.experiments.values import parameter_label, range_text
from studybuddy.catalogue.misconceptions import beliefs
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.text.translation import _


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
        self.refresh_keys()

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
            KeyHint("o", self._own_label(), "screen.own"),
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
            (
                "o, F2",
                _("translate a sentence of your own; at E5 and E16 run that one on your words"),
            ),
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

    def _own_line(self) -> Experiment | None:
        """The experiment under the cursor, if it takes words of the learner's own with a question."""
        experiment = self._list.entry.experiment
        takes = experiment is not None and experiment.own is not None and experiment.own.asks
        return experiment if takes else None

    def _own_label(self) -> str:
        experiment = self._own_line()
        own = experiment.own if experiment is not None else None
        return own_label(own) if own is not None else _("own sentence")

    def action_own(self) -> None:
        """Ask for words of the learner's own: for the experiment under the cursor, or to translate."""
        experiment = self._own_line()
        if experiment is not None:
            laboratory.open_experiment(self.study_app, experiment.name, own=True)
        else:
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
    if experiment.own is not None:
        rows += _item(f"o: {own_label(experiment.own)}", width)
    return tuple(rows)


def _item(text: str, width: int) -> list[PictureRow]:
    lines = wrap_segments([Segment(text)], max(8, width - 2))
    return [(Segment("· " if not at else "  ", "dim"), *row) for at, row in enumerate(lines)]
