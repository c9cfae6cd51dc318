"""Undo and redo: any number of steps, after a restart, attempt and grade together."""

from __future__ import annotations

from studybuddy.clock import HandClock
from studybuddy.locations import Locations
from studybuddy.scheduling.row import Row
from studybuddy.scheduling.state import MemoryState
from studybuddy.store.store import Store, open_store


def answer(store: Store, card: str, grade: int = 4) -> Row:
    """An attempt and its grade; the attempt is the act's root."""
    attempt = store.append("attempt", card=card, response=100)
    store.append("review", card=card, ref=attempt.id, grade=grade)
    return attempt


def undone(store: Store) -> Row | None:
    step = store.undo()
    return None if step is None else step[1]


def redone(store: Store) -> Row | None:
    step = store.redo()
    return None if step is None else step[1]


def test_nothing_to_undo(store: Store) -> None:
    assert store.undo() is None
    store.append("setting", extra={"key": "a", "value": 1})
    assert store.undo() is None
    assert store.redo() is None


def test_attempt_and_grade_go_together(store: Store) -> None:
    root = answer(store, "d/a")
    step = store.undo()
    assert step is not None
    assert (step[0].kind, step[0].ref, step[1]) == ("undo", root.id, root)
    record = store.reads.record("d/a")
    assert (record.memory, record.pending, record.attempts) == (MemoryState(), None, 1)
    assert store.reads.days() == []


def test_many_steps_back_and_forth_across_restarts(locations: Locations, clock: HandClock) -> None:
    with open_store(locations, clock) as store:
        roots = [answer(store, f"d/{n % 3}", n % 6) for n in range(6)]
        states = [store.reads.record(f"d/{n}") for n in range(3)]
    for root in reversed(roots):
        with open_store(locations, clock) as store:
            assert undone(store) == root
    with open_store(locations, clock) as store:
        assert undone(store) is None
        assert store.reads.days() == []
    for root in roots:
        with open_store(locations, clock) as store:
            assert redone(store) == root
    with open_store(locations, clock) as store:
        assert redone(store) is None
        after = [store.reads.record(f"d/{n}") for n in range(3)]
        assert [each.memory for each in after] == [each.memory for each in states]
        assert store.compare() == []


def test_something_new_ends_the_redo(store: Store) -> None:
    first, second = answer(store, "d/a"), answer(store, "d/b")
    assert undone(store) == second
    third = answer(store, "d/c")
    assert redone(store) is None
    assert [undone(store), undone(store), undone(store)] == [third, first, None]
    assert [redone(store), redone(store), redone(store)] == [first, third, None]


def test_an_answer_graded_later_is_undone_at_its_grade(store: Store) -> None:
    """Answered, killed, others answered, then graded: the newest act first, none left out."""
    early = store.append("attempt", card="d/a")
    middle = answer(store, "d/b")
    store.append("review", card="d/a", ref=early.id, grade=4)
    assert [undone(store), undone(store), undone(store)] == [early, middle, None]


def test_a_pending_attempt_alone(store: Store) -> None:
    attempt = store.append("attempt", card="d/a")
    assert undone(store) == attempt
    assert store.reads.pending() == []


def test_marks_are_acts_too(store: Store, clock: HandClock) -> None:
    suspend = store.append("suspend", card="d/a")
    flag = store.append("flag", card="d/a")
    assert [undone(store), undone(store)] == [flag, suspend]
    assert not store.reads.record("d/a").suspended
    redone(store)
    assert store.reads.record("d/a").suspended


def test_a_sealed_paper_is_never_undone(store: Store) -> None:
    before = answer(store, "d/a")
    attempt = store.append("attempt", card="d/b", paper=b"p" * 16)
    store.append("mock", card="d/b", ref=attempt.id, grade=2, paper=b"p" * 16)
    assert undone(store) == before
    assert store.reads.record("d/b").reviews == 1


def test_a_deep_walk_reads_few_rows(store: Store) -> None:
    for number in range(60):
        store.append("review", card=f"d/{number}", grade=4)
    for _ in range(40):
        store.undo()
    fetched = []
    fetch = store._connections.fetch

    def counting(statement: str, values: object = ()) -> list[tuple[object, ...]]:
        found = fetch(statement, values)  # type: ignore[arg-type]
        fetched.extend(found)
        return found

    from studybuddy.store.undo import Walk

    root = Walk(counting, 1, 1).newest_live_act()
    assert root is not None
    assert root.card == "d/19"
    assert len(fetched) < 30
