"""Today in one look: what is due by topic, what is new, how long it takes, the streak, the exam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from studybuddy.clock import date_of_day, day_of_date
from studybuddy.config import Settings
from studybuddy.store.reads import Reads
from studybuddy.text.translation import Language

JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class TopicToday:
    """One topic's share of today: `due` cards, `new` ones within the limit, lesson pages unread."""

    deck: str
    topic: str
    title: str
    due: int
    new: int
    unread: int


@dataclass(frozen=True, slots=True)
class NextPage:
    """The lesson page to read next."""

    id: str
    title: str
    topic: str


@dataclass(frozen=True, slots=True)
class Today:
    """The numbers of the first screen. `minutes` counts what is due, new and drilling."""

    day: int
    topics: tuple[TopicToday, ...]
    due: int
    new: int
    drilling: int
    pending: int
    waiting: int
    answered: int
    minutes: int
    streak: int
    exam: str | None
    exam_days: int | None
    next_page: NextPage | None
    cards: tuple[str, ...]

    @property
    def to_do(self) -> int:
        """Cards that a sitting would show now."""
        return self.due + self.new + self.drilling + self.pending

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`; dates as ISO text, due cards by id."""
        data = asdict(self)
        data["schema"] = JSON_VERSION
        data["date"] = date_of_day(self.day).isoformat()
        data["to_do"] = self.to_do
        data["due_cards"] = sorted(data.pop("cards"))
        return data


def streak(days: Sequence[int], today: int) -> int:
    """Days in a row with an answer, up to today or, before today's first answer, to yesterday.

    `days` are the study days with at least one answer, newest first.
    """
    wanted = today if days and days[0] >= today else today - 1
    count = 0
    for day in days:
        if day > wanted:
            continue
        if day < wanted:
            break
        count += 1
        wanted -= 1
    return count


def _exam(reads: Reads) -> date | None:
    value = reads.latest("exam").get("exam")
    try:
        return date.fromisoformat(value["date"]) if value else None
    except (TypeError, KeyError, ValueError):
        return None


def summary(reads: Reads, day: int, settings: Settings, language: Language) -> Today:
    """Everything that Today shows, in a handful of indexed reads."""
    done = {card.card for card in reads.done(day)}
    due = [card for card in reads.due(day) if card.card not in done]
    allowed = max(0, settings.new_per_day - reads.introduced(day))
    new = [card for card in reads.unseen(day) if card.card not in done][:allowed]
    drilling = reads.drilling(day)
    pending = {card for card, _ in reads.pending()}
    due = [card for card in due if card.card not in pending]
    new = [card for card in new if card.card not in pending]
    drilling = [card for card in drilling if card.card not in pending]
    pages = reads.pages(language)
    unread = [page for page in pages if page.has_prose and not page.done]
    exam = _exam(reads)
    answered = reads.days(400)
    topics = tuple(
        TopicToday(
            deck=topic.deck,
            topic=topic.topic,
            title=topic.title,
            due=sum((card.deck, card.topic) == (topic.deck, topic.topic) for card in due),
            new=sum((card.deck, card.topic) == (topic.deck, topic.topic) for card in new),
            unread=sum((page.deck, page.topic) == (topic.deck, topic.topic) for page in unread),
        )
        for topic in reads.topics(language)
    )
    seconds = sum(card.seconds for card in (*due, *new, *drilling))
    return Today(
        day=day,
        topics=topics,
        due=len(due),
        new=len(new),
        drilling=len(drilling),
        pending=len(pending),
        waiting=reads.waiting(),
        answered=sum(answers for on, answers, _, _ in answered if on == day),
        minutes=-(-seconds // 60),
        streak=streak([on for on, answers, _, _ in answered if answers], day),
        exam=exam.isoformat() if exam else None,
        exam_days=day_of_date(exam) - day if exam else None,
        next_page=NextPage(unread[0].page, unread[0].title, unread[0].topic) if unread else None,
        cards=tuple(card.card for card in due),
    )
