"""Alignment measures on weights whose answer is counted by hand."""

from __future__ import annotations

import pytest
import torch

from studybuddy.lab.alignment import alignment, baselines, counts_of, summed, weights_of
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.build import build
from studybuddy.lab.tasks.drawing import draw_pair
from studybuddy.lab.vocabulary import SOURCE, TARGET

PAIR = SentencePair(
    source=("the", "dog", "sleeps", "."),
    target=("狗", "睡觉", "了", "。"),
    sure=frozenset({(0, 1), (1, 2), (2, 2), (3, 3)}),
    possible=frozenset({(0, 0), (0, 1), (1, 2), (2, 2), (3, 3)}),
    content=frozenset({0, 1}),
)
ROWS = (
    (0.6, 0.4, 0.0, 0.0),  # brightest on a possible link only
    (0.0, 0.1, 0.9, 0.0),  # right
    (0.0, 0.0, 0.3, 0.7),  # wrong
    (0.0, 0.0, 0.0, 1.0),  # right
)


def test_shares_and_error_rate_are_those_counted_by_hand() -> None:
    found = summed([counts_of(PAIR, ROWS)])
    assert (found.content.right, found.content.n) == (1, 2)
    assert (found.all_words.right, found.all_words.n) == (2, 4)
    assert (found.possible.right, found.possible.n) == (3, 4)
    # |A∩S| = 2, |A∩P| = 3, |A| = 4, |S| = 4
    assert found.aer[0] == pytest.approx(1 - 5 / 8)
    assert found.mass == pytest.approx((0.4 + 0.9 + 0.3 + 1.0) / 4)
    assert found.largest == pytest.approx((0.6 + 0.9 + 0.7 + 1.0) / 4)
    assert found.n == 1


def test_a_perfect_and_a_hopeless_alignment_bound_the_error_rate() -> None:
    perfect = [[1.0 if i == j else 0.0 for i in range(4)] for j in (1, 2, 2, 3)]
    hopeless = [[1.0, 0.0, 0.0, 0.0]] * 4
    assert summed([counts_of(PAIR, [tuple(row) for row in perfect])]).aer[0] == 0
    # Word 0 stands on a possible link even so.
    assert summed([counts_of(PAIR, [tuple(row) for row in hopeless])]).aer[0] == 1 - 1 / 8


def test_words_without_a_link_count_neither_way() -> None:
    free = SentencePair(
        PAIR.source, PAIR.target, frozenset({(1, 2)}), frozenset({(1, 2)}), frozenset({1})
    )
    found = summed([counts_of(free, ROWS)])
    assert (found.all_words.right, found.all_words.n) == (1, 1)
    assert found.aer[0] == pytest.approx(1 - 2 / 5)


def test_intervals_hold_the_value_and_narrow_with_more_sentences() -> None:
    wrong = tuple((1.0, 0.0, 0.0, 0.0) for _word in range(4))
    few = summed([counts_of(PAIR, rows) for rows in (ROWS, wrong) * 5])
    many = summed([counts_of(PAIR, rows) for rows in (ROWS, wrong) * 100])
    for found in (few, many):
        assert found.aer[1] <= found.aer[0] <= found.aer[2]
        assert found.content_mean[0] == pytest.approx(found.content.value)
    assert many.aer[2] - many.aer[1] < few.aer[2] - few.aer[1]


def test_baselines_know_chance_and_place() -> None:
    found = baselines([PAIR])
    assert found.uniform == pytest.approx(1 / 4)
    assert found.diagonal == 0  # word 0 would look at place 0, word 1 at place 1


def test_weights_have_a_row_a_gold_word_and_only_its_own_source() -> None:
    torch.manual_seed(0)
    sizes = {"embedding": 8, "hidden": 8, "state": 16, "attention": 8, "readout_size": 8}
    network = build("additive", sizes, (len(SOURCE), len(TARGET))).eval()
    pairs = [draw_pair(4, 5, 1), draw_pair(10, 12, 2)]
    for pair, rows in zip(pairs, weights_of(network, pairs), strict=True):
        assert len(rows) == len(pair.target)
        for row in rows:
            assert len(row) == len(pair.source)
            assert sum(row) == pytest.approx(1, abs=1e-5)
    assert alignment(network, pairs).n == 2


def test_a_network_without_attention_has_no_alignment() -> None:
    sizes = {"embedding": 8, "hidden": 8, "state": 16, "context": 8, "readout_size": 8}
    network = build("fixed", sizes, (len(SOURCE), len(TARGET))).eval()
    with pytest.raises(ValueError, match="no attention"):
        alignment(network, [PAIR])
