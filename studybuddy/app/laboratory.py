"""Ways into the laboratory: its list, one experiment, a sentence, the decoder's steps, live training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from studybuddy.errors import StudyBuddyError
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.app.app import StudyBuddyApp
    from studybuddy.app.panels.results import Finished
    from studybuddy.catalogue.predictions import Task

SENTENCE_AT_MOST = 400


def open_lab(app: StudyBuddyApp) -> None:
    """The list of experiments."""
    from studybuddy.app.screens.lab import LabScreen

    app.push_screen(LabScreen())


def open_experiment(app: StudyBuddyApp, name: str, *, own: bool = False) -> None:
    """The form of an experiment; with `own` it asks at once for words of the learner's own."""
    from studybuddy.app.screens.trial import TrialScreen

    app.push_screen(TrialScreen(name, asking=own))


def open_own_sentence(app: StudyBuddyApp) -> None:
    """Ask for a sentence and translate it."""
    from studybuddy.app.screens.trial import TrialScreen
    from studybuddy.study.trial import Trial

    def take(text: str) -> None:
        app.push_screen(TrialScreen("translate", Trial("translate", "own", text=text)))

    ask_sentence(app, take)


def open_walk(app: StudyBuddyApp, source: Sequence[str] | None = None) -> None:
    """The decoder word by word, over this sentence or a drawn one."""
    from studybuddy.app.screens.walk import WalkScreen

    app.push_screen(WalkScreen(source))


def open_live(app: StudyBuddyApp) -> None:
    """Watch a network learn."""
    from studybuddy.app.screens.live import LiveScreen

    app.push_screen(LiveScreen())


def ask_own(
    app: StudyBuddyApp, task: Task, before: Finished | None, take: Callable[[str], object]
) -> None:
    """Ask for what the task's experiment takes: a sentence, or an output for its reference.

    An output begins as the one typed before for this reference, or as the one that was drawn.
    """
    from studybuddy.catalogue.experiments import EXPERIMENTS

    own = EXPERIMENTS[task.run].own
    if own is None or own.kind == "sentence":
        ask_sentence(app, take)
        return
    reference = list(task.parameters["reference"])
    text = " ".join(task.parameters["outputs"][0])
    if before is not None and before.trial.text:
        same = before.result.data.get("reference") == reference
        text = before.trial.text if same else text
    ask_output(app, reference, text, take)


def ask_output(
    app: StudyBuddyApp, reference: Sequence[str], text: str, take: Callable[[str], object]
) -> None:
    """Ask for an output to be scored against a reference."""
    from studybuddy.lab.own import read_output

    note = _("Reference: {reference}").format(reference=" ".join(reference))
    note += "\n" + _("Change the output, or write another; blanks part its words.")
    _ask(app, _("Which output should be scored?"), text, note, read_output, take)


def ask_sentence(app: StudyBuddyApp, take: Callable[[str], object]) -> None:
    """Ask for a sentence of the small language; unknown words are named with the nearest."""
    from studybuddy.lab.own import read_sentence

    note = _(
        "In English, from words of the small language, such as: "
        "the old man bought three books in the garden ."
    )
    question = _("Which sentence should the networks read?")
    _ask(app, question, "", note, read_sentence, take)


def _ask(
    app: StudyBuddyApp,
    question: str,
    text: str,
    note: str,
    read: Callable[[str], object],
    take: Callable[[str], object],
) -> None:
    """Ask until `read` raises nothing."""
    from studybuddy.app.screens.ask import AskScreen

    def check(typed: str) -> str | None:
        try:
            read(typed)
        except StudyBuddyError as problem:
            return str(problem)
        return None

    def given(typed: str | None) -> None:
        if typed:
            take(typed)

    app.push_screen(AskScreen(question, text, note, check, longest=SENTENCE_AT_MOST), given)
