"""A sitting in the app, in a real pseudo-terminal, by keys, until the moment of its kill."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pexpect
import pyte
from kill_deck import CARDS, Material, card_on
from kill_journal import Act, Journal
from kill_moment import Astray, Ended, Killed, Moment

PATIENCE = 60.0
COLUMNS, ROWS = 100, 40
RIGHT = "\x1b[C"
#: What stands on the screen at each stage, told in this order.
_STAGES = (
    ("over", "The sitting is over"),
    ("pretest", "asked again tomorrow"),
    ("grade", "4 Easy"),
    ("tick", "tick what you had"),
    ("run", "stop the run"),
)
_FRONTS = {
    "recall": "show the answer",
    "choice": "wrong of",
    "cloze": "Gap 1",
    "order": "carry a step",
    "short": "Your answer, in a line",
    "compute": "hand in",
    "diagram": "on paper",
    "experiment": "Your prediction",
    "compose": "on paper",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a screen shows: the stage, "" when it is between two; and the card, if its name stands there."""

    stage: str
    card: str | None
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)


class Painted:
    """The program on a pseudo-terminal, which leads a session of its own."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], moment: Moment
    ) -> None:
        self._moment = moment
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            command[0],
            list(command[1:]),
            env={**environment, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"},
            dimensions=(ROWS, COLUMNS),
        )
        # pexpect waits 50 ms before it sends: too long for a kill that follows at once.
        self._child.delaybeforesend = None
        moment.started()

    def look(self) -> Look:
        """What the screen shows now."""
        lines = tuple(line.rstrip() for line in self._screen.display)
        text = "\n".join(lines)
        card = card_on(text)
        stage = next((stage for stage, sign in _STAGES if sign in text), "")
        if "prediction is sealed" in text and not stage:
            stage = "run"
        if not stage and card is not None and _stands(CARDS[card], lines):
            stage = "front"
        return Look(stage, card, lines)

    def type(self, keys: str) -> None:
        """Send keys that hand nothing in."""
        self._child.send(keys)

    def send(self, keys: str) -> None:
        """Send keys that hand something in."""
        self._child.send(keys)
        self._moment.sent()

    def wait(self, wanted: Any) -> Look:
        """Read until `wanted(look)`; raises Killed when the moment comes first."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            seen = self.look()
            if seen.stage == "run":
                self._moment.sealed()
            if self._moment.left == 0:
                self._kill()
                raise Killed("")
            if wanted(seen):
                return seen
            if not self._read(min(self._moment.left, 0.5)):
                raise Astray(f"ended by itself:\n{seen.text}")
        raise Astray(f"the screen stays as it is:\n{self.look().text}")

    def _read(self, seconds: float) -> bool:
        try:
            self._stream.feed(self._child.read_nonblocking(65536, timeout=seconds))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True

    def _kill(self) -> None:
        os.killpg(self._child.pid, signal.SIGKILL)
        while self._read(5.0):
            pass
        self._child.wait()
        if self._child.signalstatus != signal.SIGKILL:
            raise Astray(f"ended before the kill:\n{self.look().text}")

    def close(self) -> None:
        """Leave nothing behind, whatever happened."""
        self._child.close(force=True)


class AppSitting:
    """Answers what stands on the screen, at random, and keeps the journal."""

    def __init__(self, program: Painted, journal: Journal, random: Random) -> None:
        self._program = program
        self._journal = journal
        self._random = random
        self._card: str | None = None

    def run(self) -> None:
        """Until the kill. Raises Ended when the queue, with all acknowledged, came to its end."""
        try:
            seen = self._program.wait(lambda look: look.stage not in ("", "run"))
            while True:
                seen = self._step(seen)
        except Ended:
            raise
        except Killed:
            self._heard(self._program.look())

    def _heard(self, seen: Look) -> None:
        """A later stage acknowledges the answer, another card (or the end) the grade."""
        act = self._journal.acts[-1] if self._journal.acts else None
        if act is not None and act.what == "attempt" and seen.stage not in ("", "front"):
            self._journal.acknowledge()
        if act is not None and act.what == "grade" and self._has_moved(seen):
            self._journal.acknowledge()
        fresh = seen.stage == "front" and seen.card is not None
        if fresh and (act is None or act.acknowledged) and seen.card != self._card:
            assert seen.card is not None
            self._journal.asked(seen.card)

    def _has_moved(self, seen: Look) -> bool:
        moved = seen.stage == "front" and seen.card not in (None, self._card)
        return moved or seen.stage == "over"

    def _step(self, seen: Look) -> Look:
        self._heard(seen)
        if seen.stage == "over":
            raise Ended(seen.text)
        if seen.stage == "front":
            assert seen.card is not None
            self._card = seen.card
            return self._answer(CARDS[seen.card], seen)
        if self._card is None:
            self._card = self._journal.pending[0]
            self._journal.counts.predictions_resumed += CARDS[self._card].kind == "experiment"
        if seen.stage == "tick":
            self._program.send(self._random.choice(("", RIGHT)) + "\r")
            return self._program.wait(lambda look: look.stage == "grade")
        grade, key = None, "\r"
        if seen.stage == "grade":
            # A failed card comes back as a drill; near the end it would follow itself.
            left = re.search(r"(\d+) cards? left", seen.text)
            keys = "1234" if left is not None and int(left[1]) > 6 else "34"
            key = self._random.choice(keys)
            grade = (1, 3, 4, 5)[int(key) - 1]
        self._journal.expect(Act("grade", self._card, grade=grade))
        self._program.send(key)
        return self._program.wait(self._has_moved)

    def _answer(self, material: Material, seen: Look) -> Look:
        random, program = self._random, self._program
        answer: dict[str, Any] | None = None
        confidence, last = None, "\r"
        if material.kind == "choice":
            shown = _shown(material, seen.lines)
            place = random.randrange(len(shown))
            last, answer = str(place + 1), {"form": "chosen", "options": [shown[place]]}
        elif material.kind == "cloze":
            texts = [random.choice(("encoder", f"word{random.randrange(10**6)}")), "decoder"]
            program.type(f"{texts[0]}\r")
            last, answer = f"{texts[1]}\r", {"form": "gaps", "texts": texts}
        elif material.kind == "order":
            answer = {"form": "ordered", "steps": _shown(material, seen.lines)}
        elif material.kind == "short":
            text = f"in my own words {random.randrange(10**6)}"
            last, answer = f"{text}\r", {"form": "written", "text": text}
        elif material.kind == "compute":
            text = f"0.{random.randrange(1, 10**6)}"
            last, answer = f"{text}\r", {"form": "computed", "texts": [text]}
        elif material.kind == "diagram":
            text = random.choice(("a>b", "a>c", "b>a"))
            last, answer = f"{text}\r", {"form": "drawn", "shorthand": text, "text": ""}
        elif material.kind == "compose":
            drawn, text = random.choice(("a>b", "b>a")), f"because {random.randrange(10**6)}"
            program.type(f"{drawn}\r")
            program.wait(lambda look: "Explain it" in look.text)
            last, answer = f"{text}\r", {"form": "drawn", "shorthand": drawn, "text": text}
        elif material.kind == "experiment":
            value = random.randint(2, 9)
            program.type(f"{value}\r")
            program.wait(lambda look: "% sure" in look.text)
            answer, confidence = {"form": "predicted", "value": value}, 70
        if answer is not None:
            self._journal.expect(Act("attempt", material.card, answer, confidence))
        program.send(last)
        return program.wait(lambda look: look.stage in ("tick", "grade", "pretest"))


def _shown(material: Material, lines: Sequence[str]) -> list[int]:
    """The indices of a card's lines, in the order in which they stand on the screen."""
    return [
        material.lines.index(line)
        for row in lines
        for line in material.lines
        if re.search(rf"\d\. {line}", row)
    ]


def _stands(material: Material, lines: Sequence[str]) -> bool:
    """Whether the card's front has been painted in full."""
    whole = len(_shown(material, lines)) == len(material.lines)
    return whole and any(_FRONTS[material.kind] in line for line in lines)
