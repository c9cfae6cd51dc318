"""The decoder word by word on the screen: steps, networks, sentences."""

from __future__ import annotations

import pytest

from studybuddy.app.panels.walk import DecodingView
from studybuddy.app.screens.lab import LabScreen
from studybuddy.catalogue.figures import DecoderStep, Decoding
from studybuddy.errors import StudyBuddyError
from studybuddy.lab import stepping
from studybuddy.lab.walks import drawn_sentence, walkable


@pytest.fixture
def walked(monkeypatch):
    """What was decoded: each source word is written as it is, with its number."""
    asked = []

    def decode_steps(model, source):
        asked.append((model, tuple(source)))
        size = len(source)
        steps = tuple(
            DecoderStep(
                f"w{at}",
                f"w{at - 1}",
                (0.5, -0.5),
                tuple(float(at == i) for i in range(size)),
                tuple(float(at == i) for i in range(size)),
                (0.1, 0.2),
                ((f"w{at}", 0.75), ("other", 0.25)),
            )
            for at in range(size)
        )
        return Decoding(f"{model} walks", tuple(source), steps)

    monkeypatch.setattr(stepping, "decode_steps", decode_steps)
    return asked


async def open_walk(desk) -> None:
    """From Today to the decoder's steps."""
    await desk.press("x", "w")
    await desk.wait_for("Step 1 of")


async def test_the_steps_are_walked_by_keys_and_by_mouse(study, walked) -> None:
    async with study.open() as desk:
        await open_walk(desk)
        source = drawn_sentence(1)
        assert walked == [("attention", source)]
        assert " ".join(source) in desk.text
        await desk.press("right", "right")
        await desk.wait_for(f"Step 3 of {len(source)}")
        await desk.press("end")
        await desk.wait_for(f"Step {len(source)} of")
        await desk.press("left", "home", " ")
        await desk.wait_for("Step 2 of")
        await desk.click("←→ step", last=True)
        await desk.wait_for("Step 3 of")
        await desk.press("pagedown")
        await desk.wait_for("0.750")


async def test_another_network_stands_at_the_same_step(study, walked) -> None:
    async with study.open() as desk:
        await open_walk(desk)
        await desk.press("right", "m")
        await desk.wait_for("bahdanau walks")
        assert "Step 2 of" in desk.text
        assert f"(2/{len(walkable())})" in desk.text
        await desk.press("M", "M")
        await desk.wait_for(f"{walkable()[-1]} walks")
        assert len({source for _model, source in walked}) == 1


async def test_another_sentence_and_ones_own(study, walked) -> None:
    async with study.open() as desk:
        await open_walk(desk)
        await desk.press("right", "n")
        await desk.wait_for(" ".join(drawn_sentence(2)))
        await desk.wait_for("Step 1 of")
        await desk.press("o")
        await desk.wait_for("Which sentence")
        await desk.type("The woman slept")
        await desk.press("enter")
        await desk.wait_for("the woman slept .")
        assert walked[-1][1] == ("the", "woman", "slept", ".")
        await desk.wait_for(lambda: isinstance(desk.app.screen.focused, DecodingView), "the view")
        await desk.press("escape")
        await desk.wait_for(lambda: isinstance(desk.app.screen, LabScreen), "the list")


async def test_what_goes_wrong_is_said(study, monkeypatch) -> None:
    def missing(model, _source):
        raise StudyBuddyError(f"no model {model}")

    monkeypatch.setattr(stepping, "decode_steps", missing)
    async with study.open() as desk:
        await desk.press("x", "w")
        await desk.wait_for("no model attention")
        await desk.press("m")
        await desk.wait_for("no model bahdanau")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_picture_of_a_step(study, walked, snapshot, language) -> None:
    async with study.open(language=language) as desk:
        await desk.press("x", "w")
        await desk.wait_for(lambda: desk.app.screen.query(DecodingView), "the step")
        await desk.press("right")
        await desk.settle()
        snapshot(desk, f"walk-{language}")
