from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.text.sanitise import REPLACEMENT, clean, has_control


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x07",
        "\x08",
        "\x0b",
        "\x0c",
        "\x1b",
        "\x7f",
        "\x9b",
        "\u200e",
        "\u202e",
        "\u2066",
        "\u2028",
        "\udc80",
        "\ufeff",
    ],
)
def test_what_a_terminal_obeys_is_replaced(character: str) -> None:
    assert has_control(f"a{character}b")
    assert clean(f"a{character}b") == f"a{REPLACEMENT}b"


@pytest.mark.parametrize(
    "text", ["", "a\tb\nc", "h[t-1] [@click=app.quit]x[/]", "编码器 → C", "é👩‍💻"]
)
def test_other_text_stays(text: str) -> None:
    assert not has_control(text)
    assert clean(text) == text


def test_windows_line_ends_become_plain_ones() -> None:
    assert not has_control("a\r\nb")
    assert clean("a\r\nb\rc") == f"a\nb{REPLACEMENT}c"


@given(st.text())
def test_nothing_is_left_to_obey(text: str) -> None:
    safe = clean(text)
    assert not has_control(safe)
    assert clean(safe) == safe
    assert not any(
        unicodedata.category(each) in ("Cc", "Cs") for each in safe if each not in "\n\t"
    )
    safe.encode("utf-8")
