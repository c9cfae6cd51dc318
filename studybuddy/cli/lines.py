"""Lines from stdin: answers, and the commands that may stand in their place."""

from __future__ import annotations

import sys
import unicodedata

from studybuddy.text.sanitise import clean

#: What a line may ask for instead of answering; each also with a colon before it.
COMMANDS = frozenset("uqhlp?")
_LONGEST = 20_000


class EndOfInput(Exception):
    """stdin has ended: the sitting ends with everything committed so far."""


class Wish(Exception):
    """A command stood where an answer was asked for."""

    def __init__(self, letter: str) -> None:
        super().__init__(letter)
        self.letter = letter


def ask(prompt: str, *, free: bool = False) -> str:
    """One line, without blanks around it. The prompt goes to stderr, after all of stdout.

    With `free` text only `?` and commands with a colon (`:u`) are commands, since a gap may
    well ask for the letter u. Raises Wish for a command and EndOfInput at the end of stdin.
    """
    sys.stdout.flush()
    print(prompt, end=" ", file=sys.stderr, flush=True)
    line = sys.stdin.readline(_LONGEST)
    if not line:
        print(file=sys.stderr)
        raise EndOfInput
    if not sys.stdin.isatty():
        print(file=sys.stderr)
    # The answer is shown again with its verdict: what a paste brought along must not command then.
    text = clean(line).strip()
    command = unicodedata.normalize("NFKC", text).lower()
    if len(command) == 2 and command[0] == ":" and command[1] in COMMANDS:
        raise Wish(command[1])
    if command == "?" or (not free and command in COMMANDS):
        raise Wish(command)
    return text


def numbers_in(text: str) -> list[int] | None:
    """The whole numbers of a line such as `1 3`, `1,3` or `１、３`; None when there is anything else."""
    plain = unicodedata.normalize("NFKC", text)
    for mark in ",;、，；":
        plain = plain.replace(mark, " ")
    parts = plain.split()
    if not all(part.isascii() and part.isdecimal() and len(part) < 6 for part in parts):
        return None
    return [int(part) for part in parts]


def choose(prompt: str, count: int, *, several: bool = False, none: bool = False) -> list[int]:
    """Indices from 0 of what was chosen among `count` numbered lines; asks until it makes sense."""
    from studybuddy.cli.output import talk
    from studybuddy.text.translation import _

    while True:
        numbers = numbers_in(ask(prompt))
        fits = (
            numbers is not None
            and all(1 <= number <= count for number in numbers)
            and len(set(numbers)) == len(numbers)
            and (none or numbers)
            and (several or len(numbers) <= 1)
        )
        if numbers is not None and fits:
            return [number - 1 for number in numbers]
        if several:
            talk(_("Numbers from 1 to {most} with blanks between, please.").format(most=count))
        else:
            talk(_("One number from 1 to {most}, please.").format(most=count))


def choose_all(prompt: str, count: int) -> list[int]:
    """Indices from 0 of all `count` numbered lines in the order typed, as in `2 1 3`."""
    from studybuddy.cli.output import talk
    from studybuddy.text.translation import _

    while True:
        picked = choose(prompt, count, several=True)
        if len(picked) == count:
            return picked
        talk(_("All {n} numbers are needed, each once.").format(n=count))
