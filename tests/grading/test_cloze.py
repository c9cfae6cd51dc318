"""Typed gaps: what counts as the same, what as a slip, and what as wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.decks.model import Cloze, Gap
from studybuddy.grading.cloze import grade_cloze
from studybuddy.grading.normalise import is_slip, normalise


def cloze(*gaps: tuple[str, ...]) -> Cloze:
    return Cloze(tuple(piece for gap in gaps for piece in (" … ", Gap(gap))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hₜ", "h_t"),
        ("h_t", "ht"),
        ("h_{t-1}", "hₜ₋₁"),
        ("hₜ−₁", "h_t-1"),
        ("α", "alpha"),
        ("α_ti", "Alpha_{ti}"),
        ("\\alpha", "α"),
        ("ｓｏｆｔｍａｘ", "Softmax"),
        ("编码器。", " 编码器"),
        ("３", "3"),
        ("the decoder", "Decoder."),
        ("hidden state", "Hidden  State"),
        ("long-range", "long range"),
        ("「编码器」", "编码器"),
        ("f ⊙ c", "f*c"),
        ("W₁", "w1"),
    ],
)
def test_written_otherwise_but_the_same(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Σ", "σ"), ("t-1", "t+1"), ("hₜ", "hₜ₋₁"), ("编码器", "解码器"), ("c_t", "s_t"), ("a", "α")],
)
def test_different_symbols_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(st.text(max_size=40))
def test_a_normal_form_has_no_blanks_and_never_fails(text: str) -> None:
    assert " " not in normalise(text)


@pytest.mark.parametrize("typed", ["sofmax", "softmaxx", "sfotmax", "softnax"])
def test_one_slip_counts_and_is_named(typed: str) -> None:
    verdict = grade_cloze(cloze(("softmax",)), [typed], 0)
    assert (verdict.score, verdict.suggested) == (1000, 4)
    assert verdict.reasons[0].mark == "tip"
    assert "softmax" in verdict.reasons[0].text


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("sfotmxa", "softmax"),
        ("gats", "gate"),
        ("decoder", "encoder"),
        ("dncoder", "encoder"),
        ("编马器", "编码器"),
        ("unigrams", "trigram"),
        ("asymmetric", "symmetric"),
        ("h_t+1xyz", "h_t-1xyz"),
    ],
)
def test_no_slip_of_the_pen(typed: str, accepted: str) -> None:
    verdict = grade_cloze(cloze((accepted,)), [typed], 0)
    assert (verdict.score, verdict.suggested) == (0, 1)
    assert accepted in verdict.reasons[0].text
    assert typed in verdict.reasons[0].text


def test_a_slip_towards_another_gap_does_not_count() -> None:
    gaps = cloze(("precision",), ("prevision",))
    assert grade_cloze(gaps, ["prevision", "prevision"], 0).score == 500
    assert "another gap" in grade_cloze(gaps, ["prevision", "x"], 0).reasons[0].text


def test_a_slip_never_hides_a_rival() -> None:
    assert is_slip("encodr", "encoder")
    assert not is_slip("encodr", "encoder", frozenset({"encode"}))


def test_every_accepted_answer_counts_and_the_first_is_shown() -> None:
    verdict = grade_cloze(cloze(("遗忘门", "忘记门")), ["忘记门"], 1)
    assert (verdict.suggested, verdict.reasons[0].text) == (3, "Gap 1: 遗忘门")


def test_parts_count_and_an_empty_gap_is_missing() -> None:
    verdict = grade_cloze(cloze(("encoder",), ("decoder",), ("C",)), ["Encoder", "", "c"], 0)
    assert (verdict.score, verdict.suggested, verdict.right, verdict.parts) == (667, 2, 2, 3)
    assert [reason.mark for reason in verdict.reasons] == ["right", "missing", "right"]


def test_fewer_answers_than_gaps_are_empty_ones() -> None:
    assert grade_cloze(cloze(("a",), ("b",)), ["a"], 0).score == 500


def test_an_answer_without_end_is_read_in_part() -> None:
    assert grade_cloze(cloze(("softmax",)), ["softmax" * 100_000], 0).score == 0


@pytest.mark.parametrize(
    ("typed", "score"),
    [(["LSTM", "GRU"], 1000), (["gru", "lstm"], 1000), (["LSTM", "lstm"], 500), (["", ""], 0)],
)
def test_members_of_a_list_in_any_order_but_each_once(typed: list[str], score: int) -> None:
    assert grade_cloze(cloze(("LSTM", "GRU"), ("GRU", "LSTM")), typed, 0).score == score


def test_two_gaps_that_show_the_same_word_both_take_it() -> None:
    gaps = cloze(("variable", "any"), ("fixed",), ("variable", "any"))
    assert grade_cloze(gaps, ["any", "fixed", "any"], 0).score == 1000
