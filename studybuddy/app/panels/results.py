"""What a trial found, as a column: what was run, the prediction, the figures, the notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical

from studybuddy.app.panels.figures import FiguresView
from studybuddy.app.shown import PictureView
from studybuddy.catalogue.figures import Figure
from studybuddy.catalogue.predictions import Result, SketchQuestion, Task, Value
from studybuddy.grading.prediction import grade_prediction, sketch_against_run
from studybuddy.pictures.figures import figure_picture
from studybuddy.pictures.prose import prose_picture, wrap_segments
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.study.trial import Trial
from studybuddy.text.translation import _


@dataclass(frozen=True, slots=True)
class Finished:
    """A trial that ran to its end, and what was predicted of it, if anything was."""

    trial: Trial
    task: Task | None
    result: Result
    seconds: float
    prediction: Value | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The run's figures; a predicted sketch stands first, drawn over what was found."""
        question = self.task.question if self.task is not None else None
        if isinstance(question, SketchQuestion) and self.prediction is not None:
            both = sketch_against_run(question, self.prediction, self.result)
            if both is not None:
                return (both, *self.result.figures)
        return self.result.figures

    @property
    def source(self) -> tuple[str, ...]:
        """The words of the one sentence that the run was about; none where it was about many."""
        source = self.result.data.get("source") or ()
        return tuple(map(str, source.split() if isinstance(source, str) else source))


class ResultColumn(Vertical):
    """One run from its parameters to its notes; also what a run that goes on has shown so far."""

    DEFAULT_CSS = """
    ResultColumn { width: 1fr; height: auto; padding: 0 1; }
    ResultColumn #notes { margin: 1 0 0 0; }
    """

    def __init__(self, title: Callable[[], str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title = title
        self.run: Finished | None = None
        self._top = PictureView()
        self._figures = FiguresView()
        self._notes = PictureView(id="notes")

    def compose(self) -> ComposeResult:
        """What was run, the figures, the notes."""
        yield self._top
        yield self._figures
        yield self._notes

    async def show(self, run: Finished | None) -> None:
        """Show this run; nothing without one."""
        self.run = run
        if run is None:
            self._top.clear()
            self._notes.clear()
        else:
            self._top.show(lambda width: self._opening(run, width))
            self._notes.show(lambda width: notes_picture(run, width))
        await self._figures.show(run.figures if run is not None else ())

    async def stream(self, trial: Trial, figures: tuple[Figure, ...]) -> None:
        """Show what the run that goes on has found so far."""
        if self.run is not None:
            await self.show(None)
        self._top.show(
            lambda width: (*self._heading(trial, width), *figures_picture(figures, width))
        )

    def relabel(self) -> None:
        """The interface's language changed: the headings anew."""
        run = self.run
        if run is not None:
            self._top.show(lambda width: self._opening(run, width))

    def _heading(self, trial: Trial, width: int) -> list[PictureRow]:
        return wrap_segments([Segment(f"{self.title()}: {trial.heading()}", "heading")], width)

    def _opening(self, run: Finished, width: int) -> Picture:
        """Above the figures: parameters, question, the prediction's verdict, the summary."""
        from studybuddy.app.screens.faces import reasons_picture

        rows = self._heading(run.trial, width)
        if run.task is not None:
            rows += prose_picture(run.task.prompt, width)
        if run.task is not None and run.prediction is not None:
            verdict = grade_prediction(run.task.question, run.prediction, run.result, pretest=False)
            rows += reasons_picture(verdict.reasons, width)
        if run.result.summary:
            rows += wrap_segments([Segment(run.result.summary, "strong")], width)
        return tuple(rows)


def notes_picture(run: Finished, width: int) -> Picture:
    """The lines under the figures: models, timing, sample, seed, and how long it took."""
    rows: list[PictureRow] = []
    for note in (*run.result.notes, _("ran in {seconds:.1f} s").format(seconds=run.seconds)):
        rows += wrap_segments([Segment(note, "dim")], width)
    return tuple(rows)


def figures_picture(figures: tuple[Figure, ...], width: int) -> Picture:
    """The figures one below another."""
    rows: list[PictureRow] = []
    for figure in figures:
        rows += [(), *figure_picture(figure, width)]
    return tuple(rows)
