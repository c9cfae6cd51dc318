"""Every fault of a library, also those that show only when its languages are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from studybuddy.decks.agreement import card_differences
from studybuddy.decks.faults import quoted
from studybuddy.decks.library import Library, LoadedLibrary
from studybuddy.decks.model import Card, Deck, Page, Place, Problem
from studybuddy.text.translation import Language


def check_library(library: Library) -> list[Problem]:
    """All problems, sorted by file and line; what leaves everything usable is flagged a warning."""
    return check_loaded(library.load())


def check_loaded(loaded: LoadedLibrary) -> list[Problem]:
    """The same for a library that is loaded already."""
    problems = set(loaded.problems)
    for deck in loaded.decks:
        problems.update(_languages(deck))
    problems.update(_earlier_ids(loaded.decks))
    return sorted(problems, key=lambda each: (each.place.file, each.place.line, each.message))


def _languages(deck: Deck) -> Iterator[Problem]:
    """Where a language of the deck differs from its first one, at the other language's place."""
    first, *others = deck.topics
    cards = _cards(deck, first)
    pages = _pages(deck, first)
    for language in others:
        yield from _missing(deck, "card", cards, _cards(deck, language), first, language)
        yield from _missing(deck, "page", pages, _pages(deck, language), first, language)
        for name, card in _cards(deck, language).items():
            if name in cards:
                for what in card_differences(card, cards[name]):
                    yield Problem(
                        card.place,
                        f"the card {quoted(name)} differs in {first} ({cards[name].place}) "
                        f"in its {what}: make both the same",
                    )


def _cards(deck: Deck, language: Language) -> dict[str, Card]:
    return {card.id: card for topic in deck.topics[language] for card in topic.cards}


def _pages(deck: Deck, language: Language) -> dict[str, Page]:
    return {page.id: page for topic in deck.topics[language] for page in topic.pages}


def _missing(
    deck: Deck,
    what: str,
    one: Mapping[str, Card] | Mapping[str, Page],
    other: Mapping[str, Card] | Mapping[str, Page],
    first: Language,
    second: Language,
) -> Iterator[Problem]:
    for here, there, language in ((one, other, second), (other, one, first)):
        # One sentence for a topic that is missing as a whole is enough, and deck.toml has it.
        present = {topic.id for topic in deck.topics[language]}
        for name, each in here.items():
            if name not in there and each.topic in present:
                place = _topic_place(deck, each.topic, language)
                yield Problem(
                    each.place,
                    f"the {what} {quoted(name)} is not, or not whole, in {language}: "
                    f"write it in {place}",
                )


def _topic_place(deck: Deck, topic: str, language: Language) -> str:
    """The file of a topic in a language, as far as any of its pages tells."""
    for each in deck.topics[language]:
        if each.id == topic and each.pages:
            return each.pages[0].place.file
    return f"{language}/{topic}.md"


def _earlier_ids(decks: Iterable[Deck]) -> Iterator[Problem]:
    """An earlier id (was=) that a living card bears, or that two cards claim."""
    living: dict[str, Place] = {}
    for deck in decks:
        for language in deck.topics:
            for name, card in _cards(deck, language).items():
                living.setdefault(name, card.place)
    claimed: dict[str, Card] = {}
    for deck in decks:
        for language in deck.topics:
            for card in _cards(deck, language).values():
                for name in card.was:
                    if name in living:
                        yield Problem(
                            card.place,
                            f"was={quoted(name)} is the id of the card at {living[name]}: "
                            "an earlier id must be free",
                        )
                    earlier = claimed.setdefault(name, card)
                    if earlier.id != card.id:
                        yield Problem(
                            card.place,
                            f"was={quoted(name)} is claimed at {earlier.place} too: keep one",
                        )
