"""Curves of any scale, bars, a beam as a tree, a decoder step by step: what they look like."""

from __future__ import annotations

from dataclasses import replace

from studybuddy.catalogue.figures import (
    Bars,
    Curve,
    DecoderStep,
    Decoding,
    Figure,
    Series,
    Tree,
    TreeNode,
)
from studybuddy.pictures.decoding import decoding_picture
from studybuddy.pictures.figures import figure_picture, growing_picture
from studybuddy.pictures.rows import plain_text


def lines(figure: Figure, width: int = 76) -> list[str]:
    return plain_text(figure_picture(figure, width)).split("\n")


LOG = Curve(
    "Gradient by lag",
    "lag",
    "log10",
    ("1", "2", "3", "4"),
    (Series("RNN", (0.0, -5.0, -10.0, -16.0)), Series("LSTM", (0.0, -1.0), (-0.5, -2), (0.5, 0))),
    y_low=-16,
    y_high=2,
    percent=False,
)


def test_a_curve_of_plain_numbers_has_round_ticks_and_no_percent() -> None:
    drawn = lines(LOG)
    ticks = [line[:5].strip() for line in drawn if "┤" in line]
    assert ticks == ["0", "-4", "-8", "-12", "-16"]
    assert "%" not in "\n".join(drawn)
    assert "-1 [-2, 0]" in "\n".join(drawn)


def test_a_curve_grows() -> None:
    text = plain_text(growing_picture((LOG,), 76))
    assert "o RNN   x LSTM" in text
    assert "interval" not in text
    assert text.split("\n")[-1].strip() == "o RNN   x LSTM"


def test_six_series_have_six_glyphs() -> None:
    series = tuple(Series(f"s{i}", (i / 6, i / 6)) for i in range(6))
    drawn = "\n".join(lines(Curve("", "", "", ("1", "2"), series)))
    assert "o s0   x s1   + s2   # s3   @ s4   % s5" in drawn
    for glyph in "ox+#@%":
        assert drawn.count(glyph) >= 3


def test_more_points_than_cells_are_all_drawn_within() -> None:
    y = tuple(i / 99 for i in range(100))
    drawn = lines(Curve("", "", "", tuple(map(str, range(100))), (Series("s", y),)), 40)
    assert drawn[0].startswith("100% ┤")
    assert drawn[0].rstrip().endswith("o")


def test_a_value_that_is_missing_leaves_a_hole() -> None:
    nan = float("nan")
    drawn = lines(Curve("", "", "", ("1", "2", "3"), (Series("s", (0.5, nan, 0.5)),)))
    chart = [line for line in drawn if "┤" in line or "│" in line]
    assert sum(line.count("o") for line in chart) == 2
    assert not any("..." in line for line in chart)


def test_bars_show_value_and_interval_without_colour() -> None:
    figure = Bars("Scores", ("dot", "加性"), (0.5, 0.9), (0.4, 0.8), (0.6, 1.0), marked=1)
    assert lines(figure, 40)[:3] == [
        "Scores",
        "  dot  │███████▓░░        50 % [40–60]",
        "> 加性 │██████████████▓░░ 90 % [80–100]",
    ]


def test_bars_below_nothing_go_to_the_left() -> None:
    figure = Bars("", ("a", "b"), (-0.5, 0.5), y_low=-1, y_high=1, percent=False)
    assert lines(figure, 40)[:2] == [
        "  a │       ███████│               -0.5",
        "  b │              ████████        0.5",
    ]


def test_a_narrow_bar_has_its_number_below() -> None:
    figure = Bars("", ("location",), (0.5,), (0.4,), (0.6,))
    assert lines(figure, 20)[1] == "  50 % [40–60]"


BEAM = Tree(
    "Beam of 2",
    (
        TreeNode(None, "那", -0.1, True, True),
        TreeNode(None, "这", -2.3, True),
        TreeNode(None, "一", -4.0, False),
        TreeNode(0, "只", -0.2, True, True),
        TreeNode(0, "个", -3.1, False),
        TreeNode(1, "条", -2.5, True),
        TreeNode(3, "猫", -0.3, True, True),
    ),
)


def test_a_tree_branches_where_the_beam_parts() -> None:
    assert lines(BEAM)[:8] == [
        "Beam of 2",
        "1 x 一 -4.00",
        "1 ├ * 那 -0.10",
        "2 │ x 个 -3.10",
        "2 │ * 只 -0.20",
        "3 │ * 猫 -0.30",
        "1 └ + 这 -2.30",
        "2   + 条 -2.50",
    ]
    assert "* on the way" in "\n".join(lines(BEAM))


def walked(**more: object) -> Decoding:
    step = DecoderStep(
        "猫", "只", (0.5, -0.5), (2.0, 1.0), (0.731, 0.269), (1.0,), (("猫", 0.9), ("狗", 0.1))
    )
    return Decoding("walk", ("cat", "the"), (replace(step, **more), step))  # type: ignore[arg-type]


def test_a_decoder_shows_the_softmax_in_numbers() -> None:
    text = plain_text(decoding_picture(walked(), 60))
    assert "[猫] 猫" in text
    assert "Step 1 of 2: it reads “只” and writes “猫”." in text
    assert "* cat    2.00      1.000  0.731" in text
    assert "  the    1.00      0.368  0.269" in text
    assert "exp(e−max) / 1.368" in text
    assert "* 猫 0.900" in text


def test_a_decoder_without_attention_says_so() -> None:
    text = plain_text(decoding_picture(walked(scores=(), weights=()), 60))
    assert "No attention: the same C at every step." in text
    assert "softmax" not in text


def test_a_decoder_as_a_whole_is_a_table_of_its_steps() -> None:
    drawn = lines(walked())
    assert drawn[1].split() == ["step", "reads", "writes", "p", "looks", "most", "at", "weight"]
    assert drawn[3].split() == ["1", "只", "猫", "0.900", "cat", "0.731"]
