"""Small questions that the app asks: the exam's date, the number of new cards a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from studybuddy.config import NEW_PER_DAY_MOST
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.app.app import StudyBuddyApp


def ask_exam(app: StudyBuddyApp) -> None:
    """Ask for the date of the exam; an empty answer clears it."""
    from studybuddy.app.screens.ask import AskScreen

    def check(text: str) -> str | None:
        try:
            if text:
                date.fromisoformat(text)
        except ValueError:
            return _("Write the date as 2026-12-31, or nothing to clear it.")
        return None

    def take(text: str | None) -> None:
        if text is not None:
            app.set_exam({"date": text} if text else None)

    now = app.today.exam if app.today is not None and app.today.exam else ""
    note = _("Year, month and day, such as 2026-12-31. Empty: no exam.")
    app.push_screen(AskScreen(_("When is your exam?"), now, note, check), take)


def ask_new_per_day(app: StudyBuddyApp) -> None:
    """Ask for the number of new cards a day."""
    from studybuddy.app.screens.ask import AskScreen

    def check(text: str) -> str | None:
        if text.isdecimal() and int(text) <= NEW_PER_DAY_MOST:
            return None
        return _("A number from 0 to {most}, please.").format(most=NEW_PER_DAY_MOST)

    def take(text: str | None) -> None:
        if text is not None:
            app.set_setting("new_per_day", int(text))

    note = _("New cards come after those that are due.")
    question = _("How many new cards a day?")
    app.push_screen(AskScreen(question, str(app.settings.new_per_day), note, check), take)
