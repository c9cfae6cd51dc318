"""The laboratory on the screen: the list, a form by keys and mouse, runs, comparisons, predictions."""

from __future__ import annotations

import sqlite3
import threading
import time

import pytest

from studybuddy.app.panels.cells import HeatmapView
from studybuddy.app.panels.form import FormView
from studybuddy.app.screens.lab import LabScreen
from studybuddy.app.screens.trial import TrialScreen
from studybuddy.catalogue.experiments import EXPERIMENTS
from studybuddy.catalogue.figures import Bars, Heatmap
from studybuddy.catalogue.predictions import Progress, Result
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.run import Cancelled

WEIGHTS = Heatmap("Weights", ("甲", "乙"), ("a", "b"), ((0.9, 0.1), (0.2, 0.8)))


class Bench:
    """Stands in for the networks: a run shows a figure, waits until it is let go, then ends."""

    def __init__(self) -> None:
        self.tasks = []
        self.let_go = threading.Event()
        self.let_go.set()
        self.fault = ""

    def run(self, task, progress, cancelled):
        self.tasks.append(task)
        bars = Bars("Bars so far", ("one",), (0.5,))
        progress(Progress(1, 4, "first of four", (bars,)))
        while not self.let_go.is_set():
            if cancelled():
                raise Cancelled
            time.sleep(0.005)
        if self.fault:
            raise StudyBuddyError(self.fault)
        answer = 10.0 * len(self.tasks)
        return Result(
            task.run,
            task.ask,
            task.seed,
            answer,
            100,
            answer - 2,
            answer + 2,
            summary=f"found {answer:.0f}",
            notes=("which model, which timing",),
            figures=(WEIGHTS,),
            data={"source": "the cat slept ."},
        )


@pytest.fixture
def bench(monkeypatch):
    """Runs end at once, unless a test holds them."""
    bench = Bench()
    monkeypatch.setattr("studybuddy.lab.run.run", bench.run)
    return bench


async def said(desk, text: str) -> None:
    """Wait until this text is on the screen, over however many rows it is wrapped."""
    await desk.wait_for(lambda: text in " ".join(desk.text.replace("│", " ").split()), text)


async def open_length(desk) -> None:
    """From Today into the form of E1."""
    await desk.press("x")
    await desk.wait_for(lambda: isinstance(desk.app.screen, LabScreen), "the list")
    await desk.press("enter")
    await said(desk, "From 8 to 18 words")


def stored(study) -> dict[str, int]:
    """How many rows each table of the database holds."""
    with sqlite3.connect(study.home / "studybuddy.db") as connection:
        tables = [
            name
            for (name,) in connection.execute("select name from sqlite_master where type='table'")
        ]
        return {
            name: connection.execute(f'select count(*) from "{name}"').fetchone()[0]
            for name in tables
        }


async def run_once(desk, told: str) -> None:
    """Run what the form says."""
    await desk.press("enter")
    await desk.wait_for(f"found {told}")


async def test_the_list_tells_what_each_experiment_is_about(study) -> None:
    async with study.open() as desk:
        await desk.click("laboratory")
        await desk.wait_for("E1 · length")
        for experiment in EXPERIMENTS.values():
            assert f"{experiment.code:<4}{experiment.name}" in desk.text
        assert "A larger C removes the bottleneck for free." in desk.text
        await desk.press("j")
        await desk.wait_for(lambda: "E1 · length" not in desk.text, "the next experiment")
        await desk.press("end")
        await said(desk, "Watch a small network learn")
        await desk.press("escape")
        await desk.wait_for("StudyBuddy · Today")


async def test_a_form_is_filled_in_by_keys(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        await desk.press("down", "1", "0", "down", "left")
        await said(desk, "From 10 to 17 words")
        await desk.press("down", "4", "0", "down", "down", "backspace", "7")
        await desk.press("enter")
        await desk.wait_for("found 10")
        (task,) = bench.tasks
        assert task.parameters["lengths"] == [10, 17]
        assert (task.parameters["count"], task.seed) == (40, 7)
        assert "lengths 10–17 · sample size 40" in desk.text
        assert desk.rows("recall") == []


async def test_a_form_is_filled_in_by_mouse(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        row = next(row for row in desk.lines if "drop" in row)
        assert "1/" in row
        await desk.click("› ")
        await said(desk, "with attention lose")
        await desk.click("› – ")
        await said(desk, "From 9 to 18")
        await desk.click("next seed")
        await desk.click("run ")
        await desk.wait_for("found 10")
        (task,) = bench.tasks
        assert (task.ask, task.parameters["lengths"], task.seed) == ("keeps", [9, 18], 2)


async def test_full_width_digits_count_as_digits(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        await desk.press("down", "１", "２")
        await said(desk, "From 12 to 18")


async def test_what_is_out_of_range_is_named_and_not_run(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        await desk.press("down", "down", "down", "7")
        await said(desk, "sample size must be a whole number from 40 to 250")
        await desk.press("enter", "p")
        await desk.settle()
        assert bench.tasks == []
        assert desk.app.screen.state == "form"
        await desk.press("0")
        await said(desk, "translate 70 unseen sentences")


async def test_another_question_keeps_what_it_shares(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        await desk.press("down", "down", "down", "7", "7", "up", "up", "up", "right")
        await said(desk, "translate 77 unseen sentences")
        await said(desk, "with attention lose")


async def test_a_run_streams_is_stopped_and_gives_back_the_form(study, bench) -> None:
    bench.let_go.clear()
    async with study.open() as desk:
        await open_length(desk)
        await desk.press("enter")
        await desk.wait_for("Bars so far")
        assert "█████░" in desk.text
        assert "1/4  first of four" in desk.text
        await desk.press("l", "n", "enter", "p", "w")
        await desk.press("f1")
        await desk.wait_for("Keys of this screen")
        await desk.press("escape")
        await desk.press("escape")
        await said(desk, "The run was stopped.")
        await desk.wait_for("> question")
        assert len(bench.tasks) == 1
        bench.let_go.set()
        await run_once(desk, "20")
        assert "the run before" not in desk.text


async def test_a_run_that_cannot_be_made_says_why(study, bench) -> None:
    bench.fault = "The model attention is damaged."
    async with study.open() as desk:
        await open_length(desk)
        await desk.press("enter")
        await desk.wait_for("The model attention is damaged.")
        assert desk.app.screen.state == "form"


async def test_leaving_the_screen_during_a_run_stops_it(study, bench) -> None:
    bench.let_go.clear()
    async with study.open() as desk:
        await open_length(desk)
        await desk.press("enter")
        await desk.wait_for("Bars so far")
        await desk.press("escape", "escape")
        await desk.wait_for("E1 · length")
        bench.let_go.set()
        await desk.settle()
        assert isinstance(desk.app.screen, LabScreen)


async def test_two_runs_stand_side_by_side_where_there_is_room(study, bench) -> None:
    async with study.open(size=(120, 40)) as desk:
        await open_length(desk)
        await run_once(desk, "10")
        assert "side by side" not in desk.text
        await desk.press("n")
        await desk.wait_for("found 20")
        heading = next(row for row in desk.lines if "this run" in row)
        assert "the run before" in heading
        found = next(row for row in desk.lines if "found 20" in row)
        assert "found 10" in found
        await desk.press("b")
        await desk.wait_for(lambda: "found 10" not in desk.text, "one run")
        await desk.click("side by side")
        await desk.wait_for("found 10")


async def test_two_runs_are_shown_in_turn_on_a_small_screen(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        await run_once(desk, "10")
        await desk.press("escape", "up", "right")
        await run_once(desk, "20")
        assert "found 10" not in desk.text
        assert "this run" in desk.text
        await desk.press("b")
        await desk.wait_for("found 10")
        assert "the run before: drop · lengths 8–18" in desk.text
        await desk.pilot.resize_terminal(120, 40)
        await desk.wait_for("this run")


async def test_the_last_run_is_kept_for_the_next_visit(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        await run_once(desk, "10")
        await desk.press("escape", "escape", "escape")
        await desk.wait_for("StudyBuddy · Today")
        await open_length(desk)
        await run_once(desk, "20")
        await desk.press("b")
        await desk.wait_for("found 10")


async def test_a_prediction_may_come_first_and_writes_nothing(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        before = stored(study)
        await desk.press("p")
        await desk.wait_for("Your prediction")
        await desk.type("abc")
        await desk.press("enter")
        await said(desk, "A number from 0 to 100")
        desk.app.screen.focused.value = ""
        await desk.type("11")
        await desk.press("enter")
        await desk.wait_for("found 10")
        assert "✓" in desk.text
        assert "you said 11" in desk.text
        assert stored(study) == before
        await desk.press("enter")
        await desk.press("p")
        await desk.wait_for("Your prediction")
        await desk.press("escape")
        await desk.wait_for("> question")


async def test_weights_are_read_with_a_cursor(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        await run_once(desk, "10")
        await desk.press("tab")
        await desk.wait_for(lambda: isinstance(desk.app.screen.focused, HeatmapView), "the cursor")
        await desk.press("down", "right")
        await desk.wait_for("0.800")
        await desk.press("escape")
        await desk.wait_for(lambda: desk.app.screen.focused is None, "out of the figure")
        assert desk.app.screen.state == "shown"
        await desk.press("escape")
        await desk.wait_for(lambda: isinstance(desk.app.screen.focused, FormView), "the form")


async def test_an_own_sentence_names_unknown_words(study, monkeypatch, bench) -> None:
    heard = []

    def run_own(name, text, task, _progress, _cancelled):
        assert (name, task) == ("translate", None)
        heard.append(text)
        return Result("translate", "own", 0, 4, 1, summary="译文", data={"source": ["the", "cat"]})

    monkeypatch.setattr("studybuddy.lab.run.run_own", run_own)
    async with study.open() as desk:
        await desk.press("x")
        await desk.wait_for("own sentence")
        await desk.press("o")
        await desk.wait_for("Which sentence")
        await desk.type("The wemon slept")
        await desk.press("enter")
        await said(desk, "wemon (near: women")
        desk.app.screen.focused.value = "The woman slept"
        await desk.press("enter")
        await desk.wait_for("译文")
        assert heard == ["The woman slept"]
        assert isinstance(desk.app.screen, TrialScreen)
        assert "your sentence: The woman slept" in desk.text
        await desk.press("enter")
        await desk.wait_for("Which sentence")
        await desk.press("escape", "escape")
        await desk.wait_for("E1 · length")


async def test_the_form_changes_its_language(study, bench) -> None:
    async with study.open() as desk:
        await open_length(desk)
        await desk.press("down", "9", "l")
        await said(desk, "从 9 个词到 18 个词")
        await desk.press("l")
        await said(desk, "From 9 to 18 words")


async def test_the_palette_opens_the_laboratory(study) -> None:
    async with study.open() as desk:
        await desk.press("ctrl+p")
        await desk.wait_for("Search for a command")
        await desk.type("laboratory")
        await desk.settle()
        await desk.press("enter")
        await desk.wait_for("E1 · length")


async def test_the_list_is_worked_by_mouse(study) -> None:
    async with study.open() as desk:
        await desk.click("laboratory")
        await desk.wait_for("E1 · length")
        await desk.click("translate")
        await desk.wait_for("E3 · translate")
        await desk.click("E3  translate", times=2)
        await desk.wait_for(lambda: isinstance(desk.app.screen, TrialScreen), "the form")
        assert desk.app.screen.experiment.name == "translate"
        await desk.click("back")
        await desk.wait_for("E3 · translate")
