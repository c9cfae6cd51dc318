"""Texts that would be markup, actions or control bytes: shown as they are written, on every screen.

One app is driven through all of them. The deck has a topic for every text, with the text in
the title, the page, the prose and every part of a card of each kind.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from studybuddy.app.app import StudyBuddyApp
from studybuddy.app.panels.grades import GradeBar
from studybuddy.app.screens.ask import AskScreen
from studybuddy.app.screens.help import HelpScreen
from studybuddy.app.screens.lesson import LessonScreen
from studybuddy.app.screens.review import ReviewScreen
from studybuddy.app.screens.today import TodayScreen
from studybuddy.cli.context import Context
from studybuddy.decks.model import Kind
from studybuddy.study.lesson import finish_page
from studybuddy.study.queue import Filters
from studybuddy.study.session import Session, Stage
from studybuddy.text.sanitise import REPLACEMENT, clean
from studybuddy.text.translation import set_language
from studybuddy.text.width import cell_width

HOSTILE = (
    "[/]",
    "[/b]",
    "[/q]",
    "[中文]注意力[/中文]",
    "[link=http://x]y[/link]",
    "[$accent]x[/]",
    "[b]x[/b]",
    "[BOLD]x[/BOLD]",
    "\\\\[b]x",
    "[@click=app.quit]x[/]",
    "[@click=app.panic('x')]x[/]",
    "x[0]",
    "h[t-1]",
    "[h_t; c_t]",
    "[Enc] → [Dec]",
    "[true, false]",
    "[",
    "[#ff0000 on red]x",
    "$text {x} {0} %s %(x)s",
    "\udc9b]0;x",
    "\u202eabc\u2066d",
    "\x9b31mx\x85",
    "\x1b]52;c;T1dO\x1b\\\\x",
    "\x1b]0;x\x07y\x1b[2Jz\x00\x7f",
    "x" * 300,
    "中" * 200,
    "👩\u200d👩\u200d👧\u200d👦",
    "❤\ufe0f✂\ufe0f1\ufe0f\u20e3",
    "a\tb\tc",
    "e\u0301\u0301\u0301 \u200b\u200c\u2060z",
)
KINDS: tuple[Kind, ...] = ("choice", "cloze", "order", "compose")
TOPIC = """---
topic: t{n}
title: {x}
---
## {x} {{#p{n}}}

Prose {x} ends.

### Q {x} {{#choice-{n}}}

- [x] Right {x} ends
  - {x}
- [ ] Other {x} ends

Back {x} ends.

> Remember: {x}

### Q {x} {{#cloze-{n}}}

Before {x} a =={x}== stands.

### Q {x} {{#order-{n} .order}}

1. First {x} ends
2. Then {x} ends

### Q {x} {{#compose-{n} .compose}}

```mermaid
flowchart LR
A["{x}"] -->|"{x}"| B
```

- Point {x} ends
"""


def marked(n: int) -> str:
    """A hostile text between marks, so that it is found whole or not at all."""
    return f"q{n}{HOSTILE[n]}z"


def as_prose(text: str) -> str:
    """The text as Markdown shows it: a doubled backslash is one."""
    return clean(text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")).replace(
        "\\\\", "\\"
    )


def squeezed(text: str) -> str:
    """Without blanks, so that breaking a line changes nothing."""
    return re.sub(r"\s+", "", text)


def shown_as(n: int, *, prose: bool) -> str:
    """What must be read on the screen for a hostile text."""
    text = as_prose(marked(n))
    if not prose:
        text = text.replace("\\", "\\\\")
    return squeezed(text)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home with the deck of all hostile texts."""
    folder = tmp_path / "decks" / "harm"
    folder.mkdir(parents=True)
    (tmp_path / "decks" / "seq2seq").mkdir()
    names = [f"t{n}" for n in range(len(HOSTILE))]
    (folder / "deck.toml").write_text(
        f'format = 1\nid = "harm"\nlanguage = "en"\ntopics = {names}\n'
        '[title]\nen = "[@click=app.quit]x[/q]"\n'
    )
    for n, name in enumerate(names):
        text = TOPIC.format(n=n, x=marked(n))
        (folder / f"{name}.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    yield tmp_path
    set_language("en")


class Program(StudyBuddyApp):
    """The app, which keeps what would have been a crash and what actions markup could run."""

    def __init__(self, home: Path) -> None:
        context = Context(
            {
                "STUDYBUDDY_HOME": str(home),
                "STUDYBUDDY_NOW": "2026-09-01T08:00:00+08:00",
                "LANG": "en_US.UTF-8",
            }
        )
        super().__init__(context)
        self.faults: list[BaseException] = []

    def _handle_exception(self, error: Exception) -> None:
        self.faults.append(error)
        super()._handle_exception(error)


@asynccontextmanager
async def opened(home: Path, size: tuple[int, int] = (80, 24)) -> Any:
    """The app on a screen of this size, its store open."""
    app = Program(home)
    async with app.run_test(size=size) as pilot:
        await wait_for(pilot, lambda: app.store is not None or bool(app.fault), "the store to open")
        await wait_for(pilot, lambda: isinstance(app.screen, TodayScreen), "Today")
        yield app, pilot
        assert app.is_running
    assert app.faults == []
    assert not app.return_code


async def wait_for(
    pilot: Pilot[None], condition: Callable[[], bool], what: str, pause: float = 0.002
) -> None:
    """Let the app work until a condition holds; 20 seconds at most."""
    until = time.monotonic() + 20
    while not condition():
        faults = getattr(pilot.app, "faults", [])
        assert not faults, (what, faults)
        if time.monotonic() > until:
            raise AssertionError(f"waited in vain for {what}; the screen was:\n{text(pilot.app)}")
        await asyncio.sleep(pause)


def strips(app: StudyBuddyApp) -> list[list[Any]]:
    """The segments that the terminal would be sent, row by row."""
    return [list(strip) for strip in app.screen._compositor.render_strips()]


def text(app: Any) -> str:
    """The screen as it is read; checks that no cell carries an action or a control character."""
    rows = []
    for strip in strips(app):
        for segment in strip:
            assert clean(segment.text) == segment.text
            assert "\t" not in segment.text
            assert segment.style is None or "@click" not in segment.style.meta
            assert segment.style is None or segment.style.link is None
        rows.append("".join(segment.text for segment in strip))
    return "\n".join(rows)


async def sees(pilot: Pilot[None], *wanted: str) -> None:
    """Wait until the screen shows all this, however its lines are broken."""

    def shown() -> bool:
        now = squeezed(text(pilot.app))
        return all(each in now for each in wanted)

    # To draw the whole screen is dear: the app is given time between two looks.
    await wait_for(pilot, shown, repr(wanted), pause=0.02)


def run(scenario: Awaitable[None]) -> None:
    """Run one scenario in a loop of its own."""

    async def whole() -> None:
        await scenario

    asyncio.run(whole())


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


async def help_opens(pilot: Pilot[None]) -> None:
    """Open and close the help over the screen."""
    below = pilot.app.screen
    pilot.app.screen.action_help()  # type: ignore[attr-defined]
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen), "the help")
    await sees(pilot, squeezed("Keys of this screen"))
    pilot.app.pop_screen()
    await wait_for(pilot, lambda: pilot.app.screen is below, "the screen below the help")


async def palette_opens(pilot: Pilot[None]) -> None:
    """Open the palette, search it for hostile texts, close it."""
    below = pilot.app.screen
    await pilot.press("ctrl+p")
    await wait_for(pilot, lambda: pilot.app.screen is not below, "the palette")
    await sees(pilot, squeezed("Light or dark"))
    field = pilot.app.screen.query_one(Input)
    for n in (0, 2, 9, 22, 23):
        field.value = ""
        pilot.app.post_message(Paste(HOSTILE[n]))
        await wait_for(pilot, lambda: bool(field.value), "the search")
        await asyncio.sleep(0)
        text(pilot.app)
    await pilot.press("escape")
    await wait_for(pilot, lambda: pilot.app.screen is below, "the screen below the palette")


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
