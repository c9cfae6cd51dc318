"""Running a task: torch is imported here and the key is computed.

Each experiment of the catalogue has a module of its name in `lab.experiments`; its `run` answers
a task, and its `run_own`, where the catalogue says so, takes what a learner typed.

A run knows no screen. It calls `progress` after each part and stops with `Cancelled` soon after
`cancelled()` turns true. It holds plain data from start to end: safe in a worker thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from studybuddy.catalogue.experiments import EXPERIMENTS
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.threads import ready
from studybuddy.lab.used import recording

Report = Callable[[Progress], None]
Stop = Callable[[], bool]


class Cancelled(Exception):
    """The learner stopped the run; there is no result."""


def _quiet(_progress: Progress) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


def run(task: Task, progress: Report = _quiet, cancelled: Stop = _never) -> Result:
    """Run a prepared task and compute its key, figures and notes.

    Raises Cancelled, or StudyBuddyError in words when torch is missing or a model is damaged.
    """
    if cancelled():
        raise Cancelled
    ready()
    module = import_module(f"studybuddy.lab.experiments.{task.run}")
    with recording() as used:
        result: Result = module.run(task, _checked(progress, cancelled))
    return replace(result, models=used)


def run_own(
    name: str,
    text: str,
    task: Task | None = None,
    progress: Report = _quiet,
    cancelled: Stop = _never,
) -> Result:
    """The experiment `name` on what the learner typed: a source sentence, or an output to score.

    `task` gives parameters, seed and reference to the experiments that need them. Raises
    StudyBuddyError for a text that cannot be read, Cancelled, or what `run` raises.
    """
    from studybuddy.lab.own import read_output, read_sentence

    own = EXPERIMENTS[name].own
    assert own is not None
    words = read_output(text) if own.kind == "output" else read_sentence(text)
    if cancelled():
        raise Cancelled
    ready()
    module = import_module(f"studybuddy.lab.experiments.{name}")
    with recording() as used:
        result: Result = module.run_own(words, task, _checked(progress, cancelled))
    return replace(result, models=used)


def _checked(progress: Report, cancelled: Stop) -> Report:
    """A report that ends the run when it was cancelled."""

    def report(step: Progress) -> None:
        if cancelled():
            raise Cancelled
        progress(step)

    return report
