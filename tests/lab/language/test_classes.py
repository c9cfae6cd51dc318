"""Nouns and verbs, and what can stand in their place."""

from __future__ import annotations

import pytest

from studybuddy.lab.language.classes import class_of, others_like


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("dogs", "noun"),
        ("garden", "noun"),
        ("saw", "verb"),
        ("the", None),
        ("red", None),
        (".", None),
    ],
)
def test_words_have_their_class(word: str, kind: str | None) -> None:
    assert class_of(word) == kind


def test_another_word_of_the_same_form_and_group_stands_in() -> None:
    assert {"cats", "birds"} <= set(others_like("dogs"))
    assert not {"dogs", "cat", "books", "saw"} & set(others_like("dogs"))
    assert all(class_of(word) == "verb" for word in others_like("slept"))
    assert others_like("the") == ()
