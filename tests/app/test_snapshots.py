"""The screen as text, row by row; `pytest tests/app --update-snapshots` writes the pictures anew."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_today(study, snapshot, language) -> None:
    study.reviewed(("recall", 4), ("choice", 1), days_ago=1)
    async with study.open(language=language) as desk:
        snapshot(desk, f"today-{language}")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_choice(study, snapshot, language) -> None:
    async with study.open("choice", language=language) as desk:
        await desk.card("choice")
        snapshot(desk, f"choice-{language}")


async def test_a_graded_drawing(study, snapshot) -> None:
    async with study.open("diagram", size=(100, 40)) as desk:
        await desk.type("x1..2>enc>c;dec>c")
        await desk.press("enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        snapshot(desk, "drawing")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_help(study, snapshot, language) -> None:
    async with study.open("recall", language=language, size=(80, 30)) as desk:
        await desk.press("f1")
        await desk.wait_for("Ctrl+P")
        snapshot(desk, f"help-{language}")
