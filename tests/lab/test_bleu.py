"""BLEU against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from studybuddy.lab.bleu import (
    NOTHING,
    Counts,
    bleu_difference,
    bleu_interval,
    corpus_bleu,
    counts,
)


def of(output: str, reference: str) -> Counts:
    return counts(output.split(), reference.split())


CAT = of("the cat sat on mat", "the cat sat on the mat")


def test_the_chapters_example_by_hand() -> None:
    """p = 5/5, 3/4, 2/3, 1/2; 5 words for 6: BP = e^(-1/5)."""
    assert CAT.matches == (5, 3, 2, 1)
    assert CAT.totals == (5, 4, 3, 2)
    assert CAT.penalty == pytest.approx(math.exp(-0.2))
    assert CAT.bleu == pytest.approx(math.exp(-0.2) * (3 / 4 * 2 / 3 * 1 / 2) ** 0.25)
    assert CAT.bleu == pytest.approx(0.579, abs=5e-4)


def test_a_match_counts_only_as_often_as_the_reference_has_it() -> None:
    """Papineni's example: seven times "the" against a reference with two."""
    seven = of("the the the the the the the", "the cat is on the mat")
    assert (seven.matches[0], seven.totals[0]) == (2, 7)
    assert seven.bleu == 0


def test_counts_of_a_corpus_are_added_before_they_are_divided() -> None:
    perfect = of("a b c d e", "a b c d e")
    wrong = of("a b x d e", "a b c d e")
    both = corpus_bleu([perfect, wrong])
    assert (perfect + wrong).precisions == (9 / 10, 6 / 8, 3 / 6, 2 / 4)
    assert both == pytest.approx((9 / 10 * 6 / 8 * 3 / 6 * 2 / 4) ** 0.25)
    assert wrong.bleu == 0
    assert both != pytest.approx((perfect.bleu + wrong.bleu) / 2)


def test_a_longer_output_has_no_penalty_and_an_empty_one_no_score() -> None:
    assert of("a b c d e f", "a b c d").penalty == 1
    assert counts([], ["a"]).bleu == 0
    assert corpus_bleu([]) == NOTHING.bleu == 0


def test_the_interval_holds_the_value_and_a_system_does_not_differ_from_itself() -> None:
    sentences = [CAT, of("a b c d e", "a b c d e")] * 15
    value, low, high = bleu_interval(sentences, 1)
    assert low < value < high
    assert bleu_difference(sentences, sentences, 1) == (0, 0, 0)
    better = [of("a b c d e", "a b c d e")] * 30
    delta, low, _high = bleu_difference(better, sentences, 1)
    assert delta == pytest.approx(1 - value)
    assert low > 0
