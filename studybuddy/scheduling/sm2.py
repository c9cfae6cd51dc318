"""SM-2 as published: one grade, one step, in whole numbers.

The profile is the text of P. A. Wozniak, *Optimization of Learning* (1990),
section 3.2: I(1) = 1, I(2) = 6, I(n) = I(n-1) * EF, fractions rounded up, with
the ease factor from before the grade; EF' = EF + 0.1 - (5-q)(0.08 + (5-q) 0.02),
never below 1.3; a grade below 3 starts the repetitions again and leaves the ease
factor. The author's own later Delphi code does otherwise (it rounds, lowers the
ease factor on a failure, and goes 1, 1, 6 after a lapse) and is not followed.

The ease factor is kept in thousandths: in binary fractions 264 of the 6,561
sequences of eight passing grades end a day late.

Two things the text leaves open. Before the due date a pass leaves the state and a
grade below 3 is a lapse; after it the interval counts from the day of the review.
A higher grade never gives a smaller ease factor among passes; across the pass
line it can (2 keeps 2.50, 3 drops to 2.36).
"""

from __future__ import annotations

from studybuddy.scheduling.state import MemoryState

GRADES = range(6)
PASS = 3
SMALLEST_EASE = 1300
#: A thousand years: longer intervals would leave the calendar, and change nothing for anyone.
LONGEST_INTERVAL = 365_000
_EASE_CHANGE = {3: -140, 4: 0, 5: 100}


#: The columns of a MemoryState as a plain tuple: what a fold of a million rows can afford.
Columns = tuple[int, int, int, int | None, int | None, int]


def step(state: MemoryState, grade: int, day: int) -> MemoryState:
    """The state after `grade` (0..5) on study day `day`; raises ValueError on another grade."""
    before = columns_of(state)
    after = advance(before, grade, day)
    return state if after is before else MemoryState(*after)


def columns_of(state: MemoryState) -> Columns:
    """The state as a plain tuple, in the order of its fields."""
    return state.repetition, state.interval, state.ease, state.due, state.last, state.lapses


def advance(state: Columns, grade: int, day: int) -> Columns:
    """`step` on plain tuples; a state that stays is returned itself."""
    if grade not in GRADES:
        raise ValueError(f"a grade must be one of 0, 1, 2, 3, 4, 5, not {grade!r}")
    repetition, interval, ease, due, _last, lapses = state
    if grade < PASS:
        return 1, 1, ease, day + 1, day, lapses + 1
    if repetition == 0:
        interval = 1
    else:
        if due is not None and day < due:
            return state
        interval = 6 if repetition == 1 else -(-interval * ease // 1000)
        if interval > LONGEST_INTERVAL:
            interval = LONGEST_INTERVAL
    ease += _EASE_CHANGE[grade]
    if ease < SMALLEST_EASE:
        ease = SMALLEST_EASE
    return repetition + 1, interval, ease, day + interval, day, lapses


def preview(state: MemoryState, day: int) -> dict[int, int]:
    """For each grade the days from `day` until the card would be due: what `step` itself says."""
    days = {}
    for grade in GRADES:
        due = step(state, grade, day).due
        days[grade] = 0 if due is None else due - day
    return days


def is_leech(state: MemoryState) -> bool:
    """Whether the card keeps being forgotten: ease 1.5 or less after two lapses, or four lapses."""
    return state.lapses >= 4 or (state.lapses >= 2 and state.ease <= 1500)
