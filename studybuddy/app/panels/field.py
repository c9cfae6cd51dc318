"""The one-line field of every panel; Enter is taken where it is typed."""

from __future__ import annotations

from collections.abc import Callable

from textual.events import Key
from textual.widgets import Input


class Field(Input):
    """An input that hands its text in at once.

    A binding is looked up on Enter's way to the app and back, and keys typed quickly behind it
    would land in the old text; here they meet what comes after it.
    """

    def __init__(
        self,
        entered: Callable[[], None],
        *,
        value: str = "",
        placeholder: str = "",
        max_length: int = 2000,
    ) -> None:
        super().__init__(
            value=value, placeholder=placeholder, max_length=max_length, select_on_focus=False
        )
        self._entered = entered

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._entered()
        else:
            await super()._on_key(event)

    async def action_submit(self) -> None:
        """Enter by another way: a click on its key."""
        self._entered()
