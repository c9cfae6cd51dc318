"""E12 live: a small network learns to turn strings round while one watches, and may meddle."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize

from studybuddy.app.keys import KeyHint, KeyLine
from studybuddy.app.panels.trainer import Trainer
from studybuddy.app.panels.training import (
    attention_picture,
    curves_picture,
    numbers_picture,
)
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.screens.live_keys import live_help, live_hints
from studybuddy.app.shown import PictureView
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.study.watching import RATES, USUAL_RATE, Turn, Watch
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop, pad_left

if TYPE_CHECKING:
    from studybuddy.lab.live import Snapshot

SEVERAL = 3


class LiveScreen(StudyScreen):
    """Curves on the left, attention on the right; the training itself runs in a thread."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter,f2", "pause", "", id="live.pause"),
        Binding("s,f3", "one_step", "", id="live.step"),
        Binding("plus,equals_sign,up", "rate(1)", "", id="live.faster"),
        Binding("minus,down", "rate(-1)", "", id="live.slower"),
        Binding("a,f4", "attention", "", id="live.attention"),
        Binding("3,f5", "several", "", id="live.several"),
        Binding("tab,right", "other(1)", "", id="live.next"),
        Binding("shift+tab,left", "other(-1)", "", id="live.previous"),
        Binding("t,f9", "turn", "", id="live.turn"),
        Binding("n,f7", "another", "", id="live.another"),
        Binding("r,f8", "restart", "", id="live.restart"),
        Binding("l,f6", "language", "", id="live.language"),
        Binding("question_mark,f1", "help", "", id="live.help"),
        Binding("escape,q", "leave", "", id="live.leave"),
    ]
    LETTERS: ClassVar[dict[str, str]] = {
        " ": "screen.pause",
        "s": "screen.one_step",
        "+": "screen.rate(1)",
        "=": "screen.rate(1)",
        "-": "screen.rate(-1)",
        "a": "screen.attention",
        "3": "screen.several",
        "t": "screen.turn",
        "n": "screen.another",
        "r": "screen.restart",
        "l": "screen.language",
        "?": "screen.help",
        "q": "screen.leave",
    }
    DEFAULT_CSS = """
    LiveScreen #head { height: 1; padding: 0 2; background: $panel; }
    LiveScreen #numbers { height: 1; padding: 0 2; }
    LiveScreen #note { height: auto; padding: 0 2; }
    LiveScreen Horizontal { height: 1fr; }
    LiveScreen Vertical { width: 1fr; height: 1fr; padding: 0 1 0 2; overflow: hidden; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.seed = 1
        self.several = False
        self.rate = USUAL_RATE
        self.attention = True
        self.at = 0
        self.turn: Turn = "reverse"
        self.snapshots: tuple[Snapshot, ...] = ()
        self.live = Watch((), RATES[self.rate])
        self._note = ""
        self._trainer = Trainer()
        self._head = PictureView(self._head_picture, id="head")
        self._numbers = PictureView(self._numbers_picture, id="numbers")
        self._under = PictureView(self._note_picture, id="note")
        self._curves = PictureView(self._curves_picture)
        self._weights = PictureView(self._weights_picture)
        self._views = (
            (self._head, self._head_picture),
            (self._numbers, self._numbers_picture),
            (self._under, self._note_picture),
            (self._curves, self._curves_picture),
            (self._weights, self._weights_picture),
        )

    def compose(self) -> ComposeResult:
        """Title, numbers, curves and weights, what was said last, keys."""
        yield self._head
        yield self._numbers
        with Horizontal():
            with Vertical(id="curves"):
                yield self._curves
            with Vertical(id="weights"):
                yield self._weights
        yield self._under
        yield self._trainer
        yield KeyLine()

    def on_mount(self) -> None:
        """Training begins at once."""
        self._begin("")

    def _begin(self, note: str) -> None:
        """Begin anew with what is chosen; the training before ends."""
        self.live.pause()
        seeds = range(self.seed, self.seed + (SEVERAL if self.several else 1))
        self.live = Watch(seeds, RATES[self.rate], attention=self.attention, task=self.turn)
        self.snapshots = ()
        self.at = min(self.at, len(seeds) - 1)
        self._note = note
        self._trainer.train(self.live)
        self._draw()

    @on(Trainer.Advanced)
    def _on_advanced(self, event: Trainer.Advanced) -> None:
        event.stop()
        if event.watch is self.live:
            self.snapshots = event.snapshots
            self._draw()
        event.watch.drawn()

    @on(Trainer.Failed)
    def _on_failed(self, event: Trainer.Failed) -> None:
        event.stop()
        if event.watch is self.live:
            self.live.pause()
            self._note = event.fault
            self._draw()

    # ── what is shown ────────────────────────────────────────────────────────

    def _draw(self) -> None:
        for view, make in self._views:
            view.show(make)
        self.refresh_keys()

    def relabel(self) -> None:
        """The language changed: draw anew."""
        self._draw()

    def on_resize(self, _event: Resize) -> None:
        """Charts are as high as the screen lets them."""
        self._draw()

    def _head_picture(self, width: int) -> Picture:
        title = (
            _("E12 live: learning to turn strings round")
            if self.turn == "reverse"
            else _("E12 live: learning to copy strings")
        )
        told = " · ".join(
            (
                self._seed_name(self.at),
                _("rate {rate:g}").format(rate=RATES[self.rate]),
                _("with attention") if self.attention else _("with one fixed C"),
                _("paused") if self.live.paused else _("learning"),
            )
        )
        if cell_width(title) + cell_width(told) + 2 > width:
            title = "E12"
        right = crop(told, width - cell_width(title) - 2)
        space = max(1, width - cell_width(title))
        return ((Segment(title, "heading"), Segment(pad_left(right, space), "strong")),)

    def _seed_name(self, at: int) -> str:
        return _("seed {seed}").format(seed=self.live.seeds[at]) if self.live.seeds else ""

    def _newest(self) -> Snapshot | None:
        """The newest of the network whose weights are shown."""
        return self.snapshots[self.at] if self.snapshots else None

    def _numbers_picture(self, width: int) -> Picture:
        where = {
            "reverse": _("anti-diagonal"),
            "copy": _("diagonal"),
        }
        return numbers_picture(self._newest(), width, where[self.turn])

    def _note_picture(self, width: int) -> Picture:
        return tuple(wrap_segments([Segment(self._note, "gold")], width))[:2] if self._note else ()

    def _rows(self) -> int:
        return max(8, self.query_one("#curves").size.height)

    def _curves_picture(self, width: int) -> Picture:
        names = [str(seed) for seed in self.live.seeds]
        return curves_picture(self.snapshots, names, width, self._rows())

    def _weights_picture(self, width: int) -> Picture:
        return attention_picture(self._newest(), width, self._rows())

    # ── keys ─────────────────────────────────────────────────────────────────

    def hints(self) -> list[KeyHint]:
        """What can be done now."""
        return live_hints(self)

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key, with its twin for input methods."""
        return live_help()

    # ── actions ──────────────────────────────────────────────────────────────

    def action_pause(self) -> None:
        """Stand still, or go on."""
        if self.live.paused:
            self.live.go_on()
        else:
            self.live.pause()
        self._draw()

    def action_one_step(self) -> None:
        """One step of each network."""
        self.live.one_step()
        self._draw()

    def action_rate(self, places: int) -> None:
        """Another learning rate, at once."""
        self.rate = max(0, min(len(RATES) - 1, self.rate + places))
        self.live.rate = RATES[self.rate]
        self._note = _("The learning rate is {rate:g} from here on.").format(rate=RATES[self.rate])
        self._draw()

    def action_attention(self) -> None:
        """Attention on or off: another network, so it begins anew."""
        self.attention = not self.attention
        self._begin(
            _("Attention is on: a new network, from its first step.")
            if self.attention
            else _("Attention is off: a new network with one fixed C, from its first step.")
        )

    def action_turn(self) -> None:
        """Turn the strings round, or copy them: another task, so it begins anew."""
        self.turn = "copy" if self.turn == "reverse" else "reverse"
        self._begin(
            _("The strings are to be turned round; from the first step.")
            if self.turn == "reverse"
            else _("The strings are to be copied; from the first step.")
        )

    def action_several(self) -> None:
        """Three seeds, or one."""
        self.several = not self.several
        self._begin(
            _("Three networks that differ in their seed alone.")
            if self.several
            else _("One network, from its first step.")
        )

    def action_other(self, places: int) -> None:
        """The weights of another seed."""
        self.at = (self.at + places) % len(self.live.seeds)
        self._draw()

    def action_another(self) -> None:
        """The next seed."""
        self.seed += 1
        self._begin(_("Another seed, from its first step."))

    def action_restart(self) -> None:
        """Begin anew."""
        self._begin(_("The training begins anew."))

    def action_language(self) -> None:
        """The interface in the other language."""
        self.study_app.switch_language()

    def action_leave(self) -> None:
        """End the training."""
        self.study_app.pop_screen()
