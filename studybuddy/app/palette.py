"""The command palette: every action by name, in the interface's language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.screen import Screen

from studybuddy.app import laboratory
from studybuddy.app.screens.base import StudyScreen
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.app.app import StudyBuddyApp

#: The palette itself, and keys that only mean something on the screen.
LEFT_OUT = frozenset({"app.command_palette", "app.quit", "screen.go"})


def _runs(screen: Screen[Any], action: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await screen.run_action(action)

    return run


def commands_for(app: StudyBuddyApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """What this screen's keys do now, then what can be done from anywhere."""
    from studybuddy.app.screens.lab import LabScreen

    if isinstance(screen, StudyScreen):
        for hint in screen.hints():
            if hint.action not in LEFT_OUT:
                key = _("key {key}").format(key=hint.key)
                yield SystemCommand(hint.text, key, _runs(screen, hint.action))
        for title, keys, action in screen.more_commands():
            yield SystemCommand(title, keys, _runs(screen, action))
    if not isinstance(screen, LabScreen):
        yield SystemCommand(
            _("Laboratory"), _("run the experiments"), lambda: laboratory.open_lab(app)
        )
    yield SystemCommand(_("Light or dark"), _("switch the theme"), app.action_toggle_theme)
    yield SystemCommand(
        _("Four grades or six"), _("Again to Easy, or 0 to 5"), app.action_toggle_scale
    )
    yield SystemCommand("中文 / English", _("switch the language"), app.switch_language)
    yield SystemCommand(_("Date of the exam"), _("set or clear it"), app.ask_exam)
    yield SystemCommand(_("New cards a day"), _("set how many come at most"), app.ask_new_per_day)
    yield SystemCommand(_("Save a picture of the screen"), _("as SVG"), app.deliver_screenshot)
    yield SystemCommand(_("Quit"), _("every answer is saved already"), app.exit)
