"""A live run on the screen: sealed before it starts, shown while it runs, stopped and run again."""

from __future__ import annotations

import threading
import time

import pytest

from studybuddy import lab
from studybuddy.app.panels.run import RunView
from studybuddy.lab.run import run

LENGTH = """
### How far does the network with one fixed C fall? {#length}

```experiment
run = "length"
ask = "drop"
lengths = [4, 16]
count = 60
```
"""


@pytest.fixture
def sweep(study):
    """The same home, with a sweep over the lengths in place of the single sentence."""
    for language in ("en", "zh"):
        file = study.home / "decks" / "mini" / language / "kinds.md"
        file.write_text(file.read_text(encoding="utf-8") + LENGTH, encoding="utf-8")
    return study


async def predict(desk, number: str) -> None:
    """Type a prediction and seal it at 90 %."""
    await desk.type(number)
    await desk.press("enter")
    await desk.wait_for("70 % sure")
    await desk.press("3")


async def test_a_prediction_is_sealed_with_its_confidence_before_the_run(study) -> None:
    async with study.open("experiment") as desk:
        await desk.card("experiment")
        await desk.type("many")
        await desk.press("enter")
        await desk.wait_for("A number from 1 to")
        desk.app.screen.focused.value = ""
        await predict(desk, "7")
        await desk.wait_for(lambda: desk.rows("experiment") == [("attempt", None)], "the seal")
        (row,) = desk.app.store_now().rows_of("mini/experiment")
        assert row.confidence == 90
        assert row.extra["answer"] == {"form": "predicted", "value": 7}
        await desk.wait_for("asked again tomorrow")
        assert "Enter go on" in desk.text
        await desk.click("go on")
        await desk.wait_for("Done for now.")
        assert desk.rows("experiment") == [("attempt", None), ("review", None)]


async def test_a_prediction_is_made_by_mouse(study) -> None:
    async with study.open("experiment") as desk:
        await desk.type("7")
        await desk.click("hand in")
        await desk.wait_for("99 % sure")
        await desk.click("99 % sure")
        await desk.click("hand in")
        await desk.wait_for("asked again tomorrow")
        (row,) = desk.app.store_now().rows_of("mini/experiment")
        assert row.confidence == 99


async def test_a_stopped_run_keeps_the_seal_runs_again_and_shows_its_figure(
    sweep, monkeypatch
) -> None:
    let_go = threading.Event()

    def held(task, progress, cancelled):
        """The real run, which stands still after each step until it is let go or stopped."""

        def report(step):
            progress(step)
            while not let_go.is_set() and not cancelled():
                time.sleep(0.01)

        return run(task, report, cancelled)

    monkeypatch.setattr("studybuddy.app.panels.run.run", held)
    async with sweep.open("experiment", size=(100, 40)) as desk:
        await desk.card("experiment")
        await desk.press("escape", "s")
        await desk.card("length")
        await predict(desk, "40")
        view = desk.app.screen.query_one(RunView)
        await desk.wait_for(lambda: view.live and "░" in desk.text, "the bar of the run")
        assert desk.rows("length") == [("attempt", None)]
        await desk.press("u", "h", "enter")
        assert view.live
        await desk.press("escape")
        await desk.wait_for("Your prediction stays sealed")
        assert not view.live
        assert desk.rows("length") == [("attempt", None)]
        let_go.set()
        await desk.press("enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        assert desk.rows("length") == [("attempt", None)]
        await desk.wait_for("from 4 to 16 words")
        shown = desk.text
        for _ in range(4):
            await desk.press("pagedown")
            shown += desk.text
        assert "Exact translations by sentence length" in shown
        assert "60" in shown


async def test_a_sealed_prediction_waits_for_the_next_sitting(study) -> None:
    async with study.open("experiment") as desk:
        await desk.type("7")
        await desk.press("enter")
        await desk.wait_for("70 % sure")
        desk.app.screen.query_one(RunView).start = lambda _task: None
        await desk.press("enter")
        await desk.wait_for(lambda: desk.stage == "running", "the run's stage")
    async with study.open() as desk:
        await desk.wait_for("An answer of yours is saved and waits for its grade.")
        await desk.press("enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        assert desk.session.current.front.card.id == "mini/experiment"
        assert desk.session.current.answer.value == 7


async def test_a_sealed_prediction_may_be_left_for_later(study) -> None:
    async with study.open("experiment", "recall") as desk:
        await desk.press("enter")
        await desk.graded()
        await desk.card("experiment")
        view = desk.app.screen.query_one(RunView)
        view.start = lambda _task: None
        await desk.type("7")
        await desk.press("enter")
        await desk.wait_for("70 % sure")
        await desk.press("enter")
        await desk.wait_for(lambda: desk.stage == "running", "the run's stage")
        await desk.press("escape")
        await desk.wait_for("Done for now.")
        assert desk.rows("experiment") == [("attempt", None)]


async def test_without_torch_the_rest_of_the_sitting_goes_on(study, monkeypatch) -> None:
    monkeypatch.setattr(lab, "available", lambda: False)
    async with study.open("recall", "experiment") as desk:
        await desk.card("recall")
        await desk.press("enter")
        await desk.graded()
        await desk.wait_for("Done for now.")
        assert "mini/experiment is a live run and needs torch" in desk.text.replace("\n  ", " ")


async def test_a_run_that_cannot_be_made_says_so_in_words(study, monkeypatch) -> None:
    from studybuddy.app.panels import run as panel
    from studybuddy.errors import StudyBuddyError

    def broken(*_: object) -> None:
        raise StudyBuddyError("The model fixed-c32 is damaged.")

    monkeypatch.setattr(panel, "run", broken)
    async with study.open("experiment") as desk:
        await predict(desk, "7")
        await desk.wait_for("The model fixed-c32 is damaged.")
        await desk.wait_for("Enter run again")
        assert desk.rows("experiment") == [("attempt", None)]
