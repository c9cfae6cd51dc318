"""Today: what is due by topic, how long it takes, the streak, the exam, and what its keys open."""

from __future__ import annotations

import re

from textual.widgets import Input

from studybuddy.app.screens.lesson import LessonScreen
from studybuddy.app.screens.review import ReviewScreen


def row_of(desk, topic: str) -> list[str]:
    """The cells of a topic's row behind its title."""
    row = next(row for row in desk.lines if row.strip().startswith(topic))
    return row.split(topic)[1].split()


async def test_what_is_due_stands_by_topic_with_minutes_and_streak(study) -> None:
    study.reviewed(("recall", 4), ("choice", 1), days_ago=1)
    async with study.open() as desk:
        await desk.wait_for("Every kind")
        assert row_of(desk, "Every kind") == ["2", "8", "·"]
        assert row_of(desk, "Reading first") == ["·", "·", "1"]
        assert row_of(desk, "All") == ["2", "8", "1"]
        assert re.search(r"10 cards today · about \d+ minutes", desk.text)
        assert "streak: 1 day" in desk.text
        assert "answered today: 0" in desk.text
        assert "2 cards wait for their lesson page" in desk.text
        assert "2026-09-01" in desk.lines[1]


async def test_an_answer_is_counted_when_one_comes_back(study) -> None:
    study.reviewed(("recall", 4), days_ago=1)
    async with study.open() as desk:
        await desk.press("enter")
        await desk.card("recall")
        await desk.press("enter", "3")
        await desk.press("escape")
        await desk.wait_for("answered today: 1")
        assert "streak: 2 days" in desk.text
        assert row_of(desk, "Every kind") == ["·", "9", "·"]


async def test_the_exam_is_counted_down_once_its_date_is_set(study) -> None:
    async with study.open() as desk:
        assert "No exam date yet" in desk.text
        await desk.press("e")
        await desk.wait_for("When is your exam?")
        await desk.type("soon")
        await desk.press("enter")
        await desk.wait_for("Write the date as 2026-12-31")
        desk.app.screen.query_one(Input).value = ""
        await desk.type("2026-09-11")
        await desk.press("enter")
        await desk.wait_for("10 days to the exam (2026-09-11)")
    async with study.open(now="2026-09-12T08:00:00+08:00") as desk:
        await desk.wait_for("The exam was on 2026-09-11.")
        await desk.press("e")
        await desk.wait_for("When is your exam?")
        desk.app.screen.query_one(Input).value = ""
        await desk.press("enter")
        await desk.wait_for("No exam date yet")


async def test_a_question_is_left_by_escape_without_a_change(study) -> None:
    async with study.open() as desk:
        await desk.press("n")
        await desk.wait_for("How many new cards a day?")
        await desk.type("99")
        await desk.press("escape")
        await desk.wait_for("10 cards today")
        assert desk.app.settings.new_per_day == 10


async def test_fewer_new_cards_a_day_can_be_asked_for(study) -> None:
    async with study.open() as desk:
        await desk.press("n")
        await desk.wait_for("How many new cards a day?")
        desk.app.screen.query_one(Input).value = ""
        await desk.type("3")
        await desk.press("enter")
        await desk.wait_for("3 cards today")


async def test_a_page_finished_by_enter_makes_its_cards_new(study) -> None:
    async with study.open() as desk:
        await desk.wait_for("2 cards wait")
        await desk.press("r")
        await desk.wait_for("one vector C")
        assert "not done yet" in desk.text
        assert "Its 2 cards join your new cards." in desk.text
        await desk.press("enter")
        await desk.wait_for("Reading first")
        assert row_of(desk, "Reading first") == ["·", "2", "·"]
        assert "wait for their lesson page" not in desk.text


async def test_a_long_page_is_read_to_its_end_before_it_is_done(study) -> None:
    file = study.home / "decks" / "mini" / "en" / "reading.md"
    text = file.read_text(encoding="utf-8")
    paragraphs = "\n\n".join(f"Paragraph {number} of a long page." for number in range(30))
    file.write_text(text.replace("vector **C**.", f"vector **C**.\n\n{paragraphs}\n\nThe last."))
    async with study.open() as desk:
        await desk.press("r")
        await desk.wait_for("Paragraph 0 ")
        pages = 0
        while isinstance(desk.app.screen, LessonScreen):
            seen = desk.text
            await desk.press("enter")
            pages += 1
            assert pages < 20
        assert pages > 2
        assert "The last." in seen
        assert "End of the page." in seen


async def test_the_lesson_is_in_the_other_language_by_one_key(study) -> None:
    async with study.open() as desk:
        await desk.press("r")
        await desk.wait_for("one vector C")
        await desk.press("l")
        await desk.wait_for("编码器读完整个输入")
        await desk.press("f6")
        await desk.wait_for("one vector C")


async def test_the_whole_interface_changes_its_language(study) -> None:
    async with study.open() as desk:
        await desk.press("l")
        await desk.wait_for("今天")
        assert "每种题型各一张" in desk.text
        assert "Topic" not in desk.text
        assert "begin" not in desk.text
        await desk.press("l")
        await desk.wait_for("StudyBuddy · Today")


async def test_undo_on_today_takes_back_the_newest_answer(study) -> None:
    study.reviewed(("recall", 4), days_ago=1)
    async with study.open() as desk:
        await desk.press("u")
        await desk.wait_for("Taken back: mini/recall")
        assert row_of(desk, "Every kind") == ["·", "10", "·"]
        await desk.press("u")
        await desk.wait_for("Nothing to take back.")


async def test_today_is_worked_by_mouse_alone(study) -> None:
    async with study.open() as desk:
        await desk.click("read the lesson")
        await desk.wait_for("one vector C")
        await desk.click("read on, finish the page")
        await desk.wait_for("Reading first")
        assert row_of(desk, "Reading first") == ["·", "2", "·"]
        await desk.click("begin", last=True)
        await desk.wait_for(lambda: isinstance(desk.app.screen, ReviewScreen), "the sitting")
