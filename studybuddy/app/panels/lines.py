"""Lines with a cursor, drawn by one widget: what a list to pick from and steps to order share."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.widget import Widget

from studybuddy.app.shown import content_of_row, keep_in_sight
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import PictureRow, Role, Segment


class LineList(Widget, can_focus=True):
    """Numbered lines, each as high as its wrapped text; `cursor` is the place of one of them."""

    DEFAULT_CSS = """
    LineList { width: 1fr; height: auto; padding: 0 1; text-wrap: nowrap; }
    """
    cursor: int = 0

    def lines(self) -> Iterator[tuple[str, str, Role]]:
        """Each line: its lead (cursor, mark, number), its text, and the text's role."""
        raise TypeError(f"{type(self).__name__} does not say its lines")

    def _rows(self, width: int) -> list[tuple[int, PictureRow]]:
        rows: list[tuple[int, PictureRow]] = []
        for place, (lead, text, role) in enumerate(self.lines()):
            lead_role: Role = "heading" if place == self.cursor else "dim"
            wrapped = wrap_segments([Segment(text, role)], max(8, width - len(lead)))
            for number, row in enumerate(wrapped):
                shown = lead if number == 0 else " " * len(lead)
                rows.append((place, (Segment(shown, lead_role), *row)))
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row or more a line."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The lines; the cursor's has a mark and a role of its own."""
        rows = self._rows(self.content_size.width)
        return Content("\n").join([content_of_row(row) for _, row in rows])

    def place_at(self, event: Click) -> int | None:
        """The place of the line under the pointer."""
        offset = event.get_content_offset(self)
        rows = self._rows(self.content_size.width)
        return rows[offset.y][0] if offset is not None and offset.y < len(rows) else None

    def moved(self) -> None:
        """The cursor or a line has changed: draw anew, and keep the cursor in sight."""
        self.refresh()
        rows = self._rows(self.content_size.width)
        own = [y for y, (place, _) in enumerate(rows) if place == self.cursor]
        if own:
            keep_in_sight(self, own[0], len(own))
