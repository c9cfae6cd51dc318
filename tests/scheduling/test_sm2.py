"""SM-2 against the published text: traces worked by hand, and its properties."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.scheduling.sm2 import LONGEST_INTERVAL, is_leech, preview, step
from studybuddy.scheduling.state import MemoryState

DAY = 20_000
states = st.builds(
    MemoryState,
    repetition=st.integers(2, 40),
    interval=st.integers(1, 5000),
    ease=st.integers(1300, 4000),
    due=st.just(DAY),
    last=st.just(DAY - 1),
    lapses=st.integers(0, 9),
)


def on_due_days(grades: list[int]) -> tuple[list[int], list[int]]:
    """Intervals and ease factors when each grade falls on the due day."""
    state = MemoryState()
    day, intervals, eases = DAY, [], []
    for grade in grades:
        state = step(state, grade, day)
        assert state.due is not None
        intervals.append(state.due - day)
        eases.append(state.ease)
        day = state.due
    return intervals, eases


@pytest.mark.parametrize(
    ("grades", "intervals", "eases"),
    [
        ([4] * 7, [1, 6, 15, 38, 95, 238, 595], [2500] * 7),
        (
            [5] * 7,
            [1, 6, 17, 48, 140, 420, 1302],
            [2600, 2700, 2800, 2900, 3000, 3100, 3200],
        ),
        (
            [5, 4, 3, 2, 4, 4, 4],
            [1, 6, 16, 1, 6, 15, 37],
            [2600, 2600, 2460, 2460, 2460, 2460, 2460],
        ),
        ([4, 4, 4, 4, 0, 4, 4, 4], [1, 6, 15, 38, 1, 6, 15, 38], [2500] * 8),
    ],
)
def test_published_traces(grades: list[int], intervals: list[int], eases: list[int]) -> None:
    assert on_due_days(grades) == (intervals, eases)


def test_the_later_delphi_code_is_not_followed() -> None:
    # That code rounds (6 * 2.6 = 15.6 and 16 * 2.46 = 39.36 would be 16 and 39), lowers the
    # ease factor on a failure, and begins 1, 1, 6 after one.
    intervals, eases = on_due_days([4, 4, 4, 4, 1, 4, 4])
    assert intervals[3] == 38  # 37.5 up
    assert eases[4] == eases[3]
    assert intervals[4:] == [1, 6, 15]
    assert on_due_days([3, 3, 3])[0] == [1, 6, 14]  # 6 * 2.22 = 13.32 up


@given(st.lists(st.sampled_from([3, 4, 5]), min_size=1, max_size=12))
def test_intervals_equal_exact_decimal_arithmetic(grades: list[int]) -> None:
    ease, interval = Decimal("2.5"), Decimal(0)
    expected = []
    for count, grade in enumerate(grades, start=1):
        interval = (
            Decimal(1)
            if count == 1
            else Decimal(6)
            if count == 2
            else (interval * ease).to_integral_value(ROUND_CEILING)
        )
        miss = 5 - grade
        change = Decimal("0.1") - miss * (Decimal("0.08") + miss * Decimal("0.02"))
        ease = max(Decimal("1.3"), ease + change)
        expected.append(min(int(interval), LONGEST_INTERVAL))
    assert on_due_days(grades)[0] == expected


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-5, 400)), max_size=40))
def test_ease_never_falls_below_its_floor(steps: list[tuple[int, int]]) -> None:
    state = MemoryState()
    for grade, late in steps:
        state = step(state, grade, (state.due or DAY) + late)
        assert state.ease >= 1300


@given(states, st.sampled_from([3, 4, 5]))
def test_a_pass_never_shortens_the_interval(state: MemoryState, grade: int) -> None:
    assert step(state, grade, DAY).interval >= state.interval


@given(states, st.integers(0, 300))
def test_among_passes_a_higher_grade_never_gives_a_smaller_ease(
    state: MemoryState, late: int
) -> None:
    eases = [step(state, grade, DAY + late).ease for grade in (3, 4, 5)]
    assert eases == sorted(eases)


def test_across_the_pass_line_it_can() -> None:
    state = MemoryState(2, 6, 2500, DAY, DAY - 6)
    assert step(state, 2, DAY).ease == 2500
    assert step(state, 3, DAY).ease == 2360


@given(states, st.integers(0, 500), st.sampled_from([3, 4, 5]))
def test_late_counts_from_the_day_of_the_review(state: MemoryState, late: int, grade: int) -> None:
    on_time, behind = step(state, grade, DAY), step(state, grade, DAY + late)
    assert behind.interval == on_time.interval
    assert behind.due == DAY + late + on_time.interval


@given(states, st.integers(1, 500), st.sampled_from([3, 4, 5]))
def test_an_early_pass_leaves_the_state(state: MemoryState, early: int, grade: int) -> None:
    assert step(state, grade, DAY - early) is state


@given(states, st.integers(-500, 500), st.sampled_from([0, 1, 2]))
def test_a_failure_is_a_lapse_on_any_day(state: MemoryState, shift: int, grade: int) -> None:
    day = DAY + shift
    assert step(state, grade, day) == MemoryState(1, 1, state.ease, day + 1, day, state.lapses + 1)


@given(states, st.integers(-500, 500))
def test_the_preview_is_the_step(state: MemoryState, shift: int) -> None:
    day = DAY + shift
    for grade, days in preview(state, day).items():
        assert step(state, grade, day).due == day + days


def test_a_clock_set_back_is_early_not_negative() -> None:
    state = step(MemoryState(), 4, DAY)
    assert step(state, 4, DAY - 300) == state


@pytest.mark.parametrize("grade", [-1, 6, 1.5, "4", None])
def test_other_grades_are_refused_by_name(grade: object) -> None:
    with pytest.raises(ValueError, match="0, 1, 2, 3, 4, 5"):
        step(MemoryState(), grade, DAY)  # type: ignore[arg-type]


def test_intervals_stay_within_the_calendar() -> None:
    state = MemoryState()
    for _ in range(60):
        state = step(state, 5, state.due or DAY)
    assert state.interval == LONGEST_INTERVAL


@pytest.mark.parametrize(
    ("ease", "lapses", "leech"),
    [(1500, 2, True), (1500, 1, False), (1501, 3, False), (2500, 4, True), (1300, 0, False)],
)
def test_leech(ease: int, lapses: int, leech: bool) -> None:
    assert is_leech(replace(MemoryState(), ease=ease, lapses=lapses)) is leech
