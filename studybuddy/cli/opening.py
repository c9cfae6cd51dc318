"""Opening the app, or saying in one sentence why it cannot be opened here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studybuddy.cli.context import Context
from studybuddy.cli.output import talk
from studybuddy.cli.terminal import can_show_app
from studybuddy.errors import USAGE
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.study.queue import Filters


def open_app(
    context: Context,
    *,
    screen: Literal["today", "review"] = "today",
    filters: Filters | None = None,
) -> int:
    """The app's exit code; 2 with a sentence where there is no terminal to draw on."""
    context.speak()
    if not can_show_app():
        talk(
            "studybuddy: "
            + _(
                "the app needs a terminal; here, use `studybuddy today` or "
                "`studybuddy review --plain`."
            )
        )
        return USAGE
    from studybuddy.app import run

    return run(context, screen=screen, filters=filters)
