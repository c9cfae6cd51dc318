"""Make the pictures of README.md from the real app: `python docs/make_pictures.py [FOLDER]`.

A home in a temporary folder lives through a week of sittings on the bundled chapter,
then the screens are saved as SVG. Nothing in them is drawn by hand.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from studybuddy.app.app import StudyBuddyApp
from studybuddy.app.screens.review import ReviewScreen
from studybuddy.cli.context import Context
from studybuddy.clock import HandClock
from studybuddy.study.lesson import finish_page
from studybuddy.study.queue import Filters

GRADES = (4, 3, 5, 4, 2, 4, 4)


def lived_in(home: Path, language: str) -> Context:
    """A learner's home after a week: seven pages read, ten new cards a day answered."""
    context = Context({"STUDYBUDDY_HOME": str(home), "LANG": language})
    context.clock = HandClock()
    with context.store as store:
        store.append("exam", extra={"key": "exam", "value": {"date": "2026-09-28"}})
        for page in [page for page in store.reads.pages("en") if page.has_prose][:9]:
            finish_page(store, page.page)
        for number in range(6):
            fresh = store.reads.unseen(context.clock.day())[:5]
            due = store.reads.due(context.clock.day())
            for place, card in enumerate([*due, *fresh]):
                context.clock.advance(seconds=20)
                grade = GRADES[(place + number) % len(GRADES)]
                store.append("review", card=card.card, grade=grade, response=9000)
            context.clock.advance(days=1)
    context.close()
    return context


def save(app: StudyBuddyApp, file: Path) -> None:
    """Save the screen, without the addresses of web fonts that the export would fetch."""
    picture = app.export_screenshot(title="studybuddy")
    file.write_text(re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL), encoding="utf-8")


async def opened(app: StudyBuddyApp, pilot: Pilot[None]) -> None:
    """Wait until the store is open and everything is painted."""
    await asyncio.wait_for(app.opened.wait(), 30)
    await pilot.pause()
    await pilot.pause()


async def make(folder: Path, language: str, name: str, size: tuple[int, int]) -> None:
    """Today, and a drawing being made."""
    with tempfile.TemporaryDirectory() as home:
        context = lived_in(Path(home), language)
        app = StudyBuddyApp(context)
        async with app.run_test(size=size) as pilot:
            await opened(app, pilot)
            save(app, folder / f"today{name}.svg")
            app.filters = Filters(kinds=("diagram",), new=9)
            app.open_review()
            await pilot.pause()
            assert isinstance(app.screen, ReviewScreen)
            for key in "x1..4>enc>c>dec>y1..3":
                await pilot.press(key)
            await pilot.pause()
            save(app, folder / f"drawing{name}.svg")


async def main() -> None:
    """English and Chinese."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    await make(folder, "en_US.UTF-8", "", (90, 28))
    await make(folder, "zh_CN.UTF-8", "-zh", (90, 28))


if __name__ == "__main__":
    asyncio.run(main())
