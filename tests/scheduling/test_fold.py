"""The fold: what moves a schedule, what is live, what is remembered of a card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from studybuddy.clock import study_day
from studybuddy.scheduling.fold import fold_card
from studybuddy.scheduling.row import Row
from studybuddy.scheduling.state import CardRecord, MemoryState

D = 20_000
Write = Callable[..., Row]


def test_no_rows_is_a_new_card() -> None:
    assert fold_card([]) == CardRecord()


def test_the_first_review_of_a_day_moves_and_later_ones_do_not(write: Write) -> None:
    rows = [write("review", D, grade=4), write("review", D, grade=0), write("mock", D, grade=1)]
    record = fold_card(rows)
    assert record.memory == MemoryState(1, 1, 2500, D + 1, D, 0)
    assert (record.reviews, record.first, record.reviewed, record.last_grade) == (3, D, D, 1)


@pytest.mark.parametrize("kind", ["drill", "cram"])
def test_drills_and_crams_never_move(write: Write, kind: str) -> None:
    before = [write("review", D, grade=4)]
    after = [*before, write(kind, D, grade=0), write(kind, D + 1, grade=0)]
    assert fold_card(after).memory == fold_card(before).memory
    assert fold_card(after).last_grade == 4


def test_a_mock_moves_as_a_review_does(write: Write) -> None:
    assert fold_card([write("mock", D, grade=5)]).memory.ease == 2600


def test_the_first_by_day_instant_and_id_counts_whatever_arrives_first(write: Write) -> None:
    late = write("review", D, grade=1, instant=500)
    early = write("review", D, grade=5, instant=400)
    assert fold_card([late, early]).memory.ease == 2600
    twin = write("review", D, grade=3, instant=400)
    assert fold_card([twin, late, early]).memory.ease == 2600


def test_early_and_late_reviews(write: Write) -> None:
    start = [write("review", D, grade=4), write("review", D + 1, grade=4)]
    assert fold_card([*start, write("review", D + 3, grade=5)]).memory == fold_card(start).memory
    early_lapse = fold_card([*start, write("review", D + 3, grade=2)]).memory
    assert (early_lapse.due, early_lapse.lapses) == (D + 4, 1)
    assert fold_card([*start, write("review", D + 50, grade=4)]).memory.due == D + 65


def test_the_morning_the_clocks_go_forward_is_the_new_day(write: Write) -> None:
    def at(text: str) -> int:
        moment = datetime.fromisoformat(text)
        offset = moment.utcoffset()
        assert offset is not None
        return study_day(int(moment.timestamp() * 1000), int(offset.total_seconds() // 60))

    # Berlin, 29 March 2026: 02:00 becomes 03:00, so 04:30 is two and a half hours past midnight.
    evening, morning = at("2026-03-28T23:00:00+01:00"), at("2026-03-29T04:30:00+02:00")
    night = at("2026-03-29T01:30:00+01:00")
    assert (night, morning) == (evening, evening + 1)
    rows = [write("review", evening, grade=4), write("review", morning, grade=4)]
    assert fold_card(rows).memory.interval == 6


def test_undo_takes_back_attempt_and_grade_and_redo_brings_both(write: Write) -> None:
    attempt = write("attempt", D)
    grade = write("review", D, grade=4, ref=attempt.id)
    undo = write("undo", D, ref=attempt.id)
    redo = write("redo", D, ref=attempt.id)
    assert fold_card([attempt]).pending == attempt.id
    answered = fold_card([attempt, grade])
    assert (answered.pending, answered.memory.repetition) == (None, 1)
    undone = fold_card([attempt, grade, undo])
    assert (undone.memory, undone.pending, undone.reviews) == (MemoryState(), None, 0)
    assert undone.attempts == 1
    assert fold_card([attempt, grade, undo, redo]).memory == answered.memory
    again = write("undo", D, ref=attempt.id)
    assert fold_card([attempt, grade, undo, redo, again]).memory == MemoryState()


def test_undoing_the_first_lets_the_next_of_the_day_count(write: Write) -> None:
    first, second = write("review", D, grade=1), write("review", D, grade=5)
    assert fold_card([first, second, write("undo", D, ref=first.id)]).memory.ease == 2600


@pytest.mark.parametrize(
    ("on", "off", "name", "held"),
    [
        ("suspend", "resume", "suspended", True),
        ("flag", "unflag", "flagged", True),
        ("bury", "unbury", "buried_on", D),
    ],
)
def test_marks_follow_the_latest_live_row(
    write: Write, on: str, off: str, name: str, held: object
) -> None:
    def value(rows: list[Row]) -> object:
        return getattr(fold_card(rows), name)

    nothing = value([])
    first = write(on, D)
    lifted = write(off, D)
    assert value([first]) == held
    assert value([first, lifted]) == nothing
    assert value([first, lifted, write("undo", D, ref=lifted.id)]) == held
    assert value([first, write("undo", D, ref=first.id)]) == nothing


def test_reset_begins_anew_on_the_same_day_too(write: Write) -> None:
    rows = [write("review", D, grade=4), write("reset", D)]
    assert fold_card(rows).memory == MemoryState()
    assert fold_card(rows).first is None
    rows.append(write("review", D, grade=5))
    assert fold_card(rows).memory.ease == 2600


def test_an_imported_schedule_goes_on_from_there(write: Write) -> None:
    schedule = {"repetition": 4, "interval": 30, "ease": 2300, "due": D + 2, "lapses": 1}
    rows = [write("import_state", D, extra=schedule)]
    record = fold_card(rows)
    assert record.memory == MemoryState(4, 30, 2300, D + 2, D - 28, 1)
    assert record.first == D - 28
    assert fold_card([*rows, write("review", D + 2, grade=4)]).memory.interval == 69


@pytest.mark.parametrize(
    "extra",
    [
        None,
        {"repetition": "4"},
        {"repetition": 2, "due": None},
        {"repetition": -1},
        {"ease": 10**9},
        {"repetition": True, "due": 5.0},
    ],
)
def test_a_senseless_schedule_is_left_aside(write: Write, extra: dict[str, object]) -> None:
    assert fold_card([write("import_state", D, extra=extra)]).memory == MemoryState()


def test_unknown_kinds_and_impossible_grades_are_ignored(write: Write) -> None:
    rows = [write("telepathy", D, grade=5), write("review", D, grade=9)]
    assert fold_card(rows).memory == MemoryState()


def test_a_pretest_is_the_review_of_its_day_without_a_grade(write: Write) -> None:
    attempt = write("attempt", D)
    rows = [attempt, write("review", D, ref=attempt.id), write("review", D, grade=5)]
    record = fold_card(rows[:2])
    assert record.memory == MemoryState(due=D + 1, last=D)
    assert (record.pending, record.reviews, record.first) == (None, 0, D)
    assert fold_card(rows).memory == record.memory
    assert fold_card([*rows, write("review", D + 1, grade=4)]).memory.interval == 1


def test_a_card_below_four_is_drilled_until_it_reaches_four(write: Write) -> None:
    rows = [write("review", D, grade=3)]
    assert fold_card(rows).drilling == D
    rows.append(write("drill", D, grade=2))
    assert fold_card(rows).drilling == D
    rows.append(write("drill", D, grade=4))
    assert fold_card(rows).drilling is None
    rows.append(write("undo", D, ref=rows[-1].id))
    assert fold_card(rows).drilling == D
    rows.append(write("review", D + 1, grade=4))
    assert fold_card(rows).drilling is None


def test_a_drill_ends_with_its_day(write: Write) -> None:
    rows = [write("review", D, grade=2), write("drill", D + 1, grade=2)]
    assert fold_card(rows).drilling is None


def test_attempts_count_undone_ones_and_plain_grades(write: Write) -> None:
    attempt, plain = write("attempt", D), write("review", D, grade=4)
    rows = [attempt, write("review", D, grade=4, ref=attempt.id), plain]
    rows += [write("undo", D, ref=attempt.id), write("undo", D, ref=plain.id)]
    assert fold_card(rows).attempts == 2
    assert fold_card(rows).high_water == rows[-1].id
