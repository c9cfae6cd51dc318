"""What fits: every screen in both sizes and languages, tables in line, nothing lost below an edge."""

from __future__ import annotations

import gc

import pytest
from rich.cells import cell_len
from textual.widget import Widget
from textual.widgets import Input

from studybuddy.app.panels.grades import GradeBar
from studybuddy.app.panels.pick import PickList
from studybuddy.app.shown import PictureView

SIZES = [(80, 24), (120, 40)]
LANGUAGES = ["en", "zh"]
LONG = "an option so long that it takes more than one row of the screen " * 3


def assert_fits(desk) -> None:
    """Every row of the screen is exactly as wide as the screen, and no widget leaves it."""
    columns, rows = desk.app.size
    assert {cell_len(row) for row in desk.lines} == {columns}
    assert len(desk.lines) == rows
    for view in desk.app.screen.query(PictureView):
        picture = view._picture(view.content_size.width)
        for row in picture:
            text = "".join(segment.text for segment in row)
            assert cell_len(text.rstrip()) <= view.content_size.width, text


async def read_through(desk, key: str = "pagedown") -> str:
    """All that is seen while one scrolls to the end."""
    seen: list[str] = []
    for _ in range(12):
        seen += [row.strip() for row in desk.lines]
        await desk.press(key)
    return "\n".join(seen)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_table_of_today_stands_in_columns(study, size, language) -> None:
    study.reviewed(("recall", 4), days_ago=1)
    async with study.open(language=language, size=size) as desk:
        assert_fits(desk)
        rules = [row for row in desk.lines if row.strip().startswith("───")]
        width = {cell_len(row.rstrip()) for row in rules}
        first = desk.lines.index(rules[0])
        last = desk.lines.index(rules[1], first + 1)
        rows = [desk.lines[first - 1], *desk.lines[first + 1 : last], desk.lines[last + 1]]
        assert len(rows) == 4
        assert {cell_len(row.rstrip()) for row in rows} == width


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_front_and_verdict_fits(study, size, language) -> None:
    kinds = ("recall", "choice", "cloze", "order", "short", "compute", "diagram", "experiment")
    async with study.open(*kinds, language=language, size=size) as desk:
        for _ in range(9):
            card = desk.session.current.front.card
            assert_fits(desk)
            assert card.front.split("\n")[0][:6] in desk.text
            for field in desk.app.screen.query(Input):
                assert field.region.bottom <= size[1]
            for panel in desk.app.screen.query(PickList):
                for option in panel.items:
                    assert option in desk.text
            await desk.press("escape" if desk.app.screen.query(Input) else "h", "b")
            await desk.wait_for(
                lambda card=card: (
                    desk.session.current is None or desk.session.current.front.card.id != card.id
                ),
                "the next card",
            )
        await desk.settle()
        assert_fits(desk)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_verdict_with_drawings_fits_and_is_scrolled_to_its_end(study, language) -> None:
    async with study.open("diagram", language=language) as desk:
        await desk.type("x1..2>enc>c>dec>y")
        await desk.press("enter")
        await desk.wait_for(lambda: desk.stage == "verdict", "the verdict")
        assert_fits(desk)
        bar = desk.app.screen.query_one(GradeBar)
        assert bar.region.bottom <= 24
        seen = await read_through(desk)
        reference = {"en": "The reference", "zh": "参考图"}[language]
        assert reference in seen
        assert_fits(desk)


async def test_long_options_can_all_be_read(study) -> None:
    file = study.home / "decks" / "mini" / "en" / "kinds.md"
    text = file.read_text(encoding="utf-8")
    options = "\n".join(f"- [ ] {letter} begins {LONG}{letter} ends" for letter in "ABCDEFG")
    file.write_text(text.replace("- [ ] X1, the first word read", options))
    async with study.open("choice") as desk:
        await desk.card("choice")
        assert_fits(desk)
        seen = await read_through(desk, "down")
        for letter in "ABCDEFG":
            assert f"{letter} begins" in seen
            assert f"{letter} ends" in seen


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_lesson_page_and_the_help_fit(study, language) -> None:
    async with study.open(language=language) as desk:
        await desk.press("r")
        await desk.settle()
        assert_fits(desk)
        await desk.press("f1")
        await desk.wait_for("Esc")
        assert_fits(desk)


async def test_a_change_of_size_loses_nothing_typed(study) -> None:
    async with study.open("cloze") as desk:
        await desk.type("encoder")
        await desk.pilot.resize_terminal(60, 20)
        await desk.wait_for(lambda: desk.app.size == (60, 20), "the small screen")
        assert_fits(desk)
        assert desk.app.screen.query_one(Input).value == "encoder"
        await desk.wait_for("[1:encoder]")


async def test_a_long_sitting_keeps_no_widgets_alive(study) -> None:
    cards = "\n".join(f"### Front {n}? {{#many-{n}}}\n\nBack {n}.\n" for n in range(150))
    for language in LANGUAGES:
        file = study.home / "decks" / "mini" / language / "kinds.md"
        file.write_text(file.read_text(encoding="utf-8") + cards, encoding="utf-8")
    study.reviewed(new_per_day=200)

    def alive() -> int:
        gc.collect()
        return sum(issubclass(type(each), Widget) for each in gc.get_objects())

    async with study.open("recall") as desk:
        counts = []
        for number in range(1, 151):
            await desk.flick("enter", lambda: isinstance(desk.app.screen.focused, GradeBar))
            await desk.flick("3", lambda: desk.app.screen.focused is None)
            assert desk.session.answered == number
            if number in (20, 150):
                await desk.settle()
                counts.append(alive())
        assert counts[1] <= counts[0] + 4
