"""`studybuddy explain CARD`: its history, and why it is due when it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import print_json, say
from studybuddy.errors import StudyBuddyError
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.scheduling.row import Row
    from studybuddy.store.reads import Reads
    from studybuddy.study.explain import Explanation


@click.command("explain")
@click.argument("card")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def explain_command(context: Context, card: str, as_json: bool) -> None:
    """A card's history, and why it is due when it is.

    CARD is deck/card, or the card alone where only one deck has it.
    """
    from studybuddy.study.explain import explain

    store = context.store
    context.speak(context.settings(store.reads))
    name = find_card(store.reads, card)
    found = explain(name, store.rows_of(name), context.clock.day())
    if as_json:
        print_json(found.as_json())
        return
    for line in _lines(found):
        say(line)


def find_card(reads: Reads, asked: str) -> str:
    """The full id that was meant. Raises StudyBuddyError, with the nearest ids, when there is none."""
    from difflib import get_close_matches

    known = [card.card for card in reads.cards()]
    if asked in known:
        return asked
    ends = [name for name in known if name.split("/", 1)[1] == asked]
    if len(ends) == 1:
        return ends[0]
    if ends:
        raise StudyBuddyError(
            _("Several decks have a card {card}: {names}.").format(
                card=clean(asked), names=", ".join(ends)
            )
        )
    short = {name.split("/", 1)[1]: name for name in known}
    near = [
        *(short[each] for each in get_close_matches(asked.split("/")[-1], short, n=3)),
        *get_close_matches(asked, known, n=3, cutoff=0.7),
    ]
    near = list(dict.fromkeys(near))[:3]
    if near:
        raise StudyBuddyError(
            _("No deck has a card {card}; did you mean {names}?").format(
                card=clean(asked)[:130], names=", ".join(near)
            )
        )
    raise StudyBuddyError(_("No deck has a card {card}.").format(card=clean(asked)[:130]))


def _lines(found: Explanation) -> list[str]:
    from studybuddy.grading.grades import grade_name

    memory = found.record.memory
    lines = [found.card, "", found.reason]
    if memory.due is not None:
        lines.append(
            _(
                "repetition {n} · interval {interval} d · ease factor {ease:.2f} · lapses {lapses}"
            ).format(
                n=memory.repetition,
                interval=memory.interval,
                ease=memory.ease / 1000,
                lapses=memory.lapses,
            )
        )
    if found.rows:
        lines += ["", *(_row(row) for row in found.rows)]
    grades = [f"{grade} {grade_name(grade)} {days} d" for grade, days in found.intervals.items()]
    return [*lines, "", _("If graded today: {grades}").format(grades=" · ".join(grades))]


def _row(row: Row) -> str:
    when = datetime.fromtimestamp(row.instant / 1000, UTC) + timedelta(minutes=row.zone)
    parts = [f"{when:%Y-%m-%d %H:%M}", f"{clean(row.kind):<8}"]
    if row.grade is not None:
        parts.append(_("grade {n}").format(n=row.grade))
    if row.suggested is not None and row.suggested != row.grade:
        parts.append(_("(suggested {n})").format(n=row.suggested))
    if row.score is not None:
        parts.append(f"{row.score / 10:.0f} %")
    if row.response is not None:
        parts.append(f"{row.response / 1000:.1f} s")
    if row.confidence is not None:
        parts.append(_("{n} % sure").format(n=row.confidence))
    return "  ".join(parts).rstrip()
