"""`studybuddy doctor`: one line for everything that could be broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import print_json, say
from studybuddy.errors import FINE, WRONG_INPUT

JSON_VERSION = 1
State = Literal["fine", "note", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and what to do where it is not fine."""

    name: str
    state: State
    text: str


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def doctor_command(context: Context, as_json: bool) -> int:
    """Check the surroundings, the database, the decks and the models."""
    context.speak()
    findings = list(examine(context))
    broken = any(finding.state == "broken" for finding in findings)
    if as_json:
        lines = [{"name": each.name, "state": each.state, "text": each.text} for each in findings]
        print_json({"schema": JSON_VERSION, "broken": broken, "findings": lines})
    else:
        marks = {"fine": "✓", "note": "·", "broken": "✗"}
        for each in findings:
            say(f"{marks[each.state]} {each.name:<10} {each.text}")
    return WRONG_INPUT if broken else FINE


def examine(context: Context) -> Iterator[Finding]:
    """Every check; one that fails in an unforeseen way is itself a finding."""
    from studybuddy.cli import checks

    each: Callable[[Context], Iterator[Finding]]
    for each in (
        checks.versions,
        checks.terminal,
        checks.places,
        checks.database,
        checks.decks,
        checks.models,
    ):
        try:
            yield from each(context)
        except Exception as error:
            yield Finding(
                each.__name__, "broken", f"{type(error).__name__}: {error}".split("\n")[0]
            )
