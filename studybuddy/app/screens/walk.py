"""The decoder word by word: a sentence, a network, and every number of each of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.message import Message

from studybuddy.app import laboratory
from studybuddy.app.keys import KeyHint, KeyLine
from studybuddy.app.panels.walk import DecodingView
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.shown import PictureView
from studybuddy.catalogue.figures import Decoding
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.own import read_sentence
from studybuddy.lab.threads import ready
from studybuddy.lab.walks import drawn_sentence, walkable
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop, pad_left


class WalkScreen(StudyScreen):
    """One decoding at a time. The step stays where it was when the network is changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,f2", "model(1)", "", id="walk.model"),
        Binding("M,f3", "model(-1)", "", id="walk.model_before"),
        Binding("n,f4", "another", "", id="walk.another"),
        Binding("o,f5", "own", "", id="walk.own"),
        Binding("right,enter,space", "step(1)", "", id="walk.next"),
        Binding("left,backspace", "step(-1)", "", id="walk.previous"),
        Binding("down,j", "scroll(2)", "", id="walk.down"),
        Binding("up,k", "scroll(-2)", "", id="walk.up"),
        Binding("pagedown", "scroll(12)", "", id="walk.page_down"),
        Binding("pageup", "scroll(-12)", "", id="walk.page_up"),
        Binding("l,f6", "language", "", id="walk.language"),
        Binding("question_mark,f1", "help", "", id="walk.help"),
        Binding("escape,q", "leave", "", id="walk.leave"),
    ]
    LETTERS: ClassVar[dict[str, str]] = {
        "m": "screen.model(1)",
        "M": "screen.model(-1)",
        "n": "screen.another",
        "o": "screen.own",
        " ": "screen.step(1)",
        "l": "screen.language",
        "?": "screen.help",
        "q": "screen.leave",
    }
    DEFAULT_CSS = """
    WalkScreen #head { height: auto; padding: 0 2; background: $panel; }
    WalkScreen #note { height: auto; padding: 0 2; }
    WalkScreen VerticalScroll { padding: 0 2; }
    WalkScreen #decoding { height: auto; max-width: 100; }
    """

    class Walked(Message):
        """A decoding is there, or a sentence that says why there is none."""

        def __init__(self, model: str, decoding: Decoding | None, fault: str) -> None:
            super().__init__()
            self.model = model
            self.decoding = decoding
            self.fault = fault

    def __init__(self, source: Sequence[str] | None = None) -> None:
        super().__init__()
        self.models = walkable()
        self.at = 0
        self.seed = 1
        self.drawn = source is None
        self.source = drawn_sentence(self.seed) if source is None else tuple(source)
        self._note = ""
        self._head = PictureView(self._head_picture, id="head")
        self._under = PictureView(self._note_picture, id="note")

    def compose(self) -> ComposeResult:
        """Network and sentence, the step, keys."""
        yield self._head
        yield self._under
        with VerticalScroll(can_focus=False):
            yield Container(id="decoding")
        yield KeyLine()

    def on_mount(self) -> None:
        """Decode at once."""
        self._decode()

    # ── what is shown ────────────────────────────────────────────────────────

    @property
    def model(self) -> str:
        """The network that is walked."""
        return self.models[self.at]

    def _head_picture(self, width: int) -> Picture:
        name = _("{model} ({n}/{count})").format(
            model=self.model, n=self.at + 1, count=len(self.models)
        )
        title = _("Decoder steps")
        right = crop(name, max(0, width - cell_width(title) - 2))
        space = max(1, width - cell_width(title))
        return (
            (Segment(title, "heading"), Segment(pad_left(right, space), "strong")),
            *wrap_segments([Segment(" ".join(self.source))], width),
        )

    def _note_picture(self, width: int) -> Picture:
        return tuple(wrap_segments([Segment(self._note, "gold")], width)) if self._note else ()

    def _say(self, note: str) -> None:
        self._note = note
        self._under.show(self._note_picture)

    def relabel(self) -> None:
        """The language changed: everything anew."""
        self._head.show(self._head_picture)
        self._decode()

    def _decode(self) -> None:
        self._head.show(self._head_picture)
        self._say(_("The network is starting …"))
        self._decode_off_screen(self.model, self.source)
        self.refresh_keys()

    @work(thread=True, exclusive=True, exit_on_error=False, group="walk")
    def _decode_off_screen(self, model: str, source: tuple[str, ...]) -> None:
        try:
            ready()
            from studybuddy.lab.stepping import decode_steps

            self.post_message(self.Walked(model, decode_steps(model, source), ""))
        except StudyBuddyError as problem:
            self.post_message(self.Walked(model, None, str(problem)))
        except Exception as problem:  # a fault of ours must not leave the screen waiting
            fault = _("The run broke ({name}).").format(name=type(problem).__name__)
            self.post_message(self.Walked(model, None, fault))

    @on(Walked)
    async def _on_walked(self, event: Walked) -> None:
        event.stop()
        if event.model != self.model:
            return
        if event.decoding is not None and event.decoding.source != self.source:
            return
        self._say(event.fault)
        box = self.query_one("#decoding", Container)
        before = self._view()
        at = before.at if before is not None and before.figure.source == self.source else 0
        with self.app.batch_update():
            await box.remove_children()
            if event.decoding is not None:
                view = DecodingView(event.decoding)
                await box.mount(view)
                view.go(at)
                self.set_focus(view)

    def _view(self) -> DecodingView | None:
        views = self.query(DecodingView)
        return views.first() if views else None

    # ── keys ─────────────────────────────────────────────────────────────────

    def hints(self) -> list[KeyHint]:
        """What can be done."""
        return [
            KeyHint("←→", _("step"), "screen.step(1)"),
            KeyHint("↑↓", _("scroll"), "screen.scroll(4)"),
            KeyHint("m", _("next network"), "screen.model(1)"),
            KeyHint("n", _("another sentence"), "screen.another"),
            KeyHint("o", _("own sentence"), "screen.own"),
            KeyHint("l", "中文/EN", "screen.language"),
            *self.common_hints(),
            KeyHint("Esc", _("back"), "screen.leave"),
        ]

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key, with its twin for input methods."""
        return [
            ("← →, Enter", _("a step back, a step on")),
            ("Home End", _("the first step, the last")),
            ("↑ ↓, PgUp PgDn", _("scroll the step")),
            (
                "m M, F2 F3",
                _("the next network, the one before; the same step of the same sentence"),
            ),
            ("n, F4", _("another unseen sentence")),
            ("o, F5", _("a sentence of your own")),
            ("l, F6", _("switch between Chinese and English")),
            ("Esc, q", _("back")),
        ]

    # ── actions ──────────────────────────────────────────────────────────────

    def action_step(self, steps: int) -> None:
        """A step on or back."""
        view = self._view()
        if view is not None:
            view.go(view.at + steps)

    def action_scroll(self, lines: int) -> None:
        """A few lines on."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_model(self, places: int) -> None:
        """Another network over the same sentence."""
        self.at = (self.at + places) % len(self.models)
        self._decode()

    def action_another(self) -> None:
        """The sentence of the next seed."""
        self.seed += 1 if self.drawn else 0
        self.drawn = True
        self.source = drawn_sentence(self.seed)
        self._decode()

    def action_own(self) -> None:
        """Ask for a sentence."""
        laboratory.ask_sentence(self.study_app, self._take_sentence)

    def _take_sentence(self, text: str) -> None:
        self.source, self.drawn = read_sentence(text), False
        self._decode()

    def action_language(self) -> None:
        """The interface in the other language."""
        self.study_app.switch_language()

    def action_leave(self) -> None:
        """Back."""
        self.study_app.pop_screen()
