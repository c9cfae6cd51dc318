"""`studybuddy exam`: the date of the exam, a row of the log like everything of the learner's."""

from __future__ import annotations

from datetime import date, datetime

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import print_json, say
from studybuddy.clock import day_of_date
from studybuddy.text.translation import _

JSON_VERSION = 1


@click.command("exam")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Set it: YYYY-MM-DD.")
@click.option("--clear", is_flag=True, help="Forget it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def exam_command(context: Context, day: datetime | None, clear: bool, as_json: bool) -> None:
    """When the exam is; with --date, set it."""
    from studybuddy.cli.today import exam_line

    if day is not None and clear:
        raise click.UsageError("--date and --clear exclude each other.")
    store = context.store
    context.speak(context.settings(store.reads))
    if day is not None or clear:
        value = {"date": day.date().isoformat()} if day is not None else None
        store.append("exam", extra={"key": "exam", "value": value})
    set_to = _date(store.reads.latest("exam").get("exam"))
    days = day_of_date(set_to) - context.clock.day() if set_to is not None else None
    if as_json:
        text = set_to.isoformat() if set_to is not None else None
        print_json({"schema": JSON_VERSION, "exam": text, "days": days})
    elif set_to is None or days is None:
        say(_("No exam date is set; `studybuddy exam --date YYYY-MM-DD` sets one."))
    else:
        say(f"{set_to.isoformat()} · {exam_line(set_to.isoformat(), days)}")


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value["date"]) if isinstance(value, dict) else None
    except (KeyError, TypeError, ValueError):
        return None
