"""Words of the learner's own in the laboratory: an output scored against a reference, a sentence of E5."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from studybuddy.app.screens.ask import AskScreen
from studybuddy.app.screens.lab import LabScreen
from studybuddy.app.screens.trial import TrialScreen
from studybuddy.catalogue.experiments import EXPERIMENTS
from studybuddy.catalogue.predictions import Result


def squeezed(desk) -> str:
    """The screen's words, over however many rows they are wrapped."""
    return " ".join(desk.text.replace("│", " ").split())


async def open_form(desk, name: str) -> TrialScreen:
    """The form of an experiment, with its question drawn."""
    await desk.press("x")
    await desk.wait_for(lambda: isinstance(desk.app.screen, LabScreen), "the list")
    screen = TrialScreen(name)
    desk.app.push_screen(screen)
    await desk.wait_for(lambda: screen.chooser.asked, f"the question of {name}")
    await desk.settle()
    return screen


async def asked(desk) -> Input:
    """The field of the question that is asked."""
    await desk.wait_for(lambda: isinstance(desk.app.screen, AskScreen), "the question")
    await desk.settle()
    return desk.app.screen.query_one(Input)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_an_own_output_is_scored_against_the_reference(study, language, size) -> None:
    async with study.open(language=language, size=size) as desk:
        screen = await open_form(desk, "bleu")
        assert ("own output" if language == "en" else "自拟译文") in desk.text
        task = screen.chooser.asked
        await desk.press("o")
        field = await asked(desk)
        assert field.value == " ".join(task.parameters["outputs"][0])
        assert {cell_len(row) for row in desk.lines} == {size[0]}
        assert "".join(task.parameters["reference"]) in desk.text.replace(" ", "").replace(
            "│", ""
        ).replace("\n", "")
        await desk.press("backspace")
        assert len(field.value) == len(" ".join(task.parameters["outputs"][0])) - 1
        field.value = ""
        await desk.press("enter")
        await desk.wait_for("from 1 to 60" if language == "en" else "须有 1 到 60 个")
        assert ("Reference:" if language == "en" else "参考译文：") in desk.text
        field.value = "".join(task.parameters["reference"][:-1])
        await desk.press("enter")
        await desk.wait_for(lambda: screen.state == "shown", "the result")
        await desk.settle()
        run = screen.results.in_sight
        assert run.result.data["reference"] == list(task.parameters["reference"])
        assert 0 < run.result.answer < 100
        assert ("your output" if language == "en" else "你的译文") in desk.text
        assert {cell_len(row) for row in desk.lines} == {size[0]}


async def test_an_own_output_is_edited_further_and_given_up(study) -> None:
    async with study.open() as desk:
        screen = await open_form(desk, "bleu")
        await desk.click("own output")
        field = await asked(desk)
        field.value = "猫 睡觉"
        await desk.press("enter")
        await desk.wait_for("BLEU 0.0")
        await desk.wait_for(lambda: screen.state == "shown", "the result")
        await desk.press("f8")
        assert (await asked(desk)).value == "猫 睡觉"
        await desk.press("escape")
        await desk.wait_for(lambda: desk.app.screen is screen, "the result again")
        assert screen.state == "shown"
        await desk.press("n")
        await desk.wait_for(lambda: screen.results.compared, "the next seed beside it")
        await desk.wait_for(lambda: screen.state == "shown", "its result")
        await desk.press("o")
        field = await asked(desk)
        assert field.value == " ".join(screen.chooser.asked.parameters["outputs"][0])
        await desk.press("escape", "enter")
        await desk.wait_for("> question")


async def test_a_corpus_has_no_reference_for_an_own_output(study) -> None:
    async with study.open() as desk:
        screen = await open_form(desk, "bleu")
        await desk.press("left")
        await desk.wait_for(
            lambda: screen.chooser.asked and screen.chooser.asked.ask == "corpus", "corpus"
        )
        await desk.settle()
        assert "own output" not in desk.text
        await desk.press("o")
        await desk.settle()
        assert desk.app.screen is screen


async def test_the_list_offers_what_the_line_takes(study) -> None:
    async with study.open() as desk:
        await desk.press("x")
        await desk.wait_for("E1 · length")
        assert "own sentence" in desk.text
        entries = desk.app.screen._list.entries
        down = next(i for i, each in enumerate(entries) if each.code == "E16")
        await desk.press(*["down"] * down)
        await desk.wait_for("E16 · bleu")
        assert "own output" in desk.text
        await desk.press("o")
        await asked(desk)
        assert "Which output should be scored?" in desk.text
        await desk.press("escape")
        await desk.wait_for(lambda: isinstance(desk.app.screen, TrialScreen), "the form")
        await desk.press("escape")
        await desk.wait_for("E16 · bleu")


async def test_gradients_are_run_on_an_own_sentence_with_the_forms_cells(
    study, monkeypatch
) -> None:
    heard = []

    def run_own(name, text, task, _progress, _cancelled):
        heard.append((name, text, task.ask, task.parameters["state"], task.seed))
        return Result(name, "own", 1, 4, 6, summary="a slope", data={"source": text.split()})

    monkeypatch.setattr("studybuddy.lab.run.run_own", run_own)
    async with study.open() as desk:
        screen = await open_form(desk, "gradients")
        await desk.press("down", "right")
        await desk.wait_for(
            lambda: screen.chooser.asked and screen.chooser.asked.parameters["state"] == "open",
            "open cells",
        )
        await desk.press("o")
        field = await asked(desk)
        field.value = "the wemon slept"
        await desk.press("enter")
        await desk.wait_for(lambda: "wemon (near: women" in squeezed(desk), "the nearest words")
        field.value = "the woman slept"
        await desk.press("enter")
        await desk.wait_for("a slope")
        assert heard == [("gradients", "the woman slept", "order", "open", 1)]
        assert "your sentence: the woman slept · order · cells open" in squeezed(desk)
        await desk.press("n")
        await desk.wait_for(lambda: len(heard) == 2, "the next seed")
        await desk.wait_for(lambda: screen.state == "shown", "its result")
        assert heard[1] == ("gradients", "the woman slept", "order", "open", 2)
        await desk.press("enter")
        await desk.wait_for("> cells")


async def test_only_experiments_that_take_own_words_have_the_key(study) -> None:
    async with study.open() as desk:
        for name, experiment in EXPERIMENTS.items():
            screen = await open_form(desk, name)
            shown = "screen.own" in {hint.action for hint in screen.hints()}
            assert shown == (experiment.own is not None), name
            await desk.press("escape", "escape")
            await desk.wait_for("StudyBuddy · Today")
