"""The figures of a result as widgets: those with cells or steps take the focus, the others do not."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical
from textual.widget import Widget

from studybuddy.app.panels.cells import HeatmapView
from studybuddy.app.panels.walk import DecodingView
from studybuddy.app.shown import PictureView
from studybuddy.catalogue.figures import Decoding, Figure, Heatmap
from studybuddy.pictures.figures import figure_picture


def figure_view(figure: Figure) -> Widget:
    """The widget that shows a figure."""
    match figure:
        case Heatmap():
            return HeatmapView(figure, classes="figure")
        case Decoding():
            return DecodingView(figure, classes="figure")
        case _:
            view = PictureView(lambda width: figure_picture(figure, width))
            view.add_class("figure")
            return view


class FiguresView(Vertical):
    """Figures one below another, a blank line above each."""

    DEFAULT_CSS = """
    FiguresView { height: auto; max-width: 96; }
    FiguresView .figure { margin: 1 0 0 0; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.figures: tuple[Figure, ...] = ()

    async def show(self, figures: Sequence[Figure]) -> None:
        """Show these figures; those that are shown already keep their cursors."""
        if tuple(figures) == self.figures:
            return
        self.figures = tuple(figures)
        await self.remove_children()
        await self.mount_all([figure_view(figure) for figure in self.figures])
