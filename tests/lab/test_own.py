"""A typed sentence is read kindly and refused in words."""

from __future__ import annotations

import pytest

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.own import read_output, read_sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The dog sleeps.", ("the", "dog", "sleeps", ".")),
        ("  the dog   SLEEPS ", ("the", "dog", "sleeps", ".")),
        ("where does i sleep?", ("where", "does", "I", "sleep", "?")),
        ("the dog sleeps, and I rest。", ("the", "dog", "sleeps", ",", "and", "I", "rest", ".")),
    ],
)
def test_known_words_pass(text: str, words: tuple[str, ...]) -> None:
    assert read_sentence(text) == words


def test_an_unknown_word_is_named_with_its_neighbours() -> None:
    with pytest.raises(StudyBuddyError, match=r"teecher \(near: teacher") as problem:
        read_sentence("the teecher sleeps")
    assert "sleeps" not in str(problem.value).split("near:")[0]


def test_a_word_like_no_other_is_named_alone() -> None:
    with pytest.raises(StudyBuddyError, match="xylophone"):
        read_sentence("the xylophone sleeps")


@pytest.mark.parametrize("text", ["", ".", "the " * 41])
def test_length_is_bounded(text: str) -> None:
    with pytest.raises(StudyBuddyError, match="from 2 to 40"):
        read_sentence(text)


def test_control_characters_never_come_back() -> None:
    with pytest.raises(StudyBuddyError) as problem:
        read_sentence("the \x1b]0;title\x07dog sleeps")
    assert "\x1b" not in str(problem.value)
    assert "\x07" not in str(problem.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("猫 喜欢 书 。", ("猫", "喜欢", "书", "。")),
        ("猫喜欢书.", ("猫", "喜欢", "书", "。")),
        ("  十个   学生 ", ("十", "个", "学生")),
        ("猫说hello well-known", ("猫", "说", "hello", "well-known")),
        ("囧猫", ("囧", "猫")),
    ],
)
def test_an_output_is_parted_into_words(text: str, words: tuple[str, ...]) -> None:
    assert read_output(text) == words


@pytest.mark.parametrize("text", ["", "   ", "猫 " * 61])
def test_an_output_without_words_or_with_too_many_is_refused(text: str) -> None:
    with pytest.raises(StudyBuddyError, match="from 1 to 60"):
        read_output(text)


def test_control_characters_stay_out_of_an_output() -> None:
    assert "\x1b" not in "".join(read_output("猫 \x1b]0;t\x07书"))
