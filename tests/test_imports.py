"""What each room's import brings along, measured in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("torch", "sqlalchemy", "sqlmodel", "textual", "numpy", "click", "markdown_it", "rapidfuzz")


def heavy_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return set(ended.stdout.split())


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("studybuddy", set()),
        ("studybuddy.cli", set()),
        ("studybuddy.cli.context", set()),
        ("studybuddy.app", set()),
        ("studybuddy.lab", set()),
        ("studybuddy.lab.tasks", set()),
        ("studybuddy.lab.run", set()),
        ("studybuddy.store.start", set()),
        ("studybuddy.study.today", set()),
        ("studybuddy.study.queue", set()),
        ("studybuddy.catalogue.experiments", set()),
        ("studybuddy.decks.model", set()),
        ("studybuddy.scheduling.fold", set()),
        ("studybuddy.app.app", {"textual", "markdown_it"}),
    ],
)
def test_a_room_stays_as_light_as_it_is(module: str, allowed: set[str]) -> None:
    assert heavy_after(f"import {module}") <= allowed
