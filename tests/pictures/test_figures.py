"""Figures as rows of text: nothing too wide, nothing told by colour alone."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.figures import (
    Bars,
    Curve,
    DecoderStep,
    Decoding,
    Figure,
    Heatmap,
    Series,
    Table,
    Tokens,
    Tree,
    TreeNode,
)
from studybuddy.pictures.figures import figure_picture
from studybuddy.pictures.heatmap import heatmap_picture, value_text
from studybuddy.pictures.rows import plain_text
from studybuddy.text.width import cell_width

HEAT = Heatmap(
    "Weights",
    ("我", "读", "书"),
    ("I", "read", "books"),
    ((0.8, 0.1, 0.1), (0.02, 0.3, 0.68), (0.0, 0.4, 0.6)),
    frozenset({(0, 0), (1, 1), (2, 2)}),
    marked=1,
)
CURVE = Curve(
    "By length",
    "words",
    "exact match",
    ("4", "8", "12"),
    (
        Series("fixed C", (1.0, 0.5, 0.0), (0.9, 0.4, 0.0), (1.0, 0.6, 0.1), (200, 200, 200)),
        Series("attention", (1.0, 1.0, 0.9), (0.9, 0.9, 0.8), (1.0, 1.0, 1.0), (200, 200, 200)),
    ),
    edge=1,
)
TABLE = Table("打分", ("score", "parameters"), (("点积 dot", "0"), ("additive", "16,512")))
TOKENS = Tokens("fixed C", ("the", "cat", "on", "mat"), frozenset({2}))


def lines(figure: Figure, width: int = 76) -> list[str]:
    return plain_text(figure_picture(figure, width)).split("\n")


def test_a_heatmap_reads_without_colour() -> None:
    assert lines(HEAT)[:5] == [
        "Weights",
        "       I    read books",
        "  我  [█*]   ░░    ░░",
        "> 读        [▒▒]   ▓*",
        "  书         ▒▒   [▓*]",
    ]


def test_the_legend_explains_every_mark() -> None:
    legend = "\n".join(lines(HEAT)[5:])
    for mark in ("░░ ≥ 5%", "██ ≥ 75%", "* heaviest", "[ ] gold", "> the row"):
        assert mark in legend


def test_a_heatmap_has_roles_for_colour_too() -> None:
    roles = {segment.text: segment.role for row in figure_picture(HEAT, 76) for segment in row}
    assert (roles["█*"], roles["░░"], roles["["]) == ("heat4", "heat1", "gold")


def wide_heatmap(columns: int, word: str = "word") -> Heatmap:
    values = tuple(1.0 if i == columns - 1 else 0.0 for i in range(columns))
    names = tuple(f"{word}{i}" for i in range(columns))
    return Heatmap("wide", ("x",), names, (values,), frozenset({(0, columns - 1)}))


def test_words_that_do_not_fit_are_numbered_and_named_below() -> None:
    text = "\n".join(lines(wide_heatmap(14)))
    assert "14" in text.split("\n")[1]
    assert "14 word13" in text


@pytest.mark.parametrize("columns", [3, 14, 20, 40])
def test_every_column_is_drawn_however_many(columns: int) -> None:
    text = "\n".join(lines(wide_heatmap(columns)))
    assert text.count("*") == 2  # the row's heaviest, and the legend
    assert f"word{columns - 1}" in text
    assert "[" in text.split("* heaviest")[0]


def test_a_curve_shows_series_end_of_training_and_intervals() -> None:
    drawn = lines(CURVE)
    text = "\n".join(drawn)
    assert "seen in training | beyond training" in text
    assert "o fixed C   x attention" in text
    assert "50 [40–60]" in text
    bars = {line.index("|") for line in drawn if line.startswith(("   ", " 60%")) and "|" in line}
    assert len(bars) == 1
    assert drawn[3].startswith("100% ┤")
    assert "ox" in drawn[3]


def test_points_stand_at_their_height() -> None:
    drawn = {line[:6].strip(): line for line in lines(CURVE) if "┤" in line or "│" in line}
    assert drawn["0% ┤"].rstrip().endswith("o")
    assert "o" not in drawn["60% ┤"]


def test_a_table_aligns_in_cells() -> None:
    assert lines(TABLE) == [
        "打分",
        "score     parameters",
        "────────────────────",
        "点积 dot           0",
        "additive      16,512",
    ]


def test_an_interval_stays_in_one_piece_while_another_column_can_give_way() -> None:
    row = ("all on another word", "-3.13 (-3.58 … -2.71)", *["63.3 (57.1–69.7)"] * 4)
    drawn = lines(Table("", ("weights", "log p", "a", "b", "c", "d"), (row,)), 74)
    assert all(cell_width(line) <= 74 for line in drawn)
    assert drawn[3].count("(57.1–69.7)") == 4
    assert "(-3.58 …" in drawn[3]


def test_long_cells_wrap() -> None:
    table = Table("", ("a", "b"), (("k", "a sentence that is longer than the line " * 3),))
    drawn = lines(table, 40)
    assert len(drawn) > 4
    assert all(cell_width(line) <= 40 for line in drawn)


def test_more_columns_than_cells_say_so() -> None:
    table = Table("", tuple("abcdefghij"), (tuple("0123456789"),))
    assert lines(table, 30)[0].endswith("…")


def test_wrong_words_are_marked() -> None:
    assert lines(TOKENS)[1] == "the cat ‹on› mat"
    assert "differs" in lines(TOKENS)[2]


def test_no_control_character_comes_through() -> None:
    hostile = "a\x1b]52;c;x\x07\nb"
    figures: list[Figure] = [
        Tokens(hostile, (hostile,)),
        Table(hostile, (hostile,), ((hostile,),)),
        Heatmap(hostile, (hostile,), (hostile,), ((1.0,),)),
        Curve(hostile, hostile, hostile, (hostile,), (Series(hostile, (0.5,)),)),
        Bars(hostile, (hostile,), (0.5,)),
        Tree(hostile, (TreeNode(None, hostile, -1.0, True),)),
        Decoding(
            hostile,
            (hostile,),
            (DecoderStep(hostile, hostile, (0.1,), (0.1,), (1.0,), (0.1,), ((hostile, 1.0),)),),
        ),
    ]
    for figure in figures:
        text = plain_text(figure_picture(figure, 40))
        assert "\x1b" not in text
        assert "\x07" not in text


def test_a_heatmap_of_any_scale_names_its_bounds_and_axes() -> None:
    figure = Heatmap(
        "Gradient",
        ("RNN",),
        ("1", "2", "3"),
        ((-16.0, -7.0, 2.0),),
        low=-16,
        high=2,
        unit="log10",
        row_title="cells",
        column_title="lags",
    )
    drawn = lines(figure)
    assert drawn[2] == "  RNN       ▓▓   █*"
    assert "≥ -7 log10" in "\n".join(drawn)
    assert drawn[-1] == "Rows: cells. Columns: lags."


def test_the_cursor_of_a_heatmap_and_its_words() -> None:
    drawn = plain_text(heatmap_picture(HEAT, 76, at=(1, 1))).split("\n")
    assert drawn[3] == "> 读        >▒▒<   ▓*"
    assert value_text(HEAT, (1, 1)) == "读 · read · 0.300 · gold link"
    assert value_text(HEAT, (1, 0)) == "读 · I · 0.020 · no gold link"
