"""A topic file: its front matter, its lesson pages and its cards, each with its place.

A broken card becomes a problem; every other card is kept. Nothing here raises on bad input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from studybuddy.decks.attributes import identifier, split_heading
from studybuddy.decks.cards import Surroundings, prose_of, read_card_lines
from studybuddy.decks.faults import Faults, quoted
from studybuddy.decks.model import Card, Page, Place, Problem, Topic
from studybuddy.decks.outline import Section, front_matter, sections
from studybuddy.decks.source import Source, bytes_of, digest_of, read_source
from studybuddy.text.translation import Language

_KEYS = ("topic", "title")


class Span(NamedTuple):
    """Where something lies in its file: bytes, and the line from 1."""

    offset: int
    length: int
    line: int


@dataclass(frozen=True, slots=True)
class ParsedTopic:
    """A topic and what is wrong with its file; the spans follow the order of cards and pages."""

    topic: Topic
    problems: tuple[Problem, ...]
    card_spans: tuple[Span, ...]
    page_spans: tuple[Span, ...]
    page_digests: tuple[bytes, ...] = ()


def parse_topic(
    text: str | bytes, *, file: str, deck: str, topic_hint: str, language: Language
) -> ParsedTopic:
    """The topic that a file holds.

    `file` is how messages name the file, `deck` the deck's id, `topic_hint` the topic that
    the file's name stands for. Text that is not UTF-8 may come as bytes.
    """
    faults = Faults(file)
    source = read_source(text if isinstance(text, bytes) else bytes_of(text), faults)
    return _TopicReader(source, faults, deck, topic_hint, language).read()


@dataclass(slots=True)
class _OpenPage:
    """A lesson page whose cards are still being read."""

    id: str
    title: str
    sections: list[Section]
    cards: list[str]
    accepts_prose: bool = True


class _TopicReader:
    def __init__(
        self, source: Source, faults: Faults, deck: str, topic: str, language: Language
    ) -> None:
        self._source = source
        self._faults = faults
        self._deck = deck
        self._topic = topic
        self._language: Language = language
        self._cards: dict[str, Card] = {}
        self._card_spans: list[Span] = []
        self._lines_of_cards: dict[str, int] = {}
        self._pages: list[_OpenPage] = []
        self._lines_of_pages: dict[str, int] = {}

    def read(self) -> ParsedTopic:
        if not self._source.lines:
            return self._result("")
        values, start = front_matter(self._source.lines, self._faults)
        title = self._title(values)
        self._pages.append(_OpenPage(self._topic, title, [], []))
        for section in sections(self._source.lines, start, self._faults):
            if section.level == 3:
                self._card(section)
            elif section.level == 2:
                self._page(section)
            else:
                self._prose(section)
        return self._result(title)

    def _title(self, values: dict[str, tuple[str, int]]) -> str:
        for key, (_value, line) in values.items():
            if key not in _KEYS:
                self._faults.error(
                    line, f"the key {quoted(key)} is unknown: use {' and '.join(_KEYS)}"
                )
        topic, line = values.get("topic", ("", 1))
        if values and topic != self._topic:
            self._faults.error(
                line,
                f"the front matter says topic: {quoted(topic)}, the file's name "
                f"{quoted(self._topic)}: let both say the same",
            )
        title, _line = values.get("title", ("", 1))
        if values and not title:
            self._faults.error(1, "the front matter has no title: write title: and the title")
        return title or self._topic

    def _card(self, section: Section) -> None:
        line = section.first + 1
        page = self._pages[-1]
        page.accepts_prose = False
        heading, braces = split_heading(section.heading, line, own := Faults(self._faults.file))
        name = "" if own.broken else identifier(braces, "card", line, own)
        self._faults.found.extend(own.found)
        if not name:
            return
        earlier = self._lines_of_cards.setdefault(name, line)
        if earlier != line:
            self._faults.error(
                line,
                f"the id {quoted(name)} is taken by the card at {self._faults.file}:{earlier}: "
                "choose another",
            )
            return
        where = Surroundings(
            self._faults.file, self._deck, self._topic, f"{self._deck}/{page.id}", self._language
        )
        card = read_card_lines(
            self._source.lines[section.first : section.end],
            line,
            heading,
            braces,
            name,
            where,
            self._source.digest(section.first, section.end),
            self._faults,
        )
        if card is not None:
            self._cards[name] = card
            self._card_spans.append(Span(*self._source.span(section.first, section.end), line))
            page.cards.append(card.id)

    def _page(self, section: Section) -> None:
        line = section.first + 1
        heading, braces = split_heading(section.heading, line, own := Faults(self._faults.file))
        name = "" if own.broken else identifier(braces, "page", line, own)
        if name and (braces.classes or braces.values):
            own.error(line, "a page has an id and nothing else in its braces: drop the rest")
        if name and name in self._lines_of_pages:
            own.error(
                line,
                f"the page id {quoted(name)} is taken by the page at "
                f"{self._faults.file}:{self._lines_of_pages[name]}: choose another",
            )
            name = ""
        self._faults.found.extend(own.found)
        if name:
            self._lines_of_pages[name] = line
            self._pages.append(_OpenPage(name, heading, [section], []))
        else:
            self._pages[-1].accepts_prose = False

    def _prose(self, section: Section) -> None:
        """Text before the first heading, or below a heading of level 1."""
        page = self._pages[-1]
        if page.accepts_prose:
            page.sections.append(section)
        elif prose_of(self._source.lines, [section]):
            self._faults.warn(
                section.first + 1,
                "the text below this heading is on no page: begin a page with ## Title {#id}",
            )

    def _result(self, title: str) -> ParsedTopic:
        pages: list[Page] = []
        spans: list[Span] = []
        digests: list[bytes] = []
        for page in self._pages:
            prose = prose_of(self._source.lines, page.sections)
            first = page.sections[0].first if page.sections else 0
            end = page.sections[-1].end if page.sections else 0
            implicit = page.id == self._topic and page is self._pages[0]
            if implicit and not prose and not page.cards:
                continue
            if implicit and self._topic in self._lines_of_pages:
                line = self._lines_of_pages[self._topic]
                self._faults.error(
                    line,
                    f"the page id {quoted(page.id)} is that of the text before the first ##: "
                    "choose another",
                )
            spans.append(Span(*self._source.span(first, end), first + 1))
            digests.append(self._source.digest(first, end))
            place = Place(self._faults.file, first + 1)
            pages.append(
                Page(
                    id=f"{self._deck}/{page.id}",
                    deck=self._deck,
                    topic=self._topic,
                    title=page.title,
                    prose=prose,
                    cards=tuple(page.cards),
                    place=place,
                )
            )
        problems = sorted(self._faults.found, key=lambda each: each.place.line)
        topic = Topic(
            id=self._topic,
            deck=self._deck,
            title=title or self._topic,
            pages=tuple(pages),
            cards=tuple(self._cards.values()),
        )
        return ParsedTopic(
            topic, tuple(problems), tuple(self._card_spans), tuple(spans), tuple(digests)
        )


def parse_card_slice(raw: bytes, where: Surroundings, line: int) -> Card | None:
    """The card that a slice of its file holds; None when the slice is not one good card."""
    faults = Faults(where.file)
    source = read_source(raw, faults, line)
    if not source.lines:
        return None
    parts = sections(source.lines, 0, faults)
    if len(parts) != 2 or parts[1].level != 3 or parts[1].first:
        return None
    heading, braces = split_heading(parts[1].heading, line, faults)
    name = identifier(braces, "card", line, faults)
    if not name:
        return None
    return read_card_lines(
        source.lines[: -1 if raw.endswith(b"\n") else None],
        line,
        heading,
        braces,
        name,
        where,
        digest_of(raw),
        Faults(where.file),
    )


def parse_page_slice(raw: bytes, line: int) -> str:
    """The prose of the page that a slice of its file holds; `line` is the slice's first."""
    faults = Faults("")
    source = read_source(raw, faults, line)
    return prose_of(source.lines, sections(source.lines, 0, faults))
