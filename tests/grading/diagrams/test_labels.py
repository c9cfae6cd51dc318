"""What a label means: notation, languages and slips of the finger, and never the opposite."""

from __future__ import annotations

import pytest

from studybuddy.decks.mermaid import parse_mermaid
from studybuddy.decks.model import Diagram
from studybuddy.grading.diagrams.labels import Names, label_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("X₁", "x_1"),
        ("X(1)", "x1"),
        ("C_t", "C(t)"),
        ("ct", "c_{t}"),
        ("s(t-1)", "s_{t−1}"),
        ("st-1", "s(t - 1)"),
        ("h'_1", "h1'"),
        ("h̃", "h~"),
        ("c~(t)", "ct~"),
        ("teacher-forcing", "Teacher Forcing"),
        ("x1..xm", "X_1, …, X_m"),
        ("x1..m", "X1..X4"),
        ("∑", "Σ"),
        ("Ｅｎｃ", "enc"),
    ],
)
def test_notation_is_taken_away(one: str, other: str) -> None:
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("h", "h'"),
        ("h", "h~"),
        ("s(t-1)", "s(t)"),
        ("x1", "x2"),
        ("×", "+"),
        ("x", "×"),
        ("x1", "x1..4"),
    ],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert label_key(one) != label_key(other)


@pytest.fixture
def names(d1: Diagram) -> Names:
    return Names(d1.reference, d1.synonyms, ["h0"])


@pytest.mark.parametrize(
    ("label", "node"),
    [
        ("enc", "Enc"),
        ("Encoder", "Enc"),
        ("编码器", "Enc"),
        ("encoder 编码器", "Enc"),
        ("解码器", "Dec"),
        ("generator", "Dec"),
        ("c", "C"),
        ("语义向量", "C"),
        ("中间状态向量C", "C"),
        ("背景变量", "C"),
        ("context vector", "C"),
        ("thought vector", "C"),
        ("x_3", "X3"),
        ("输入3", "X3"),
        ("Y₂", "Y2"),
        ("h0", "h0"),
    ],
)
def test_exact_names(names: Names, label: str, node: str) -> None:
    assert names.read(label).nodes == (node,)
    assert not names.read(label).guessed


@pytest.mark.parametrize(
    ("label", "node"), [("encodr", "Enc"), ("decoderr", "Dec"), ("contxt vector", "C")]
)
def test_slips_are_mended_and_reported(names: Names, label: str, node: str) -> None:
    reading = names.read(label)
    assert (reading.nodes, reading.guessed) == ((node,), True)


@pytest.mark.parametrize("label", ["attention", "x9", "gru", "", "?", "encdec", "h", "softmax"])
def test_what_means_nothing_here_is_left_alone(names: Names, label: str) -> None:
    assert names.read(label).nodes == ()


@pytest.mark.parametrize("label", ["encoder", "encoders", "encoder rnn", "编码器", "encoderrnns"])
def test_encoder_never_becomes_decoder(label: str) -> None:
    only = Names(parse_mermaid("C --> Dec[Decoder]"))
    assert only.read(label).nodes == ()


def test_boxes_with_one_label_are_all_meant(d8: Diagram) -> None:
    names = Names(d8.reference)
    for label in ("×", "×2", "*", "mul1", "⊙", "M1", "相乘"):
        assert names.read(label).nodes == ("M1", "M2", "M3")
    assert names.read("tanh").nodes == ("T",)
    assert names.read("forget gate").nodes == ("fg",)
    assert names.read("遗忘门").nodes == ("fg",)
