"""Keys that come faster than the screen can follow, as a slow line delivers them."""

from __future__ import annotations

from pathlib import Path

import pytest
from kill_app import Painted
from kill_deck import write_deck
from kill_moment import Moment
from kill_plain import COMMAND
from kill_sittings import environment


@pytest.mark.parametrize(
    ("kind", "keys", "shown"),
    [
        ("short", "words\r\r", "[ ] 1. the one point"),
        ("experiment", "7\r\r", "% sure"),
        ("cloze", "encoder\rdecoder\r", "2 of 2 right"),
    ],
)
def test_enter_twice_answers_once_and_what_follows_enter_is_the_next_answer(
    tmp_path: Path, kind: str, keys: str, shown: str
) -> None:
    write_deck(tmp_path / "home")
    never = Moment("line", lines=10**9, delay=0)
    command = [*COMMAND, "review", "--kind", kind]
    program = Painted(command, environment(tmp_path / "home", 0), never)
    try:
        program.wait(lambda look: look.stage == "front")
        program.type(keys)
        program.wait(lambda look: shown in look.text)
        # Still alive when the second Enter, too, has been met: the help opens.
        program.type("\x1bOP")
        program.wait(lambda look: "the memory hook" in look.text)
    finally:
        program.close()
