"""`studybuddy today`: what is due, what is new, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import print_json, say
from studybuddy.text.translation import _, ngettext
from studybuddy.text.width import cell_width, pad, pad_left

if TYPE_CHECKING:
    from studybuddy.study.today import Today


@click.command("today")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def today_command(context: Context, as_json: bool) -> None:
    """What is due today, by topic."""
    from studybuddy.study.today import summary

    reads = context.reads()
    settings = context.speak(context.settings(reads))
    found = summary(reads, context.clock.day(), settings, context.card_language(settings))
    if as_json:
        print_json(found.as_json())
    else:
        for line in _lines(found):
            say(line)


def _lines(today: Today) -> list[str]:
    from studybuddy.clock import date_of_day

    head = [date_of_day(today.day).isoformat()]
    if today.exam_days is not None:
        head.append(exam_line(today.exam or "", today.exam_days))
    if today.streak:
        head.append(
            ngettext("{n} day in a row", "{n} days in a row", today.streak).format(n=today.streak)
        )
    lines = [" · ".join(head), ""]
    if today.to_do:
        minutes = ngettext("about {n} minute", "about {n} minutes", today.minutes)
        counts = [
            _("{n} due").format(n=today.due),
            _("{n} new").format(n=today.new),
            *([_("{n} again").format(n=today.drilling)] if today.drilling else []),
            *([_("{n} awaiting a grade").format(n=today.pending)] if today.pending else []),
        ]
        lines.append(" · ".join([*counts, minutes.format(n=today.minutes)]))
    else:
        lines.append(_("Nothing to review."))
    if today.next_page is not None:
        lines.append(_("To read next: {title}").format(title=today.next_page.title))
    if today.waiting:
        waiting = ngettext(
            "{n} new card waits for its page to be read",
            "{n} new cards wait for their page to be read",
            today.waiting,
        )
        lines.append(waiting.format(n=today.waiting))
    return [*lines, "", *_table(today)]


def exam_line(day: str, days: int) -> str:
    """The countdown in words."""
    if days < 0:
        return _("the exam was on {date}").format(date=day)
    if days == 0:
        return _("the exam is today")
    return ngettext("{n} day to the exam", "{n} days to the exam", days).format(n=days)


def _table(today: Today) -> list[str]:
    headings = (_("topic"), _("due"), _("new"), _("pages to read"))
    rows = [
        (topic.title, str(topic.due), str(topic.new), str(topic.unread)) for topic in today.topics
    ]
    widths = [max(cell_width(row[i]) for row in (headings, *rows)) for i in range(4)]
    return [
        "  ".join(
            [pad(row[0], widths[0]), *(pad_left(row[i], widths[i]) for i in (1, 2, 3))]
        ).rstrip()
        for row in (headings, *rows)
    ]
