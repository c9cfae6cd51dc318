"""What a person touches: the Textual app. `run` is the only door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from studybuddy.cli.context import Context
    from studybuddy.study.queue import Filters


def run(
    context: Context,
    *,
    screen: Literal["today", "review"] = "today",
    filters: Filters | None = None,
) -> int:
    """Open the app on Today or in the middle of a sitting; the exit code when it is closed."""
    from studybuddy.app.app import StudyBuddyApp

    app = StudyBuddyApp(context, opening=screen, filters=filters)
    app.run()
    return app.return_code or 0
