"""A log of one card, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from studybuddy.scheduling.row import Row


@pytest.fixture
def write() -> Callable[..., Row]:
    """`write(kind, day, **columns)`: the next row of one card; ids and instants grow."""
    count = 0

    def next_row(kind: str, day: int, **columns: Any) -> Row:
        nonlocal count
        count += 1
        return Row(
            id=count.to_bytes(16, "big"),
            learner="me",
            device="here",
            instant=columns.pop("instant", day * 86_400_000 + count),
            zone=480,
            day=day,
            kind=kind,
            card="deck/card",
            **columns,
        )

    return next_row
