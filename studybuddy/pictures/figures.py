"""Every figure as a picture: the one place that screen and command line call."""

from __future__ import annotations

from collections.abc import Sequence

from studybuddy.catalogue.figures import (
    Bars,
    Curve,
    Decoding,
    Figure,
    Heatmap,
    Table,
    Tokens,
    Tree,
)
from studybuddy.pictures.bars import bars_picture
from studybuddy.pictures.curve import HEIGHT, curve_picture
from studybuddy.pictures.decoding import decoding_picture, decoding_table
from studybuddy.pictures.heatmap import heatmap_picture
from studybuddy.pictures.lines import NARROWEST, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.pictures.table import table_picture
from studybuddy.pictures.tree import tree_picture
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop


def figure_picture(figure: Figure, width: int) -> Picture:
    """The figure in rows of at most `width` cells; a width below 20 counts as 20.

    Of a decoding all steps come as a table, and the first step in full.
    """
    match figure:
        case Heatmap():
            return heatmap_picture(figure, width)
        case Curve():
            return curve_picture(figure, width)
        case Bars():
            return bars_picture(figure, width)
        case Tree():
            return tree_picture(figure, width)
        case Decoding():
            return (*decoding_table(figure, width), (), *decoding_picture(figure, width)[1:])
        case Table():
            return table_picture(figure, width)
        case Tokens():
            return tokens_picture(figure, width)


def growing_picture(figures: Sequence[Figure], width: int, height: int = HEIGHT) -> Picture:
    """What a run has so far, without the tables of values: they belong to its result.

    `height` is the number of rows of a chart.
    """
    rows: list[PictureRow] = []
    for figure in figures:
        if isinstance(figure, Curve):
            picture = curve_picture(figure, width, values=False, height=height)
        else:
            picture = figure_picture(figure, width)
        rows += [*([()] if rows else []), *picture]
    return tuple(rows)


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
