"""`studybuddy review`: straight into a sitting, in the app or line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studybuddy.cli.context import Context
from studybuddy.cli.terminal import can_show_app
from studybuddy.decks.model import KINDS, Card, Kind
from studybuddy.errors import FINE, StudyBuddyError
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import Language, _

if TYPE_CHECKING:
    from studybuddy.store.reads import Reads
    from studybuddy.study.queue import Filters


@click.command("review")
@click.option("--topic", "topics", multiple=True, metavar="T", help="Only this topic; may repeat.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind.")
@click.option("--wrong", is_flag=True, help="What was graded below Good last time.")
@click.option("--new", type=click.IntRange(0, 999), metavar="N", help="N new cards at most.")
@click.option("--minutes", type=click.IntRange(1, 600), metavar="N", help="About N minutes.")
@click.option("--cram", is_flag=True, help="Every card; schedules do not move.")
@click.option("--plain", is_flag=True, help="Line by line, without the app.")
@click.pass_obj
def review_command(
    context: Context,
    topics: tuple[str, ...],
    kinds: tuple[Kind, ...],
    wrong: bool,
    new: int | None,
    minutes: int | None,
    cram: bool,
    plain: bool,
) -> int:
    """Review what is due, then what is new.

    Without a terminal, or with --plain, answers are read from stdin line by line.
    """
    from studybuddy.study.queue import Filters

    if wrong and cram:
        raise click.UsageError("--wrong and --cram exclude each other.")
    filters = Filters(topics, kinds, wrong, new, minutes, cram)
    if plain or not can_show_app():
        return _line_by_line(context, filters)
    from studybuddy.cli.opening import open_app

    return open_app(context, screen="review", filters=filters)


def _line_by_line(context: Context, filters: Filters) -> int:
    from studybuddy.cli.sitting import Sitting
    from studybuddy.study.library import read_card
    from studybuddy.study.session import Session

    store = context.store
    settings = context.speak(context.settings(store.reads))
    language = context.card_language(settings)
    _check_topics(store.reads, filters.topics, language)
    library = context.open_library()

    def read(card: str, wanted: Language) -> Card:
        return read_card(store.reads, library, card, wanted)

    session = Session(store.reads, read, context.clock, settings, language, filters, store)
    Sitting(session, context.clock).run()
    return FINE


def _check_topics(reads: Reads, asked: tuple[str, ...], language: Language) -> None:
    """Raise StudyBuddyError, with the topics there are, when one is named that is not."""
    known = [(topic.deck, topic.topic) for topic in reads.topics(language)]
    for name in asked:
        if not any(name in (topic, f"{deck}/{topic}") for deck, topic in known):
            raise StudyBuddyError(
                _("There is no topic {name}; there are {names}.").format(
                    name=clean(name)[:64], names=", ".join(topic for _deck, topic in known)
                )
            )
