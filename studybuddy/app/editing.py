"""A card in the learner's editor, at its line."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from studybuddy.decks.model import Card
from studybuddy.errors import StudyBuddyError
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.app.app import StudyBuddyApp


def edit(app: StudyBuddyApp, card: Card) -> bool:
    """Open the card's line in $VISUAL or $EDITOR, then bring the index up to date.

    A bundled deck is copied to the learner's own folder first, and that copy is edited. False
    when no editor was opened; what went wrong stands above the keys.
    """
    from studybuddy.study.library import own_copy, refresh

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        file = own_copy(app.context.locations, Path(card.place.file))
        store = app.store_now()
        with app.suspend():
            subprocess.run([*shlex.split(editor), f"+{card.place.line}", str(file)], check=False)
        app.forget_library()
        problems = refresh(store, app.library())
    except SuspendNotSupported:
        app.say(_("This terminal can't be handed to an editor."))
        return False
    except (OSError, ValueError) as problem:
        app.say(
            _("The editor {editor} could not be started: {why}").format(editor=editor, why=problem)
        )
        return False
    except StudyBuddyError as problem:
        app.say(str(problem))
        return False
    app.problems = tuple(str(each) for each in problems)
    if problems:
        app.say(str(problems[0]))
    return True
