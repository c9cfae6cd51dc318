"""The parameters of a run as a form: fields in lines, changed by keys or mouse, drawn by one widget.

Left and right change the field under the cursor, digits are typed into it; a click on ‹ or ›
does the same. A Chinese input method's full-width digits count as plain ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Blur, Click, Focus, Key
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from studybuddy.app.keys import plain_key
from studybuddy.text.width import cell_width, crop, pad

_DIGITS_AT_MOST = 16


@dataclass(slots=True)
class FormField:
    """One value: a whole number in `low`..`high`, or one of `options`. `text` is what is shown."""

    text: str
    low: int = 0
    high: int = 0
    options: tuple[str, ...] = ()
    typed: bool = False

    def step(self, by: int) -> None:
        """The next value, or the one before; options go round, numbers stop at their ends."""
        if self.options:
            at = self.options.index(self.text)
            self.text = self.options[(at + by) % len(self.options)]
            return
        number = self.number
        self.text = str(self.low if number is None else min(max(number + by, self.low), self.high))

    def type(self, digit: str) -> None:
        """A digit: the first one replaces what stood there."""
        before = self.text if self.typed else ""
        self.text = (before + digit)[:_DIGITS_AT_MOST]
        self.typed = True

    def erase(self) -> None:
        """Take the last digit away."""
        self.text, self.typed = self.text[:-1], True

    @property
    def number(self) -> int | None:
        """The number that stands there; None when none does."""
        try:
            return int(self.text)
        except ValueError:
            return None


@dataclass(slots=True)
class FormLine:
    """A name, its fields (two for a span), and what may be said."""

    name: str
    label: str
    fields: list[FormField]
    note: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a row: its text and style; a click on it changes a field by `by` (0: goes there)."""

    text: str
    style: str = ""
    at: int = -1
    by: int = 0


class FormView(Widget, can_focus=True):
    """Lines of fields with a cursor on one field. Says `Changed` and, on Enter, `Go`."""

    DEFAULT_CSS = """
    FormView { width: 1fr; height: auto; padding: 0 2; text-wrap: nowrap; text-overflow: clip; }
    """

    class Changed(Message):
        """A field of the line of this name has another value."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class Go(Message):
        """Enter: run with these values."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.form: list[FormLine] = []
        self.cursor = 0

    def show(self, lines: Sequence[FormLine]) -> None:
        """Show these lines; the cursor stays where it was as far as there is such a field."""
        self.form = list(lines)
        self.cursor = min(self.cursor, max(0, len(self._places()) - 1))
        self.refresh(layout=True)

    def _places(self) -> list[tuple[int, FormField]]:
        """Every field with the number of its line."""
        return [(y, field) for y, line in enumerate(self.form) for field in line.fields]

    # ── how it is drawn ──────────────────────────────────────────────────────

    def _row(self, y: int, width: int) -> list[_Piece]:
        line = self.form[y]
        label = max(cell_width(each.label) for each in self.form)
        places = self._places()
        first = next(at for at, (row, _field) in enumerate(places) if row == y)
        here = places[self.cursor][0] == y and self.has_focus
        pieces = [
            _Piece(
                f"{'>' if here else ' '} {pad(line.label, label)}  ",
                "bold $primary" if here else "",
                first,
            )
        ]
        for number, field in enumerate(line.fields):
            at = first + number
            if number:
                pieces.append(_Piece(" – "))
            active = at == self.cursor and self.has_focus
            pieces += [
                _Piece("‹", "$primary", at, -1),
                _Piece(
                    f"[{field.text or '_'}]" if active else f" {field.text or '_'} ",
                    "bold reverse" if active else "bold",
                    at,
                    1 if field.options else 0,
                ),
                _Piece("›", "$primary", at, 1),
            ]
        used = sum(cell_width(piece.text) for piece in pieces)
        note = crop(line.note, width - used - 3)
        if note:
            pieces.append(_Piece(f"   {note}", "$role-dim"))
        return pieces

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A row a line."""
        return len(self.form)

    def render(self) -> Content:
        """The lines; the field under the cursor is reversed, and in brackets."""
        width = self.content_size.width
        rows = [
            Content.assemble(*((piece.text, piece.style) for piece in self._row(y, width)))
            for y in range(len(self.form))
        ]
        return Content("\n").join(rows)

    # ── how it is changed ────────────────────────────────────────────────────

    def _go(self, at: int) -> None:
        self.cursor = at % max(1, len(self._places()))
        for _line, field in self._places():
            field.typed = False
        self.refresh()

    def _change(self, at: int, by: int) -> None:
        self._go(at)
        if by:
            y, field = self._places()[at]
            field.step(by)
            self._changed(y)

    def _changed(self, y: int) -> None:
        self.refresh(layout=True)
        self.post_message(self.Changed(self.form[y].name))

    def on_key(self, event: Key) -> None:
        """Up and down choose a field, left and right change it, digits are typed, Enter runs."""
        if not self.form:
            return
        key, places = plain_key(event), self._places()
        y, field = places[self.cursor]
        if event.key in ("down", "tab"):
            self._go(self.cursor + 1)
        elif event.key in ("up", "shift+tab"):
            self._go(self.cursor - 1)
        elif event.key in ("right", "left") or key in ("+", "-"):
            self._change(self.cursor, 1 if event.key == "right" or key == "+" else -1)
        elif key.isdecimal() and not field.options:
            field.type(key)
            self._changed(y)
        elif event.key == "backspace" and not field.options:
            field.erase()
            self._changed(y)
        elif event.key == "enter":
            self.post_message(self.Go())
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: Click) -> None:
        """A click on a field goes there; on ‹ or › it changes it."""
        offset = event.get_content_offset(self)
        if offset is None or not 0 <= offset.y < len(self.form):
            return
        x = 0
        for piece in self._row(offset.y, self.content_size.width):
            x += cell_width(piece.text)
            if offset.x < x:
                if piece.at >= 0:
                    self._change(piece.at, piece.by)
                return

    def on_focus(self, _event: Focus) -> None:
        """The cursor is seen again."""
        self.refresh()

    def on_blur(self, _event: Blur) -> None:
        """The cursor is not shown while the keys go elsewhere."""
        self.refresh()
