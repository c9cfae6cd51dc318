"""A sitting: answers are committed before anything about them is shown; SM-2 moves once a day."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.predictions import Result
from studybuddy.errors import StudyBuddyError
from studybuddy.study.answer import (
    Answer,
    Chosen,
    Computed,
    Drawn,
    Gaps,
    OnPaper,
    Ordered,
    Predicted,
    Written,
)
from studybuddy.study.session import Session, Stage

RIGHT: dict[str, Answer | None] = {
    "recall": None,
    "choice": Chosen((0, 2)),
    "cloze": Gaps(("编码器", " c ")),
    "order": Ordered((0, 1, 2)),
    "short": Written("as I said"),
    "compute": Computed(("0.00515",)),
    "diagram": Drawn("a > b > c"),
    "experiment": Predicted(5),
    "compose": OnPaper(30, "so it is"),
}


def finish(session: Session, answer: Answer | None, grade: int | None = 4) -> None:
    """Answer the present card in full and grade it."""
    current = session.current
    assert current is not None
    stage = session.submit(answer, 70 if isinstance(answer, Predicted) else None)
    if stage is Stage.RUNNING:
        session.resolve(Result("translate", "length", current.front.seed, 5, 1))
    elif stage is Stage.MARKING:
        session.mark([True] * len(session.ticks_wanted()))
    session.grade(None if current.pretest else grade)


def name(session: Session) -> str:
    assert session.current is not None
    return session.current.front.card.id.removeprefix("mini/")


def test_every_kind_is_answered_committed_and_due_tomorrow(home) -> None:
    home.read_pages()
    session = home.session()
    seen = []
    while session.current is not None:
        kind = name(session)
        seen.append(kind)
        finish(session, RIGHT[kind])
    assert sorted(seen) == sorted(RIGHT)
    tomorrow = home.clock.day() + 1
    for kind in RIGHT:
        rows = home.store.rows_of(f"mini/{kind}")
        record = home.store.reads.record(f"mini/{kind}")
        assert record.memory.due == tomorrow
        assert [row.kind for row in rows] == (
            ["review"] if kind == "recall" else ["attempt", "review"]
        )
        if kind == "experiment":
            assert rows[-1].grade is None
            assert record.memory.repetition == 0
        else:
            assert (rows[-1].grade, record.memory.repetition) == (4, 1)
        if kind != "recall":
            assert rows[-1].ref == rows[0].id
            assert rows[0].grade is None
    assert home.store.rows_of("mini/experiment")[0].confidence == 70


def test_the_attempt_is_in_the_log_before_there_is_a_verdict(home, monkeypatch) -> None:
    session = home.session(kinds=("diagram",))
    seen: list[list[str]] = []

    def watched(*args: object, **more: object) -> object:
        seen.append([row.kind for row in home.store.rows_of("mini/diagram")])
        return real(*args, **more)

    from studybuddy.study import marking

    real = marking.judge
    monkeypatch.setattr(marking, "judge", watched)
    session.submit(Drawn("a > b"))
    assert seen == [["attempt"]]


def test_a_killed_sitting_resumes_at_the_verdict_of_the_committed_answer(home) -> None:
    home.session(kinds=("diagram",)).submit(Drawn("a > b"))
    home.reopen()
    session = home.session()
    assert name(session) == "diagram"
    assert session.current is not None
    assert session.current.stage is Stage.VERDICT
    assert session.current.verdict is not None
    assert session.current.verdict.score == 666
    session.grade(2)
    assert [row.kind for row in home.store.rows_of("mini/diagram")] == ["attempt", "review"]


def test_a_sealed_prediction_cannot_be_taken_again(home) -> None:
    session = home.session(kinds=("experiment",))
    session.submit(Predicted(3), 90)
    seed = session.current.front.seed
    home.reopen()
    again = home.session(kinds=("experiment",))
    assert again.current is not None
    assert again.current.stage is Stage.RUNNING
    assert again.current.answer == Predicted(3)
    assert (again.current.front.seed, again.current.confidence) == (seed, 90)
    with pytest.raises(StudyBuddyError):
        again.submit(Predicted(5), 99)
    again.resolve(Result("translate", "length", seed, 5, 1))
    again.grade(None)
    home.clock.advance(days=1)
    later = home.session(kinds=("experiment",))
    assert later.current is not None
    assert later.current.front.seed != seed
    assert later.current.stage is Stage.FRONT
    assert not later.current.pretest


def test_a_card_below_four_is_drilled_until_four_and_the_drill_moves_nothing(home) -> None:
    session = home.session(kinds=("recall", "short"))
    home.read_pages()
    session = home.session(kinds=("recall",))
    finish(session, None, grade=1)
    state = home.store.reads.record("mini/recall").memory
    assert (state.repetition, state.interval, state.lapses) == (1, 1, 1)
    assert session.current is not None
    assert session.current.item.act == "drill"
    assert session.submit() is Stage.VERDICT
    assert set(session.intervals().values()) == {None}
    session.grade(3)
    assert name(session) == "recall"
    session.submit()
    session.grade(4)
    assert session.current is None
    assert home.store.reads.record("mini/recall").memory == state
    kinds = [row.kind for row in home.store.rows_of("mini/recall")]
    assert kinds == ["review", "drill", "drill"]


def test_a_drill_goes_on_after_reopening_and_ends_with_the_study_day(home) -> None:
    home.read_pages()
    finish(home.session(kinds=("recall",)), None, grade=1)
    home.reopen()
    session = home.session(kinds=("recall",))
    assert session.current is not None
    assert session.current.item.act == "drill"
    home.clock.advance(days=1)
    session = home.session(kinds=("recall",))
    assert session.current is not None
    assert session.current.item.act == "review"


def test_undo_any_number_of_steps_and_after_a_restart(home) -> None:
    home.read_pages()
    session = home.session()
    before = {}
    order = []
    for _ in range(5):
        card = name(session)
        order.append(card)
        before[card] = home.store.reads.record(f"mini/{card}").memory
        finish(session, RIGHT[card])
    home.reopen()
    session = home.session()
    for card in reversed(order):
        assert session.undo() == f"mini/{card}"
        assert name(session) == card
        assert session.current is not None
        assert session.current.stage is Stage.FRONT
        assert home.store.reads.record(f"mini/{card}").memory == before[card]
    assert session.undo() is None


def test_the_same_card_keeps_its_numbers_when_reopened_and_draws_others_after_an_answer(
    home,
) -> None:
    first = home.session(kinds=("order",))
    home.read_pages()
    first, second = home.session(kinds=("order",)), home.session(kinds=("order",))
    assert first.current is not None
    assert second.current is not None
    assert first.current.front == second.current.front
    finish(first, Ordered((0, 1, 2)))
    home.clock.advance(days=1)
    third = home.session(kinds=("order",))
    assert third.current is not None
    assert third.current.front.seed != second.current.front.seed


def test_preview_is_what_the_grade_gives(home) -> None:
    home.read_pages()
    for grade in (5, 4, 3, 4):
        session = home.session(kinds=("recall",))
        session.submit()
        interval = session.intervals()[grade]
        session.grade(grade)
        assert interval is not None
        due = home.store.reads.record("mini/recall").memory.due
        assert due == home.clock.day() + interval
        home.clock.advance(days=interval)


def test_bury_suspend_and_flag_are_rows_and_can_be_undone(home) -> None:
    home.read_pages()
    session = home.session(kinds=("recall", "cloze"))
    first = name(session)
    session.act("flag")
    assert session.current is not None
    assert session.current.record.flagged
    session.act("bury")
    assert name(session) != first
    assert session.undo() == f"mini/{first}"
    session.act("suspend")
    home.clock.advance(days=3)
    later = home.session(kinds=("recall", "cloze"))
    assert name(later) != first
    assert later.left == 1


def test_a_hint_counts_in_the_row_and_in_the_suggested_grade(home) -> None:
    home.read_pages()
    session = home.session(kinds=("recall",))
    assert session.hint() == "one suitcase."
    session.submit()
    session.grade(4)
    assert home.store.rows_of("mini/recall")[0].hints == 1


def test_an_answer_of_another_form_is_refused_and_nothing_is_written(home) -> None:
    session = home.session(kinds=("diagram",))
    with pytest.raises(StudyBuddyError):
        session.submit(Gaps(("x",)))
    assert home.store.rows_of("mini/diagram") == []


def test_cram_leaves_the_schedule_alone(home) -> None:
    home.read_pages()
    finish(home.session(kinds=("recall",)), None, grade=4)
    state = home.store.reads.record("mini/recall").memory
    session = home.session(kinds=("recall",), cram=True)
    finish(session, None, grade=1)
    assert session.current is None
    assert home.store.reads.record("mini/recall").memory == state
    assert home.store.rows_of("mini/recall")[-1].kind == "cram"


def test_two_sittings_at_once_do_not_ask_the_same_card_twice(home) -> None:
    home.read_pages()
    one, two = home.session(kinds=("recall", "cloze")), home.session(kinds=("recall", "cloze"))
    first = name(one)
    finish(one, RIGHT[first])
    second = name(one)
    finish(one, RIGHT[second])
    finish(two, RIGHT[first])
    assert two.current is None
