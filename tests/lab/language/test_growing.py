"""A sentence that grows keeps its beginning, its links and its place among the tests."""

from __future__ import annotations

from itertools import pairwise

from studybuddy.lab.language.corpus import split_of
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.language.growing import STAGES, families, joined

DOG = SentencePair(
    ("the", "dog", "sleeps", "."),
    ("狗", "睡觉", "。"),
    frozenset({(0, 1), (1, 2), (2, 3)}),
    frozenset({(0, 0), (0, 1), (1, 2), (2, 3)}),
    frozenset({0, 1}),
)
I_SMILE = SentencePair(
    ("I", "smile", "."),
    ("我", "笑", "。"),
    frozenset({(0, 0), (1, 1), (2, 2)}),
    frozenset({(0, 0), (1, 1), (2, 2)}),
    frozenset({0, 1}),
)


def test_joining_is_what_one_would_write_by_hand() -> None:
    pair = joined(DOG, I_SMILE, ("but", "但是"))
    assert pair.source == ("the", "dog", "sleeps", ",", "but", "I", "smile", ".")
    assert pair.target == ("狗", "睡觉", "，", "但是", "我", "笑", "。")
    assert pair.sure == {(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7)}
    assert pair.possible == pair.sure | {(0, 0)}
    assert pair.content == {0, 1, 4, 5}


def test_every_stage_has_its_length_grows_out_of_the_last_and_is_unseen() -> None:
    for family in families(8, 3):
        assert tuple(len(pair.source) for pair in family) == STAGES
        for shorter, longer in pairwise(family):
            assert longer.source[: len(shorter.source) - 1] == shorter.source[:-1]
            assert longer.target[: len(shorter.target) - 1] == shorter.target[:-1]
        for pair in family:
            assert split_of(pair.source) == "test"
            assert all(t < len(pair.target) and s < len(pair.source) for t, s in pair.possible)


def test_the_first_family_does_not_depend_on_how_many_follow() -> None:
    assert families(1, 9)[0] == families(5, 9)[0]
    assert families(1, 9) != families(1, 10)
    assert len({family[-1].source for family in families(30, 9)}) == 30
