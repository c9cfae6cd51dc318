"""A run in the laboratory: chosen freely, shared by screen and command line, and never scheduled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from studybuddy.catalogue.experiments.values import parameter_label, value_text
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab import run as running
from studybuddy.text.translation import Language, _


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment's question with its parameters and seed, or a sentence of the learner's own.

    `text` is her sentence; it is empty for a question of the catalogue.
    """

    run: str
    ask: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 1
    text: str = ""

    def heading(self) -> str:
        """The choice in one line, as it stands over a run's figures."""
        if self.text:
            return _("your sentence: {text}").format(text=self.text)
        values = [
            f"{parameter_label(name)} {value_text(value)}"
            for name, value in self.parameters.items()
        ]
        return " · ".join([self.ask, *values, _("seed {seed}").format(seed=self.seed)])

    def task(self, language: Language) -> Task | None:
        """The question made concrete; None for an own sentence, which asks nothing.

        Raises StudyBuddyError when a parameter is out of its range.
        """
        if self.text:
            return None
        from studybuddy.lab.tasks import prepare

        return prepare(self.run, self.ask, self.parameters, self.seed, language)

    def start(
        self,
        task: Task | None,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> Result:
        """Run it with its own task; raises what `lab.run.run` raises."""
        if task is None:
            return running.translate_own(self.text, progress, cancelled)
        return running.run(task, progress, cancelled)
