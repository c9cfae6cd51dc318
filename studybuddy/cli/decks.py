"""`studybuddy decks list` and `studybuddy decks check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import print_json, say, talk
from studybuddy.errors import FINE, WRONG_INPUT, StudyBuddyError
from studybuddy.text.translation import ngettext

if TYPE_CHECKING:
    from studybuddy.decks.library import Library

JSON_VERSION = 1


@click.group("decks")
def decks_command() -> None:
    """Your decks: list them, check them."""


@decks_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def list_command(context: Context, as_json: bool) -> None:
    """Every deck with its title, its languages and how many cards it has."""
    settings = context.speak()
    loaded = context.open_library().load()
    cards: dict[str, set[str]] = {}
    for entry in loaded.cards:
        cards.setdefault(entry.deck, set()).add(entry.card)
    decks = [
        {
            "id": deck.id,
            "titles": dict(deck.titles),
            "languages": list(deck.topics),
            "topics": list(deck.order),
            "cards": len(cards.get(deck.id, ())),
            "bundled": deck.bundled,
        }
        for deck in loaded.decks
    ]
    if as_json:
        print_json({"schema": JSON_VERSION, "decks": decks})
        return
    language = context.card_language(settings)
    for deck in loaded.decks:
        title = deck.titles.get(language) or next(iter(deck.titles.values()), deck.id)
        count = len(cards.get(deck.id, ()))
        number = ngettext("{n} card", "{n} cards", count).format(n=count)
        say(f"{deck.id}  {title}  ·  {number}  ·  {', '.join(deck.topics)}")
    broken = sum(not problem.warning for problem in loaded.problems)
    if broken:
        text = ngettext(
            "{n} error; `studybuddy decks check` names it",
            "{n} errors; `studybuddy decks check` names them",
            broken,
        )
        talk(text.format(n=broken))


@decks_command.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--runs", is_flag=True, help="Run every experiment first and store what it shows.")
@click.option("--out", type=click.Path(path_type=Path), help="With --runs: the folder to store in.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def check_command(
    context: Context, path: Path | None, runs: bool, out: Path | None, as_json: bool
) -> int:
    """Every fault of the decks, as file:line: what, and how to mend it.

    PATH is a deck's folder, a folder of decks or a file of one; without it, the whole library.
    """
    from studybuddy.cli.decks_runs import measure_runs, run_problems
    from studybuddy.decks.check import check_library

    context.speak()
    library = context.open_library() if path is None else _library_at(path)
    if path is not None and not library.folders():
        raise StudyBuddyError(f"{path}: no deck.toml lies here or in a folder below.")
    failed = measure_runs(library, out or context.locations.models) if runs else []
    problems = sorted(
        [*check_library(library), *run_problems(library, context.locations), *failed],
        key=lambda each: (each.place.file, each.place.line, each.message),
    )
    errors = sum(not problem.warning for problem in problems)
    if as_json:
        print_json(
            {
                "schema": JSON_VERSION,
                "errors": errors,
                "warnings": len(problems) - errors,
                "problems": [
                    {
                        "file": problem.place.file,
                        "line": problem.place.line,
                        "message": problem.message,
                        "warning": problem.warning,
                    }
                    for problem in problems
                ],
            }
        )
    else:
        for problem in problems:
            mark = "warning: " if problem.warning else ""
            say(f"{problem.place}: {mark}{problem.message}")
        talk(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}")
    return WRONG_INPUT if errors else FINE


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _library_at(path: Path) -> Library:
    """The decks at this place; a file stands for the deck that it belongs to."""
    from studybuddy.decks.library import Library

    if not path.exists():
        raise StudyBuddyError(f"{path}: there is no such file or folder.")
    folder = path if path.is_dir() else path.parent
    if not path.is_dir() and not (folder / "deck.toml").is_file():
        folder = folder.parent
    return Library([(folder, False)])
