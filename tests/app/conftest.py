"""The app in a terminal of a given size, without one: a home, a deck, keys, clicks, the screen read."""

from __future__ import annotations

import asyncio
import inspect
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.events import Key as Press
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from studybuddy.app.app import StudyBuddyApp
from studybuddy.app.screens.review import ReviewScreen
from studybuddy.cli.context import Context
from studybuddy.clock import HandClock
from studybuddy.locations import find_locations
from studybuddy.store.store import open_store
from studybuddy.study.library import open_library, refresh
from studybuddy.study.queue import Filters
from studybuddy.study.session import Session
from studybuddy.text.translation import Language, set_language

PATIENCE = 8.0
SNAPSHOTS = Path(__file__).parent / "snapshots"
DECK = Path(__file__).parent / "mini"


class Desk:
    """The app as a learner has it before her."""

    def __init__(self, app: StudyBuddyApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, each as wide as the screen, in cells."""
        compositor = self.app.screen._compositor
        return ["".join(part.text for part in strip) for strip in compositor.render_strips()]

    @property
    def text(self) -> str:
        """The whole screen, without the blanks at the ends of rows."""
        return "\n".join(row.rstrip() for row in self.lines)

    @property
    def session(self) -> Session:
        """The sitting that is open."""
        for screen in reversed(self.app.screen_stack):
            if isinstance(screen, ReviewScreen):
                return screen.session
        raise AssertionError("no sitting is open")

    async def wait_for(self, condition: str | Callable[[], object], description: str = "") -> None:
        """Wait until a text is on the screen or a condition holds, within a bound of the wall clock."""
        holds = (lambda: condition in self.text) if isinstance(condition, str) else condition
        until = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > until:
                wanted = description or condition
                raise AssertionError(f"never came: {wanted}\n{self.text}")
            await asyncio.sleep(0.005)
            await self.settle()

    async def settle(self) -> None:
        """Let every message that is under way arrive, and the screen be laid out anew."""
        for _ in range(3):
            await self.pilot._wait_for_screen()
        self.app.screen._on_timer_update()
        await self.pilot._wait_for_screen()

    async def press(self, *keys: str) -> None:
        """Press keys, one after another: named keys, or characters as a terminal sends them."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            self.app.post_message(Press(name, key if len(key) == 1 else None))
            await self.settle()

    async def flick(self, key: str, condition: Callable[[], object]) -> None:
        """Press a key and wait for no more than the condition: for long sittings."""
        self.app.post_message(Press(key, key if len(key) == 1 else None))
        until = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < until, f"{key} did nothing:\n{self.text}"
            await asyncio.sleep(0.001)

    async def type(self, text: str) -> None:
        """Type into the field that has the focus."""
        await self.press(*text)

    async def click(self, text: str, *, times: int = 1, last: bool = False) -> None:
        """Click on the first (or last) place of the screen where this text stands."""
        rows = [(y, row) for y, row in enumerate(self.lines) if text in row]
        assert rows, f"{text!r} is not on the screen:\n{self.text}"
        y, row = rows[-1 if last else 0]
        at = row.rindex(text) if last else row.index(text)
        await self.pilot.click(offset=(cell_len(row[:at]), y), times=times)
        await self.settle()

    async def card(self, card: str) -> None:
        """Wait until this card is on the table, painted, with its front."""
        await self.wait_for(
            lambda: (
                self.session.current is not None
                and self.session.current.front.card.id == f"mini/{card}"
                and self.session.current.stage.value == "front"
            ),
            f"the card {card}",
        )
        await self.settle()

    async def graded(self, grade: str = "3") -> None:
        """Wait for the verdict and grade it."""
        await self.wait_for(lambda: self.stage == "verdict", "the verdict")
        await self.press(*grade)

    @property
    def stage(self) -> str:
        """The stage of the card on the table; empty when there is none."""
        current = self.session.current
        return current.stage.value if current is not None else ""

    def rows(self, card: str) -> list[tuple[str, int | None]]:
        """Kind and grade of every row of a card's log."""
        return [(row.kind, row.grade) for row in self.app.store_now().rows_of(f"mini/{card}")]


class Study:
    """A home with the small deck, and the app started in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        shutil.copytree(DECK, home / "decks" / "mini")
        (home / "decks" / "seq2seq").mkdir()  # replaces the bundled deck

    def environment(self, language: Language, now: str) -> dict[str, str]:
        """What the app sees of its surroundings."""
        return {
            "STUDYBUDDY_HOME": str(self.home),
            "STUDYBUDDY_NOW": now,
            "LANG": "zh_CN.UTF-8" if language == "zh" else "en_US.UTF-8",
        }

    def reviewed(self, *grades: tuple[str, int], days_ago: int = 2, **settings: object) -> None:
        """Have these cards graded some days ago, and these settings set, before the app starts."""
        clock = HandClock()
        clock.advance(days=-days_ago)
        locations = find_locations({"STUDYBUDDY_HOME": str(self.home)})
        store = open_store(locations, clock)
        refresh(store, open_library(locations))
        for card, grade in grades:
            clock.advance(seconds=60)
            store.append("review", card=f"mini/{card}", grade=grade, response=3000, language="en")
        for key, value in settings.items():
            store.append("setting", extra={"key": key, "value": value})
        store.close()

    @asynccontextmanager
    async def open(
        self,
        *kinds: str,
        language: Language = "en",
        size: tuple[int, int] = (80, 24),
        now: str = "2026-09-01T08:00:00+08:00",
        cram: bool = False,
    ) -> AsyncIterator[Desk]:
        """Today; or, when kinds are named, a sitting over the new cards of these kinds."""
        filters = Filters(kinds=tuple(kinds), cram=cram) if kinds or cram else None  # type: ignore[arg-type]
        app = StudyBuddyApp(
            Context(self.environment(language, now)),
            opening="review" if filters is not None else "today",
            filters=filters,
        )
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            desk = Desk(app, pilot)
            await desk.wait_for(app.opened.is_set, "the store is open")
            if filters is not None:
                await desk.wait_for(lambda: isinstance(app.screen, ReviewScreen), "the sitting")
            await desk.settle()
            yield desk


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """A learner's home; the cursor of fields stands still."""
    monkeypatch.setattr(Input, "_restart_blink", Input._pause_blink)
    for name in ("VISUAL", "EDITOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    yield Study(tmp_path / "home")
    set_language("en")


# ── coroutines as tests, and pictures of the screen as text ──────────────────


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in an event loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest tests/app --update-snapshots` writes the pictures anew."""
    parser.addoption("--update-snapshots", action="store_true", help="write the pictures anew")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[Desk, str], None]:
    """Compare the screen with the picture of this name in tests/app/snapshots."""

    def compare(desk: Desk, name: str) -> None:
        file = SNAPSHOTS / f"{name}.txt"
        shown = desk.text + "\n"
        if request.config.getoption("--update-snapshots", default=False):
            SNAPSHOTS.mkdir(exist_ok=True)
            file.write_text(shown, encoding="utf-8")
        assert file.is_file(), f"no picture {file.name}; --update-snapshots writes it"
        assert shown == file.read_text(encoding="utf-8")

    return compare
