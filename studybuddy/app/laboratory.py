"""Ways into the laboratory: its list, one experiment, a sentence, the decoder's steps, live training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from studybuddy.errors import StudyBuddyError
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.app.app import StudyBuddyApp

SENTENCE_AT_MOST = 400


def open_lab(app: StudyBuddyApp) -> None:
    """The list of experiments."""
    from studybuddy.app.screens.lab import LabScreen

    app.push_screen(LabScreen())


def open_experiment(app: StudyBuddyApp, name: str) -> None:
    """The form of an experiment."""
    from studybuddy.app.screens.trial import TrialScreen

    app.push_screen(TrialScreen(name))


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


def ask_sentence(app: StudyBuddyApp, take: Callable[[str], object]) -> None:
    """Ask for a sentence of the small language; unknown words are named with the nearest."""
    from studybuddy.app.screens.ask import AskScreen
    from studybuddy.lab.own import read_sentence

    def check(text: str) -> str | None:
        try:
            read_sentence(text)
        except StudyBuddyError as problem:
            return str(problem)
        return None

    def given(text: str | None) -> None:
        if text:
            take(text)

    note = _(
        "In English, from words of the small language, such as: "
        "the old man bought three books in the garden ."
    )
    question = _("Which sentence should the networks translate?")
    app.push_screen(AskScreen(question, "", note, check, longest=SENTENCE_AT_MOST), given)
