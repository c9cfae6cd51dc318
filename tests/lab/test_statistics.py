"""Intervals against published values."""

from __future__ import annotations

import math
from random import Random

import pytest

from studybuddy.lab.statistics import Share, difference, mean_interval


def test_wilson_against_newcombes_table() -> None:
    """Newcombe 1998, Statistics in Medicine 17:857, table I: 81/263 and 15/148 and 0/20."""
    for right, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
    ):
        assert Share(right, n).interval == pytest.approx((low, high), abs=1e-4)


def test_difference_against_newcombes_table() -> None:
    """Newcombe 1998, Statistics in Medicine 17:873, method 10: 56/70 - 48/80 and 9/10 - 3/10."""
    assert difference(Share(56, 70), Share(48, 80)) == pytest.approx(
        (0.2, 0.0524, 0.3339), abs=1e-4
    )
    assert difference(Share(9, 10), Share(3, 10)) == pytest.approx((0.6, 0.1705, 0.8090), abs=1e-4)


def test_an_empty_sample_tells_nothing() -> None:
    assert Share(0, 0).value == 0
    assert Share(0, 0).interval == (0, 1)


def test_shares_add_up() -> None:
    assert Share(3, 4) + Share(1, 6) == Share(4, 10)


def test_a_bootstrap_agrees_with_the_normal_interval_of_a_mean() -> None:
    """400 uniform numbers: mean ± 1.96 s / √n, which the bootstrap must meet closely."""
    random = Random(1)
    values = [random.random() for _each in range(400)]
    mean, low, high = mean_interval(values, 3)
    assert mean == pytest.approx(math.fsum(values) / 400)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / 400)
    half = 1.959964 * deviation / math.sqrt(400)
    assert (low, high) == pytest.approx((mean - half, mean + half), abs=0.15 * half)


def test_a_bootstrap_follows_its_seed_and_bounds_its_mean() -> None:
    values = [math.sqrt(k) for k in range(40)]
    assert mean_interval(values, 5) == mean_interval(values, 5)
    assert mean_interval(values, 5)[1:] != mean_interval(values, 2**40 + 6)[1:]
    mean, low, high = mean_interval(values, 5)
    assert 0 <= low < mean < high <= math.sqrt(39)


def test_one_value_is_its_own_interval_and_none_has_no_mean() -> None:
    assert mean_interval([2.5], 0) == (2.5, 2.5, 2.5)
    assert all(math.isnan(each) for each in mean_interval([], 0))


def test_of_several_comparisons_all_together_hold() -> None:
    one = difference(Share(737, 1000), Share(789, 1000))
    seven = difference(Share(737, 1000), Share(789, 1000), 7)
    assert one[0] == seven[0]
    assert one[2] < 0 < seven[2] + 0.01
    assert seven[1] < one[1]
    # 2.69 standard deviations, 0.05 / 7 in both tails; p̂ and n as in Wilson's formula
    assert Share(500, 1000).within(2.69) == pytest.approx((0.4576, 0.5424), abs=2e-4)
