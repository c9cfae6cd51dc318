"""Figures of any words and numbers at any width: nothing too wide, every cell where it is looked for."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

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
from studybuddy.pictures.decoding import decoding_picture
from studybuddy.pictures.figures import figure_picture, growing_picture
from studybuddy.pictures.heatmap import heatmap_cell, heatmap_line, heatmap_picture, value_text
from studybuddy.pictures.rows import Picture, plain_text
from studybuddy.pictures.tree import tree_picture
from studybuddy.text.width import cell_width

WORD = st.sampled_from(
    ["a", "cat", "编码器", "图书馆", "é", "internationalisation", "<eos>", "", "x y"]
)
SHARE = st.floats(0, 1)


NUMBER = st.floats(-20, 20)
VECTOR = st.lists(st.floats(-5, 5), max_size=70).map(tuple)


@st.composite
def heatmaps(draw: st.DrawFn) -> Heatmap:
    columns = tuple(draw(st.lists(WORD, min_size=1, max_size=30)))
    rows = tuple(draw(st.lists(WORD, min_size=1, max_size=4)))
    low, high = draw(st.sampled_from([(0.0, 1.0), (-16.0, 2.0)]))
    values = tuple(tuple(draw(st.floats(low, high)) for _column in columns) for _row in rows)
    unit = draw(st.sampled_from(["", "log10"]))
    return Heatmap("标题 title", rows, columns, values, frozenset({(0, 0)}), 0, low, high, unit)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    x = tuple(draw(st.lists(WORD, min_size=1, max_size=60)))
    number = draw(st.sampled_from([SHARE, NUMBER]))
    series = tuple(
        Series(draw(WORD), tuple(draw(number) for _x in x[: draw(st.integers(0, len(x)))]))
        for _line in range(draw(st.integers(0, 6)))
    )
    edge = draw(st.one_of(st.none(), st.integers(0, len(x) - 1)))
    if number is SHARE:
        return Curve("标题", "x", "y", x, series, edge)
    return Curve("标题", "x", "y", x, series, edge, -16, 2, percent=False)


@st.composite
def bars(draw: st.DrawFn) -> Bars:
    labels = tuple(draw(st.lists(WORD, min_size=1, max_size=10)))
    values = tuple(draw(NUMBER) for _label in labels)
    low = tuple(value - 1 for value in values) if draw(st.booleans()) else ()
    high = tuple(value + 1 for value in values) if low else ()
    y_low = draw(st.sampled_from([-20.0, 0.0]))
    return Bars("标题", labels, values, low, high, y_low, 20.0, draw(st.booleans()), 0)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    count = draw(st.integers(0, 40))
    return Tree(
        "标题",
        tuple(
            TreeNode(
                draw(st.one_of(st.none(), st.integers(-1, count))),
                draw(WORD),
                draw(st.floats(-99, 0)),
                draw(st.booleans()),
                draw(st.booleans()),
            )
            for _node in range(count)
        ),
    )


@st.composite
def decodings(draw: st.DrawFn) -> Decoding:
    source = tuple(draw(st.lists(WORD, min_size=1, max_size=12)))
    attends = draw(st.booleans())

    def step() -> DecoderStep:
        numbers = tuple(draw(NUMBER) for _word in source) if attends else ()
        shares = tuple(draw(SHARE) for _word in source) if attends else ()
        words = tuple((draw(WORD), draw(SHARE)) for _word in range(3))
        return DecoderStep(
            draw(WORD), draw(WORD), draw(VECTOR), numbers, shares, draw(VECTOR), words
        )

    return Decoding("标题", source, tuple(step() for _step in range(draw(st.integers(0, 4)))))


NAMES = st.lists(WORD, min_size=1, max_size=30).map(tuple)
FIGURES = st.one_of(
    heatmaps(),
    curves(),
    bars(),
    trees(),
    decodings(),
    NAMES.map(lambda names: Table("标题", names, (names,))),
    NAMES.map(lambda names: Tokens("标题", names, frozenset({0}))),
)


def assert_within(picture: Picture, width: int) -> None:
    for row in picture:
        assert cell_width("".join(segment.text for segment in row)) <= width
        assert all("\n" not in segment.text for segment in row)


@settings(max_examples=300, deadline=None)
@given(figure=FIGURES, width=st.integers(20, 200))
def test_no_row_is_wider_than_the_screen(figure: Figure, width: int) -> None:
    assert_within(figure_picture(figure, width), width)
    assert_within(growing_picture((figure, figure), width), width)


@settings(max_examples=100, deadline=None)
@given(figure=decodings(), width=st.integers(20, 200), at=st.integers(-2, 6))
def test_every_step_of_a_decoder_fits(figure: Decoding, width: int, at: int) -> None:
    assert_within(decoding_picture(figure, width, at), width)


@settings(max_examples=150, deadline=None)
@given(figure=heatmaps(), width=st.integers(20, 200), data=st.data())
def test_every_cell_of_a_heatmap_is_found_where_it_is_drawn(
    figure: Heatmap, width: int, data: st.DataObject
) -> None:
    at = (
        data.draw(st.integers(0, len(figure.rows) - 1)),
        data.draw(st.integers(0, len(figure.columns) - 1)),
    )
    y = heatmap_line(figure, width, at)
    picture = heatmap_picture(figure, width, at=at)
    assert_within(picture, width)
    before = ""
    for segment in picture[y]:
        if segment.role == "cursor":
            break
        before += segment.text
    assert heatmap_cell(figure, width, cell_width(before), y) == at
    assert value_text(figure, at)


@settings(max_examples=60, deadline=None)
@given(figure=trees(), width=st.integers(40, 200))
def test_every_word_of_a_tree_is_drawn_once(figure: Tree, width: int) -> None:
    named = tuple(replace(node, word=f"w{i}") for i, node in enumerate(figure.nodes))
    drawn = plain_text(tree_picture(Tree("", named), width)).split()
    assert sorted(word for word in drawn if word[:1] == "w" and word[1:].isdecimal()) == sorted(
        node.word for node in named
    )
