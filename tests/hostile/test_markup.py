"""Texts that would be markup, actions or control bytes: shown as they are written, on every screen.

One app is driven through all of them. The deck has a topic for every text, with the text in
the title, the page, the prose and every part of a card of each kind.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hostile_driving import (
    HOSTILE,
    KINDS,
    Program,
    as_prose,
    help_opens,
    marked,
    opened,
    palette_opens,
    run,
    sees,
    shown_as,
    squeezed,
    text,
    wait_for,
)
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from studybuddy.app.panels.grades import GradeBar
from studybuddy.app.screens.ask import AskScreen
from studybuddy.app.screens.lesson import LessonScreen
from studybuddy.app.screens.review import ReviewScreen
from studybuddy.app.screens.today import TodayScreen
from studybuddy.cli.context import Context
from studybuddy.decks.model import Kind
from studybuddy.study.lesson import finish_page
from studybuddy.study.queue import Filters
from studybuddy.study.session import Session, Stage
from studybuddy.text.sanitise import REPLACEMENT, clean
from studybuddy.text.width import cell_width


def test_today_and_the_palette_show_every_title(home: Path) -> None:
    async def scenario() -> None:
        async with opened(home, (80, 60)) as (app, pilot):
            for n, each in enumerate(HOSTILE):
                if cell_width(as_prose(each)) < 40:
                    await sees(pilot, shown_as(n, prose=False))
            (tabbed,) = (row for row in text(app).split("\n") if "q28" in row)
            assert tabbed.startswith("  q28a b cz ")
            assert tabbed.rstrip().endswith(" 1")
            assert len(tabbed.rstrip()) == 78
            await pilot.resize_terminal(80, 24)
            await wait_for(pilot, lambda: app.size.height == 24, "the small screen")
            await sees(pilot, squeezed("read on: q0[/]z"))
            offset = next(
                (row.index("[@click=app.quit]") + 18, y)
                for y, row in enumerate(text(app).split("\n"))
                if "[@click=app.quit]x" in row
            )
            await pilot.click(offset=offset)
            await help_opens(pilot)
            await palette_opens(pilot)

    run(scenario())


def test_the_lesson_shows_every_page(home: Path) -> None:
    async def scenario() -> None:
        async with opened(home) as (app, pilot):
            for n in range(len(HOSTILE)):
                app.push_screen(LessonScreen(f"harm/p{n}"))
                await wait_for(pilot, lambda: isinstance(app.screen, LessonScreen), "the lesson")
                await sees(pilot, squeezed(f"{n + 1}/{len(HOSTILE)}"))
                await sees(pilot, f"Prose{shown_as(n, prose=True)}ends.")
                if cell_width(as_prose(HOSTILE[n])) < 40:
                    await sees(pilot, shown_as(n, prose=False))
                if n == 2:
                    await help_opens(pilot)
                    await palette_opens(pilot)
                app.pop_screen()
                await wait_for(pilot, lambda: isinstance(app.screen, TodayScreen), "Today")

    run(scenario())


def test_the_review_shows_every_card(home: Path) -> None:
    async def scenario() -> None:
        async with opened(home) as (app, pilot):
            for n in range(len(HOSTILE)):
                finish_page(app.store_now(), f"harm/p{n}")
            for n in range(len(HOSTILE)):
                await Sitting(app, pilot, n).whole()

    run(scenario())


class Sitting:
    """Every card of one topic, from its front to its grade."""

    def __init__(self, app: Program, pilot: Pilot[None], n: int) -> None:
        # Steps are drawn as options are; every third text is enough for them.
        self.kinds: tuple[Kind, ...] = KINDS if n % 3 == 0 else ("choice", "cloze", "compose")
        topic = Filters(topics=(f"t{n}",), kinds=self.kinds, new=99)
        self.app, self.pilot, self.n = app, pilot, n
        self.session = Session(
            app.reads_now(), app.read_card, app.clock, app.settings, "en", topic, app.store_now()
        )
        self.screen = ReviewScreen(self.session)
        self.prose, self.plain = shown_as(n, prose=True), shown_as(n, prose=False)
        self.short = cell_width(as_prose(HOSTILE[n])) < 40

    async def whole(self) -> None:
        assert self.session.left == len(self.kinds)
        self.app.push_screen(self.screen)
        for left in range(len(self.kinds), 0, -1):
            await wait_for(self.pilot, partial(self.stands, left), "the next card")
            await self.card()
        await wait_for(self.pilot, lambda: self.session.current is None, "the end")
        await sees(self.pilot, "Donefornow.")
        self.app.pop_screen()
        await wait_for(self.pilot, lambda: isinstance(self.app.screen, TodayScreen), "Today")

    def stands(self, left: int) -> bool:
        """Whether the front of the next card has its panel, and the panel the focus."""
        return (
            self.session.left == left
            and self.screen.stage is Stage.FRONT
            and not self.screen.query(GradeBar)
            and self.app.screen.focused is not None
        )

    async def card(self) -> None:
        assert self.session.current is not None
        kind = self.session.current.front.card.kind
        wanted = {
            "choice": (f"Right{self.plain}ends", f"Other{self.plain}ends"),
            "order": (f"First{self.plain}ends", f"Then{self.plain}ends"),
            "cloze": (f"Before{self.plain}a[1:____]stands.",),
        }.get(kind, ())
        # A long question beside a drawing is scrolled: its beginning is what must be there.
        question = f"Q{self.prose if self.short else self.prose[:30]}"
        await sees(self.pilot, question, *(wanted if self.short else ()))
        if kind == "choice":
            self.screen.action_hint()
            await sees(self.pilot, *([f"Remember:{self.plain}"] if self.short else []))
            if self.n == 9:
                await help_opens(self.pilot)
                await palette_opens(self.pilot)
        await self.answer(kind)
        await wait_for(self.pilot, lambda: bool(self.screen.query(GradeBar)), "the grades")
        wanted = {
            "choice": (f"Back{self.prose}ends.",),
            "cloze": (f"Before{self.plain}a{self.plain}stands.",),
        }.get(kind, ())
        await sees(self.pilot, "Again", *(wanted if self.short else ()))
        self.app.simulate_key("4")

    async def answer(self, kind: str) -> None:
        """Answer the card on the table; what is typed is the hostile text itself."""
        if kind == "cloze":
            await self.paste()
        if kind == "compose":
            await self.paste()
            self.app.simulate_key("enter")
            self.screen.query_one(Input).value = "a > b"
            await self.key("Explain", "enter")
            await self.paste()
            await self.key("Point", "enter")
            if self.short:
                typed = squeezed(clean(marked(self.n)))
                await sees(self.pilot, f"Point{self.plain}ends", typed + REPLACEMENT)
        self.app.simulate_key("enter")
        await wait_for(self.pilot, lambda: self.screen.stage is Stage.VERDICT, "the verdict")

    async def key(self, brings: str, name: str) -> None:
        self.app.simulate_key(name)
        await sees(self.pilot, brings)

    async def paste(self) -> None:
        """Paste the hostile text and a command to the clipboard into the field."""
        field = self.screen.query_one(Input)
        self.app.post_message(Paste(marked(self.n) + "\x1b]52;c;eA==\x1b\\"))
        await wait_for(self.pilot, lambda: bool(field.value), "the paste")
        text(self.app)


def test_what_is_pasted_into_a_question_is_shown_and_refused(home: Path) -> None:
    async def scenario() -> None:
        async with opened(home) as (app, pilot):
            app.ask_exam()
            await wait_for(pilot, lambda: isinstance(app.screen, AskScreen), "the question")
            await wait_for(pilot, lambda: bool(app.screen.query(Input)), "the field")
            field = app.screen.query_one(Input)
            for n in range(len(HOSTILE)):
                field.value = ""
                app.post_message(Paste(HOSTILE[n]))
                if len(HOSTILE[n]) <= field.max_length:
                    await wait_for(pilot, lambda: bool(field.value), "the paste")
                text(app)
            await pilot.press("enter")
            await sees(pilot, squeezed("Write the date as"))
            await pilot.press("escape")
            await wait_for(pilot, lambda: isinstance(app.screen, TodayScreen), "Today")

    run(scenario())


@pytest.mark.parametrize(
    "name",
    ["[b]x", "[$accent]", "h[t-1]", "[@click=app.quit]x", "x [q]", "e\x1b]0;x\x07", "\x9b2J"],
)
def test_file_names_are_shown_as_they_are(tmp_path: Path, name: str) -> None:
    (tmp_path / "decks" / "seq2seq").mkdir(parents=True)
    folder = tmp_path / "decks" / name
    folder.mkdir()
    (folder / "deck.toml").write_text("format = 2\n")

    async def scenario() -> None:
        async with opened(tmp_path) as (app, pilot):
            app.say(f"{folder.name} [/q] \x1b]0;x\x07")
            await sees(pilot, squeezed(clean(f"decks/{name}/deck.toml:1")))
            await sees(pilot, squeezed(clean(f"{folder.name} [/q] \x1b]0;x\x07")))

    run(scenario())


FOREIGN: tuple[tuple[str, str, Any], ...] = (
    ("exam", "exam", {"date": "[/]\x1b]0;x\x07"}),
    ("exam", "exam", {"date": 5}),
    ("exam", "exam", {"date": ["2026-12-01"]}),
    ("exam", "exam", "2026-12-01"),
    ("exam", "exam", {"day": 1}),
    ("setting", "theme", "[/]"),
    ("setting", "language", "[@click=app.quit]"),
    ("setting", "new_per_day", 10**30),
    ("setting", "[/]", {"x": [None]}),
    ("day_off", "[/]", "\x1b[2J"),
)


def test_rows_of_someone_else_leave_today_standing(home: Path) -> None:
    """Rows that another version wrote, or that came by a merge, may hold anything."""
    context = Context({"STUDYBUDDY_HOME": str(home), "STUDYBUDDY_NOW": "2026-09-01T08:00:00+08:00"})

    async def scenario() -> None:
        for kind, key, value in FOREIGN:
            with context.open_store() as store:
                store.append(kind, extra={"key": key, "value": value})
            async with opened(home) as (_app, pilot):
                await sees(pilot, squeezed("read on: q0[/]z"))

    run(scenario())
