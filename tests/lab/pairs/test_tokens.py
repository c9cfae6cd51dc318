"""Words and characters: split, put together again, and chosen by script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.lab.pairs.tokens import (
    UNITS,
    Units,
    bleu_tokenizer,
    has_words,
    join,
    likely_units,
    split,
    tidy,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("I don't know, Tom!", ["i", "don't", "know", ",", "tom", "!"]),
        ("It’s 3.5 km (or 1,000).", ["it's", "3.5", "km", "(", "or", "1,000", ")", "."]),
        ("A well-known 3-year-old", ["a", "well-known", "3-year-old"]),
        ("नमस्ते दुनिया।", ["नमस्ते", "दुनिया", "।"]),
        ("ÉCOLE e\u0301te", ["école", "éte"]),
        ("安全 第一", ["安全", "第一"]),
        ("“Yes…”", ["“", "yes", "…", "”"]),
    ],
)
def test_words_are_runs_of_letters_and_signs_stand_alone(text: str, tokens: list[str]) -> None:
    assert list(split(tidy(text), "words")) == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("汤姆有3.5个iPhone。", ["汤", "姆", "有", "3.5", "个", "iphone", "。"]),
        ("Tom 很高！", ["tom", "很", "高", "！"]),
        ("トムはOKです", ["ト", "ム", "は", "ok", "で", "す"]),
        ("한국 말", ["한", "국", "말"]),
    ],
)
def test_characters_stand_alone_and_latin_runs_stay_whole(text: str, tokens: list[str]) -> None:
    assert list(split(tidy(text), "characters")) == tokens


def test_a_thai_mark_stays_with_its_letter() -> None:
    tokens = split("ที่นี่", "characters")
    assert "".join(tokens) == "ที่นี่"
    assert not any("\u0e31" <= token[0] <= "\u0e3a" and token[0] != "\u0e32" for token in tokens)


@pytest.mark.parametrize(
    ("texts", "units", "tokenizer"),
    [
        (["Tom is here.", "Go!"], "words", "13a"),
        (["汤姆在这里。", "我用iPad。"], "characters", "zh"),
        (["トムはここにいる。", "彼は学生です。"], "characters", "char"),
        (["สวัสดีครับ"], "characters", "char"),
        (["안녕 하세요"], "words", "13a"),
        (["Я дома."], "words", "13a"),
        (["123 !"], "words", "13a"),
    ],
)
def test_units_and_scoring_follow_from_the_script(
    texts: list[str], units: Units, tokenizer: str
) -> None:
    assert likely_units(texts) == units
    assert bleu_tokenizer(texts) == tokenizer


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("i don't know, tom (or you)!", "words"),
        ("汤姆有3个iphone。", "characters"),
        ("这是 tom smith 的书", "characters"),
    ],
)
def test_joined_tokens_read_as_the_text_did(text: str, units: Units) -> None:
    joined = join(split(text, units), units)
    assert joined == (
        text if units == "words" else "这是tom smith的书" if "smith" in text else text
    )


def test_control_characters_and_invisible_ones_are_gone() -> None:
    assert tidy("a\x1b[31m\u202e b\u200bc\ufeff\r") == "a [31m bc"
    assert tidy(" \x07 ") == ""
    assert len(tidy("a" + "\u0327" * 9_000)) == 31


def test_punctuation_alone_is_no_words() -> None:
    assert not has_words(split("?! —", "words"))
    assert has_words(split("?! a", "words"))


@given(st.text(max_size=60), st.sampled_from(UNITS))
def test_any_text_survives(text: str, units: Units) -> None:
    tokens = split(tidy(text), units)
    assert "".join(tokens) == "".join(tidy(text).lower().split())
    assert split(tidy(join(tokens, units)), units) or not tokens
