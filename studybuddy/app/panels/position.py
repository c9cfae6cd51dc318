"""A place in a sentence: a cursor that moves over its words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.widget import Widget

from studybuddy.app.keys import plain_key
from studybuddy.app.panels.base import Answered
from studybuddy.app.shown import content_of
from studybuddy.pictures.lines import merged, one_line
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop


class WordPicker(Widget, can_focus=True):
    """The words in wrapped rows; posts `Answered` with the index of the word in brackets on Enter.

    Left and right go word by word, up and down to the nearest word of the next row. A click
    moves the cursor; a second click on the same word takes it.
    """

    DEFAULT_CSS = """
    WordPicker { width: 1fr; height: auto; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(self, words: Sequence[str], *, at: int = 0) -> None:
        super().__init__()
        self.words = tuple(one_line(word) or "·" for word in words)
        self.cursor = min(at, max(0, len(self.words) - 1))

    def _rows(self, width: int) -> list[list[tuple[int, int, str]]]:
        """Each row's words: index, first cell, text; every word has a blank of its own beside it."""
        rows: list[list[tuple[int, int, str]]] = []
        used = width
        for index, word in enumerate(self.words):
            text = crop(word, max(1, width - 2))
            if used + cell_width(text) + 2 > width:
                rows.append([])
                used = 0
            rows[-1].append((index, used, text))
            used += cell_width(text) + 2
        return rows

    def _picture(self, width: int) -> Picture:
        picture: list[PictureRow] = []
        for row in self._rows(width):
            segments: list[Segment] = []
            for index, _at, text in row:
                here = index == self.cursor
                segments.append(
                    Segment(f"[{text}]" if here else f" {text} ", "cursor" if here else "plain")
                )
            picture.append(merged(segments))
        if self.words:
            told = _("word {n} of {count}: {word}").format(
                n=self.cursor + 1, count=len(self.words), word=self.words[self.cursor]
            )
            picture += [(), (Segment(crop(told, width), "dim"),)]
        return tuple(picture)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows of words, and the line that tells the cursor's."""
        return len(self._picture(width))

    def render(self) -> Content:
        """The words, the cursor's in brackets."""
        return content_of(self._picture(self.content_size.width))

    def submit(self) -> None:
        """Take the word under the cursor."""
        if self.words:
            self.post_message(Answered(self, (self.cursor,)))

    def _upright(self, step: int) -> int:
        """The word of the row above or below that stands nearest to the cursor's."""
        rows = self._rows(self.content_size.width)
        y = next(y for y, row in enumerate(rows) if any(i == self.cursor for i, _x, _t in row))
        if not 0 <= y + step < len(rows):
            return self.cursor

        def middle(word: tuple[int, int, str]) -> float:
            return word[1] + cell_width(word[2]) / 2

        here = next(middle(word) for word in rows[y] if word[0] == self.cursor)
        return min(rows[y + step], key=lambda word: abs(middle(word) - here))[0]

    def on_key(self, event: Key) -> None:
        """Arrows, tab, home and end move; Enter takes."""
        last = len(self.words) - 1
        if last < 0:
            return
        match event.key:
            case "left" | "shift+tab":
                self.cursor = max(0, self.cursor - 1)
            case "right" | "tab":
                self.cursor = min(last, self.cursor + 1)
            case "up" | "down":
                self.cursor = self._upright(1 if event.key == "down" else -1)
            case "home":
                self.cursor = 0
            case "end":
                self.cursor = last
            case "enter":
                self.submit()
            case _ if plain_key(event) == " ":
                self.submit()
            case _:
                return
        event.stop()
        event.prevent_default()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """A click moves the cursor; a second one takes the word."""
        offset = event.get_content_offset(self)
        rows = self._rows(self.content_size.width)
        if offset is None or not 0 <= offset.y < len(rows):
            return
        for index, at, text in rows[offset.y]:
            if at <= offset.x < at + cell_width(text) + 2:
                again = index == self.cursor and event.chain >= 2
                self.cursor = index
                self.refresh()
                if again:
                    self.submit()
                return
