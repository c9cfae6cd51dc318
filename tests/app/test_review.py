"""A sitting on the screen: grades and their intervals, undo, hint, languages, flags, paper."""

from __future__ import annotations

import re

import pytest
from textual.widgets import Input

from studybuddy.app.panels.drawing import PaperPanel
from studybuddy.app.panels.grades import GradeBar
from studybuddy.app.panels.order import OrderList
from studybuddy.app.panels.pick import PickList
from studybuddy.app.screens.help import HelpScreen
from studybuddy.app.screens.review import ReviewScreen


async def test_each_grade_key_shows_the_interval_that_it_gives(study) -> None:
    study.reviewed(("recall", 4), days_ago=10)
    study.reviewed(("recall", 4), days_ago=9)
    async with study.open("recall") as desk:
        await desk.card("recall")
        await desk.press("enter")
        await desk.wait_for("Good")
        promised = {
            key: int(days)
            for key, days in re.findall(r"(\d) (?:Again|Hard|Good|Easy) (\d+) days?", desk.text)
        }
        assert set(promised) == {"1", "2", "3", "4"}
        for key in promised:
            await desk.press(key)
            await desk.wait_for(lambda: not desk.stage or desk.stage == "front", "the next card")
            memory = desk.app.reads_now().record("mini/recall").memory
            assert memory.due - desk.app.clock.day() == promised[key]
            await desk.press("u")
            await desk.card("recall")
            await desk.press("enter")
            await desk.wait_for("Good")


async def test_enter_gives_the_grade_that_is_suggested(study) -> None:
    async with study.open("choice") as desk:
        await desk.card("choice")
        wrong = desk.session.current.front.shuffled.index(1)
        await desk.press(*["down"] * wrong, "enter")
        await desk.wait_for("[ 1 Again")
        await desk.press("enter")
        await desk.card("several")
        assert desk.rows("choice") == [("attempt", None), ("review", 1)]


async def test_arrows_choose_another_grade(study) -> None:
    async with study.open("recall") as desk:
        await desk.press("enter")
        await desk.wait_for("[ 3 Good")
        await desk.press("left", "left", "right")
        await desk.wait_for("[ 2 Hard")
        await desk.press("enter")
        await desk.wait_for(lambda: desk.rows("recall") == [("review", 3)], "Hard")


async def test_a_card_not_known_comes_again_in_the_same_sitting(study) -> None:
    async with study.open("recall") as desk:
        await desk.press("enter", "1")
        await desk.card("recall")
        assert "again · 1 card left" in desk.text
        await desk.press("enter")
        await desk.wait_for("3 Good –")
        await desk.press("3")
        await desk.wait_for("Done for now.")
        assert desk.rows("recall") == [("review", 1), ("drill", 4)]


async def test_undo_brings_the_card_back_also_from_the_end_of_the_sitting(study) -> None:
    async with study.open("choice") as desk:
        for card in ("choice", "several"):
            await desk.card(card)
            await desk.press(*(["1"] if card == "choice" else ["1", "enter"]))
            await desk.graded("4")
        await desk.wait_for("Done for now.")
        await desk.press("f5")
        await desk.card("several")
        assert "1 card left" in desk.text
        await desk.press("u")
        await desk.card("choice")
        assert "2 cards left" in desk.text
        assert desk.app.reads_now().record("mini/choice").memory.last is None


async def test_the_memory_hook_is_shown_and_counted(study) -> None:
    async with study.open("recall") as desk:
        await desk.press("h")
        await desk.wait_for("Remember: one suitcase.")
        assert "A vector of fixed size" not in desk.text
        await desk.press("enter", "3")
        await desk.wait_for("Done for now.")
        (row,) = desk.app.store_now().rows_of("mini/recall")
        assert row.hints == 1


async def test_a_card_without_a_hook_says_so(study) -> None:
    async with study.open("order") as desk:
        await desk.press("f3")
        await desk.wait_for("This card has no memory hook.")


async def test_the_other_language_keeps_the_options_in_their_order(study) -> None:
    async with study.open("choice") as desk:
        await desk.card("choice")
        shuffled = desk.session.current.front.shuffled
        await desk.press("l")
        await desk.wait_for("哪一个是输出？")
        assert desk.session.current.front.shuffled == shuffled
        right = shuffled.index(0) + 1
        assert f"{right}. Y1，写出的第一个词" in desk.text
        await desk.press(str(right))
        await desk.wait_for("✓ ")
        await desk.press("f2")
        await desk.wait_for("Which one is an output?")
        assert desk.stage == "verdict"
        assert desk.rows("choice") == [("attempt", None)]
        await desk.press("3")
        await desk.card("several")
        assert "Which two belong" in desk.text


async def test_the_other_language_keeps_what_was_typed(study) -> None:
    async with study.open("cloze") as desk:
        await desk.type("encoder")
        await desk.press("f2")
        await desk.wait_for("填空")
        assert desk.app.screen.query_one(Input).value == "encoder"


async def test_the_other_language_keeps_ticks_and_the_order(study) -> None:
    async with study.open("choice", "order") as desk:
        await desk.card("choice")
        await desk.press("1")
        await desk.graded()
        await desk.card("several")
        await desk.press("1", "3", "l")
        await desk.wait_for("哪两个属于解码器")
        panel = desk.app.screen.query_one(PickList)
        assert (panel.picked, panel.cursor) == ({0, 2}, 2)
        await desk.press("enter")
        await desk.graded()
        await desk.card("order")
        await desk.press("J", "J")
        sequence = desk.app.screen.query_one(OrderList).sequence
        await desk.press("l")
        await desk.wait_for("Put them in order")
        assert desk.app.screen.query_one(OrderList).sequence == sequence != [0, 1, 2]


async def test_the_other_language_keeps_the_drawing(study) -> None:
    async with study.open("diagram") as desk:
        await desk.type("enc>c")
        await desk.press("f2")
        await desk.wait_for("画出基本模型")
        assert desk.app.screen.query_one(Input).value == "enc>c"
        assert "┤ c" in desk.text or "▶│ c" in desk.text


async def test_a_flag_stands_on_the_card_until_it_is_taken_away(study) -> None:
    async with study.open("recall") as desk:
        await desk.press("f")
        await desk.wait_for("flagged · 1 card left")
        await desk.press("f6")
        await desk.wait_for(lambda: "flagged" not in desk.text, "no flag")


@pytest.mark.parametrize(("key", "kind"), [("b", "bury"), ("s", "suspend")])
async def test_a_card_put_away_leaves_the_sitting_and_comes_back_by_undo(
    study, key: str, kind: str
) -> None:
    async with study.open("choice") as desk:
        await desk.card("choice")
        await desk.press(key)
        await desk.card("several")
        assert desk.rows("choice") == [(kind, None)]
        assert "u takes it back" in desk.text
        await desk.press("u")
        await desk.card("choice")


@pytest.mark.parametrize("key", ["?", "？", "f1"])
async def test_help_opens_and_closes_by_the_same_key(study, key: str) -> None:
    async with study.open("recall") as desk:
        await desk.press(key)
        await desk.wait_for("Keys of this screen")
        assert isinstance(desk.app.screen, HelpScreen)
        await desk.press(key)
        await desk.wait_for(lambda: isinstance(desk.app.screen, ReviewScreen), "the card")
        await desk.press("f1")
        await desk.wait_for("Keys of this screen")
        await desk.pilot.click(offset=(0, 0))
        await desk.wait_for(lambda: isinstance(desk.app.screen, ReviewScreen), "the card")


async def test_the_palette_finds_a_command_and_runs_it(study) -> None:
    async with study.open("recall") as desk:
        await desk.press("ctrl+p")
        await desk.wait_for("Edit the card")
        await desk.type("flag")
        await desk.wait_for(lambda: "Edit the card" not in desk.text, "the list narrows")
        await desk.press("enter")
        await desk.wait_for(lambda: desk.rows("recall") == [("flag", None)], "the flag")


async def test_full_width_keys_count_as_plain_ones(study) -> None:
    async with study.open("recall") as desk:
        await desk.press("\u3000")
        await desk.wait_for("Good")
        await desk.press("\uff14")
        await desk.wait_for("Done for now.")
        assert desk.rows("recall") == [("review", 5)]
        await desk.press("\uff55")
        await desk.card("recall")
        await desk.press("enter")
        await desk.wait_for("Good")
        desk.app.screen.set_focus(None)
        await desk.press("\uff11")
        await desk.wait_for(lambda: desk.rows("recall")[-1] == ("review", 1), "Again")


async def test_escape_leaves_the_field_before_the_screen(study) -> None:
    async with study.open("cloze") as desk:
        await desk.wait_for("leave the field")
        await desk.type("u")
        assert desk.app.screen.query_one(Input).value == "u"
        await desk.press("escape")
        await desk.wait_for(lambda: "leave the field" not in desk.text, "the field is left")
        await desk.press("f")
        await desk.wait_for("flagged")
        await desk.press("enter")
        await desk.wait_for("leave the field")
        assert desk.app.screen.query_one(Input).value == "u"
        await desk.press("escape", "escape")
        await desk.wait_for("StudyBuddy · Today")


async def test_the_full_scale_has_six_grades(study) -> None:
    study.reviewed(grade_scale="full")
    async with study.open("recall") as desk:
        await desk.press("enter")
        await desk.wait_for("0 Blank")
        for name in ("1 Again", "2 Nearly", "3 Hard", "4 Good", "5 Easy"):
            assert name in desk.text
        await desk.press("5")
        await desk.wait_for(lambda: desk.rows("recall") == [("review", 5)], "the grade 5")


async def test_all_six_grades_fit_on_a_small_screen_in_either_language(study) -> None:
    study.reviewed(("recall", 4), days_ago=200)
    study.reviewed(("recall", 4), days_ago=199)
    study.reviewed(("recall", 5), days_ago=190, grade_scale="full")
    for language in ("en", "zh"):
        async with study.open("recall", language=language) as desk:
            await desk.press("enter")
            await desk.graded("")
            region = desk.app.screen.query_one(GradeBar).region
            shown = " ".join(desk.lines[region.y : region.bottom])
            assert len(re.findall(r"[0-5] \S+ \d+ ?(?:days?|天)", shown)) == 6, shown
            await desk.click("5 ")
            await desk.wait_for(lambda desk=desk: desk.rows("recall")[-1][1] == 5, "the grade 5")
            await desk.press("u")
            await desk.card("recall")


async def test_the_light_theme_is_kept(study) -> None:
    async with study.open() as desk:
        await desk.press("ctrl+p")
        await desk.wait_for("Light or dark")
        await desk.type("light")
        await desk.press("enter")
        await desk.wait_for(lambda: desk.app.theme == "studybuddy-light", "the light theme")
        await desk.wait_for("StudyBuddy · Today")
    async with study.open() as desk:
        assert desk.app.theme == "studybuddy-light"
        assert not desk.app.current_theme.dark


async def test_the_drawing_grows_while_it_is_typed_and_a_fault_has_its_column(study) -> None:
    async with study.open("diagram") as desk:
        await desk.type("x1..2>enc")
        await desk.wait_for("2 arrows")
        assert "│ enc │" in desk.text
        await desk.type(">c")
        await desk.wait_for("3 arrows")
        await desk.type(">")
        await desk.press("enter")
        await desk.wait_for("✗ column")
        assert desk.stage == "front"
        assert desk.rows("diagram") == []
        await desk.type("dec")
        await desk.wait_for("4 arrows")
        await desk.press("enter")
        await desk.wait_for("✓ Right")


async def test_a_reversed_arrow_is_named(study) -> None:
    async with study.open("diagram") as desk:
        await desk.type("x1..2>enc>c;dec>c")
        await desk.press("enter")
        await desk.wait_for("⇄")
        assert "Partly right" in desk.text
        for _ in range(4):
            await desk.press("pagedown")
        assert "The reference" in desk.text


@pytest.mark.parametrize("kind", ["diagram", "compose"])
async def test_a_drawing_on_paper_is_timed_and_ticked(study, kind: str) -> None:
    async with study.open(kind) as desk:
        await desk.type("enc>c")
        await desk.press("f4")
        await desk.wait_for("Draw it on paper")
        assert "00:0" in desk.text
        desk.app.screen.query_one(PaperPanel)._begun -= 75_000
        await desk.wait_for("01:1")
        await desk.press("f4")
        await desk.wait_for("1 arrows")
        await desk.press("f4")
        await desk.wait_for("Draw it on paper")
        await desk.press("enter")
        if kind == "compose":
            await desk.wait_for("Explain it")
            await desk.press("enter")
        await desk.wait_for("[ ] 1.")
        lines = desk.session.ticks_wanted()
        assert "enc → c" in lines
        for number in range(1, len(lines) + 1):
            await desk.press(str(number))
        await desk.press("enter")
        await desk.wait_for("✓ Right")
        (row,) = desk.app.store_now().rows_of(f"mini/{kind}")
        assert row.extra["answer"]["form"] == "on_paper"


async def test_a_sitting_with_only_keys_that_an_input_method_leaves_alone(study) -> None:
    """Enter, arrows, Tab and F-keys; full-width digits; letters only in fields."""
    async with study.open("recall", "choice", "order", "short", language="zh") as desk:
        await desk.card("recall")
        await desk.press("f3")
        await desk.wait_for("只有一个箱子")
        await desk.press("f6")
        await desk.wait_for(lambda: desk.session.current.record.flagged, "the flag")
        await desk.press("enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        await desk.press("\uff13")
        await desk.card("choice")
        await desk.press("f2")
        await desk.wait_for("Which one is an output?")
        await desk.press("f2")
        await desk.press(*["tab"] * desk.session.current.front.shuffled.index(0), "enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        await desk.press("left", "right", "enter")
        await desk.card("several")
        await desk.press("right", "down", "\uff12", "enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        await desk.press("f5")
        await desk.card("several")
        await desk.press("f7")
        await desk.card("order")
        await desk.press("right", "down", "right", "enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        await desk.press("\uff14")
        await desk.card("short")
        await desk.type("路径短")
        await desk.press("enter")
        await desk.wait_for("[ ] 1.")
        await desk.press("down", "right", "enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        await desk.press("f1")
        await desk.wait_for(lambda: isinstance(desk.app.screen, HelpScreen), "help")
        await desk.press("enter")
        await desk.press("right", "enter")
        await desk.wait_for(lambda: len(desk.rows("short")) == 2, "the last grade")
        await desk.press("escape", "escape")
        await desk.wait_for("今天")
