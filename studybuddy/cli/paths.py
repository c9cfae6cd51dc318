"""`studybuddy paths`: where everything lies."""

from __future__ import annotations

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import print_json, say

JSON_VERSION = 1


@click.command("paths")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def paths_command(context: Context, as_json: bool) -> None:
    """Where your history, your decks and everything else lies."""
    places = context.locations
    lines = {
        "database": str(places.database),
        "decks": str(places.decks),
        "models": str(places.models),
        "device": str(places.device),
        "state": str(places.state),
        "bundled_decks": str(places.bundled_decks),
        "bundled_models": str(places.bundled_models),
    }
    if as_json:
        print_json({"schema": JSON_VERSION, **lines})
        return
    for name, place in lines.items():
        say(f"{name:<15} {place}")
