"""A live run on the screen: torch is imported in a worker, with progress and a way to stop."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from studybuddy.app.shown import PictureView
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.run import Cancelled, run
from studybuddy.pictures.curve import HEIGHT
from studybuddy.pictures.figures import growing_picture
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.text.translation import _

BAR = 24
EVERY = 0.1
"""Seconds between two looks at what a run has reported."""
WIDEST = 96
LOWEST, BESIDE_CHART = 5, 9
"""Rows of the lowest chart, and those that the line, the title and the legend take."""


class RunView(Vertical):
    """How far a run is, over the figures that it has so far.

    `live` while it runs; `fault` says why it ended early. A run may report as often as it
    likes: what it said last is painted ten times a second.
    """

    DEFAULT_CSS = """
    RunView { height: auto; max-height: 75%; padding: 0 2; overflow-y: auto; }
    """

    class Ended(Message):
        """The run of this task ended: with a result, or with a sentence that says why not."""

        def __init__(self, task: Task, result: Result | None, fault: str) -> None:
            super().__init__()
            self.task = task
            self.result = result
            self.fault = fault

    def __init__(self) -> None:
        super().__init__()
        self.live = False
        self.fault = ""
        self._note = ""
        self._figures = PictureView()
        self._line = PictureView(self._picture)
        self._latest: Progress | None = None
        self._painted: Progress | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The line, and below it the figures."""
        yield self._line
        yield self._figures

    def on_mount(self) -> None:
        """Begin to look for what a run has reported."""
        self._timer = self.set_interval(EVERY, self._paint, pause=not self.live)

    @property
    def text(self) -> str:
        """What is said, as plain text."""
        return self._note

    def _picture(self, width: int) -> Picture:
        return tuple(wrap_segments([Segment(self._note, "gold")], width)) if self._note else ()

    def say(self, note: str) -> None:
        """Show this note; nothing when it is empty."""
        self._note = note
        self._line.show(self._picture)

    def reset(self) -> None:
        """Another card has come: nothing runs, nothing is said."""
        self._ends("")
        self.say("")

    def start(self, task: Task) -> None:
        """Run the sealed task."""
        if not self.live:
            self.live, self.fault = True, ""
            self._latest = self._painted = None
            if self._timer is not None:
                self._timer.resume()
            self.say(_("Your prediction is sealed. The networks are starting …"))
            self._run_off_screen(task)

    def stop(self) -> None:
        """End the run at its next step."""
        self.workers.cancel_group(self, "run")

    @work(thread=True, exclusive=True, exit_on_error=False, group="run")
    def _run_off_screen(self, task: Task) -> None:
        worker = get_current_worker()
        try:
            result = run(task, self._report, lambda: worker.is_cancelled)
        except Cancelled:
            self.post_message(self.Ended(task, None, _("The run was stopped.")))
        except StudyBuddyError as problem:
            self.post_message(self.Ended(task, None, str(problem)))
        except Exception as problem:  # a fault of ours must not leave the screen waiting
            fault = _("The run broke ({name}).").format(name=type(problem).__name__)
            self.post_message(self.Ended(task, None, fault))
        else:
            self.post_message(self.Ended(task, result, ""))

    def _report(self, progress: Progress) -> None:
        """Called by the run, in its own thread: the screen looks when it is time to."""
        self._latest = progress

    def _paint(self) -> None:
        progress = self._latest
        if not self.live or progress is None or progress is self._painted:
            return
        figures = progress.figures
        if self._painted is None or figures != self._painted.figures:
            rows = max(LOWEST, min(HEIGHT, self.screen.size.height * 3 // 4 - BESIDE_CHART))
            self._figures.show(lambda width: growing_picture(figures, min(width, WIDEST), rows))
        self._painted = progress
        done, total = progress.done, max(1, progress.total)
        filled = min(BAR, BAR * done // total)
        bar = "█" * filled + "░" * (BAR - filled)
        self.say(f"{bar} {done}/{total}  {progress.message}")

    def _ends(self, fault: str) -> None:
        self.live, self.fault = False, fault
        if self._timer is not None:
            self._timer.pause()
        self._figures.clear()

    @on(Ended)
    def _on_ended(self, event: Ended) -> None:
        self._ends(event.fault)
        again = _("Your prediction stays sealed: Enter runs it again, Esc goes on without it.")
        self.say(f"{event.fault} {again}" if event.result is None else "")
