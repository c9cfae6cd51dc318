"""A heatmap with a cursor: one line below it reads the exact value of the cell."""

from __future__ import annotations

from textual.content import Content
from textual.events import Blur, Click, Focus, Key
from textual.geometry import Size
from textual.widget import Widget

from studybuddy.app.shown import content_of, keep_in_sight
from studybuddy.catalogue.figures import Heatmap
from studybuddy.pictures.heatmap import heatmap_cell, heatmap_line, heatmap_picture, value_text
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import crop


class HeatmapView(Widget, can_focus=True):
    """The heatmap of a figure. Arrows, home and end move the cursor; a click puts it there.

    The line below names the cell's row and column, its value to three digits, and whether it
    is a gold link. Enter and every other key are left to the screen.
    """

    DEFAULT_CSS = """
    HeatmapView { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(
        self, figure: Heatmap, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.figure = figure
        row = figure.marked or 0
        values = figure.values[row] if row < len(figure.values) else ()
        self.cursor = (row, max(range(len(values)), key=values.__getitem__) if values else 0)

    @property
    def text(self) -> str:
        """The line below the heatmap: the cell under the cursor in words."""
        return value_text(self.figure, self.cursor) if self._cells() else ""

    def _cells(self) -> bool:
        return bool(self.figure.rows and self.figure.columns)

    def _picture(self, width: int) -> Picture:
        if not self._cells():
            return heatmap_picture(self.figure, width)
        at = self.cursor if self.has_focus else None
        picture = heatmap_picture(self.figure, width, at=at)
        if self.has_focus:
            return (*picture, (Segment(crop(f"> {self.text}", width), "gold"),))
        invitation = _("Tab or a click, then the arrows: the exact value of a cell")
        return (*picture, (Segment(crop(invitation, width), "dim"),))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The heatmap and the line below it."""
        return len(self._picture(width))

    def render(self) -> Content:
        """The heatmap, with the cursor while it has the focus."""
        return content_of(self._picture(self.content_size.width))

    def _moved(self) -> None:
        self.refresh(layout=True)
        if self._cells():
            keep_in_sight(self, heatmap_line(self.figure, self.content_size.width, self.cursor))

    def on_key(self, event: Key) -> None:
        """Arrows, home and end; the rows' ends are ends."""
        row, column = self.cursor
        last_row, last_column = len(self.figure.rows) - 1, len(self.figure.columns) - 1
        match event.key:
            case "left":
                column -= 1
            case "right":
                column += 1
            case "up":
                row -= 1
            case "down":
                row += 1
            case "home":
                column = 0
            case "end":
                column = last_column
            case _:
                return
        event.stop()
        event.prevent_default()
        self.cursor = (max(0, min(last_row, row)), max(0, min(last_column, column)))
        self._moved()

    def on_click(self, event: Click) -> None:
        """The cell under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        cell = heatmap_cell(self.figure, self.content_size.width, offset.x, offset.y)
        if cell is not None:
            self.cursor = cell
            self._moved()

    def on_focus(self, _event: Focus) -> None:
        """The cursor appears."""
        self.refresh(layout=True)

    def on_blur(self, _event: Blur) -> None:
        """The cursor goes."""
        self.refresh(layout=True)
