"""A sitting line by line, answered through pipes until the moment of its kill."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from random import Random

from kill_deck import CARDS, Material
from kill_journal import Act, Journal
from kill_moment import Astray, Ended, Killed, Moment

PATIENCE = 60.0
GRADES = {"Again": 1, "Hard": 3, "Good": 4, "Easy": 5}
CONFIDENCES = (50, 70, 90, 99)
DRAWINGS = ("a > b > c", "a > b", "a > c", "b > a, b > c", "c > b > a")
PROMPTS = {
    "recall": r"Recall it, then press Enter:",
    "gap": r"Gap (\d) of (\d):",
    "choice": r"Which one\?",
    "order": r"The numbers in the right order:",
    "short": r"Your answer \(or say it aloud, then Enter\):",
    "draw": r"Draw it in a line, .*:",
    "paper": r"Draw on paper now, then press Enter:",
    "explain": r"Explain it \(or say it aloud, then Enter\):",
    "predict": r"Your prediction, (\d+) to (\d+) .*:",
    "sure": r"How sure are you\? \(Enter: 2\)",
    "tick": r"Which of these did you have\? .*",
    "pretest": r"A first prediction takes no grade\. Enter goes on:",
    "grade": r"1 Again .* \(Enter: (\w+)\)",
    "compute": r"\S+ =",
}
_PROMPT = {name: re.compile(rf"(?:^|\n){pattern} \Z") for name, pattern in PROMPTS.items()}
_FRONTS = frozenset({"recall", "gap", "choice", "order", "short", "draw", "predict", "compute"})
_END = re.compile(r"^\d+ answers? saved$", re.MULTILINE)
_HEADER = re.compile(r"── (\S+/\S+) · ")


class Program:
    """The program behind pipes, in a process group of its own, killed when the moment has come."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], moment: Moment
    ) -> None:
        self._moment = moment
        self._text = ""
        self._process = subprocess.Popen(
            command,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        moment.started()

    def send(self, line: str) -> None:
        """Write a line; what was heard before is over."""
        assert self._process.stdin is not None
        self._text = ""
        os.write(self._process.stdin.fileno(), f"{line}\n".encode())
        self._moment.sent()

    def listen(self) -> tuple[str, str, re.Match[str]]:
        """Text up to the next prompt: (all of it, the prompt's name, its match). Raises Killed."""
        assert self._process.stdout is not None
        output = self._process.stdout.fileno()
        until = time.monotonic() + PATIENCE
        data = b""
        while time.monotonic() < until:
            ready, _, _ = select.select([output], [], [], min(self._moment.left, 1.0))
            if self._moment.left == 0:
                raise Killed(self._kill(data))
            if ready:
                piece = os.read(output, 65536)
                if not piece:
                    text = data.decode(errors="replace")
                    if self._process.wait() == 0 and _END.search(text):
                        raise Ended(text)
                    raise Astray(f"ended by itself ({self._process.returncode}): {text}")
                data += piece
                self._text = data.decode(errors="ignore")
                if "sealed" in self._text:
                    self._moment.sealed()
                for name, pattern in _PROMPT.items():
                    if match := pattern.search(self._text):
                        return self._text, name, match
        raise Astray(f"no prompt that the driver knows: {self._text}")

    def _kill(self, data: bytes) -> str:
        """End it; what it had shown by then, the last bytes in the pipe included."""
        assert self._process.stdout is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        data += self._process.stdout.read()
        if self._process.wait() != -signal.SIGKILL:
            raise Astray(f"ended before the kill: {data.decode(errors='replace')}")
        return data.decode(errors="ignore")

    def close(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


class PlainSitting:
    """Answers whatever is asked, at random, and keeps the journal."""

    def __init__(self, program: Program, journal: Journal, random: Random) -> None:
        self._program = program
        self._journal = journal
        self._random = random
        self._card: str | None = None
        self._draft: list[str] = []

    def run(self) -> None:
        """Until the kill. Raises Ended when the queue, with all acknowledged, came to its end."""
        try:
            while True:
                text, prompt, match = self._program.listen()
                self._heard(text)
                self._answer(prompt, match, text)
        except Killed as killed:
            self._heard(killed.text)
            if isinstance(killed, Ended):
                raise

    def _heard(self, text: str) -> None:
        """Whatever stands there after a line was sent acknowledges it."""
        if "Traceback" in text:
            raise Astray(text)
        if "Nothing to take back" in text:
            self._journal.withdraw()
        elif taken := re.search(r"Taken back: (\S+)", text):
            self._journal.acknowledge(taken[1])
        elif text.strip() and not self._undoing():
            self._journal.acknowledge()
        for card in _HEADER.findall(text):
            self._journal.asked(card)
            self._card, self._draft = card, []

    def _undoing(self) -> bool:
        acts = self._journal.acts
        return bool(acts) and acts[-1].what == "undo"

    def _answer(self, prompt: str, match: re.Match[str], text: str) -> None:
        random = self._random
        if prompt not in _FRONTS and self._card is None:
            if not self._journal.pending:
                raise Astray(f"no card stands on the table, and none was waiting: {text}")
            self._card = self._journal.pending[0]
            self._journal.counts.predictions_resumed += "is sealed" in text
        assert self._card is not None
        material = CARDS[self._card]
        begins = prompt in _FRONTS and not self._draft
        if (begins and random.random() < 0.06) or (prompt == "grade" and random.random() < 0.04):
            self._send(":u", Act("undo", None))
            self._card = None
        elif prompt == "grade":
            key = random.choice(("", "1", "1", "2", "3", "4"))
            grade = list(GRADES.values())[int(key) - 1] if key else GRADES[match[1]]
            self._send(key, Act("grade", self._card, grade=grade))
            self._card = None
        elif prompt == "pretest":
            self._send("", Act("grade", self._card))
            self._card = None
        elif prompt == "tick":
            self._send(random.choice(("", "1")))
        else:
            self._give(material, prompt, match, text)

    def _give(self, material: Material, prompt: str, match: re.Match[str], text: str) -> None:
        """A line of the answer; the last one submits it."""
        line, answer, confidence = "", None, None
        random, draft = self._random, self._draft
        if prompt == "gap":
            line = random.choice(("encoder", "decoder", f"word {random.randrange(10**6)}"))
            if match[1] == match[2]:
                answer = {"form": "gaps", "texts": [*draft, line]}
        elif prompt == "choice":
            shown = _shown(material, text)
            place = random.randrange(len(shown))
            line, answer = str(place + 1), {"form": "chosen", "options": [shown[place]]}
        elif prompt == "order":
            shown = _shown(material, text)
            places = random.sample(range(len(shown)), len(shown))
            line = " ".join(str(place + 1) for place in places)
            answer = {"form": "ordered", "steps": [shown[place] for place in places]}
        elif prompt == "short":
            line = f"in my own words {random.randrange(10**6)}"
            answer = {"form": "written", "text": line}
        elif prompt == "compute":
            line = random.choice(("0.00515", f"0.{random.randrange(1, 10**6)}"))
            answer = {"form": "computed", "texts": [line]}
        elif prompt == "draw":
            line = random.choice((*DRAWINGS, "p"))
            if material.kind == "diagram" and line != "p":
                answer = {"form": "drawn", "shorthand": line, "text": ""}
        elif prompt == "paper":
            answer = {"form": "on_paper", "text": ""} if material.kind == "diagram" else None
        elif prompt == "explain":
            line = f"because of {random.randrange(10**6)}"
            answer = {"form": "drawn", "shorthand": draft[0], "text": line}
            if draft[0] == "p":
                answer = {"form": "on_paper", "text": line}
        elif prompt == "predict":
            line = str(random.randint(int(match[1]), int(match[2])))
        elif prompt == "sure":
            place = random.randrange(4)
            line, confidence = str(place + 1), CONFIDENCES[place]
            answer = {"form": "predicted", "value": float(draft[0])}
        draft.append(line)
        act = None if answer is None else Act("attempt", material.card, answer, confidence)
        self._send(line, act)

    def _send(self, line: str, act: Act | None = None) -> None:
        if act is not None:
            self._journal.expect(act)
        self._program.send(line)


def _shown(material: Material, text: str) -> list[int]:
    """The indices of a card's lines, in the order in which they are numbered in a text."""
    numbered = re.findall(r"^ *\d+ (.+)$", text, re.MULTILINE)
    return [material.lines.index(line) for line in numbered if line in material.lines]


COMMAND = [sys.executable, "-m", "studybuddy"]
