"""The program's group: options, the list of commands, and each command imported when it is used."""

from __future__ import annotations

import importlib
from typing import Any

import click

from studybuddy.cli.context import Context
from studybuddy.text.translation import LANGUAGES

#: Command → module of this package; the click command bears the same name with `_command`.
COMMANDS = {
    "review": "review",
    "today": "today",
    "explain": "explain",
    "lab": "lab",
    "models": "models",
    "train": "train",
    "decks": "decks",
    "exam": "exam",
    "doctor": "doctor",
    "paths": "paths",
}

_EXAMPLES = """\b
Examples:
  studybuddy                        open the app on today's work
  studybuddy review --minutes 20    straight into a sitting of 20 minutes
  studybuddy today --json           what is due, for a script
  studybuddy lab length             run both networks on sentences they never saw
  studybuddy decks check my-deck    what is wrong in a deck, and how to mend it
"""


class LazyGroup(click.Group):
    """A group whose commands are imported only when one of them is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of this command."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = importlib.import_module(f"studybuddy.cli.{module}")
        command: click.Command = getattr(found, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a mistyped name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"No such command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from studybuddy import __version__

        click.echo(f"studybuddy {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 the input is wrong, 2 usage or no terminal, 130 interrupted.",
    help="Exam-ready in a technical chapter, from a terminal.\n\n" + _EXAMPLES,
)
@click.option("--db", metavar="FILE", help="Another database file.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of interface and cards.")
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and exit.",
)
@click.pass_context
def program(ctx: click.Context, db: str | None, lang: Any) -> int | None:
    """Open the app on Today when no command is named."""
    context = Context(database=db, requested_language=lang)
    ctx.obj = context
    ctx.call_on_close(context.close)
    if ctx.invoked_subcommand is None:
        from studybuddy.cli.opening import open_app

        return open_app(context)
    return None
