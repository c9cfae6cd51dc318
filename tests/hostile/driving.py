"""The hostile texts, and one app driven by a test that looks at every cell of its screen."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from studybuddy.app.app import StudyBuddyApp
from studybuddy.app.screens.help import HelpScreen
from studybuddy.app.screens.today import TodayScreen
from studybuddy.cli.context import Context
from studybuddy.decks.model import Kind
from studybuddy.text.sanitise import clean

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
