"""A decoder that is walked word by word: left and right step through what it computed."""

from __future__ import annotations

from textual.content import Content
from textual.events import Blur, Click, Focus, Key
from textual.geometry import Size
from textual.widget import Widget

from studybuddy.app.shown import content_of
from studybuddy.catalogue.figures import Decoding
from studybuddy.pictures.decoding import decoding_picture
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import crop


class DecodingView(Widget, can_focus=True):
    """One step of a decoding. Left and right (or a click) step, home and end go to its ends."""

    DEFAULT_CSS = """
    DecodingView { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(
        self, figure: Decoding, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.figure = figure
        self.at = 0
        self._walking = False

    def _picture(self, width: int) -> Picture:
        keys = _("←→ step · Home End first and last")
        if not self.has_focus:
            keys = _("Tab or a click, then ←→: step by step")
        title, *rest = decoding_picture(self.figure, width, self.at)
        note = (Segment(crop(keys, width), "gold" if self.has_focus else "dim"),)
        return (title, note, *rest)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the step has."""
        return len(self._picture(width))

    def render(self) -> Content:
        """The present step."""
        return content_of(self._picture(self.content_size.width))

    def go(self, at: int) -> None:
        """Show this step; beyond the ends is the end."""
        self.at = max(0, min(len(self.figure.steps) - 1, at))
        self.refresh(layout=True)

    def on_key(self, event: Key) -> None:
        """Left and right, home and end."""
        match event.key:
            case "left":
                self.go(self.at - 1)
            case "right":
                self.go(self.at + 1)
            case "home":
                self.go(0)
            case "end":
                self.go(len(self.figure.steps) - 1)
            case _:
                return
        event.stop()
        event.prevent_default()

    def on_click(self, event: Click) -> None:
        """A click on the left half steps back, on the right half forward, once it has the focus."""
        offset = event.get_content_offset(self)
        if offset is not None and self._walking:
            self.go(self.at + (1 if 2 * offset.x >= self.content_size.width else -1))
        self._walking = self.has_focus

    def on_focus(self, _event: Focus) -> None:
        """The keys are told."""
        self.refresh()

    def on_blur(self, _event: Blur) -> None:
        """The next click takes the focus again, and does no more."""
        self._walking = False
        self.refresh()
