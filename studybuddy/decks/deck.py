"""A deck's folder: deck.toml and one Markdown file a topic and language."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studybuddy.decks.attributes import IDENTIFIER
from studybuddy.decks.entries import DeckEntry, Entries, IndexEntry, PageEntry, TopicEntry
from studybuddy.decks.faults import Faults, quoted
from studybuddy.decks.files import read_inside, stays_inside
from studybuddy.decks.model import Card, Deck, Page, Place, Problem, Topic
from studybuddy.decks.parser import ParsedTopic, Span, parse_topic
from studybuddy.decks.settings import FILE, Settings, read_settings
from studybuddy.text.sanitise import clean, has_control
from studybuddy.text.translation import LANGUAGES, Language

_NOT_TOPICS = ("readme", "license", "changelog")


@dataclass(frozen=True, slots=True)
class LoadedDeck:
    """A deck (None when there is none to be had), all that is wrong with it, and its index."""

    deck: Deck | None
    problems: tuple[Problem, ...]
    entries: Entries


def language_folders(folder: Path) -> list[tuple[Language, Path]]:
    """The folders of a deck's languages, in the order of the interface's languages."""
    return [(each, folder / each) for each in LANGUAGES if (folder / each).is_dir()]


def topic_files(folder: Path) -> list[Path]:
    """Every Markdown file of a deck that may be a topic, sorted, links not followed."""
    places = [place for _language, place in language_folders(folder)] or [folder]
    found: list[Path] = []
    for place in places:
        if stays_inside(place, folder):
            found.extend(Path(place, name) for name in sorted(_markdown_names(place)))
    return found


def _markdown_names(folder: Path) -> Iterator[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        stem, dot, suffix = name.rpartition(".")
        if dot and stem and suffix == "md" and stem.lower() not in _NOT_TOPICS and name[0] != ".":
            yield name


def load_deck(folder: Path, *, bundled: bool = False) -> LoadedDeck:
    """The deck in a folder. Problems never raise; a broken part leaves the others."""
    folder = Path(os.path.abspath(folder))
    loader = _Loader(folder, bundled)
    deck = loader.load()
    return LoadedDeck(deck, tuple(loader.problems), loader.entries(deck))


class _Loader:
    def __init__(self, folder: Path, bundled: bool) -> None:
        self._folder = folder
        self._bundled = bundled
        self.problems: list[Problem] = []
        self._cards: list[IndexEntry] = []
        self._pages: list[PageEntry] = []
        self._topics: list[TopicEntry] = []

    def load(self) -> Deck | None:
        faults = Faults(clean(str(self._folder / FILE)))
        if has_control(str(self._folder)):
            faults.error(1, "the folder's path holds control characters or is not UTF-8: rename it")
            self.problems.extend(faults.found)
            return None
        raw = read_inside(self._folder / FILE, self._folder, faults)
        settings = read_settings(raw, faults) if raw is not None else None
        if settings is None:
            self.problems.extend(faults.found)
            return None
        languages = language_folders(self._folder)
        if not languages:
            if settings.language is None:
                faults.error(1, 'the deck has no language: write language = "en" (or "zh")')
            languages = [(settings.language or "en", self._folder)]
        titles = dict(settings.titles)
        for language, _place in languages:
            if language not in titles:
                if settings.titles:
                    faults.error(
                        settings.line_of("title"),
                        f"the deck has no title in {language}: write it below [title]",
                    )
                titles[language] = settings.id
        topics = {
            language: self._language(language, place, settings, faults)
            for language, place in languages
        }
        self.problems[:0] = faults.found
        order = settings.topics or tuple(
            dict.fromkeys(topic.id for each in topics.values() for topic in each)
        )
        return Deck(
            id=settings.id,
            titles=titles,
            order=order,
            topics=topics,
            blueprint=settings.blueprint,
            formats=settings.formats,
            bundled=self._bundled,
        )

    def entries(self, deck: Deck | None) -> Entries:
        """The index of what was loaded."""
        if deck is None:
            return Entries()
        own = DeckEntry(deck.id, deck.titles, deck.bundled, str(self._folder), deck.formats)
        return Entries(tuple(self._cards), tuple(self._pages), tuple(self._topics), (own,))

    def _language(
        self, language: Language, place: Path, settings: Settings, faults: Faults
    ) -> tuple[Topic, ...]:
        if not stays_inside(place, self._folder):
            self.problems.append(
                Problem(
                    Place(clean(str(place)), 1),
                    "this link leaves the deck's folder and is not followed: copy the files in",
                )
            )
            return ()
        present = {name[:-3] for name in _markdown_names(place)}
        order: Sequence[str] = settings.topics or sorted(filter(IDENTIFIER.fullmatch, present))
        for name in sorted(present.difference(order)):
            self._problem(place / f"{name}.md", "the topic is not in deck.toml: add it to topics")
        cards: dict[str, Card] = {}
        pages: dict[str, Page] = {}
        topics = []
        for position, name in enumerate(order):
            path = place / f"{name}.md"
            if name not in present:
                faults.error(
                    settings.line_of(name, "topics"),
                    f"the topic {quoted(name)} has no file: write {clean(str(path))}",
                )
                continue
            parsed = self._topic(path, name, language, settings)
            if parsed is None:
                continue
            topics.append(self._kept(parsed, language, cards, pages))
            weight = settings.blueprint.get(name, 0.0)
            self._topics.append(
                TopicEntry(settings.id, name, language, parsed.topic.title, position, weight)
            )
        return tuple(topics)

    def _problem(self, path: Path, message: str, line: int = 1) -> None:
        self.problems.append(Problem(Place(clean(str(path)), line), message))

    def _topic(
        self, path: Path, name: str, language: Language, settings: Settings
    ) -> ParsedTopic | None:
        file = clean(str(path))
        faults = Faults(file)
        raw = read_inside(path, self._folder, faults)
        self.problems.extend(faults.found)
        if raw is None:
            return None
        parsed = parse_topic(raw, file=file, deck=settings.id, topic_hint=name, language=language)
        self.problems.extend(parsed.problems)
        return parsed

    def _kept(
        self,
        parsed: ParsedTopic,
        language: Language,
        cards: dict[str, Card],
        pages: dict[str, Page],
    ) -> Topic:
        """The topic without the cards and pages whose ids another topic of the deck has taken."""
        kept_cards = []
        for card, span in zip(parsed.topic.cards, parsed.card_spans, strict=True):
            if card.id in cards:
                self._taken("id", card.id, card.place, cards[card.id].place)
                continue
            self._cards.append(_card_entry(card, span, len(cards)))
            cards[card.id] = card
            kept_cards.append(card)
        names = {card.id for card in kept_cards}
        kept_pages = []
        for page, span, digest in zip(
            parsed.topic.pages, parsed.page_spans, parsed.page_digests, strict=True
        ):
            page = replace(page, cards=tuple(each for each in page.cards if each in names))
            if page.id in pages:
                self._taken("page id", page.id, page.place, pages[page.id].place)
                continue
            self._pages.append(_page_entry(page, span, digest, len(pages), language))
            pages[page.id] = page
            kept_pages.append(page)
        return replace(parsed.topic, cards=tuple(kept_cards), pages=tuple(kept_pages))

    def _taken(self, what: str, name: str, place: Place, earlier: Place) -> None:
        self.problems.append(
            Problem(
                place,
                f"the {what} {quoted(name.partition('/')[2])} is taken at {earlier}: "
                "choose another",
            )
        )


def _card_entry(card: Card, span: Span, position: int) -> IndexEntry:
    return IndexEntry(
        card=card.id,
        deck=card.deck,
        topic=card.topic,
        page=card.page,
        position=position,
        kind=card.kind,
        core=card.core,
        marks=card.marks,
        seconds=card.seconds,
        language=card.language,
        file=card.place.file,
        offset=span.offset,
        length=span.length,
        line=span.line,
        digest=card.digest,
        was=card.was,
    )


def _page_entry(
    page: Page, span: Span, digest: bytes, position: int, language: Language
) -> PageEntry:
    return PageEntry(
        page=page.id,
        deck=page.deck,
        topic=page.topic,
        language=language,
        position=position,
        title=page.title,
        file=page.place.file,
        offset=span.offset,
        length=span.length,
        line=span.line,
        has_prose=bool(page.prose),
        cards=page.cards,
        digest=digest,
    )
