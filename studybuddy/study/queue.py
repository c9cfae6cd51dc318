"""Today's queue: pending answers, then what is due, then new cards up to the day's limit.

The order is a function of the study day and the cards, so that it is the same
when the program is opened again: it is computed over everything that belonged
to this day, and what was answered meanwhile is then left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Literal

from studybuddy.decks.model import Kind
from studybuddy.store.reads import QueueCard, Reads

Act = Literal["review", "drill", "cram"]
_PENDING_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Filters:
    """What `studybuddy review` was asked for. `new` and `minutes` None: no limit of their own."""

    topics: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    wrong: bool = False
    new: int | None = None
    minutes: int | None = None
    cram: bool = False

    def admits(self, card: QueueCard) -> bool:
        """Whether the card's topic and kind are among those asked for."""
        return (
            not self.topics
            or card.topic in self.topics
            or f"{card.deck}/{card.topic}" in self.topics
        ) and (not self.kinds or card.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One card to come, and as what it will be answered."""

    card: str
    act: Act
    seconds: int


def _rank(day: int, card: str) -> bytes:
    return blake2b(f"{day}/{card}".encode(), digest_size=8).digest()


def interleave(cards: Iterable[QueueCard], key: Callable[[QueueCard], Any]) -> list[QueueCard]:
    """Cards with their topics taken evenly: each topic is spread over the whole list.

    The k-th of m cards of a topic stands at (k + 1/2) / m, so that the same set
    always gives the same order and a large topic does not crowd the end.
    """
    by_topic: dict[tuple[str, str], list[QueueCard]] = defaultdict(list)
    for card in cards:
        by_topic[card.deck, card.topic].append(card)
    placed: list[tuple[float, tuple[str, str], QueueCard]] = []
    for topic, members in by_topic.items():
        members.sort(key=key)
        size = len(members)
        placed.extend(((2 * i + 1) / (2 * size), topic, card) for i, card in enumerate(members))
    placed.sort(key=lambda entry: entry[:2])
    return [card for _, _, card in placed]


def _item(card: QueueCard, act: Act) -> QueueItem:
    return QueueItem(card.card, act, card.seconds)


def _within(items: Sequence[QueueItem], minutes: int | None) -> list[QueueItem]:
    """As many items as fit into the minutes; one at least."""
    if minutes is None:
        return list(items)
    left = minutes * 60
    chosen: list[QueueItem] = []
    for item in items:
        if chosen and item.seconds > left:
            break
        chosen.append(item)
        left -= item.seconds
    return chosen


def build_queue(reads: Reads, day: int, filters: Filters, new_per_day: int) -> list[QueueItem]:
    """The queue of this study day under these filters."""

    def by_rank(card: QueueCard) -> bytes:
        return _rank(day, card.card)

    def mixed(cards: Iterable[QueueCard]) -> list[QueueCard]:
        return interleave((card for card in cards if filters.admits(card)), by_rank)

    if filters.cram:
        return _within([_item(card, "cram") for card in mixed(reads.cards())], filters.minutes)

    due = {card.card: card for card in reads.due(day)}
    if filters.wrong:
        wrong = mixed(
            card for card in reads.cards() if card.last_grade is not None and card.last_grade < 4
        )
        items = [_item(card, "review" if card.card in due else "drill") for card in wrong]
        return _within(items, filters.minutes)

    done = {card.card: card for card in reads.done(day)}
    belonged = {**due, **{key: card for key, card in done.items() if card.reviews > 1}}
    items = [
        _item(card, "review")
        for card in mixed(belonged.values())
        if card.card in due and card.card not in done
    ]
    allowed = filters.new if filters.new is not None else new_per_day - reads.introduced(day)
    fresh = [card for card in reads.unseen(day) if filters.admits(card)][: max(0, allowed)]
    items += [
        _item(card, "review")
        for card in interleave(fresh, lambda card: (card.position, card.card))
        if card.card not in done
    ]
    items += [_item(card, "drill") for card in reads.drilling(day) if filters.admits(card)]
    pending = [card for card, _ in reads.pending()]
    first = [QueueItem(card, "review", _PENDING_SECONDS) for card in pending]
    rest = [item for item in items if item.card not in set(pending)]
    return _within(first + rest, filters.minutes)
