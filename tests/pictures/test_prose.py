"""Markdown as rows: roles, two scripts, tables; never markup, never wider than asked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.pictures.prose import prose_picture
from studybuddy.pictures.rows import plain_text
from studybuddy.text.width import cell_width


def test_paragraphs_lists_and_code_keep_their_shape() -> None:
    text = "Two **nets** and `h[t-1]`.\n\n- one\n- two\n\n```\nC = Σ a h\n```\n"
    assert plain_text(prose_picture(text, 40)).split("\n") == [
        "Two nets and h[t-1].",
        "",
        "• one",
        "• two",
        "",
        "  C = Σ a h",
    ]


def test_bold_and_code_become_roles() -> None:
    row = prose_picture("a **b** `c`", 40)[0]
    assert [(segment.text, segment.role) for segment in row] == [
        ("a ", "plain"),
        ("b", "strong"),
        (" ", "plain"),
        ("c", "code"),
    ]


def test_markup_of_textual_is_plain_text() -> None:
    text = "[@click=app.quit]x[/] and [b]y[/b] [/nothing]"
    assert plain_text(prose_picture(text, 60)) == text


def test_html_is_shown_and_not_obeyed() -> None:
    assert "<b>x</b>" in plain_text(prose_picture("see <b>x</b> there", 40))


def test_a_latin_word_in_chinese_is_not_broken() -> None:
    lines = plain_text(prose_picture("神经网络 attention 机制", 14)).split("\n")
    assert lines == ["神经网络", "attention 机制"]


def test_a_line_break_between_han_characters_leaves_no_blank() -> None:
    assert plain_text(prose_picture("编码\n解码", 20)) == "编码解码"


def test_columns_of_a_table_line_up_in_cells() -> None:
    text = "| 名 | n |\n|---|---|\n| 编码器 | 1 |\n| C | 22 |\n"
    rows = plain_text(prose_picture(text, 40)).split("\n")
    starts = [cell_width(row[: row.rindex(row.split()[-1])]) for row in rows]
    assert starts == [8, 8, 8, 8]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab C*_`#-|[]()<>!\n编码器，。12.", max_size=120), st.integers(8, 60))
def test_no_row_is_wider_than_asked_and_nothing_raises(text: str, width: int) -> None:
    for row in prose_picture(text, width):
        assert sum(cell_width(segment.text) for segment in row) <= width
