"""Predicting a place, an order and a curve; the figures of a run while it goes on and afterwards."""

from __future__ import annotations

import threading
import time

import pytest

from studybuddy.app.panels.cells import HeatmapView
from studybuddy.app.panels.grades import GradeBar
from studybuddy.app.panels.order import OrderList
from studybuddy.app.panels.position import WordPicker
from studybuddy.app.panels.run import RunView
from studybuddy.app.panels.sketch import SketchPanel
from studybuddy.app.panels.walk import DecodingView
from studybuddy.catalogue.figures import Curve, DecoderStep, Decoding, Heatmap, Series
from studybuddy.catalogue.predictions import (
    PositionQuestion,
    Progress,
    RankingQuestion,
    Result,
    SketchQuestion,
    Task,
)

WORDS = "the small cat of my old friend sleeps on the mat beside the big warm stove in our house ."
SENTENCE = PositionQuestion(tuple(WORDS.split()))
HAN = PositionQuestion(("那", "只", "小", "猫", "在", "图书馆", "睡觉", "。"))
RANKING = RankingQuestion(("RNN", "GRU", "LSTM"))
SKETCH = SketchQuestion(("4", "8", "12", "16"), 0, 100, 10, "%")
HEAT = Heatmap(
    "Weights",
    ("我", "读", "书"),
    ("I", "read", "books"),
    ((0.8, 0.1, 0.1), (0.02, 0.3, 0.68), (0.0, 0.4, 0.6)),
    frozenset({(0, 0), (1, 1), (2, 2)}),
    marked=1,
)
STEP = DecoderStep("猫", "只", (0.5,), (2.0, 1.0), (0.731, 0.269), (1.0,), (("猫", 0.9),))
WALK = Decoding("walk", ("cat", "the"), (STEP, STEP, STEP))


@pytest.fixture
def asking(study, monkeypatch):
    """A home whose live run asks this question, finds this and shows these figures."""

    def ask(question, found, figures=(), run=None):
        def prepare(run, ask, parameters, seed, language):
            return Task(run, ask, seed, language, "What will come?", question, {})

        def at_once(task, report, cancelled):
            return Result(task.run, task.ask, task.seed, found, 200, figures=figures)

        monkeypatch.setattr("studybuddy.study.present.prepare", prepare)
        monkeypatch.setattr("studybuddy.app.panels.run.run", run or at_once)
        return study

    return ask


def sealed(desk):
    """What the attempt's row keeps."""
    (row, *_) = desk.app.store_now().rows_of("mini/experiment")
    return row.extra["answer"]["value"], row.confidence


async def to_the_verdict(desk, *confidence: str) -> None:
    await desk.wait_for("70 % sure")
    await desk.press(*(confidence or ("enter",)))
    await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
    await desk.wait_for(lambda: desk.app.screen.query(GradeBar), "the verdict's panel")
    await desk.settle()


# ── a place ──────────────────────────────────────────────────────────────────


async def test_a_place_is_chosen_by_arrows(asking) -> None:
    async with asking(SENTENCE, 2).open("experiment") as desk:
        await desk.wait_for("[the]")
        await desk.press("right", "right", "right", "left")
        assert "[cat]" in desk.text
        assert "word 3 of 20: cat" in desk.text
        await desk.press("end")
        assert "[.]" in desk.text
        await desk.press("up")
        row = next(row for row in desk.lines if "[" in row)
        assert "cat" in row
        await desk.press("home", "tab", "tab", "enter")
        await to_the_verdict(desk, "4")
        assert sealed(desk) == (2, 99)
        assert "Your prediction holds" in desk.text
        assert "“cat” (word 3)" in desk.text


async def test_up_and_down_find_the_nearest_word(asking) -> None:
    async with asking(SENTENCE, 2).open("experiment", size=(44, 24)) as desk:
        await desk.wait_for("[the]")
        picker = desk.app.screen.query_one(WordPicker)
        await desk.press("right", "right", "right", "down")
        before = picker.cursor
        assert before > 3
        await desk.press("up")
        assert picker.cursor == 3
        await desk.press("up")
        assert picker.cursor == 3


async def test_a_place_is_chosen_by_mouse(asking) -> None:
    async with asking(HAN, 3).open("experiment", language="zh") as desk:
        await desk.wait_for("[那]")
        await desk.click("图书馆")
        assert "[图书馆]" in desk.text
        await desk.click("猫", times=2)
        await desk.wait_for("70 %")
        assert desk.session.current.stage.value == "front"
        await desk.press("enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        assert sealed(desk) == (3, 70)


# ── an order ─────────────────────────────────────────────────────────────────


async def test_an_order_is_carried(asking) -> None:
    async with asking(RANKING, (2, 1, 0)).open("experiment") as desk:
        await desk.wait_for("LSTM")
        assert isinstance(desk.app.focused, OrderList)
        await desk.press("down", "down", "right", "up", "up", "right", "enter")
        await to_the_verdict(desk)
        assert sealed(desk) == ([2, 0, 1], 70)
        assert "2 of 3 right" in desk.text
        assert "“GRU” comes before “RNN” in the run." in desk.text


# ── a curve ──────────────────────────────────────────────────────────────────


async def test_a_curve_grows_under_arrows_and_digits(asking) -> None:
    async with asking(SKETCH, (90, 60, 30, 0)).open("experiment") as desk:
        await desk.wait_for("4: 50 %")
        assert "3 points are missing" in desk.text
        await desk.press("pageup", "pageup", "down")
        assert "4: 85 %" in desk.text
        await desk.press("right", "6", "2", ".", "5")
        assert "8: 62.5_ %" in desk.text
        await desk.press("right")
        assert "12: 62.5 %" in desk.text
        await desk.press("3", "0", "backspace", "backspace", "4", "0")
        await desk.press("enter")  # one point is missing: the cursor goes there
        await desk.wait_for("16: 40 %")
        await desk.press("pagedown", "pagedown", "pagedown")
        assert "16: 0 %" in desk.text
        assert "missing" not in desk.text
        await desk.press("enter")
        await to_the_verdict(desk)
        assert sealed(desk) == ([85, 62.5, 40, 0], 70)
        assert "Your sketch and the run" in desk.text.replace("\n  ", " ") or (
            desk.session.current.verdict.score == 1000
        )


async def test_full_width_digits_of_an_input_method_count(asking) -> None:
    async with asking(SKETCH, (90, 60, 30, 0)).open("experiment", language="zh") as desk:
        await desk.wait_for("4: 50 %")
        await desk.press("８", "２", "。", "５")
        assert desk.app.screen.query_one(SketchPanel).points[0] == 82.5


async def test_a_number_off_the_scale_leaves_the_point_where_it_is(asking) -> None:
    async with asking(SKETCH, (90, 60, 30, 0)).open("experiment") as desk:
        await desk.wait_for("4: 50 %")
        await desk.press("9", "0", "0")
        assert desk.app.screen.query_one(SketchPanel).points[0] == 90
        await desk.press("up", "up", "up")
        assert desk.app.screen.query_one(SketchPanel).points[0] == 100


async def test_a_click_sets_the_point_of_its_column(asking) -> None:
    async with asking(SKETCH, (90, 60, 30, 0)).open("experiment") as desk:
        await desk.wait_for("4: 50 %")
        panel = desk.app.screen.query_one(SketchPanel)
        left, top = panel.content_region.offset
        await desk.pilot.click(offset=(left + 6 + 3 * 12 + 6, top))
        await desk.settle()
        assert panel.points == [50, None, None, 100]
        assert panel.cursor == 3
        await desk.click("hand in")
        assert panel.cursor == 1


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_sheet_is_seen_whole(asking, size, language) -> None:
    many = SketchQuestion(tuple(str(2 * n) for n in range(2, 14)), -16, 2, 1)
    async with asking(many, (0,) * 12).open("experiment", size=size, language=language) as desk:
        await desk.wait_for("4: -7")
        panel = desk.app.screen.query_one(SketchPanel)
        assert panel.parent is not None
        assert panel.size.height <= desk.app.screen.query_one("#panel").size.height
        for label in many.x:
            assert label in desk.text


async def test_a_language_changed_keeps_the_curve(asking) -> None:
    async with asking(SKETCH, (90, 60, 30, 0)).open("experiment") as desk:
        await desk.wait_for("4: 50 %")
        await desk.press("8", "0", "right", "f2")
        panel = desk.app.screen.query_one(SketchPanel)
        assert (panel.points, panel.cursor) == ([80, 80, None, None], 1)


# ── figures ──────────────────────────────────────────────────────────────────


async def test_the_cells_of_a_heatmap_are_read(asking) -> None:
    async with asking(SENTENCE, 0, (HEAT,)).open("experiment", size=(80, 40)) as desk:
        await desk.wait_for("[the]")
        await desk.press("enter")
        await to_the_verdict(desk)
        assert "Tab or a click, then the arrows" in desk.text
        await desk.press("tab")
        view = desk.app.screen.query_one(HeatmapView)
        await desk.wait_for(lambda: view.has_focus, "the heatmap's focus")
        await desk.settle()
        assert "> 读 · books · 0.680 · no gold link" in desk.text
        await desk.press("left")
        assert "> 读 · read · 0.300 · gold link" in desk.text
        await desk.press("up", "up", "home")
        assert "> 我 · I · 0.800 · gold link" in desk.text
        await desk.click("░░")
        assert view.cursor == (0, 1)
        await desk.press("enter")  # back to the grade bar
        await desk.settle()
        assert not view.has_focus
        await desk.press("enter")
        await desk.wait_for("Done for now.")


async def test_a_decoder_is_walked(asking) -> None:
    async with asking(SENTENCE, 0, (WALK,)).open("experiment", size=(80, 60)) as desk:
        await desk.wait_for("[the]")
        await desk.press("enter")
        await to_the_verdict(desk)
        view = desk.app.screen.query_one(DecodingView)
        await desk.press("tab")
        await desk.wait_for(lambda: view.has_focus, "the walk's focus")
        assert "Step 1 of 3" in desk.text
        await desk.press("right")
        assert "Step 2 of 3" in desk.text
        await desk.press("end", "right")
        assert "Step 3 of 3" in desk.text
        await desk.press("home", "left")
        assert "Step 1 of 3" in desk.text
        await desk.click("softmax:")
        await desk.wait_for("Step 1 of 3")


async def test_figures_grow_while_the_run_goes_on(asking, monkeypatch) -> None:
    let_go = threading.Event()
    painted: list[int] = []

    def run(task, report, cancelled):
        steps = 0
        while not let_go.is_set():
            steps += 1
            y = tuple(0.1 * n for n in range(1 + min(steps // 20, 5)))
            line = Curve("so far", "steps", "", tuple("123456"), (Series("loss", y),))
            report(Progress(min(steps, 99), 100, "training", (line,)))
            time.sleep(0.002)
        return Result(task.run, task.ask, task.seed, 0, 200)

    show = RunView.say
    monkeypatch.setattr(RunView, "say", lambda self, note: (painted.append(1), show(self, note)))
    async with asking(SENTENCE, 0, run=run).open("experiment", size=(80, 40)) as desk:
        await desk.wait_for("[the]")
        await desk.press("enter")
        await desk.wait_for("70 % sure")
        await desk.press("enter")
        await desk.wait_for("so far")
        begun, before = time.monotonic(), len(painted)
        await desk.wait_for(lambda: desk.text.count("o") > 8 and "99/100" in desk.text, "growth")
        assert len(painted) - before <= 12 * (time.monotonic() - begun) + 3
        assert "training" in desk.text
        let_go.set()
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        await desk.settle()
        assert "so far" not in desk.text
