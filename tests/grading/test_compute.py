"""Numbers as typed, against a generator's key."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.catalogue.generators import generate, names
from studybuddy.grading.compute import grade_compute
from studybuddy.grading.numbers import read_number, read_numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.625", 0.625),
        (".625", 0.625),
        ("5/8", 0.625),
        ("５／８", 0.625),
        ("62.5%", 0.625),
        ("62.5 ％", 0.625),
        ("6.25e-1", 0.625),
        ("6.25×10⁻¹", 0.625),
        ("6.25 * 10^-1", 0.625),
        ("6.25x10**(-1)", 0.625),
        ("10⁻³", 0.001),
        ("29,312", 29312),
        ("２９，３１２", 29312),
        ("1,234,567.5", 1234567.5),
        ("29 312", 29312),
        ("−2", -2),
        ("-1/4", -0.25),
        ("½", 0.5),
        ("α₁ = 1/8", 0.125),
        ("≈ 0.58", 0.58),
        ("约0.58", 0.58),
        ("1/8 = 0.125", 0.125),
    ],
)
def test_a_number_as_typed(text: str, value: float) -> None:
    assert read_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["", "abc", "1/0", "1e999", "nan", "inf", "1,23", "0.9^50", "1/2/3", "1..2", "__import__", "e5", "%"]
)  # fmt: skip
def test_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "(1.575, .425)",
        "C = (1.575,.425)",
        "1.575 0.425",
        "1.575；0.425",
        "［1.575，0.425］",
        "1.575、0.425",
    ],
)
def test_a_vector_in_one_line(text: str) -> None:
    assert read_numbers(text, 2) == pytest.approx([1.575, 0.425])


def test_a_vector_of_thousands_and_a_short_one() -> None:
    assert read_numbers("1,234, 5,678", 2) == [1234, 5678]
    assert read_numbers("1/8 2/8", 3) == [0.125, 0.25, None]


@given(st.text(max_size=300), st.integers(1, 5))
def test_no_text_breaks_the_reader(text: str, count: int) -> None:
    values = read_numbers(text, count)
    assert len(values) == count
    assert all(value is None or math.isfinite(value) for value in values)


@given(st.floats(-1e12, 1e12, allow_nan=False))
def test_a_float_reads_back(value: float) -> None:
    assert read_number(repr(value)) == pytest.approx(value, rel=1e-12, abs=1e-300)


SOFTMAX = generate("softmax-by-hand", {"values": [1, 2, 5]}, 0, "en")
COUNT = generate(
    "parameter-count", {"cell": "RNN", "inputs": 100, "hidden": 128, "biases": 1}, 0, "en"
)


@pytest.mark.parametrize(
    "answers", [["1/8", "1/4", "5/8"], ["1/8 2/8 5/8"], ["12.5%", ".25", "0.63"]]
)
def test_all_values_right(answers: list[str]) -> None:
    verdict = grade_compute(SOFTMAX, answers, 0)
    assert (verdict.score, verdict.suggested, verdict.right) == (1000, 4, 3)


def test_a_wrong_value_is_named_with_the_right_one() -> None:
    verdict = grade_compute(SOFTMAX, ["1/8", "62.5", "x"], 0)
    assert (verdict.score, verdict.suggested) == (333, 2)
    assert [reason.mark for reason in verdict.reasons] == ["right", "wrong", "wrong", "tip"]
    assert "α₂ = 0.25, not 62.5" in verdict.reasons[1].text
    assert "cannot be read" in verdict.reasons[2].text
    hundred = grade_compute(SOFTMAX, ["12.5", "", ""], 0)
    assert "hundred times" in hundred.reasons[0].text
    assert [reason.mark for reason in hundred.reasons[1:3]] == ["missing", "missing"]


def test_a_count_must_be_exact() -> None:
    assert grade_compute(COUNT, ["29,312"], 1).suggested == 3
    assert grade_compute(COUNT, ["29313"], 0).suggested == 1


def test_a_relative_tolerance_holds_for_tiny_numbers() -> None:
    task = generate("gradient-product", {"factor": 0.25, "steps": 50}, 0, "en")
    assert grade_compute(task, ["7.9e-31"], 0).score == 1000
    assert grade_compute(task, ["0"], 0).score == 0
    assert grade_compute(task, ["7.0e-31"], 0).score == 0


@pytest.mark.parametrize("name", names())
def test_the_key_of_every_generator_is_right_as_three_decimals_or_digits(name: str) -> None:
    for seed in range(50):
        task = generate(name, {}, seed, "zh")
        digits = [f"{a:.3e}" if task.relative else f"{a:.3f}" for a in task.answers]
        assert grade_compute(task, digits, 0).score == 1000
