"""Live training: reversing gives the other diagonal, copying the main one, and the key is measured."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.figures import Curve, Heatmap
from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    Progress,
    Result,
    Task,
    score_prediction,
)
from studybuddy.lab.experiments.reverse import step_of
from studybuddy.lab.live import Point
from studybuddy.lab.run import run
from studybuddy.lab.statistics import Share
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.reverse import PICTURES


@pytest.fixture(scope="module")
def reversing() -> tuple[Result, list[Progress]]:
    told: list[Progress] = []
    return run(prepare("reverse", "step", {}, 3, "en"), told.append), told


def test_the_step_is_read_from_the_history(reversing: tuple[Result, list[Progress]]) -> None:
    result, _told = reversing
    history = result.data["trainings"][0]["history"]
    first = next(each["step"] for each in history if each["diagonal"] >= 0.9)
    assert result.answer == first
    assert first <= 200
    assert result.clear
    assert max(each["exact_match"] for each in history) >= 0.95


def test_figures_grow_while_it_learns(reversing: tuple[Result, list[Progress]]) -> None:
    told = [step for step in reversing[1] if step.figures]
    heatmap, shares, loss = told[0].figures
    assert isinstance(heatmap, Heatmap)
    assert isinstance(shares, Curve)
    assert isinstance(loss, Curve)
    points = [len(step.figures[1].x) for step in told]  # type: ignore[union-attr]
    assert points == sorted(points)
    assert points[0] < points[-1]
    assert loss.series[0].y[-1] < loss.series[0].y[0]


DIAGONALS = {"up": "在从右上到左下的对角线上", "down": "在从左上到右下的对角线上"}


def picture_text(task: Task, place: int) -> str:
    assert isinstance(task.question, ChoiceQuestion)
    return task.question.options[place]


def test_the_right_picture_has_no_place_of_its_own() -> None:
    tasks = [prepare("reverse", "diagonal", {}, seed, "en") for seed in range(24)]
    assert {task.parameters["pictures"].index("up") for task in tasks} == {0, 1, 2, 3}
    for task in tasks:
        chinese = prepare("reverse", "diagonal", {}, task.seed, "zh")
        assert chinese.parameters == task.parameters
        assert prepare("reverse", "diagonal", {}, task.seed, "en") == task


def test_reversing_gives_the_other_diagonal_and_copying_the_main_one() -> None:
    for turn, picture in (("reverse", "up"), ("copy", "down")):
        task = prepare("reverse", "diagonal", {"task": turn}, 5, "zh")
        result = run(task)
        pictures = task.parameters["pictures"]
        assert sorted(pictures) == sorted(PICTURES)
        assert result.answer == pictures.index(picture)
        assert picture_text(task, int(result.answer)) == DIAGONALS[picture]
        assert result.clear
        assert score_prediction(task.question, int(result.answer), result) == 1


def test_the_same_task_gives_the_same_training_again(
    reversing: tuple[Result, list[Progress]],
) -> None:
    again = run(prepare("reverse", "step", {}, 3, "en"))
    assert again == reversing[0]
    assert prepare("reverse", "step", {}, 3, "en") != prepare("reverse", "step", {}, 4, "en")


def test_a_diagonal_that_never_stands_has_no_step() -> None:
    points = [Point(25 * i, 1.0, Share(0, 10), Share(i, 10), Share(0, 10)) for i in range(9)]
    assert step_of(points) is None
    assert step_of([*points, Point(225, 1.0, Share(0, 10), Share(9, 10), Share(1, 10))]) == 225
