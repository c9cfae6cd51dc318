"""A home with a deck that means harm, and the program run on it: in a pipe and on a terminal."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pexpect
import pyte
import pytest

from studybuddy.text.translation import set_language


def _driving() -> ModuleType:
    """`driving.py` by a name of its own, since a test's folder is no package."""
    spec = importlib.util.spec_from_file_location(
        "hostile_driving", Path(__file__).with_name("driving.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


driving = _driving()
PROGRAM = [sys.executable, "-m", "studybuddy"]


class Screen:
    """The program on a pseudo-terminal; `raw` holds every byte that it sent."""

    def __init__(self, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self.child = pexpect.spawn(
            PROGRAM[0],
            [*PROGRAM[1:], *arguments],
            env=environment,
            dimensions=(24, 80),
            timeout=30,
        )

    @property
    def lines(self) -> list[str]:
        """The rows as a person reads them."""
        buffer = self._screen.buffer
        return ["".join(buffer[y][x].data for x in range(80)).rstrip() for y in range(24)]

    @property
    def text(self) -> str:
        """All rows."""
        return "\n".join(self.lines)

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what was sent; False once the program has ended."""
        try:
            sent = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += sent
        self._stream.feed(sent)
        return True

    def wait_for(self, wanted: str | Callable[[str], bool], timeout: float = 30) -> str:
        """Read until the screen shows a text or meets a condition; the screen then."""
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            text = self.text
            if wanted in text if isinstance(wanted, str) else wanted(text):
                return text
            if not self.read():
                break
        raise AssertionError(f"never saw {wanted!r}; the screen was:\n{self.text}")

    def send(self, text: str) -> None:
        """Send keys as bytes."""
        self.child.send(text)

    def click(self, wanted: str) -> None:
        """Press and release the mouse in the middle of a text that is shown."""
        for y, line in enumerate(self.lines):
            if wanted in line:
                x = line.index(wanted) + len(wanted) // 2
                self.send(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")
                return
        raise AssertionError(f"{wanted!r} is not on the screen:\n{self.text}")

    def end(self) -> int:
        """Wait for the program to end; its exit code, -1 where a signal ended it."""
        until = time.monotonic() + 30
        while self.read(0.2):
            assert time.monotonic() < until, f"it goes on:\n{self.text}"
        self.child.wait()
        code = self.child.exitstatus
        return code if code is not None else -1


@dataclass
class Home:
    """STUDYBUDDY_HOME without the bundled deck, on the morning of 2026-09-01, in English."""

    folder: Path
    screens: list[Screen] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.folder / "decks" / "seq2seq").mkdir(parents=True)

    @property
    def environment(self) -> dict[str, str]:
        """What the program sees of its surroundings."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {
            **kept,
            "STUDYBUDDY_HOME": str(self.folder),
            "STUDYBUDDY_NOW": "2026-09-01T08:00:00+08:00",
            "LANG": "en_US.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "OMP_NUM_THREADS": "1",
            "TEXTUAL_ANIMATIONS": "none",
        }

    @property
    def database(self) -> Path:
        """The learner's database, whether it is there or not."""
        return self.folder / "studybuddy.db"

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
        """A command in a pipe."""
        return subprocess.run(
            [*PROGRAM, *arguments],
            env=self.environment,
            input=stdin.encode(),
            capture_output=True,
            timeout=60,
            check=False,
        )

    def start(self, *arguments: str) -> Screen:
        """The app on a terminal."""
        screen = Screen(arguments, self.environment)
        self.screens.append(screen)
        return screen


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Home]:
    """A learner in a new home."""
    home = Home(tmp_path / "home")
    yield home
    for screen in home.screens:
        screen.child.close(force=True)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home with the deck of all hostile texts."""
    folder = tmp_path / "decks" / "harm"
    folder.mkdir(parents=True)
    (tmp_path / "decks" / "seq2seq").mkdir()
    names = [f"t{n}" for n in range(len(driving.HOSTILE))]
    (folder / "deck.toml").write_text(
        f'format = 1\nid = "harm"\nlanguage = "en"\ntopics = {names}\n'
        '[title]\nen = "[@click=app.quit]x[/q]"\n'
    )
    for n, name in enumerate(names):
        text = driving.TOPIC.format(n=n, x=driving.marked(n))
        (folder / f"{name}.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    yield tmp_path
    set_language("en")
