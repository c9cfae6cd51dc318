"""The run that is shown and the one before it: beside each other, or one after the other."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.events import Resize

from studybuddy.app.panels.results import Finished, ResultColumn
from studybuddy.catalogue.figures import Figure
from studybuddy.study.trial import Trial
from studybuddy.text.translation import _

BESIDE = 100
"""Cells from which two runs stand beside each other."""


class Comparison(VerticalScroll):
    """Two columns that scroll together; on a narrow screen one of them is shown at a time."""

    DEFAULT_CSS = """
    Comparison { height: 1fr; padding: 1 1 0 1; }
    Comparison Horizontal { height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, can_focus=False)
        self._now = ResultColumn(lambda: _("this run") if self.compared else _("run"))
        self._before = ResultColumn(lambda: _("the run before"))
        self._beside = True

    def compose(self) -> ComposeResult:
        """This run, then the one before."""
        with Horizontal():
            yield self._now
            yield self._before

    @property
    def compared(self) -> bool:
        """Whether there is a run before."""
        return self._before.run is not None

    @property
    def wide(self) -> bool:
        """Whether both fit beside each other."""
        return self.app.size.width >= BESIDE

    @property
    def in_sight(self) -> Finished | None:
        """The run that is shown; of two beside each other, this one."""
        return self._now.run if self._now.display else self._before.run

    async def begin(self, trial: Trial) -> None:
        """A run starts: what was shown becomes the run before."""
        if self._now.run is not None:
            await self._before.show(self._now.run)
        self._beside = True
        await self._now.stream(trial, ())
        self._lay_out()
        self.scroll_home(animate=False)

    async def stream(self, trial: Trial, figures: tuple[Figure, ...]) -> None:
        """What the run that goes on has found so far."""
        await self._now.stream(trial, figures)

    async def show(self, run: Finished) -> None:
        """The run has ended."""
        await self._now.show(run)
        self._lay_out()

    async def take_back(self) -> None:
        """The run ended early: what was shown before it is the run that is shown."""
        await self._now.show(self._before.run)
        await self._before.show(None)
        self._lay_out()

    def toggle(self) -> None:
        """The run before beside this one, or not; where it is narrow, one or the other."""
        self._beside = not self._beside
        self._lay_out()

    def _lay_out(self) -> None:
        wanted = self._beside if self.wide else not self._beside
        self._before.display = self.compared and wanted
        self._now.display = self.wide or not self._before.display
        self._now.relabel()

    def on_resize(self, _event: Resize) -> None:
        """Another width: other columns."""
        self._lay_out()

    def relabel(self) -> None:
        """The interface's language changed; figures stay as they were made."""
        self._now.relabel()
        self._before.relabel()

    def page(self, pages: int) -> None:
        """A screen of figures on."""
        self.scroll_relative(y=pages * max(1, self.size.height - 2), animate=False)
