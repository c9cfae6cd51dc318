"""How much gets through C: bits by hand, the first size that suffices, and the ladder's order."""

from __future__ import annotations

import math

import pytest
import torch

from studybuddy.catalogue.figures import Bars, Curve, Heatmap
from studybuddy.catalogue.predictions import Result, Task
from studybuddy.lab.capacity import bits_held, recovered_bits
from studybuddy.lab.data import DATA
from studybuddy.lab.experiments import capacity
from studybuddy.lab.experiments.comparing import unseen_pairs
from studybuddy.lab.networks.build import build
from studybuddy.lab.plan import LADDER
from studybuddy.lab.run import run
from studybuddy.lab.statistics import Share
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.capacity import handed_over

DIGITS = DATA["digits"]


@pytest.fixture(scope="module")
def curve() -> tuple[Task, Result]:
    task = prepare("capacity", "curve", {"count": 40, "length": 12}, 4, "en")
    return task, run(task)


@pytest.fixture(scope="module")
def bits() -> tuple[Task, Result]:
    task = prepare("capacity", "bits", {"count": 60, "length": 16, "size": "4"}, 4, "en")
    return task, run(task)


def test_a_digit_holds_three_and_a_third_bits() -> None:
    assert bits_held(1, DIGITS) == pytest.approx(math.log2(10))
    assert bits_held(16, DIGITS) == pytest.approx(53.15, abs=0.01)


def test_a_network_that_guesses_evenly_recovers_nothing_but_what_it_wastes() -> None:
    """All logits 0 over 13 words, three of which are no digit: n · log2(10 / 13) bits."""
    sizes = {"embedding": 4, "hidden": 4, "state": 8, "context": 4, "readout_size": 4}
    network = build("fixed", sizes, (len(DIGITS.source), len(DIGITS.target))).eval()
    with torch.no_grad():
        network.readout[2].weight.zero_()  # type: ignore[index, union-attr]
        network.readout[2].bias.zero_()  # type: ignore[index, union-attr]
    pairs = unseen_pairs(DIGITS, (5, 6), 8, 1)
    by_hand = [len(pair.target) * math.log2(10 / 13) for pair in pairs]
    assert recovered_bits(network, pairs, DIGITS) == pytest.approx(by_hand, abs=1e-4)


def test_the_first_size_that_reaches_the_share_is_the_key() -> None:
    shares = [Share(right, 100) for right in (2, 20, 60, 90, 95)]
    assert capacity.needed(shares, 0.4) == (2, True)
    assert capacity.needed(shares, 0.55) == (2, False)
    assert capacity.needed(shares, 0.97) == (5, False)
    assert capacity.needed(shares, 0.99) == (5, True)
    assert capacity.needed(shares[:2], 0.5) == (2, True)


def test_the_ladder_rises_outside_its_interval_and_the_key_is_what_the_data_say(
    curve: tuple[Task, Result],
) -> None:
    task, result = curve
    assert isinstance(result.answer, tuple)
    for size, value, low, high in zip(
        LADDER, result.answer, result.lows, result.highs, strict=True
    ):
        right, n = result.data[str(size)]["12"]
        assert value == pytest.approx(100 * right / n)
        assert low <= value <= high
    assert result.lows[-1] > result.highs[0]
    assert result.clear
    grid, bars = result.figures
    assert isinstance(grid, Heatmap)
    assert isinstance(bars, Bars)
    assert len(grid.rows) == len(LADDER) + 1
    assert bars.values == pytest.approx([value / 100 for value in result.answer])
    assert run(task) == result


def test_the_size_needed_is_read_off_the_same_sweep(curve: tuple[Task, Result]) -> None:
    task = prepare("capacity", "needed", {"count": 40, "length": 12, "percent": 50}, 4, "en")
    result = run(task)
    assert result.data == curve[1].data
    assert isinstance(curve[1].answer, tuple)
    reached = [value >= 50 for value in curve[1].answer]
    expected = reached.index(True) if any(reached) else len(LADDER)
    assert result.answer == expected


def test_recovered_bits_rise_with_c_and_attention_recovers_nearly_all(
    bits: tuple[Task, Result],
) -> None:
    _task, result = bits
    at16 = {name: row["16"] for name, row in result.data.items()}
    assert at16["2"][2] < at16["4"][1]
    assert at16["4"][2] < at16["8"][1]
    assert at16["8"][2] < at16["16"][1]
    assert at16["attention"][0] >= 0.98 * bits_held(16, DIGITS)
    assert result.answer == at16["4"][0]


def test_what_else_differs_than_c_is_said_before_and_after_the_run(
    curve: tuple[Task, Result],
) -> None:
    handed = {size: handed_over(size) for size in LADDER}
    differ = len(set(handed.values())) > 1
    task, result = curve
    assert ("larger encoder" in task.prompt) == differ
    assert any(f"C 256: {handed[256]}" in note for note in result.notes) == differ


def test_bits_are_said_of_the_trained_model_and_not_of_a_unit(bits: tuple[Task, Result]) -> None:
    _task, result = bits
    notes = " ".join(result.notes)
    assert "this trained model carries" in notes
    assert "per unit" not in notes
    curve = result.figures[0]
    assert isinstance(curve, Curve)
    assert not curve.percent
    assert len(curve.series) <= 6
    assert curve.series[0].y == pytest.approx(
        [bits_held(int(length), DIGITS) for length in curve.x]
    )
