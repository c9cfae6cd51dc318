"""Every kind of card, answered by keys and answered by mouse, up to a committed grade."""

from __future__ import annotations

import pytest

from studybuddy.app.panels.order import OrderList
from studybuddy.app.screens.review import ReviewScreen


async def put_in_order(desk, carry) -> None:
    """Carry steps until they read 0, 1, 2; `carry` moves the step at one place to another."""
    shuffled = desk.session.current.front.shuffled
    order = desk.app.screen.query_one(OrderList)
    for wanted in range(3):
        at = next(i for i, item in enumerate(order.sequence) if shuffled[item] == wanted)
        if at != wanted:
            await carry(at, wanted)
    assert [shuffled[item] for item in order.sequence] == [0, 1, 2]


async def by_keys(desk, kind: str) -> None:
    """Give the right answer by keys, up to the verdict."""
    match kind:
        case "recall":
            await desk.press("enter")
        case "choice":
            await desk.press(*["down"] * desk.session.current.front.shuffled.index(0), "enter")
        case "several":
            for index, option in enumerate(desk.session.current.front.shuffled):
                await desk.press(*(["right"] if option in (0, 1) else []))
                await desk.press(*(["down"] if index < 2 else ["enter"]))
        case "cloze":
            await desk.type("encoder")
            await desk.press("enter")
            await desk.type("解码器")
            await desk.press("enter")
        case "order":

            async def carry(at: int, to: int) -> None:
                cursor = desk.app.screen.query_one(OrderList).cursor
                way = ["down"] * (at - cursor) if at > cursor else ["up"] * (cursor - at)
                await desk.press(*way, "right", *["up"] * (at - to), "right")

            await put_in_order(desk, carry)
            await desk.press("enter")
        case "short":
            await desk.type("all states")
            await desk.press("enter")
            await desk.wait_for("A full answer")
            await desk.press("right", "down", "right", "enter")
        case "compute":
            await desk.type(str(0.9**50))
            await desk.press("enter")
        case "diagram":
            await desk.type("x1..2>enc>c>dec")
            await desk.press("enter")
        case "compose":
            await desk.type("enc>c>dec")
            await desk.press("enter")
            await desk.wait_for("Explain it, in a line")
            await desk.type("reads, then writes")
            await desk.press("enter")
            await desk.wait_for("You wrote")
            await desk.press("right", "down", "right", "enter")


async def by_mouse(desk, kind: str) -> None:
    """The same by mouse; into a field one can only type."""
    match kind:
        case "recall":
            await desk.click("show the answer")
        case "choice":
            await desk.click("Y1, the first word written")
            await desk.click("hand in")
        case "several":
            await desk.click("y1")
            await desk.click("s1")
            await desk.click("hand in")
        case "cloze":
            await desk.type("encoder")
            await desk.click("next")
            await desk.type("decoder")
            await desk.click("hand in")
        case "order":

            async def carry(at: int, to: int) -> None:
                await desk.click(f" {at + 1}. ")
                await desk.click(f" {to + 1}. ")

            await put_in_order(desk, carry)
            await desk.click("hand in")
        case "short":
            await desk.click("hand in")
            await desk.wait_for("A full answer")
            await desk.click("every state stays reachable", last=True)
            await desk.click("the path is short", last=True)
            await desk.click("done")
        case "compute":
            await desk.type(str(0.9**50))
            await desk.click("hand in")
        case "diagram":
            await desk.type("x1..2>enc>c>dec")
            await desk.click("hand in")
        case "compose":
            await desk.type("enc>c>dec")
            await desk.click("hand in")
            await desk.wait_for("Explain it, in a line")
            await desk.click("hand in")
            await desk.wait_for("[ ] 1.")
            await desk.click("the encoder reads", last=True)
            await desk.click("the decoder writes", last=True)
            await desk.click("done")


KINDS = {
    "recall": ("recall",),
    "choice": ("choice", "several"),
    "cloze": ("cloze",),
    "order": ("order",),
    "short": ("short",),
    "compute": ("compute",),
    "diagram": ("diagram",),
    "compose": ("compose",),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hand", ["keys", "mouse"])
async def test_a_right_answer_is_committed_then_graded(study, kind: str, hand: str) -> None:
    async with study.open(kind) as desk:
        for card in KINDS[kind]:
            await desk.card(card)
            await (by_keys if hand == "keys" else by_mouse)(desk, card)
            await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
            if kind != "recall":
                assert "✓ Right" in desk.text
                assert desk.rows(card) == [("attempt", None)]
            if hand == "keys":
                await desk.press("3")
            else:
                await desk.click("Good")
            await desk.wait_for(
                lambda card=card: ("review", 4) in desk.rows(card), "the grade's row"
            )
            expected = [("review", 4)] if kind == "recall" else [("attempt", None), ("review", 4)]
            assert desk.rows(card) == expected
        await desk.wait_for("Done for now.")
        assert f"{len(KINDS[kind])} answer" in desk.text
        if hand == "keys":
            await desk.press("enter")
        else:
            await desk.click("back to Today", last=True)
        await desk.wait_for(lambda: not isinstance(desk.app.screen, ReviewScreen), "Today")


async def test_a_wrong_answer_says_what_is_right_and_why(study) -> None:
    async with study.open("choice") as desk:
        await desk.card("choice")
        wrong = desk.session.current.front.shuffled.index(1)
        await desk.press(*["down"] * wrong, "enter")
        await desk.wait_for("✗ Not right")
        assert "Y1, the first word written" in desk.text
        assert "Again 1 day" in desk.text


async def test_a_second_click_on_the_same_option_hands_it_in(study) -> None:
    async with study.open("choice") as desk:
        await desk.card("choice")
        await desk.click("Y1, the first word written")
        assert desk.stage == "front"
        await desk.click("Y1, the first word written", times=2)
        await desk.wait_for("✓ Right")


async def test_several_options_are_handed_in_only_when_some_are_ticked(study) -> None:
    async with study.open("choice") as desk:
        await desk.card("choice")
        await desk.press("1")
        await desk.graded("3")
        await desk.card("several")
        await desk.press("enter")
        await desk.wait_for("This card needs an answer first.")
        assert desk.rows("several") == []
        await desk.press("１", "enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")


async def test_the_gap_being_typed_is_seen_in_the_sentence(study) -> None:
    async with study.open("cloze") as desk:
        await desk.card("cloze")
        assert "[1:____] reads and the [2:____] writes" in desk.text
        await desk.type("enco")
        await desk.wait_for("[1:enco] reads")
        await desk.press("down")
        await desk.wait_for("Gap 2 (2/2)")
        await desk.press("up")
        await desk.wait_for("Gap 1 (1/2)")
        assert "[1:enco] reads" in desk.text
