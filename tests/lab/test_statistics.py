"""Intervals against published values."""

from __future__ import annotations

import pytest

from studybuddy.lab.statistics import Share, difference


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
