"""The laboratory in both sizes and languages: nothing is cut off, and pictures of its screens."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from studybuddy.app.keys import KeyLine
from studybuddy.app.panels.form import FormView
from studybuddy.app.screens.trial import TrialScreen
from studybuddy.app.shown import PictureView
from studybuddy.catalogue.experiments import EXPERIMENTS
from studybuddy.catalogue.figures import Curve, Heatmap, Series
from studybuddy.catalogue.predictions import Result

SIZES = [(80, 24), (120, 40)]
LANGUAGES = ["en", "zh"]
CURVE = Curve(
    "Curve",
    "x",
    "y",
    ("4", "8", "12"),
    (Series("a", (1.0, 0.9, 0.8)), Series("b", (0.9, 0.5, 0.1))),
)
WEIGHTS = Heatmap("Weights", ("甲", "乙"), ("a", "b"), ((0.9, 0.1), (0.2, 0.8)))


@pytest.fixture
def quick(monkeypatch):
    """Runs that end at once."""

    def run(task, _progress, _cancelled):
        return Result(
            task.run,
            task.ask,
            task.seed,
            40.0,
            100,
            summary="found 40",
            notes=("which model, which timing",),
            figures=(CURVE, WEIGHTS),
        )

    monkeypatch.setattr("studybuddy.lab.run.run", run)


def assert_fits(desk) -> None:
    """Rows as wide as the screen; no picture wider than its place; every key is seen."""
    columns, rows = desk.app.size
    assert {cell_len(row) for row in desk.lines} == {columns}
    assert len(desk.lines) == rows
    for view in desk.app.screen.query(PictureView):
        if view.display and view.content_size.width:
            for row in view._picture(view.content_size.width):
                text = "".join(segment.text for segment in row)
                assert cell_len(text.rstrip()) <= view.content_size.width, text
    for form in desk.app.screen.query(FormView):
        if not form.content_size.width:
            continue
        for y in range(len(form.form)):
            told = "".join(piece.text for piece in form._row(y, form.content_size.width))
            assert cell_len(told) <= form.content_size.width
    for hint in desk.app.screen.hints():
        assert f"{hint.key} {hint.text}" in desk.text
    assert desk.app.screen.query_one(KeyLine).region.bottom == rows


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_form_fits(study, quick, language, size) -> None:
    async with study.open(language=language, size=size) as desk:
        await desk.press("x")
        await desk.wait_for("E1 · length")
        assert_fits(desk)
        for name in EXPERIMENTS:
            screen = TrialScreen(name)
            desk.app.push_screen(screen)
            await desk.wait_for(
                lambda screen=screen: screen.chooser.asked, f"the question of {name}"
            )
            await desk.settle()
            assert_fits(desk)
            assert screen.chooser.region.bottom <= size[1] - 2
            await desk.press("escape")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_pictures_of_list_form_and_figures(study, quick, snapshot, language) -> None:
    async with study.open(language=language) as desk:
        await desk.press("x")
        await desk.wait_for("E1 · length")
        snapshot(desk, f"lab-{language}")
        await desk.press("enter")
        await desk.wait_for(lambda: desk.app.screen.chooser.asked, "the question")
        await desk.settle()
        snapshot(desk, f"lab-form-{language}")
        await desk.press("enter")
        await desk.wait_for("found 40")
        await desk.settle()
        assert_fits(desk)
        snapshot(desk, f"lab-figures-{language}")


async def test_a_picture_of_two_runs_beside_each_other(study, quick, snapshot) -> None:
    async with study.open(size=(120, 40)) as desk:
        await desk.press("x", "enter")
        await desk.wait_for("From 8 to 18")
        await desk.press("enter")
        await desk.wait_for("found 40")
        await desk.press("n")
        await desk.wait_for("the run before")
        await desk.wait_for(lambda: desk.text.count("found 40") == 2, "both")
        await desk.settle()
        assert_fits(desk)
        snapshot(desk, "lab-beside")
