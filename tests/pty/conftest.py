"""The whole program in a real pseudo-terminal, read through a terminal emulator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
}
PROGRAM = [sys.executable, "-m", "studybuddy"]


class Terminal:
    """A program on a pseudo-terminal; `screen` is what a person would read on it."""

    def __init__(
        self, arguments: list[str], environment: dict[str, str], size: tuple[int, int]
    ) -> None:
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            PROGRAM[0],
            [*PROGRAM[1:], *arguments],
            env=environment,
            dimensions=(rows, columns),
            timeout=30,
        )

    @property
    def lines(self) -> list[str]:
        """The rows of the screen; the empty second half of a wide character adds nothing."""
        columns, buffer = range(self._screen.columns), self._screen.buffer
        return [
            "".join(buffer[y][x].data for x in columns).rstrip() for y in range(self._screen.lines)
        ]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what the program paints for a moment; False once it has ended."""
        try:
            self._stream.feed(self.child.read_nonblocking(65536, timeout=seconds))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True

    def wait_for(self, condition: str | Callable[[str], bool], timeout: float = 30) -> str:
        """Read until the screen shows a text, or meets a condition; the screen then."""
        holds = (lambda text: condition in text) if isinstance(condition, str) else condition
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if holds(self.text):
                return self.text
            if not self.read():
                break
        raise AssertionError(f"never saw {condition!r}; the screen was:\n{self.text}")

    def press(self, *keys: str) -> None:
        """Press keys by name, or type plain text."""
        for key in keys:
            self.child.send(KEYS.get(key, key))
            self.read(0.02)

    def end(self) -> int:
        """Wait for the program to end; its exit code."""
        until = time.monotonic() + 30
        while self.read(0.2):
            assert time.monotonic() < until, f"it goes on:\n{self.text}"
        self.child.wait()
        code = self.child.exitstatus
        return code if code is not None else -1


class Learner:
    """A home, a clock's reading, and the program started in them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = "2026-09-01T08:00:00+08:00"
        self.language = "en_US.UTF-8"
        self.open: list[Terminal] = []

    @property
    def environment(self) -> dict[str, str]:
        """What the program sees of its surroundings."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {
            **kept,
            "STUDYBUDDY_HOME": str(self.home),
            "STUDYBUDDY_NOW": self.now,
            "LANG": self.language,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "OMP_NUM_THREADS": "1",
            "TEXTUAL_ANIMATIONS": "none",
        }

    def start(self, *arguments: str, size: tuple[int, int] = (80, 24)) -> Terminal:
        """Start the program on a terminal."""
        terminal = Terminal(list(arguments), self.environment, size)
        self.open.append(terminal)
        return terminal

    def json(self, *arguments: str) -> Any:
        """What a command prints as JSON."""
        done = subprocess.run(
            [*PROGRAM, *arguments, "--json"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    """A learner in a new home."""
    someone = Learner(tmp_path / "home")
    yield someone
    for terminal in someone.open:
        terminal.child.close(force=True)
