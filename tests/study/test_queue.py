"""Today's queue: due then new, topics interleaved, the same when reopened."""

from __future__ import annotations

from studybuddy.store.reads import QueueCard
from studybuddy.study.queue import Filters, build_queue, interleave
from studybuddy.study.today import streak, summary

DAY = 20_000


def deck_of(cards: int, topics: int) -> dict[str, str]:
    names = ", ".join(f'"t{i}"' for i in range(topics))
    files = {
        "deck.toml": f'format = 1\nid = "mini"\nlanguage = "en"\ntopics = [{names}]\n[title]\nen = "M"\n'
    }
    for topic in range(topics):
        lines = [f"---\ntopic: t{topic}\ntitle: T{topic}\n---\n\n## P {{#p{topic}}}\n"]
        lines += [f"### Q{i}? {{#c{topic}-{i}}}\n\nAnswer {i}.\n" for i in range(cards)]
        files[f"t{topic}.md"] = "\n".join(lines)
    return files


def card(name: str, topic: str, position: int) -> QueueCard:
    return QueueCard(
        name, "d", topic, "p", "recall", position, 10, 1.0, 1, None, None, None, 0, 0, 2500, 0, None
    )


def test_interleave_spreads_each_topic_evenly() -> None:
    cards = [card(f"a{i}", "a", i) for i in range(4)] + [card(f"b{i}", "b", i) for i in range(2)]
    mixed = interleave(cards, lambda each: each.position)
    assert [each.card for each in mixed] == ["a0", "b0", "a1", "a2", "b1", "a3"]


def test_new_cards_come_up_to_the_limit_in_the_lessons_order(make_home) -> None:
    home = make_home(deck_of(8, 2))
    items = build_queue(home.store.reads, home.clock.day(), Filters(), 10)
    assert len(items) == 10
    assert [item.card for item in items if "c0" in item.card] == [f"mini/c0-{i}" for i in range(8)]


def test_a_card_is_new_only_when_its_page_is_done(home) -> None:
    items = {item.card for item in build_queue(home.store.reads, home.clock.day(), Filters(), 99)}
    assert "mini/recall" not in items
    assert "mini/short" in items
    home.store.append("reading", extra={"key": "mini/page-one", "value": True})
    items = {item.card for item in build_queue(home.store.reads, home.clock.day(), Filters(), 99)}
    assert "mini/recall" in items


def test_the_order_is_the_same_when_reopened_in_the_middle(make_home) -> None:
    home = make_home(deck_of(6, 3))
    for topic in range(3):
        for i in range(6):
            home.store.append("review", card=f"mini/c{topic}-{i}", grade=4)
    home.clock.advance(days=1)
    day = home.clock.day()
    whole = [item.card for item in build_queue(home.store.reads, day, Filters(), 10)]
    assert len(whole) == 18
    for done in range(0, 18, 3):
        left = [item.card for item in build_queue(home.store.reads, day, Filters(), 10)]
        assert left == whole[done:]
        for each in left[:3]:
            home.store.append("review", card=each, grade=4)


def test_topics_and_kinds_and_minutes_filter(home) -> None:
    home.read_pages()
    reads, day = home.store.reads, home.clock.day()
    one = build_queue(reads, day, Filters(topics=("one",)), 99)
    assert {item.card for item in one} == {
        f"mini/{k}" for k in ("recall", "choice", "cloze", "order")
    }
    assert [item.card for item in build_queue(reads, day, Filters(kinds=("order",)), 99)] == [
        "mini/order"
    ]
    short = build_queue(reads, day, Filters(minutes=1), 99)
    assert sum(item.seconds for item in short) <= 60 or len(short) == 1
    assert len(build_queue(reads, day, Filters(new=2), 99)) == 2


def test_wrong_brings_what_was_below_four_as_a_drill(home) -> None:
    home.read_pages()
    home.store.append("review", card="mini/recall", grade=2)
    home.store.append("review", card="mini/cloze", grade=4)
    items = build_queue(home.store.reads, home.clock.day(), Filters(wrong=True), 10)
    assert [(item.card, item.act) for item in items] == [("mini/recall", "drill")]


def test_streak_counts_back_from_today_or_yesterday() -> None:
    assert streak([10, 9, 8, 6], 10) == 3
    assert streak([9, 8], 10) == 2
    assert streak([8, 7], 10) == 0
    assert streak([], 10) == 0


def test_a_month_lived_in_a_second_has_exactly_the_due_cards_that_sm2_says(make_home) -> None:
    home = make_home(deck_of(3, 2))
    expected: dict[str, int] = {}
    grades = {0: 4, 1: 5, 2: 3}
    for _ in range(31):
        day = home.clock.day()
        today = summary(home.store.reads, day, home.settings, "en")
        assert set(today.cards) == {name for name, due in expected.items() if due <= day}
        session = home.session()
        while session.current is not None:
            name = session.current.front.card.id
            act = session.current.item.act
            session.submit()
            grade = grades[int(name[-1])] if act == "review" else 4
            interval = session.intervals()[grade]
            session.grade(grade)
            if interval is not None:
                expected[name] = day + interval
        assert summary(home.store.reads, day, home.settings, "en").due == 0
        home.clock.advance(days=1)
    finals = {name[-1]: home.store.reads.record(name).memory for name in expected}
    assert [finals[key].interval for key in "012"] == [
        38,
        48,
        30,
    ]  # 30: 6 × 2.22 up to 14, 14 × 2.08 up
    assert [finals[key].ease for key in "012"] == [2500, 2900, 1940]
