"""TOML inside a fence: read within bounds, its strings made safe, its errors at the file's line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from studybuddy.decks.blocks import Block
from studybuddy.decks.faults import Faults, quoted
from studybuddy.decks.model import Compute, Experiment
from studybuddy.text.sanitise import clean

#: Reading TOML takes quadratic time when a key has thousands of parts.
LONGEST_TOML = 10_000
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class TomlError(Exception):
    """What is wrong and at which line of the text (from 1)."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def read_toml(text: str) -> dict[str, Any]:
    """The table that a text holds, its strings without control characters.

    Raises TomlError, also for what is too long or nested too deeply.
    """
    if len(text) > LONGEST_TOML:
        raise TomlError(f"this TOML is longer than {LONGEST_TOML:,} characters: shorten it", 1)
    try:
        table = tomllib.loads(text)
        safe = _safe(table)
    except RecursionError:
        raise TomlError("this TOML is nested too deeply: flatten it", 1) from None
    except ValueError as error:
        message = str(error)
        match = _PLACE.search(message)
        line = text.rstrip("\n").count("\n") + 1
        if match is not None and match[1]:
            line = int(match[1])
        what = clean(_PLACE.sub("", message))
        raise TomlError(f"this is not TOML ({what}): mend the line", line) from None
    assert isinstance(safe, dict)
    return safe


def _safe(value: object) -> object:
    """The same value with every string cleaned: TOML's own escapes can write control characters."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): _safe(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_safe(each) for each in value]
    return value


def fence_table(block: Block, faults: Faults) -> dict[str, Any] | None:
    """The table of a fence; None when it cannot be read, which is reported at the file's line."""
    try:
        return read_toml(block.text)
    except TomlError as error:
        faults.error(block.line + error.line, error.message)
        return None


def line_with(block: Block, needle: str, occurrence: int = 0) -> int:
    """The file's line on which a fence holds this text; the fence's own line when none does."""
    for number, line in enumerate(block.text.split("\n"), start=block.line + 1):
        if needle in line:
            if occurrence == 0:
                return number
            occurrence -= 1
    return block.line


def line_of_key(lines: Sequence[str], table: str, key: str) -> int | None:
    """The index of the line that sets a key below the heading [table]; None when there is none."""
    setting = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
    below = False
    for index, line in enumerate(lines):
        text = line.strip()
        if text.startswith("["):
            below = text.partition("]")[0].strip("[ ") == table
        elif below and setting.match(line):
            return index
    return None


def read_compute(block: Block, faults: Faults) -> Compute | None:
    """A `compute` fence, checked against the catalogue."""
    table = fence_table(block, faults)
    if table is None:
        return None
    generator = _name(table, "generator", block, faults)
    if not generator:
        return None
    parameters = _rest(table, ("generator",))
    from studybuddy.catalogue import registry

    return (
        Compute(generator, parameters)
        if _fine(registry.generator_problem(generator, parameters), "generator", block, faults)
        else None
    )


def read_experiment(block: Block, faults: Faults) -> Experiment | None:
    """An `experiment` fence, checked against the catalogue."""
    table = fence_table(block, faults)
    if table is None:
        return None
    run = _name(table, "run", block, faults)
    ask = _name(table, "ask", block, faults)
    if not run or not ask:
        return None
    parameters = _rest(table, ("run", "ask"))
    from studybuddy.catalogue import registry

    return (
        Experiment(run, ask, parameters)
        if _fine(registry.experiment_problem(run, ask, parameters), "run", block, faults)
        else None
    )


def _rest(table: Mapping[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in without}


def _name(table: Mapping[str, Any], key: str, block: Block, faults: Faults) -> str:
    value = table.get(key)
    if value is None:
        faults.error(block.line, f'the fence names no {key}: write {key} = "…"')
        return ""
    if not isinstance(value, str) or not value:
        faults.error(line_with(block, key), f'{key} must be a name in quotes: write {key} = "…"')
        return ""
    return value


def _fine(problem: str | None, key: str, block: Block, faults: Faults) -> bool:
    """Report what the catalogue says, at the line of the word it names, if the fence has it."""
    if problem is None:
        return True
    line = line_with(block, key)
    for name in re.findall(r"[\w-]+", problem):
        found = next(
            (
                number
                for number, text in enumerate(block.text.split("\n"), start=block.line + 1)
                if re.match(rf"\s*{re.escape(name)}\s*=", text)
            ),
            None,
        )
        if found is not None:
            line = found
            break
    faults.error(line, problem if len(problem) < 500 else quoted(problem))
    return False
