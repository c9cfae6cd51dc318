"""Drawing by a line of shorthand, with the drawing growing above it; or on paper."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.events import Key
from textual.widgets import Input

from studybuddy.app.panels.base import Answered, PaperDone
from studybuddy.app.panels.field import Field
from studybuddy.app.shown import PictureView, line
from studybuddy.clock import Clock
from studybuddy.grading.diagrams.shorthand import ShorthandResult, parse_shorthand
from studybuddy.pictures.drawing import drawing_picture
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.text.translation import _


class ShorthandPanel(Vertical):
    """The field for the shorthand and the picture of what it says so far.

    Posts `Answered` with the shorthand text on Enter; a line that does not parse
    stays, with what is wrong and where beneath it.
    """

    DEFAULT_CSS = """
    ShorthandPanel { height: 1fr; }
    ShorthandPanel #growing { height: 1fr; border: round $panel; padding: 0 1; }
    ShorthandPanel #fault { height: 1; padding: 0 1; }
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._read: ShorthandResult = parse_shorthand(text)
        self._handed_in = False
        self._picture = PictureView()
        self._fault = PictureView(id="fault")
        self._input = Field(
            self._entered, value=text, placeholder="a, b > c > d1..3 = e1..3", max_length=4000
        )

    def compose(self) -> ComposeResult:
        """The drawing, the field, and the line for what is wrong."""
        with VerticalScroll(id="growing", can_focus=False):
            yield self._picture
        yield self._input
        yield self._fault

    def on_mount(self) -> None:
        """Begin with an empty sheet."""
        self._show()

    def focus_field(self) -> None:
        """Put the cursor into the field."""
        self._input.focus()

    def _show(self) -> None:
        graph = self._read.graph
        self._picture.show(lambda width: drawing_picture(graph, width=width))
        self._fault.show(self._fault_line)

    def _fault_line(self, _width: int) -> Picture:
        told = [each for each in self._read.problems if self._handed_in or not each.unfinished]
        if not told:
            count = len(self._read.graph.edges)
            return (
                line(
                    _(
                        "{n} arrows · > all to all · = pairwise · x1..4 a range · ; next line"
                    ).format(n=count),
                    "dim",
                ),
            )
        problem = told[0]
        where = _("column {n}").format(n=problem.column)
        return ((Segment(f"✗ {where}: ", "wrong"), Segment(problem.message)),)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._read = parse_shorthand(event.value)
        self._handed_in = False
        self._show()

    def _entered(self) -> None:
        text = self._input.value
        self._read = parse_shorthand(text)
        if self._read.problems:
            self._handed_in = True
            self._show()
        elif text.strip():
            self.post_message(Answered(self, text))


class PaperPanel(Vertical, can_focus=True):
    """A sheet of paper and a timer. Posts `PaperDone` on Enter."""

    DEFAULT_CSS = """
    PaperPanel { height: auto; padding: 1 2; }
    """

    def __init__(self, clock: Clock, expected: int) -> None:
        super().__init__()
        self._clock = clock
        self._expected = expected
        self._begun = clock.monotonic()
        self._view = PictureView()

    def compose(self) -> ComposeResult:
        """One view: the time."""
        yield self._view

    def on_mount(self) -> None:
        """The time is shown anew each second."""
        self._tick()
        self.set_interval(1.0, self._tick)

    @property
    def seconds(self) -> int:
        """Seconds since the sheet was laid out."""
        return max(0, (self._clock.monotonic() - self._begun) // 1000)

    def _tick(self) -> None:
        minutes, seconds = divmod(self.seconds, 60)
        expected = _("{n} min are usual").format(n=max(1, self._expected // 60))
        self._view.show(
            lambda _width: (
                line(_("Draw it on paper, from memory."), "heading"),
                line(f"{minutes:02d}:{seconds:02d}   ({expected})", "strong"),
                line(_("Enter when it is done: then you compare it with the reference."), "dim"),
            )
        )

    def done(self) -> None:
        """The drawing is finished."""
        self.post_message(PaperDone(self.seconds))

    def on_key(self, event: Key) -> None:
        """Enter or space ends the drawing."""
        if event.key in ("enter", "space"):
            event.stop()
            self.done()
