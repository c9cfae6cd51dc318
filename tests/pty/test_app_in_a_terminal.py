"""The whole program in a real pseudo-terminal: first paint, a review, leaving it clean."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
PATIENCE = 60.0


class Terminal:
    """A program in a terminal of this size, and what its screen shows."""

    def __init__(
        self, columns: int, lines: int, environment: dict[str, str], *command: str
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "studybuddy", *command],
            dimensions=(lines, columns),
            env=environment,
            timeout=PATIENCE,
        )

    def read(self, seconds: float = 0.1) -> None:
        """Take in what the program writes for a while."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += data
        self._stream.feed(data)

    @property
    def lines(self) -> list[str]:
        """The screen's lines; the right half of a wide character is an empty cell."""
        rows = (self._screen.buffer[y] for y in range(self._screen.lines))
        return ["".join(row[x].data for x in range(self._screen.columns)) for row in rows]

    def wait_for(self, shown: str | Callable[[str], bool]) -> str:
        """The screen's text once it shows this; fails with the screen when it never does."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.read()
            text = "\n".join(self.lines)
            if shown in text if isinstance(shown, str) else shown(text):
                return text
            if not self.child.isalive():
                break
        self.read()
        raise AssertionError(f"never saw {shown!r}:\n" + "\n".join(self.lines))

    def ended(self) -> int:
        """Wait for the end; the exit code."""
        until = time.monotonic() + PATIENCE
        while self.child.isalive() and time.monotonic() < until:
            self.read()
        self.read(0.2)
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A fresh home on the morning of 2026-09-01."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {
        **kept,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path),
        "OMP_NUM_THREADS": "1",
        "STUDYBUDDY_HOME": str(tmp_path / "home"),
        "STUDYBUDDY_NOW": "2026-09-01T08:00:00+08:00",
    }


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[Callable[..., Terminal]]:
    """Open terminals that are closed at the end of the test."""
    opened: list[Terminal] = []

    def open_one(columns: int, lines: int, *command: str, **more: str) -> Terminal:
        one = Terminal(columns, lines, {**environment, **more}, *command)
        opened.append(one)
        return one

    yield open_one
    for one in opened:
        one.child.close(force=True)


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
def test_today_is_painted(terminal, columns: int, lines: int) -> None:
    one = terminal(columns, lines)
    text = one.wait_for("The information bottleneck")
    assert "Today" in text
    assert "Traceback" not in text
    one.child.send("q")
    assert one.ended() == 0
    assert b"\x1b[?1049l" in one.raw


def test_today_in_chinese_keeps_its_columns(terminal) -> None:
    one = terminal(80, 24, "--lang", "zh")
    one.wait_for("今天")
    one.child.send("q")
    assert one.ended() == 0


def test_a_page_is_read_and_its_first_card_graded(terminal, environment: dict[str, str]) -> None:
    one = terminal(100, 30, "--lang", "en", "review", "--cram", "--kind", "recall")
    one.wait_for(lambda text: "left" in text)
    one.child.send("\r")
    one.wait_for("Good")
    one.child.send("3")
    one.wait_for(lambda text: "54" in text or "left" in text)
    one.child.sendcontrol("q")
    assert one.ended() == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_the_terminal_whole(terminal, number: int, code: int) -> None:
    one = terminal(80, 24)
    one.wait_for("Seq2Seq")
    one.child.kill(number)
    assert one.ended() == code
    assert b"\x1b[?1049l" in one.raw
    assert b"\x1b[?1000l" in one.raw


def test_a_dumb_terminal_gets_one_sentence(terminal) -> None:
    one = terminal(80, 24, TERM="dumb")
    assert one.ended() == 2
    assert one.raw.count(b"\n") == 1
    assert b"\x1b" not in one.raw


def test_a_sitting_line_by_line_in_a_dumb_terminal(terminal) -> None:
    one = terminal(80, 24, "review", "--cram", "--kind", "recall", TERM="dumb")
    one.wait_for("Recall it")
    one.child.send("\r")
    one.wait_for("Good")
    one.child.send("\r")
    one.wait_for("Recall it")
    one.child.send("q\r")
    assert one.ended() == 0
    assert b"1 answer saved" in one.raw
    assert b"\x1b" not in one.raw


def test_doctor_asks_the_terminal_how_wide_it_draws(terminal) -> None:
    one = terminal(120, 30, "doctor")
    until = time.monotonic() + PATIENCE
    while b"\x1b[6n" not in one.raw and time.monotonic() < until:
        one.read()
    one.child.send("\x1b[7;3R")
    one.wait_for("ambiguous characters take 2 cells")
    one.ended()
