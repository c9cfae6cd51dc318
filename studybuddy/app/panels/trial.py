"""A trial run off the screen: torch is imported in a worker, with progress and a way to stop."""

from __future__ import annotations

import threading
import time

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from studybuddy.app.shown import PictureView
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.run import Cancelled
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.study.trial import Trial
from studybuddy.text.translation import Language, _
from studybuddy.text.width import crop

BAR = 20
EVERY = 0.1
"""Seconds between two pieces of progress on the screen: more would only be drawn over."""


class TrialView(PictureView):
    """The line that says how far a trial is; `live` while it runs, `stopping` once it should end."""

    DEFAULT_CSS = """
    TrialView { height: auto; padding: 0 2; }
    """

    class Progressed(Message):
        """The trial has come so far; its figures can be shown."""

        def __init__(self, trial: Trial, progress: Progress) -> None:
            super().__init__()
            self.trial = trial
            self.progress = progress

    class Ended(Message):
        """The trial ended: with a result after so many seconds, or with a sentence that says why not."""

        def __init__(
            self,
            trial: Trial,
            task: Task | None,
            result: Result | None,
            fault: str,
            seconds: float,
        ) -> None:
            super().__init__()
            self.trial = trial
            self.task = task
            self.result = result
            self.fault = fault
            self.seconds = seconds

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(self._picture, id=id)
        self.live = False
        self.stopping = False
        self._note = ""
        self._drawn = threading.Event()

    def _picture(self, width: int) -> Picture:
        return ((Segment(crop(self._note, width), "gold"),),) if self._note else ()

    def say(self, note: str) -> None:
        """Show this note; nothing when it is empty."""
        self._note = note
        self.show(self._picture)

    def start(self, trial: Trial, language: Language) -> None:
        """Run it, unless one runs already."""
        if not self.live:
            self.live, self.stopping = True, False
            self._drawn.set()
            self.say(_("The networks are starting …"))
            self._run_off_screen(trial, language)

    def stop(self) -> None:
        """End the run at its next step."""
        self.stopping = True
        self.workers.cancel_group(self, "trial")

    @work(thread=True, exclusive=True, exit_on_error=False, group="trial")
    def _run_off_screen(self, trial: Trial, language: Language) -> None:
        worker = get_current_worker()
        begun = time.monotonic()
        task, result, fault = None, None, ""
        last = 0.0

        def report(progress: Progress) -> None:
            nonlocal last
            now = time.monotonic()
            # What a busy screen has not drawn yet would only be drawn over.
            if (now - last >= EVERY and self._drawn.is_set()) or progress.done == progress.total:
                last = now
                self._drawn.clear()
                self.post_message(self.Progressed(trial, progress))

        try:
            task = trial.task(language)
            result = trial.start(task, report, lambda: worker.is_cancelled)
        except Cancelled:
            fault = _("The run was stopped.")
        except StudyBuddyError as problem:
            fault = str(problem)
        except Exception as problem:  # a fault of ours must not leave the screen waiting
            fault = _("The run broke ({name}).").format(name=type(problem).__name__)
        self.post_message(self.Ended(trial, task, result, fault, time.monotonic() - begun))

    def on_trial_view_progressed(self, event: Progressed) -> None:
        """Draw the bar."""
        if self.live:
            done, total = event.progress.done, max(1, event.progress.total)
            filled = min(BAR, BAR * done // total)
            bar = "█" * filled + "░" * (BAR - filled)
            self.say(f"{bar} {done}/{total}  {event.progress.message}")
        self.call_after_refresh(self._drawn.set)

    def on_trial_view_ended(self, event: Ended) -> None:
        """Say why there is no result, if there is none."""
        self.live = False
        self.say(event.fault)
