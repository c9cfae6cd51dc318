"""What to run: the form of an experiment, and below it the question that its values make."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer

from studybuddy.app.panels.form import FormView
from studybuddy.app.panels.trial_form import ASK, asked_in, changed_question, form_lines, trial_of
from studybuddy.app.shown import PictureView
from studybuddy.catalogue.experiments import Experiment, with_defaults
from studybuddy.catalogue.predictions import Task
from studybuddy.errors import StudyBuddyError
from studybuddy.pictures.prose import prose_picture, wrap_segments
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.study.trial import Trial
from studybuddy.text.translation import Language, _

if TYPE_CHECKING:
    from studybuddy.app.app import StudyBuddyApp

_SETTLED = 0.1
"""Seconds without a change after which the question is drawn."""


class TrialChooser(Vertical):
    """Form and question; `asked` is the question as the form stands, None while it is being drawn.

    Says `Prepared` when the question is there; the form's `Go` passes through.
    """

    DEFAULT_CSS = """
    TrialChooser { height: auto; }
    TrialChooser FormView { margin: 1 0 0 0; }
    TrialChooser PictureView { padding: 1 2 0 2; max-width: 92; }
    """

    class Prepared(Message):
        """The question of a trial is drawn, or a sentence says why it can't be."""

        def __init__(self, trial: Trial, task: Task | None, fault: str) -> None:
            super().__init__()
            self.trial = trial
            self.task = task
            self.fault = fault

    def __init__(self, experiment: Experiment, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.experiment = experiment
        self.asked: Task | None = None
        self.form = FormView()
        self._fault = ""
        self._settling: Timer | None = None
        self._prompt = PictureView(self._picture)

    def compose(self) -> ComposeResult:
        """The form, the question."""
        yield self.form
        yield self._prompt

    def on_mount(self) -> None:
        """The experiment's first question with its defaults."""
        name, ask = self.experiment.name, next(iter(self.experiment.asks))
        self.show(Trial(name, ask, with_defaults(name, ask, {})))

    @property
    def ask(self) -> str:
        """The question that the form is at."""
        return asked_in(self.form.form) if self.form.form else ""

    def show(self, trial: Trial) -> None:
        """Put this trial into the form and draw its question."""
        self.form.show(form_lines(self.experiment, trial))
        self.prepare()

    def chosen(self) -> Trial | None:
        """The trial that the form says; None, and the fault shown, when it says none."""
        try:
            trial = trial_of(self.experiment, self.form.form)
        except StudyBuddyError as problem:
            trial, self._fault = None, str(problem)
        else:
            self._fault = ""
        self._prompt.show(self._picture)
        return trial

    def prepare(self) -> None:
        """Draw the question anew."""
        self.asked = None
        trial = self.chosen()
        if trial is not None:
            app = cast("StudyBuddyApp", self.app)
            self._draw(trial, app.card_language)

    def relabel(self) -> None:
        """The language changed: labels and question anew; a field being typed stays as it is."""
        trial = self.chosen()
        if trial is not None:
            self.show(trial)

    def _picture(self, width: int) -> Picture:
        if self._fault:
            return tuple(wrap_segments([Segment(f"✗ {self._fault}", "wrong")], width))
        if self.asked is None:
            return ((Segment(_("Drawing the question …"), "dim"),),)
        return prose_picture(self.asked.prompt, width)

    @on(FormView.Changed)
    def _on_changed(self, event: FormView.Changed) -> None:
        event.stop()
        if event.line == ASK:
            trial = changed_question(self.experiment, self.form.form)
            self.form.show(form_lines(self.experiment, trial))
        self.asked = None
        self.chosen()
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(_SETTLED, self.prepare)

    @work(thread=True, exclusive=True, exit_on_error=False, group="prepare")
    def _draw(self, trial: Trial, language: Language) -> None:
        """Draw the question off the screen: a long sentence takes a while to be found."""
        try:
            prepared = self.Prepared(trial, trial.task(language), "")
        except StudyBuddyError as problem:
            prepared = self.Prepared(trial, None, str(problem))
        except Exception as problem:  # a fault of ours must not leave the screen waiting
            fault = _("The question could not be drawn ({name}).")
            prepared = self.Prepared(trial, None, fault.format(name=type(problem).__name__))
        self.post_message(prepared)

    @on(Prepared)
    def _on_prepared(self, event: Prepared) -> None:
        if self.chosen() == event.trial:
            self.asked, self._fault = event.task, event.fault
            self._prompt.show(self._picture)
