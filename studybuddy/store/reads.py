"""Every read that a screen or the queue makes: SQL text, columns, no scan of the log.

The same statements run through the standard library's sqlite3, which the start
uses before SQLAlchemy is imported, and through SQLAlchemy Core.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from studybuddy.scheduling.seed import seed_of
from studybuddy.scheduling.state import CardRecord, MemoryState
from studybuddy.store import queries
from studybuddy.store.schema import LEARNER_KEY

if TYPE_CHECKING:
    from studybuddy.decks.entries import DeckEntry, FileStamp, IndexEntry, PageEntry, TopicEntry
    from studybuddy.scheduling.row import Row

Execute = Callable[[str, Any], list[tuple[Any, ...]]]


class QueueCard(NamedTuple):
    """What the queue asks of a card of the library; `due` and `last` are study days."""

    card: str
    deck: str
    topic: str
    page: str
    kind: str
    position: int
    seconds: int
    marks: float
    core: int
    due: int | None
    last: int | None
    drilling: int | None
    reviews: int
    lapses: int
    ease: int
    interval: int
    last_grade: int | None
    repetition: int = 0
    first: int | None = None
    reviewed: int | None = None
    suspended: int = 0
    buried_on: int | None = None
    flagged: int = 0


class DayRow(NamedTuple):
    """One study day: live answers, those of them that were reviews, answering time in ms."""

    day: int
    answers: int
    reviews: int
    milliseconds: int


class PageMark(NamedTuple):
    """A lesson page in one language, whether it has prose, is read, and how many cards are new."""

    page: str
    deck: str
    topic: str
    title: str
    position: int
    has_prose: int
    done: int
    unseen: int


class Counts(NamedTuple):
    """Cards of the library: all, with no review yet, suspended, flagged."""

    cards: int
    unseen: int
    suspended: int
    flagged: int


class Reads:
    """Reads through `execute(statement, named parameters) -> tuples`."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def _cards(self, statement: str, **values: Any) -> list[QueueCard]:
        return list(map(QueueCard._make, self._execute(statement, values)))

    def due(self, day: int, limit: int = -1) -> list[QueueCard]:
        """Cards due on `day` or before, neither suspended nor buried on it; longest due first.

        At most `limit` (-1: all).
        """
        return self._cards(queries.DUE, day=day, limit=limit)

    def due_count(self, day: int) -> int:
        """How many cards `due` would name."""
        return int(self._execute(queries.DUE_COUNT, {"day": day})[0][0])

    def done(self, day: int) -> list[QueueCard]:
        """Cards that had a review on `day`."""
        return self._cards(queries.DONE, day=day)

    def drilling(self, day: int) -> list[QueueCard]:
        """Cards that were graded below 4 on `day` and have not reached 4 since."""
        return self._cards(queries.DRILLING, day=day)

    def unseen(self, day: int = 0, limit: int = -1) -> list[QueueCard]:
        """New cards whose page is read or has nothing to read, in the order of the lesson.

        Suspended ones are left out, and those buried on `day`; at most `limit` (-1: all).
        """
        return self._cards(queries.UNSEEN, day=day, limit=limit)

    def waiting(self) -> int:
        """How many new cards wait for their page to be read."""
        return int(self._execute(queries.WAITING, {})[0][0])

    def introduced(self, day: int) -> int:
        """How many cards had their first review on `day`."""
        return int(self._execute(queries.INTRODUCED, {"day": day})[0][0])

    def pending(self) -> list[tuple[str, bytes]]:
        """Cards with an answer that has no grade yet, and the id of its attempt."""
        return [(card, row) for card, row in self._execute(queries.PENDING, {})]

    def cards(self, deck: str | None = None, topic: str | None = None) -> list[QueueCard]:
        """Every card of the library, of a deck or of a topic, in the order of the lesson."""
        return self._cards(queries.CARDS, deck=deck, topic=topic)

    def card(self, card: str) -> QueueCard | None:
        """One card of the library."""
        found = self._cards(queries.CARD, card=card)
        return found[0] if found else None

    def text(self, card: str, language: str) -> IndexEntry | None:
        """Where a card's text stands: in this language, else in any; None when it is no card."""
        from studybuddy.decks.entries import IndexEntry

        found = self._execute(queries.TEXT, {"card": card, "language": language})
        if not found:
            return None
        values = [*found[0]]
        values[6] = bool(values[6])
        return IndexEntry(*values)

    def page_text(self, page: str, language: str) -> PageEntry | None:
        """Where a page's prose stands: in this language, else in any; None when it is no page."""
        from studybuddy.decks.entries import PageEntry

        found = self._execute(queries.PAGE_TEXT, {"page": page, "language": language})
        if not found:
            return None
        cards = tuple(row[0] for row in self._execute(queries.PAGE_CARDS, {"page": page}))
        *values, has_prose, digest = found[0]
        values += [bool(has_prose), cards, digest]
        return PageEntry(*values)

    def decks(self) -> list[DeckEntry]:
        """The decks in order."""
        from studybuddy.decks.entries import DeckEntry

        return [
            DeckEntry(deck, _json(titles), bool(bundled), folder, _json(formats))
            for deck, titles, formats, folder, bundled in self._execute(queries.DECKS, {})
        ]

    def topics(self, language: str) -> list[TopicEntry]:
        """The topics in order: each in this language where it has it, else in another."""
        from studybuddy.decks.entries import TopicEntry

        return [TopicEntry(*row) for row in self._execute(queries.TOPICS, {"language": language})]

    def pages(self, language: str) -> list[PageMark]:
        """The lesson pages in order, titles in this language where they have it."""
        return list(map(PageMark._make, self._execute(queries.PAGES, {"language": language})))

    def latest(self, kind: str) -> dict[str, Any]:
        """Per key the latest value of a kind: setting, exam, reading, day_off, hook, note."""
        return {key: _json(value) for key, value in self._execute(queries.LATEST, {"kind": kind})}

    def days(self, limit: int = 366) -> list[DayRow]:
        """Study days with answers, newest first."""
        return list(map(DayRow._make, self._execute(queries.DAYS, {"limit": limit})))

    def record(self, card: str) -> CardRecord:
        """What is known of a card; a fresh record for one that has no rows."""
        found = self._execute(queries.RECORD, {"card": card})
        if not found:
            return CardRecord()
        values = found[0]
        suspended, buried_on, flagged, *rest = values[6:]
        return CardRecord(
            MemoryState(*values[:6]), bool(suspended), buried_on, bool(flagged), *rest
        )

    def seed(self, card: str) -> int:
        """The seed of the card's next task: the same until the card is answered again."""
        return seed_of(LEARNER_KEY, card, self.record(card).attempts)

    def row(self, row: bytes) -> Row | None:
        """The row of the log with this id."""
        from studybuddy.store.rows import row_by_id

        return row_by_id(self._execute, row)

    def index_is_current(self, stamps: Iterable[FileStamp]) -> bool:
        """Whether the library index was built from exactly these files."""
        known = self._execute(queries.STAMPS, {})
        asked = sorted((stamp.path, stamp.size, stamp.mtime_ns) for stamp in stamps)
        return bool(known) and known == asked

    def counts(self) -> Counts:
        """How many cards there are, and of which state; a scan of card states."""
        return Counts._make(self._execute(queries.COUNTS, {})[0])


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
