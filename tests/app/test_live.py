"""The live training on the screen: curves and weights as they come, and every way to meddle."""

from __future__ import annotations

import math
import time
from typing import ClassVar

import pytest

from studybuddy.app.panels.training import chosen_points
from studybuddy.app.screens.lab import LabScreen
from studybuddy.app.screens.live import LiveScreen
from studybuddy.catalogue.figures import Heatmap
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.live import Point, Snapshot
from studybuddy.lab.statistics import Share

LETTERS = tuple("abcdef")


class Training:
    """Stands in for a network: its numbers follow from the sum of rate times steps alone."""

    made: ClassVar[list[Training]] = []

    def __init__(self, seed: int, rate: float, attention: bool, task: str) -> None:
        self.seed, self.rate, self.attention, self.task = seed, rate, attention, task
        self.step, self.learned = 0, 0.0
        self.portions: list[int] = []
        self.points: list[Point] = []
        self.made.append(self)

    def set_rate(self, rate: float) -> None:
        self.rate = rate

    def advance(self, steps: int) -> Snapshot:
        time.sleep(0.002 * steps)
        self.step += steps
        self.learned += self.rate * steps
        self.portions.append(steps)
        done = 1 - math.exp(-self.learned)
        right = Share(round(100 * done), 100)
        diagonal = right if self.attention else None
        self.points.append(Point(self.step, 2.3 * (1 - done), right, diagonal, None))
        size = len(LETTERS)
        values = tuple(
            tuple(done if t + s == size - 1 else (1 - done) / size for s in range(size))
            for t in range(size)
        )
        heatmap = Heatmap("Weights", LETTERS[::-1], LETTERS, values) if self.attention else None
        return Snapshot(
            self.step, 2.3 * (1 - done), right, diagonal, None, heatmap, tuple(self.points), ""
        )


@pytest.fixture
def made(monkeypatch):
    """The trainings that the screen began."""
    Training.made = []
    monkeypatch.setattr("studybuddy.study.watching.live_training", Training)
    return Training.made


async def open_live(desk) -> LiveScreen:
    """From Today to the training."""
    await desk.press("x")
    await desk.wait_for("live training")
    await desk.press("v")
    await desk.wait_for("anti-diagonal")
    return desk.app.screen


def at(desk) -> int:
    """The step that the screen shows."""
    row = next(row for row in desk.lines if " · loss" in row)
    return int(row.split()[1])


async def test_it_learns_while_one_watches_and_pauses(study, made) -> None:
    async with study.open() as desk:
        await open_live(desk)
        for told in ("exact match", "loss, nats a letter", "Weights", "rate 0.01", "learning"):
            assert told in desk.text
        before = at(desk)
        await desk.wait_for(lambda: at(desk) > before, "further steps")
        await desk.press(" ")
        await desk.wait_for("paused")
        await desk.settle()
        time.sleep(0.1)
        await desk.settle()
        here = at(desk)
        time.sleep(0.1)
        await desk.settle()
        assert at(desk) == here
        await desk.press("s")
        await desk.wait_for(lambda: at(desk) == here + 1, "one step")
        await desk.press("s", "s")
        await desk.wait_for(lambda: at(desk) == here + 3, "two more")
        await desk.click("go on")
        await desk.wait_for(lambda: at(desk) > here + 4, "further steps")


async def test_the_rate_changes_without_a_new_beginning(study, made) -> None:
    async with study.open() as desk:
        await open_live(desk)
        await desk.press("+", "up")
        await desk.wait_for("rate 0.1")
        await desk.wait_for(lambda: made[0].rate == 0.1, "the rate")
        await desk.press("-")
        await desk.wait_for(lambda: made[0].rate == 0.03, "the rate")
        assert len(made) == 1
        await desk.press(*"++++++")
        await desk.wait_for("rate 0.1")


async def test_attention_off_begins_anew_and_says_so(study, made) -> None:
    async with study.open() as desk:
        await open_live(desk)
        await desk.press("a")
        await desk.wait_for("Attention is off: a new network with one fixed C")
        await desk.wait_for("Attention is off: there are no")
        assert [training.attention for training in made] == [True, False]
        assert "anti-diagonal" not in desk.text
        await desk.press("a")
        await desk.wait_for("anti-diagonal")


async def test_three_seeds_at_once(study, made) -> None:
    async with study.open(size=(120, 40)) as desk:
        await open_live(desk)
        await desk.press("3")
        await desk.wait_for("seed  o 1   x 2   + 3")
        assert [training.seed for training in made] == [1, 1, 2, 3]
        await desk.press("tab")
        await desk.wait_for("seed 2 · rate")
        await desk.press("3")
        await desk.wait_for(lambda: "+ 3" not in desk.text, "one seed")


async def test_the_next_seed_and_a_restart(study, made) -> None:
    async with study.open() as desk:
        await open_live(desk)
        await desk.press("n")
        await desk.wait_for("seed 2 · rate")
        await desk.press("r")
        await desk.wait_for("The training begins anew.")
        await desk.wait_for(lambda: len(made) == 3, "the third training")
        assert [training.seed for training in made] == [1, 2, 2]


async def test_leaving_ends_the_training(study, made) -> None:
    async with study.open() as desk:
        await open_live(desk)
        await desk.press("escape")
        await desk.wait_for(lambda: isinstance(desk.app.screen, LabScreen), "the list")
        await desk.wait_for(
            lambda: all(worker.is_finished for worker in desk.app.workers), "the thread's end"
        )
        time.sleep(0.3)  # a cancelled thread still ends the portion that it is in
        portions = len(made[0].portions)
        time.sleep(0.3)
        assert len(made[0].portions) == portions


async def test_the_portions_leave_the_screen_more_than_ten_pictures_a_second(study, made) -> None:
    async with study.open() as desk:
        await open_live(desk)
        await desk.wait_for(lambda: len(made[0].portions) > 12, "some portions")
        assert 10 < max(made[0].portions) < 60  # 2 ms a step, and 80 ms a portion


async def test_without_torch_it_says_so(study, monkeypatch) -> None:
    def missing(*_: object) -> None:
        raise StudyBuddyError("live runs need torch")

    monkeypatch.setattr("studybuddy.study.watching.live_training", missing)
    async with study.open() as desk:
        await desk.press("x")
        await desk.press("v")
        await desk.wait_for("live runs need torch")
        await desk.press("escape")
        await desk.wait_for("E1 · length")


async def test_copying_begins_anew(study, made) -> None:
    async with study.open() as desk:
        await open_live(desk)
        await desk.press("t")
        await desk.wait_for(" · diagonal")
        assert [training.task for training in made] == ["reverse", "copy"]
        assert "The strings are to be copied" in desk.text


@pytest.mark.parametrize(
    ("steps", "room", "chosen"),
    [
        ([], 5, []),
        ([7], 5, [0]),
        ([1, 2, 3], 10, [0, 1, 2]),
        ([1, 2, 3, 4, 5], 3, [0, 2, 4]),
        ([0, 1, 2, 3, 100, 200], 3, [0, 4, 5]),
    ],
)
def test_points_are_chosen_evenly_in_steps(steps, room: int, chosen) -> None:
    assert chosen_points(steps, room) == chosen
