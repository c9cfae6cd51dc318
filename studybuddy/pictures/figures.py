"""Every figure as a picture: the one place that screen and command line call."""

from __future__ import annotations

from studybuddy.catalogue.figures import Curve, Figure, Heatmap, Table, Tokens
from studybuddy.pictures.curve import curve_picture
from studybuddy.pictures.heatmap import heatmap_picture
from studybuddy.pictures.lines import NARROWEST, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.pictures.table import table_picture
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop


def figure_picture(figure: Figure, width: int) -> Picture:
    """The figure in rows of at most `width` cells; a width below 20 counts as 20."""
    match figure:
        case Heatmap():
            return heatmap_picture(figure, width)
        case Curve():
            return curve_picture(figure, width)
        case Table():
            return table_picture(figure, width)
        case Tokens():
            return tokens_picture(figure, width)


def tokens_picture(figure: Tokens, width: int) -> Picture:
    """The words under their title; a word that differs stands as ‹word›."""
    width = max(width, NARROWEST)
    rows: list[PictureRow] = [*text_rows(figure.title, width, "strong")]
    row: list[Segment] = []
    used = 0
    for i, word in enumerate(map(one_line, figure.words)):
        wrong = i in figure.wrong
        text = crop(f"‹{word}›" if wrong else word, width)
        if row and used + 1 + cell_width(text) > width:
            rows.append(tuple(row))
            row, used = [], 0
        if row:
            row.append(Segment(" "))
            used += 1
        row.append(Segment(text, "wrong" if wrong else "plain"))
        used += cell_width(text)
    rows.append(tuple(row) if row else (Segment(_("(no words)"), "dim"),))
    if figure.wrong:
        rows += text_rows(_("‹ › differs from the reference"), width, "dim")
    return tuple(rows)
