"""All decks of the learner: their files, their index, and one card or page read through it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studybuddy.decks.cards import Surroundings
from studybuddy.decks.deck import LoadedDeck, load_deck, topic_files
from studybuddy.decks.entries import (
    DeckEntry,
    Entries,
    FileStamp,
    IndexEntry,
    PageEntry,
    TopicEntry,
)
from studybuddy.decks.faults import quoted
from studybuddy.decks.files import stamp_of, stays_inside
from studybuddy.decks.model import Card, Deck, Page, Place, Problem
from studybuddy.decks.parser import (
    ParsedTopic,
    parse_card_slice,
    parse_page_slice,
    parse_topic,
)
from studybuddy.decks.settings import FILE
from studybuddy.decks.source import LARGEST_READ, digest_of
from studybuddy.errors import StudyBuddyError
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

__all__ = [
    "DeckEntry",
    "Entries",
    "FileStamp",
    "IndexEntry",
    "Library",
    "LoadedLibrary",
    "PageEntry",
    "TopicEntry",
]


@dataclass(frozen=True, slots=True)
class LoadedLibrary:
    """Every deck, the index of them all, and all that is wrong."""

    decks: tuple[Deck, ...]
    entries: Entries
    problems: tuple[Problem, ...]

    @property
    def cards(self) -> tuple[IndexEntry, ...]:
        """The index of the cards."""
        return self.entries.cards

    @property
    def pages(self) -> tuple[PageEntry, ...]:
        """The index of the lesson pages."""
        return self.entries.pages

    @property
    def topics(self) -> tuple[TopicEntry, ...]:
        """The index of the topics."""
        return self.entries.topics


class Library:
    """The decks in some folders.

    A root is a deck's folder (it holds deck.toml) or a folder of such folders; the flag beside
    it tells whether its decks are bundled. Folders whose names begin with a dot are passed over.
    """

    def __init__(self, roots: Sequence[tuple[Path, bool]]) -> None:
        self.roots = tuple((Path(os.path.abspath(root)), bundled) for root, bundled in roots)

    def folders(self) -> list[tuple[Path, bool]]:
        """Each deck's folder and whether it is bundled; bundled ones first, then by name."""
        found: dict[Path, bool] = {}
        for root, bundled in sorted(self.roots, key=lambda each: not each[1]):
            for folder in _decks_in(root):
                found.setdefault(folder, bundled)
        return list(found.items())

    def files(self) -> list[FileStamp]:
        """Every file that `load` would read, deck.toml too, with size and time of change."""
        stamps = []
        for folder, _bundled in self.folders():
            for path in (folder / FILE, *topic_files(folder)):
                stamp = stamp_of(path)
                if stamp is not None:
                    stamps.append(stamp)
        return stamps

    def load(self) -> LoadedLibrary:
        """Read every deck. A deck whose id an earlier deck has is reported and left out."""
        places: dict[str, str] = {}
        decks: list[Deck] = []
        problems: list[Problem] = []
        loaded: list[LoadedDeck] = []
        for folder, bundled in self.folders():
            each = load_deck(folder, bundled=bundled)
            problems.extend(each.problems)
            if each.deck is None:
                continue
            file = clean(str(folder / FILE))
            if each.deck.id in places:
                problems.append(
                    Problem(
                        Place(file, 1),
                        f"the deck id {quoted(each.deck.id)} is taken by "
                        f"{places[each.deck.id]}: choose another",
                    )
                )
                continue
            places[each.deck.id] = file
            decks.append(each.deck)
            loaded.append(each)
        entries = Entries(
            tuple(card for each in loaded for card in each.entries.cards),
            tuple(page for each in loaded for page in each.entries.pages),
            tuple(topic for each in loaded for topic in each.entries.topics),
            tuple(deck for each in loaded for deck in each.entries.decks),
        )
        return LoadedLibrary(tuple(decks), entries, tuple(problems))

    def read_card(self, entry: IndexEntry) -> Card:
        """The card of an index entry, read from its own bytes alone when they are unchanged.

        Raises StudyBuddyError (file:line) when the file cannot be read or the card is gone.
        """
        raw = self._read(entry, entry.offset, entry.length)
        if len(raw) == entry.length and digest_of(raw) == entry.digest:
            where = Surroundings(
                clean(entry.file), entry.deck, entry.topic, entry.page, entry.language
            )
            card = parse_card_slice(raw, where, entry.line)
            if card is not None and card.id == entry.card:
                return card
        for card in self._whole(entry).topic.cards:
            if card.id == entry.card:
                return card
        raise _gone(entry, entry.card)

    def read_page(self, entry: PageEntry) -> Page:
        """The lesson page of an index entry, read like a card.

        Raises StudyBuddyError (file:line) when the file cannot be read or the page is gone.
        """
        raw = self._read(entry, entry.offset, entry.length)
        if len(raw) == entry.length and digest_of(raw) == entry.digest:
            return Page(
                id=entry.page,
                deck=entry.deck,
                topic=entry.topic,
                title=entry.title,
                prose=parse_page_slice(raw, entry.line),
                cards=entry.cards,
                place=Place(clean(entry.file), entry.line),
            )
        for page in self._whole(entry).topic.pages:
            if page.id == entry.page:
                return page
        raise _gone(entry, entry.page)

    def _whole(self, entry: IndexEntry | PageEntry) -> ParsedTopic:
        return parse_topic(
            self._read(entry, 0, LARGEST_READ),
            file=clean(entry.file),
            deck=entry.deck,
            topic_hint=entry.topic,
            language=entry.language,
        )

    def _read(self, entry: IndexEntry | PageEntry, offset: int, length: int) -> bytes:
        """Some bytes of a file, which must lie in a deck of this library."""
        path = Path(entry.file)
        problem = _("it lies outside the library")
        if any(_in_a_deck(path, root) for root, _bundled in self.roots):
            try:
                if stamp_of(path) is not None:
                    with path.open("rb") as stream:
                        stream.seek(max(offset, 0))
                        return stream.read(min(max(length, 0), LARGEST_READ))
                problem = _("there is no such file")
            except OSError as error:
                problem = clean(error.strerror or "")
        raise StudyBuddyError(
            _("{place}: the deck file cannot be read ({problem}): put it back.").format(
                place=Place(clean(entry.file), entry.line), problem=problem
            )
        )


def _gone(entry: IndexEntry | PageEntry, name: str) -> StudyBuddyError:
    return StudyBuddyError(
        _("{place}: {name} is no longer here, or broken: run studybuddy decks check.").format(
            place=Place(clean(entry.file), entry.line), name=name
        )
    )


def _in_a_deck(path: Path, root: Path) -> bool:
    """Whether a path lies in the deck at this root, or in one of the decks below it."""
    try:
        parts = path.relative_to(root).parts
    except ValueError:
        return False
    if not parts or ".." in parts:
        return False
    return stays_inside(path, root) or stays_inside(path, root / parts[0])


def _decks_in(root: Path) -> list[Path]:
    if (root / FILE).is_file():
        return [root]
    try:
        names = sorted(os.listdir(root))
    except OSError:
        return []
    return [root / name for name in names if name[0] != "." and (root / name / FILE).is_file()]
