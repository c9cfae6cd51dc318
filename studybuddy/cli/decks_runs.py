"""Whether the decks' experiments show what they ask about, on the models that are here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.cli.output import ProgressLine
from studybuddy.decks.model import Experiment, Problem
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.effects import (
    Effect,
    Question,
    doubt,
    measure,
    questions_of,
    read_effects,
    write_effects,
)

if TYPE_CHECKING:
    from studybuddy.decks.library import Library
    from studybuddy.decks.model import Card
    from studybuddy.locations import Locations


def run_problems(library: Library, places: Locations) -> list[Problem]:
    """A warning for each experiment card whose effect is not known to lie outside its interval.

    What the learner measured stands before what is bundled. A stored file that cannot be read is
    no reason to hide the decks' own faults: it is said once.
    """
    cards = list(experiments(library))
    try:
        effects = read_effects(places.bundled_models) | read_effects(places.models)
    except StudyBuddyError as problem:
        return [Problem(card.place, str(problem), warning=True) for card, _question in cards[:1]]
    return [
        Problem(card.place, f"the experiment {question.run!r}: {why}", warning=True)
        for card, question in cards
        if (why := doubt(question, effects, places.bundled_models)) is not None
    ]


def measure_runs(library: Library, folder: Path) -> list[Problem]:
    """Run every question of the experiment cards from several seeds; each is stored as it ends.

    What is stored of other questions stays. Returns the runs that failed, at their cards.
    """
    asked = {question.key: (card, question) for card, question in experiments(library)}
    effects = _stored(folder)
    failed: list[Problem] = []
    line = ProgressLine()
    try:
        for done, (key, (card, question)) in enumerate(asked.items()):
            line.show(done, len(asked), f"{question.run} {question.ask}")
            try:
                effects[key] = measure(question)
            except StudyBuddyError as problem:
                failed.append(Problem(card.place, f"the experiment {question.run!r}: {problem}"))
                continue
            write_effects(effects.values(), folder)
    finally:
        line.close()
    return failed


def _stored(folder: Path) -> dict[str, Effect]:
    """What is stored already; a malformed file is written anew."""
    try:
        return read_effects(folder)
    except StudyBuddyError:
        return {}


def experiments(library: Library) -> Iterator[tuple[Card, Question]]:
    """Every experiment card with each question that it may ask, in each language."""
    for deck in library.load().decks:
        for topics in deck.topics.values():
            for topic in topics:
                for card in topic.cards:
                    if isinstance(card.body, Experiment):
                        body = card.body
                        for question in questions_of(body.run, body.ask, body.parameters):
                            yield card, question
