"""Pictures and outside text as Textual content; nothing from a deck is ever read as markup."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from studybuddy.app.themes import ROLE_STYLES
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.text.sanitise import clean

MakePicture = Callable[[int], Picture]


def content_of_row(row: PictureRow) -> Content:
    """One row of a picture, its roles in the theme's styles."""
    return Content.assemble(
        *((clean(segment.text), ROLE_STYLES.get(segment.role, "")) for segment in row)
    )


def content_of(picture: Picture) -> Content:
    """The whole picture."""
    return Content("\n").join([content_of_row(row) for row in picture])


class PictureView(Widget):
    """A widget as high as the picture that a function makes for its width."""

    DEFAULT_CSS = """
    PictureView { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, make: MakePicture | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: MakePicture = make or (lambda _width: ())
        self._made: tuple[int, Picture] | None = None

    def show(self, make: MakePicture) -> None:
        """Show the picture that this function makes from now on."""
        self._make, self._made = make, None
        self.refresh(layout=True)

    def clear(self) -> None:
        """Show nothing."""
        self.show(lambda _width: ())

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        picture = self._picture(self.content_size.width or 80)
        return "\n".join("".join(segment.text for segment in row) for row in picture)

    def _picture(self, width: int) -> Picture:
        if self._made is None or self._made[0] != width:
            self._made = (width, self._make(max(4, width)))
        return self._made[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the picture has at this width."""
        return len(self._picture(width))

    def render(self) -> Content:
        """The picture for the present width."""
        return content_of(self._picture(self.content_size.width))


def line(text: str, role: Role = "plain") -> PictureRow:
    """A row of one segment."""
    return (Segment(text, role),)


def keep_in_sight(widget: Widget, y: int, rows: int = 1) -> None:
    """Scroll what holds the widget so that these rows of its content are seen."""
    for ancestor in widget.ancestors:
        if isinstance(ancestor, Widget) and ancestor.allow_vertical_scroll:
            line = Region(0, y, widget.size.width, rows).translate(widget.content_region.offset)
            within = line.translate(-ancestor.region.offset + ancestor.scroll_offset)
            ancestor.scroll_to_region(within, animate=False)
            return
