"""Reading backwards: distances by hand, gains by training, and an honest verdict."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.figures import Curve, Table
from studybuddy.catalogue.predictions import Result, Task
from studybuddy.lab.experiments import reordering, reversal
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare


@pytest.fixture(scope="module")
def digits() -> tuple[Task, Result]:
    task = prepare("reversal", "digits", {"count": 60}, 3, "en")
    return task, run(task)


def test_distances_by_hand() -> None:
    """Three digits: read at 1, 2, 3 and written at 4, 5, 6; or read at 3, 2, 1."""
    assert reversal.distances(3, False) == [3, 3, 3]
    assert reversal.distances(3, True) == [1, 3, 5]


def test_the_mean_distance_does_not_change() -> None:
    for length in (4, 7, 12):
        result = run(prepare("reversal", "distance", {"length": length}, 0, "en"))
        assert result.answer == 1
        assert sum(result.data["forwards"]) == sum(result.data["backwards"])
        assert min(result.data["backwards"]) == 1


def test_a_gain_counts_only_with_the_same_sign_in_every_training() -> None:
    assert reversal.same_sign([(5.0, 4.0, 6.0), (1.0, 0.5, 2.0)])
    assert reversal.same_sign([(-5.0, -6.0, -4.0), (-1.0, -2.0, -0.5)])
    assert not reversal.same_sign([(5.0, 4.0, 6.0), (1.0, -0.5, 2.0)])
    assert not reversal.same_sign([(5.0, 4.0, 6.0), (-1.0, -2.0, -0.5)])


def test_the_ends_are_compared_digit_by_digit() -> None:
    """The first of four digits is gained in every string, the last never."""
    forwards = [[False, True, True, False]] * 30
    backwards = [[True, True, True, False]] * 30
    first, last, ahead = reversal.ends_gained(forwards, backwards, 1, 0)
    assert (first, last, ahead) == ((1, 1, 1), (0, 0, 0), (1, 1, 1))
    assert reversal.ends_verdict({0: (first, last, ahead)}) == (0, True)
    assert reversal.ends_verdict({0: (last, first, (-1.0, -1.0, -1.0))}) == (1, True)
    assert reversal.ends_verdict({0: (first, last, ahead), 1: (last, last, last)}) == (2, False)


def test_the_key_is_the_mean_gain_of_all_trainings(digits: tuple[Task, Result]) -> None:
    task, result = digits
    gains = [value for value, _low, _high in result.data["gained_bits"].values()]
    assert len(gains) == len(reversal.SEEDS)
    assert result.answer == pytest.approx(sum(gains) / len(gains))
    for seed, (forwards, backwards) in result.data["recovered_bits"].items():
        assert result.data["gained_bits"][seed][0] == pytest.approx(backwards - forwards)
    assert result.clear == reversal.same_sign(result.data["gained_bits"].values())
    curve, table = result.figures
    assert isinstance(curve, Curve)
    assert isinstance(table, Table)
    assert len(table.rows) == len(reversal.SEEDS)
    assert run(task) == result


def test_reading_backwards_helps_a_copy_in_every_training(digits: tuple[Task, Result]) -> None:
    _task, result = digits
    assert result.clear
    assert all(low > 0 for _value, low, _high in result.data["gained_bits"].values())


def test_links_that_jump_back_are_counted() -> None:
    """Words 1, 3, 2 of the source in this order: one of two steps goes back."""
    pair = SentencePair(
        ("a", "b", "c"),
        ("x", "y", "z"),
        frozenset({(0, 0), (1, 2), (2, 1)}),
        frozenset(),
        frozenset(),
    )
    assert reordering.moved([pair]) == reordering.Share(1, 2)


def test_on_the_grammar_the_verdict_follows_the_interval() -> None:
    assert reordering.grammar_verdict((10.0, 5.0, 15.0)) == (0, True)
    assert reordering.grammar_verdict((-10.0, -15.0, -5.0)) == (1, True)
    assert reordering.grammar_verdict((1.0, -3.0, 4.0)) == (2, True)
    assert reordering.grammar_verdict((1.0, -9.0, 11.0)) == (2, False)
    task = prepare("reversal", "grammar", {"count": 40}, 3, "en")
    result = run(task)
    assert any("moves words" in note for note in result.notes)
    assert result.answer == reordering.grammar_verdict(result.data["gained_points"]["first"])[0]
    assert run(task) == result


def test_what_is_gained_is_counted_in_the_part_that_is_asked() -> None:
    """Of four words the last one is gained in each sentence."""
    hits = {"normal": [[True, True, False, False]] * 9, "reversed": [[True, True, False, True]] * 9}
    assert reordering.gained(hits, slice(0, 2), 0) == (0, 0, 0)
    assert reordering.gained(hits, slice(-2, None), 0) == (0.5, 0.5, 0.5)
    assert reordering.gained(hits, slice(None), 0) == (0.25, 0.25, 0.25)
