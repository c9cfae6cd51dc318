"""One experiment of the laboratory: its form, the run, what it found, and the run before beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.events import DescendantBlur, DescendantFocus, Resize
from textual.widget import Widget
from textual.widgets import Input

from studybuddy.app import laboratory
from studybuddy.app.keys import KeyHint, KeyLine
from studybuddy.app.panels.base import Answered
from studybuddy.app.panels.chooser import TrialChooser
from studybuddy.app.panels.comparison import Comparison
from studybuddy.app.panels.form import FormView
from studybuddy.app.panels.results import Finished
from studybuddy.app.panels.trial import TrialView
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.screens.review_panels import (
    Draft,
    field_of,
    hand_in,
    predicted_value,
    prediction_panel,
)
from studybuddy.app.screens.trial_keys import (
    TRIAL_BINDINGS,
    TRIAL_LETTERS,
    takes_own,
    trial_help,
    trial_hints,
)
from studybuddy.app.shown import PictureView
from studybuddy.catalogue.experiments import EXPERIMENTS
from studybuddy.catalogue.predictions import Task, Value
from studybuddy.errors import StudyBuddyError
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.study.trial import Trial
from studybuddy.text.width import cell_width, pad_left, wrap

State = Literal["form", "predicting", "running", "shown"]


class TrialScreen(StudyScreen):
    """Form, run and figures of one experiment; or a sentence of the learner's own.

    Nothing here writes the schedule. `kept_runs` of the app holds the last run of each
    experiment, so that the next one can be compared with it.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(TRIAL_BINDINGS)
    LETTERS: ClassVar[dict[str, str]] = TRIAL_LETTERS
    DEFAULT_CSS = """
    TrialScreen #head { height: auto; padding: 0 2; background: $panel; }
    TrialScreen #panel { height: auto; max-height: 60%; padding: 1 1 0 1; overflow-y: auto; }
    TrialScreen Input { border: round $panel-lighten-2; }
    TrialScreen Input:focus { border: round $primary; }
    """

    def __init__(self, name: str, own: Trial | None = None, *, asking: bool = False) -> None:
        super().__init__()
        self.experiment = EXPERIMENTS[name]
        self.state: State = "form"
        self.own = own
        self._asking = asking
        self._prediction: Value | None = None
        self._predicted: Task | None = None
        self._head = PictureView(self._head_picture, id="head")
        self.chooser = TrialChooser(self.experiment)
        self.results = Comparison()
        self._trial = TrialView()

    def compose(self) -> ComposeResult:
        """Title; form, question and panel, or the figures; progress; keys."""
        yield self._head
        yield self.chooser
        yield Container(id="panel")
        yield self.results
        yield self._trial
        yield KeyLine()

    async def on_mount(self) -> None:
        """The form; an own sentence runs at once."""
        before = self.study_app.kept_runs.get(self.experiment.name)
        if before is not None:
            await self.results.show(before)
        if self.own is not None:
            await self._start(self.own)
        else:
            self._enter("form")

    # ── what is shown ────────────────────────────────────────────────────────

    def _enter(self, state: State) -> None:
        """Show what belongs to this state, and nothing else; the keys go where they are needed."""
        self.state = state
        choosing = state in ("form", "predicting")
        self.chooser.display = choosing
        self.chooser.form.display = state == "form"
        self.query_one("#panel").display = state == "predicting"
        self.results.display = not choosing
        if state == "form":
            self.set_focus(self.chooser.form)
        elif not choosing:
            self.set_focus(None)
        self.refresh_keys()

    def relabel(self) -> None:
        """The language changed: title, form and question anew; figures stay as they were made."""
        self._head.show(self._head_picture)
        self.chooser.relabel()
        self.results.relabel()
        self.refresh_keys()

    def _head_picture(self, width: int) -> Picture:
        title = f"{self.experiment.code} {self.experiment.name}"
        about = self.experiment.about()
        space = width - cell_width(title)
        if cell_width(about) + 3 <= space:
            return ((Segment(title, "heading"), Segment(pad_left(about, space), "dim")),)
        return (
            (Segment(title, "heading"),),
            *((Segment(line, "dim"),) for line in wrap(about, max(2, width))),
        )

    # ── the run ──────────────────────────────────────────────────────────────

    @on(FormView.Go)
    async def action_go(self) -> None:
        """Run what the form says; from the figures back to the form, or to the next sentence."""
        if self.state == "form":
            trial = self.chooser.chosen()
            if trial is not None:
                await self._start(trial)
        elif self.state == "shown" and self.own is not None:
            laboratory.ask_sentence(self.study_app, self._take_sentence)
        elif self.state == "shown":
            self._enter("form")

    def _take_sentence(self, text: str) -> None:
        self.own = Trial(self.experiment.name, "own", text=text)
        self.call_later(self._start, self.own)

    @on(TrialChooser.Prepared)
    def _on_prepared(self, event: TrialChooser.Prepared) -> None:
        event.stop()
        self.refresh_keys()
        if self._asking and event.task is not None and self.state == "form":
            self._asking = False
            self.action_own()

    def action_own(self) -> None:
        """Ask for words of the learner's own, and run the form's question on them."""
        trial, task = self.chooser.chosen(), self.chooser.asked
        if takes_own(self) and trial is not None and task is not None:
            laboratory.ask_own(
                self.study_app,
                task,
                self.results.in_sight,
                lambda text: self.call_later(self._start, trial.with_text(text)),
            )

    async def _start(self, trial: Trial, prediction: Value | None = None) -> None:
        if self._trial.live:
            return
        self._prediction = prediction
        await self.results.begin(trial)
        self._trial.start(trial, self.study_app.card_language)
        self._enter("running")

    @on(TrialView.Progressed)
    async def _on_progressed(self, event: TrialView.Progressed) -> None:
        event.stop()
        if self._trial.live and event.progress.figures:
            await self.results.stream(event.trial, event.progress.figures)

    @on(TrialView.Ended)
    async def _on_ended(self, event: TrialView.Ended) -> None:
        event.stop()
        with self.app.batch_update():
            if event.result is None:
                await self.results.take_back()
                self._enter("form" if self.own is None else "shown")
                return
            run = Finished(event.trial, event.task, event.result, event.seconds, self._prediction)
            self.study_app.kept_runs[self.experiment.name] = run
            await self.results.show(run)
            self._enter("shown")

    # ── a prediction ─────────────────────────────────────────────────────────

    async def action_predict(self) -> None:
        """Say first what the run will find; it is marked below the figures' heading, and not kept."""
        task = self.chooser.asked
        if self.state != "form" or task is None:
            return
        self._predicted = task
        box = self.query_one("#panel", Container)
        await box.remove_children()
        panel = prediction_panel(task, Draft())
        await box.mount(panel)
        self._enter("predicting")
        self.set_focus(field_of(panel))

    def panel(self) -> Widget | None:
        """The panel that a prediction is given in."""
        children = self.query_one("#panel", Container).children
        return children[0] if children and self.state == "predicting" else None

    @on(Answered)
    async def _on_answered(self, event: Answered) -> None:
        event.stop()
        task, trial = self._predicted, self.chooser.chosen()
        if event.panel is not self.panel() or task is None or trial is None:
            return
        try:
            value = predicted_value(task.question, event.value)
        except StudyBuddyError as problem:
            self.study_app.say(str(problem))
        else:
            await self._start(trial, value)

    async def action_hand_in(self) -> None:
        """Hand in the prediction, for those who click on its key."""
        await hand_in(self.panel())

    # ── other actions ────────────────────────────────────────────────────────

    async def action_another(self) -> None:
        """The next seed, run at once where a run is shown; an own sentence stays, networks change."""
        trial = self.chooser.chosen()
        if self.own is not None or trial is None or self.state not in ("form", "shown"):
            return
        trial = replace(trial, seed=trial.seed + 1)
        self.chooser.show(trial)
        if self.state == "shown":
            run, own = self.results.in_sight, self.experiment.own
            if run is not None and own is not None and own.kind == "sentence" and own.asks:
                trial = trial.with_text(run.trial.text)
            await self._start(trial)

    def action_beside(self) -> None:
        """The run before beside this one, or not; where the screen is narrow, one or the other."""
        if self.state in ("shown", "running") and self.results.compared:
            self.results.toggle()
            self.refresh_keys()

    @property
    def sentence(self) -> tuple[str, ...]:
        """The source sentence of the run in sight; empty where a run has none."""
        run = self.results.in_sight
        return run.source if run is not None and self.state == "shown" else ()

    def action_walk(self) -> None:
        """Step through the decoder over the sentence of this run."""
        if self.sentence:
            laboratory.open_walk(self.study_app, self.sentence)

    def action_live(self) -> None:
        """Watch the training of E12 live."""
        if self.experiment.code == "E12" and self.state in ("form", "shown"):
            laboratory.open_live(self.study_app)

    def action_language(self) -> None:
        """The interface in the other language."""
        if self.state in ("form", "shown"):
            self.study_app.switch_language()

    def action_scroll(self, lines: int) -> None:
        """A few lines on."""
        self.results.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """A screen of figures on."""
        self.results.page(pages)

    def action_leave(self) -> None:
        """Stop the run; out of a figure; out of a prediction or the figures; back to the list."""
        if self._trial.live and not self._trial.stopping:
            self._trial.stop()
        elif self.state == "shown" and self.focused is not None:
            self.set_focus(None)
        elif self.state == "predicting" or (self.state == "shown" and self.own is None):
            self._enter("form")
        else:
            self.study_app.pop_screen()

    # ── keys ─────────────────────────────────────────────────────────────────

    @on(DescendantFocus)
    @on(DescendantBlur)
    @on(Resize)
    def _on_other_keys(self) -> None:
        self.refresh_keys()

    def hints(self) -> list[KeyHint]:
        """What can be done in this state."""
        return trial_hints(self, typing=isinstance(self.focused, Input))

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key, with its twin for input methods."""
        return trial_help()
