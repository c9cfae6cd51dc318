"""The library index: where every card and page lies, so that a start reads no deck file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from studybuddy.scheduling.fold import fold_events
from studybuddy.store.caching import COUNT_UNSEEN, PUT_STATE, state_values
from studybuddy.store.connect import fetch_on
from studybuddy.store.rows import dump, events_of
from studybuddy.store.schema import LEARNER, SM2

if TYPE_CHECKING:
    from studybuddy.decks.entries import FileStamp
    from studybuddy.decks.library import LoadedLibrary

_TABLES = ("deck", "topic", "page", "page_text", "card", "text", "file")
#: Pages of one deck; a deck with more would mix with the next in the order of new cards.
_PAGES_A_DECK = 1_000_000


def replace(connection: Connection, loaded: LoadedLibrary, stamps: Iterable[FileStamp]) -> None:
    """Put this library in place of the index; renamed cards keep their history."""
    _Replacement(connection, loaded, stamps).run()


class _Replacement:
    def __init__(
        self,
        connection: Connection,
        loaded: LoadedLibrary,
        stamps: Iterable[FileStamp],
    ) -> None:
        self.connection = connection
        self.entries = loaded.entries
        self.stamps = list(stamps)
        self.files: dict[str, int] = {}

    def run(self) -> None:
        for table in _TABLES:
            self.connection.exec_driver_sql(f"DELETE FROM library_{table}")
        self._files()
        self._decks()
        pages = self._pages()
        numbers = self._card_numbers()
        self._cards(pages, numbers)
        self._renames(numbers)
        self.connection.exec_driver_sql(COUNT_UNSEEN, (LEARNER, SM2))

    def _many(self, table: str, values: list[tuple[Any, ...]]) -> None:
        if values:
            marks = ",".join("?" * len(values[0]))
            self.connection.exec_driver_sql(f"INSERT INTO library_{table} VALUES ({marks})", values)

    def _files(self) -> None:
        stamped = {stamp.path: stamp for stamp in self.stamps}
        named = {entry.file for entry in self.entries.cards}
        named |= {entry.file for entry in self.entries.pages}
        self.files = {
            path: number for number, path in enumerate(sorted(named | stamped.keys()), start=1)
        }
        self._many(
            "file",
            [
                (
                    number,
                    path,
                    stamped[path].size if path in stamped else 0,
                    stamped[path].mtime_ns if path in stamped else 0,
                    int(path in stamped),
                )
                for path, number in self.files.items()
            ],
        )

    def _decks(self) -> None:
        self._many(
            "deck",
            [
                (
                    *(deck.deck, place, dump(dict(deck.titles)), dump(dict(deck.formats))),
                    *(deck.folder, int(deck.bundled)),
                )
                for place, deck in enumerate(self.entries.decks)
            ],
        )
        self._many(
            "topic",
            [
                (each.deck, each.topic, each.language, each.title, each.position, each.weight)
                for each in self.entries.topics
            ],
        )

    def _pages(self) -> dict[str, int]:
        """The pages' numbers; a page has prose when any language has."""
        decks = {deck.deck: place for place, deck in enumerate(self.entries.decks)}
        numbers: dict[str, int] = {}
        pages: dict[str, list[Any]] = {}
        texts = []
        for each in self.entries.pages:
            number = numbers.setdefault(each.page, len(numbers) + 1)
            place = decks.get(each.deck, len(decks)) * _PAGES_A_DECK + each.position
            page = pages.setdefault(
                each.page, [number, each.page, each.deck, each.topic, place, 0, 0]
            )
            page[5] = int(page[5] or each.has_prose)
            texts.append(
                (
                    *(number, each.language, each.position, each.title),
                    *(self.files[each.file], each.offset, each.length, each.line),
                    *(int(each.has_prose), each.digest),
                )
            )
        self._many("page", [tuple(page) for page in pages.values()])
        self._many("page_text", texts)
        return numbers

    def _card_numbers(self) -> dict[str, int]:
        known: dict[str, int] = {
            key: number for number, key in fetch_on(self.connection)("SELECT id, key FROM card", ())
        }
        # Old ids too: their rows may come later, from another device.
        names = dict.fromkeys(
            name for entry in self.entries.cards for name in (entry.card, *entry.was)
        )
        fresh = [(name,) for name in names if name not in known]
        if fresh:
            self.connection.exec_driver_sql("INSERT INTO card (key) VALUES (?)", fresh)
            known = {
                key: number
                for number, key in fetch_on(self.connection)("SELECT id, key FROM card", ())
            }
        return known

    def _cards(self, pages: dict[str, int], numbers: dict[str, int]) -> None:
        cards: dict[str, tuple[Any, ...]] = {}
        texts: dict[tuple[int, str], tuple[Any, ...]] = {}
        for each in self.entries.cards:
            page = pages.get(each.page)
            if page is None:
                continue
            number = numbers[each.card]
            cards.setdefault(
                each.card,
                (
                    *(number, page, each.position, each.kind),
                    *(int(each.core), each.marks, each.seconds),
                ),
            )
            texts[number, each.language] = (
                *(number, each.language, self.files[each.file]),
                *(each.offset, each.length, each.line, each.digest),
            )
        self._many("card", list(cards.values()))
        self._many("text", list(texts.values()))

    def _renames(self, numbers: dict[str, int]) -> None:
        """Lead each old id to its card, and fold the old history into it."""
        present = {entry.card for entry in self.entries.cards}
        wanted = {
            old: each.card for each in self.entries.cards for old in each.was if old not in present
        }
        fetch = fetch_on(self.connection)
        known = dict(fetch("SELECT id, same_as FROM card WHERE same_as IS NOT NULL", ()))
        # An id that stands in the library again is a card of its own.
        touched = {number for name in present if (number := numbers[name]) in known}
        moves: list[tuple[int | None, int]] = [(None, number) for number in touched]
        for old, new in wanted.items():
            if known.get(numbers[old]) != numbers[new]:
                moves.append((numbers[new], numbers[old]))
                touched |= {numbers[old], numbers[new]}
                for number, same in known.items():
                    if same == numbers[old]:
                        moves.append((numbers[new], number))
        if not moves:
            return
        touched |= {same for number, same in known.items() if number in touched}
        self.connection.exec_driver_sql("UPDATE card SET same_as = ? WHERE id = ?", moves)
        led = {number for same, number in moves if same is not None}
        for card in touched:
            self.connection.exec_driver_sql("DELETE FROM card_state WHERE card = ?", (card,))
            events = [] if card in led else events_of(fetch, card, LEARNER)
            if events:
                self.connection.exec_driver_sql(PUT_STATE, state_values(card, fold_events(events)))
