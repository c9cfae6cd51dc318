"""A live run on the screen: torch is imported in a worker, with progress and a way to stop."""

from __future__ import annotations

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from studybuddy.app.shown import PictureView
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.run import Cancelled, run
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.text.translation import _

BAR = 24


class RunView(PictureView):
    """The line that says how far a run is. `live` while it runs; `fault` says why it ended early."""

    DEFAULT_CSS = """
    RunView { height: auto; padding: 0 2; }
    """

    class Ended(Message):
        """The run of this task ended: with a result, or with a sentence that says why not."""

        def __init__(self, task: Task, result: Result | None, fault: str) -> None:
            super().__init__()
            self.task = task
            self.result = result
            self.fault = fault

    class Progressed(Message):
        """The run has come so far."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    def __init__(self) -> None:
        super().__init__(self._picture)
        self.live = False
        self.fault = ""
        self._note = ""

    def _picture(self, width: int) -> Picture:
        return tuple(wrap_segments([Segment(self._note, "gold")], width)) if self._note else ()

    def say(self, note: str) -> None:
        """Show this note; nothing when it is empty."""
        self._note = note
        self.show(self._picture)

    def reset(self) -> None:
        """Another card has come: nothing runs, nothing is said."""
        self.live, self.fault = False, ""
        self.say("")

    def start(self, task: Task) -> None:
        """Run the sealed task."""
        if not self.live:
            self.live, self.fault = True, ""
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
        self.post_message(self.Progressed(progress))

    @on(Progressed)
    def _on_progressed(self, event: Progressed) -> None:
        event.stop()
        if self.live:
            done, total = event.progress.done, max(1, event.progress.total)
            filled = min(BAR, BAR * done // total)
            bar = "█" * filled + "░" * (BAR - filled)
            self.say(f"{bar} {done}/{total}  {event.progress.message}")

    @on(Ended)
    def _on_ended(self, event: Ended) -> None:
        self.live = False
        self.fault = event.fault
        again = _("Your prediction stays sealed: Enter runs it again, Esc goes on without it.")
        self.say(f"{event.fault} {again}" if event.result is None else "")
