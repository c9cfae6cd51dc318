"""Properties of the fold over logs that nobody would write by hand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from studybuddy.scheduling.fold import fold_card
from studybuddy.scheduling.liveness import event_of, live_events, tallies
from studybuddy.scheduling.row import Row
from studybuddy.scheduling.sm2 import step
from studybuddy.scheduling.state import CardRecord, MemoryState

D = 20_000
KINDS = [
    *("attempt", "review", "drill", "cram", "mock", "suspend", "resume", "bury", "unbury"),
    *("reset", "flag", "unflag", "import_state", "unheard-of"),
]


@st.composite
def logs(draw: st.DrawFn) -> list[Row]:
    """Rows of one card, from several devices whose clocks disagree."""
    rows: list[Row] = []
    for count in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from([*KINDS, "undo", "redo", "review", "review", "drill"]))
        ref = None
        if kind in ("undo", "redo"):
            if not rows:
                continue
            ref = draw(st.sampled_from(rows)).id
        elif kind in ("review", "drill", "mock"):
            attempts = [row.id for row in rows if row.kind == "attempt"]
            ref = draw(st.sampled_from([None, *attempts]))
        grade = draw(st.none() | st.integers(0, 5)) if kind in KINDS[1:5] else None
        extra = None
        if kind == "import_state":
            extra = {"repetition": 3, "interval": 20, "ease": 2400, "due": D + 9, "lapses": 1}
        day = D + draw(st.integers(0, 4))
        rows.append(
            Row(
                id=bytes([draw(st.integers(0, 255)), count]) + bytes(14),
                learner="me",
                device=draw(st.sampled_from(["a", "b"])),
                instant=draw(st.integers(0, 6)),
                zone=0,
                day=day,
                kind=kind,
                card="deck/card",
                ref=ref,
                grade=grade,
                extra=extra,
            )
        )
    return rows


@given(logs(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_record(rows: list[Row], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold_card(shuffled) == fold_card(rows)


@given(logs(), st.integers(0, 5), st.integers(0, 6))
def test_undo_after_an_act_is_the_identity(rows: list[Row], grade: int, ahead: int) -> None:
    latest = max((row.instant for row in rows), default=0)
    act = Row(b"\xff" * 15 + b"\x00", "me", "a", latest + 1, 0, D + ahead, "review", "deck/card")
    act = replace(act, grade=grade)
    undo = replace(act, id=b"\xff" * 16, kind="undo", ref=act.id, grade=None)

    def apart(record: CardRecord) -> CardRecord:
        """What an undone act is meant to leave behind: the seed's counter and the mark."""
        return replace(record, attempts=0, high_water=b"")

    assert apart(fold_card([*rows, act, undo])) == apart(fold_card(rows))
    redo = replace(undo, kind="redo", instant=latest + 2)
    assert apart(fold_card([*rows, act, undo, redo])) == apart(fold_card([*rows, act]))


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 5)), max_size=20))
def test_one_review_a_day_is_the_pure_step(reviews: list[tuple[int, int]]) -> None:
    state, day, rows = MemoryState(), D, []
    for count, (gap, grade) in enumerate(reviews):
        day += gap
        state = step(state, grade, day)
        row = Row(count.to_bytes(16, "big"), "me", "a", count, 0, day, "review", "deck/card")
        rows.append(replace(row, grade=grade))
    record = fold_card(rows)
    assert record.memory == state
    assert record.reviews == record.attempts == len(reviews)


@given(logs())
def test_at_most_one_review_a_day_moves(rows: list[Row]) -> None:
    """Without resets and imports: the state is that of the first live review of each day."""
    rows = [row for row in rows if row.kind not in ("reset", "import_state")]
    state = MemoryState()
    seen = set()
    for event in live_events([event_of(row) for row in rows]):
        if event.kind in ("review", "mock") and event.day not in seen:
            seen.add(event.day)
            if event.grade is not None:
                state = step(state, event.grade, event.day)
            elif state.repetition == 0:
                state = replace(state, due=event.day + 1, last=event.day)
    assert fold_card(rows).memory == state


@given(logs())
def test_tallies_count_live_answers_alone(rows: list[Row]) -> None:
    live = live_events([event_of(row) for row in rows])
    answers = [each for each in live if each.kind in ("review", "drill", "cram", "mock")]
    assert sum(day.answers for day in tallies(live).values()) == len(answers)
