"""What our screens share: the line of keys, full-width keys, and their help."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input

from studybuddy.app.keys import KeyHint, KeyLine, is_full_width, plain_key
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.app.app import StudyBuddyApp


class StudyScreen(Screen[None]):
    """A screen with a line of keys. `LETTERS` maps plain letters to actions, for full-width keys."""

    #: A screen says itself what has the focus: the field must not take it when the help closes.
    AUTO_FOCUS: ClassVar[str | None] = ""
    LETTERS: ClassVar[dict[str, str]] = {}

    @property
    def study_app(self) -> StudyBuddyApp:
        """The app, by its own type."""
        return cast("StudyBuddyApp", self.app)

    def hints(self) -> list[KeyHint]:
        """The keys of use now."""
        return []

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key of this screen and what it does, for the help overlay."""
        return [(hint.key, hint.text) for hint in self.hints()]

    def more_commands(self) -> list[tuple[str, str, str]]:
        """Commands of this screen that have keys but no room in the line: title, keys, action."""
        return []

    def refresh_keys(self) -> None:
        """Show the keys of use now."""
        for key_line in self.query(KeyLine):
            key_line.show(self.hints())

    def relabel(self) -> None:
        """The interface's language changed: draw every text anew."""
        self.refresh_keys()

    async def on_key(self, event: Key) -> None:
        """Full-width forms of the letters count as the letters, unless a field takes them."""
        if isinstance(self.focused, Input) or not is_full_width(event):
            return
        action = self.LETTERS.get(plain_key(event))
        if action is not None:
            event.stop()
            await self.run_action(action)

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from studybuddy.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.help_lines()))

    def common_hints(self) -> list[KeyHint]:
        """The keys that every screen ends with."""
        return [
            KeyHint("? F1", _("help"), "screen.help"),
            KeyHint("^p", _("commands"), "app.command_palette"),
        ]
