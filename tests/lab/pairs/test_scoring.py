"""Scores against numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.lab.pairs.chrf import chrf_of
from studybuddy.lab.pairs.corpus import Asked
from studybuddy.lab.pairs.report import buckets_of, gap
from studybuddy.lab.pairs.scoring import (
    bleu_of,
    count,
    drawn,
    interval,
    resampled,
    resampled_chrf,
    score_of,
)


def _asked(*references: str) -> Asked:
    return Asked(("x",), "x", references)


def test_bleu_is_the_one_worked_out_by_hand() -> None:
    # "the cat sat on mat" against "the cat sat on the mat": 5/5, 3/4, 2/3, 1/2; length 5 of 6.
    counted = count(["the cat sat on mat"], [_asked("The cat sat on the mat")], "13a")
    by_hand = 100 * math.exp(1 - 6 / 5) * (5 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25
    assert counted.bleu == pytest.approx(by_hand, abs=1e-9)
    assert counted.counts.tolist() == [[5, 6, 5, 3, 2, 1, 5, 4, 3, 2]]
    assert "tok:13a" in counted.bleu_signature
    assert "case:lc" in counted.bleu_signature


def test_chrf_is_the_one_worked_out_by_hand() -> None:
    # Characters ab of abc: orders 1 and 2 have precision 1 and recalls 2/3 and 1/2; order 3
    # has no hypothesis to count.
    counted = count(["ab"], [_asked("abc")], "13a")
    precision, recall = 1.0, (2 / 3 + 1 / 2) / 2
    by_hand = 100 * 5 * precision * recall / (4 * precision + recall)
    assert counted.chrf == pytest.approx(by_hand, abs=1e-6)


def test_chinese_is_counted_in_characters() -> None:
    counted = count(["我喜欢书。"], [_asked("我喜欢茶。")], "zh")
    assert counted.counts.tolist() == [[5, 5, 4, 2, 1, 0, 5, 4, 3, 2]]


def test_a_further_reference_counts_where_a_sentence_has_one() -> None:
    asked = [_asked("a b c d e", "v w x y z"), _asked("k l m n o")]
    counted = count(["v w x y z", "k l m n o"], asked, "13a")
    assert counted.bleu == pytest.approx(100)
    assert "nrefs:var" in counted.bleu_signature


def test_added_up_counts_give_the_score_of_the_corpus() -> None:
    hypotheses = ["a b c d e f", "g h i j", "k k k l m", "nothing at all right"]
    asked = [_asked("a b c x e f g"), _asked("g h i j"), _asked("k l m n o", "k"), _asked("no")]
    counted = count(hypotheses, asked, "13a")
    assert bleu_of(counted.counts.sum(axis=0)) == pytest.approx(counted.bleu, abs=1e-9)
    part = count(hypotheses[1:3], asked[1:3], "13a")
    assert score_of(counted, [1, 2], seed=0, draws=50).value == pytest.approx(part.bleu, abs=1e-9)


@given(st.lists(st.tuples(*[st.text("ab c汉", max_size=12)] * 3), min_size=1, max_size=6))
def test_added_up_characters_give_sacrebleus_chrf(rows: list[tuple[str, str, str]]) -> None:
    asked = [_asked(*(reference or "x" for reference in rest)) for _first, *rest in rows]
    counted = count([first for first, *_rest in rows], asked, "char")
    summed = chrf_of(counted.characters.sum(axis=0))
    assert float(summed) == pytest.approx(counted.chrf, abs=1e-6)
    once = np.ones((1, len(rows)), dtype=np.int64)
    assert resampled_chrf(counted, once)[0] == pytest.approx(counted.chrf, abs=1e-6)


def test_draws_have_the_size_of_the_test_set_and_follow_from_the_seed() -> None:
    draws = drawn(7, 3, 40)
    assert draws.shape == (40, 7)
    assert set(draws.sum(axis=1)) == {7}
    assert np.array_equal(draws, drawn(7, 3, 40))
    assert not np.array_equal(draws, drawn(7, 4, 40))
    assert interval(np.arange(1001.0)) == (25.0, 975.0)


def test_a_gap_is_measured_on_the_same_draws() -> None:
    texts = [f"w{n} x{n} y{n} z{n} v{n}" for n in range(30)]
    asked = [_asked(text) for text in texts]
    right = count(texts, asked, "13a")
    half = count(
        [text if n % 2 else "wrong words only here" for n, text in enumerate(texts)], asked, "13a"
    )
    draws = drawn(30, 1, 200)
    same = gap("a", "b", right, right, draws)
    assert (same.value, same.low, same.high) == (0, 0, 0)
    assert not same.clear
    found = gap("a", "b", right, half, draws)
    assert found.clear
    assert found.value == pytest.approx(100 - half.bleu)
    assert found.low < found.value < found.high
    values = resampled(right, draws) - resampled(half, draws)
    assert (found.low, found.high) == interval(values)


def test_buckets_cover_all_lengths_once() -> None:
    lengths = [2] * 10 + [3] * 30 + [4, 5, 6, 7] * 10 + [9] * 15 + [30] * 5
    buckets = buckets_of(lengths)
    assert sum(bucket.n for bucket in buckets) == len(lengths)
    assert [(b.shortest, b.longest) for b in buckets] == [(2, 3), (4, 4), (5, 7), (8, 9), (10, 30)]
    assert [b.n for b in buckets_of([4, 4, 4])] == [3]
