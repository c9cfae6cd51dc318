"""A run in the laboratory: chosen freely, shared by screen and command line, and never scheduled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from studybuddy.catalogue.experiments import EXPERIMENTS
from studybuddy.catalogue.experiments.values import parameter_label, value_text
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab import run as running
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import Language, _


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment's question with its parameters and seed, or with words of the learner's own.

    `text` is what she typed, a sentence or an output; it is empty for a question of the catalogue.
    """

    run: str
    ask: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 1
    text: str = ""

    def with_text(self, text: str) -> Trial:
        """The same on words of the learner's own; without a question where they need none."""
        own = EXPERIMENTS[self.run].own
        if own is not None and own.asks:
            return replace(self, text=text)
        return Trial(self.run, "own", text=text)

    def heading(self) -> str:
        """The choice in one line, as it stands over a run's figures."""
        values = [
            f"{parameter_label(name)} {value_text(value)}"
            for name, value in self.parameters.items()
        ]
        said = [self.ask, *values, _("seed {seed}").format(seed=self.seed)]
        if not self.text:
            return " · ".join(said)
        text = " ".join(clean(self.text).split())
        own = EXPERIMENTS[self.run].own
        if own is not None and own.kind == "output":
            return " · ".join([_("your output: {text}").format(text=text), *said])
        sentence = _("your sentence: {text}").format(text=text)
        return " · ".join([sentence, *said]) if self.parameters else sentence

    def task(self, language: Language) -> Task | None:
        """The question made concrete; None for words of the learner's own, which ask nothing.

        Raises StudyBuddyError when a parameter is out of its range.
        """
        return None if self.text else self._prepared(language)

    def _prepared(self, language: Language) -> Task:
        from studybuddy.lab.tasks import prepare

        return prepare(self.run, self.ask, self.parameters, self.seed, language)

    def start(
        self,
        task: Task | None,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> Result:
        """Run it with its own task; raises what `lab.run.run` raises."""
        if self.text:
            own = EXPERIMENTS[self.run].own
            # Of the question only what it draws counts, and that is the same in every language.
            given = self._prepared("en") if own is not None and own.asks else None
            return running.run_own(self.run, self.text, given, progress, cancelled)
        assert task is not None
        return running.run(task, progress, cancelled)
