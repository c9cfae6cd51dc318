"""Cells, padding, cropping and wrapping in two scripts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.text.width import CLOSING, OPENING, cell_width, crop, pad, pad_left, wrap

MIXED = "Attention机制（注意力）让解码器在每一步都看到全部隐藏状态h₁…hₙ，而不是只有一个C。"
WORDS = st.lists(
    st.sampled_from(
        [
            "编码器",
            "，",
            "。",
            "（",
            "）",
            "“",
            "”",
            "machine",
            "a",
            " ",
            "  ",
            "\n",
            "hₜ₋₁",
            "é",
            "é",
            "😀",
            "、",
            "translation",
            "1,234",
            "👩‍🔬",
        ]
    ),
    max_size=40,
).map("".join)


def no_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_han_character_takes_two_cells_and_a_combining_mark_none() -> None:
    assert cell_width("编码器") == 6
    assert cell_width("e\u0301") == 1


def test_padding_counts_cells() -> None:
    assert pad("编码", 6) == "编码  "
    assert pad_left("编码", 6) == "  编码"
    assert pad("编码器", 3) == "编码器"


@pytest.mark.parametrize(
    ("cells", "cropped"), [(6, "编码器"), (5, "编码…"), (4, "编…"), (1, "…"), (0, "")]
)
def test_a_crop_never_halves_a_character(cells: int, cropped: str) -> None:
    assert crop("编码器", cells) == cropped


def test_latin_words_stay_whole_beside_han() -> None:
    assert wrap("神经网络machine翻译", 14) == ["神经网络", "machine翻译"]


def test_closing_punctuation_stays_with_what_it_closes() -> None:
    assert wrap("四个字词，二", 8) == ["四个字", "词，二"]
    assert wrap("see the book, or not", 12) == ["see the", "book, or not"]


def test_an_opening_bracket_goes_to_the_next_line() -> None:
    assert wrap("注意力（三步）", 8) == ["注意力", "（三步）"]


def test_a_word_longer_than_the_line_is_split() -> None:
    assert wrap("seq2seq", 3) == ["seq", "2se", "q"]


def test_paragraphs_and_indents_are_kept() -> None:
    assert wrap("a\n\n  b c", 4) == ["a", "", "  b", "c"]


def test_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot wrap"):
        wrap("a", 1)


@pytest.mark.parametrize("cells", range(10, 40))
def test_no_line_of_a_real_sentence_breaks_the_rules(cells: int) -> None:
    lines = wrap(MIXED, cells)
    assert "".join(lines) == MIXED
    for line in lines:
        assert cell_width(line) <= cells
        assert line[0] not in CLOSING
        assert line[-1] not in OPENING
    assert any("Attention" in line for line in lines)


@given(text=st.one_of(WORDS, st.text(max_size=60)), cells=st.integers(2, 30))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert no_blanks("".join(lines)) == no_blanks(text)
    assert all(cell_width(line) <= cells for line in lines)


@given(text=WORDS, cells=st.integers(0, 30))
def test_a_crop_fits(text: str, cells: int) -> None:
    line = text.replace("\n", " ")
    assert cell_width(crop(line, cells)) <= cells
