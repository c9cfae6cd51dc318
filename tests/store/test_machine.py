"""A machine that answers, undoes, redoes and restarts, against a list of acts and a stack."""

from __future__ import annotations

import tempfile
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from studybuddy.clock import HandClock
from studybuddy.locations import find_locations
from studybuddy.scheduling.fold import fold_card
from studybuddy.scheduling.row import Row
from studybuddy.store.store import open_store

CARDS = st.sampled_from(["d/a", "d/b", "d/c"])


class Acts(RuleBasedStateMachine):
    """`done` and `undone` are what an editor's undo would hold; `rows` is every row written."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.locations = find_locations({"STUDYBUDDY_HOME": self.folder.name})
        self.clock = HandClock()
        self.store = open_store(self.locations, self.clock)
        self.done: list[list[Row]] = []
        self.undone: list[list[Row]] = []

    def act(self, *rows: Row) -> None:
        self.done.append(list(rows))
        self.undone.clear()

    @rule(card=CARDS, grade=st.integers(0, 5), kind=st.sampled_from(["review", "drill", "cram"]))
    def plain(self, card: str, grade: int, kind: str) -> None:
        self.act(self.store.append(kind, card=card, grade=grade, response=10))

    @rule(card=CARDS, grade=st.none() | st.integers(0, 5))
    def typed(self, card: str, grade: int | None) -> None:
        attempt = self.store.append("attempt", card=card, response=20)
        self.act(attempt, self.store.append("review", card=card, ref=attempt.id, grade=grade))

    @rule(card=CARDS, kind=st.sampled_from(["suspend", "resume", "bury", "flag", "reset"]))
    def mark(self, card: str, kind: str) -> None:
        self.act(self.store.append(kind, card=card))

    @rule()
    def undo(self) -> None:
        step = self.store.undo()
        assert (step[1] if step else None) == (self.done[-1][0] if self.done else None)
        if self.done:
            self.undone.append(self.done.pop())

    @rule()
    def redo(self) -> None:
        step = self.store.redo()
        assert (step[1] if step else None) == (self.undone[-1][0] if self.undone else None)
        if self.undone:
            self.done.append(self.undone.pop())

    @rule(days=st.integers(0, 9))
    def later(self, days: int) -> None:
        self.clock.advance(days=days)

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.locations, self.clock)

    @invariant()
    def the_state_is_that_of_the_acts_that_stand(self) -> None:
        for card in ("d/a", "d/b", "d/c"):
            rows = [row for act in self.done for row in act if row.card == card]
            expected = fold_card(rows)
            found = self.store.reads.record(card)
            assert replace(found, attempts=0, high_water=b"") == replace(
                expected, attempts=0, high_water=b""
            )
        answers = [
            row for act in self.done for row in act if row.kind in ("review", "drill", "cram")
        ]
        assert sum(day.answers for day in self.store.reads.days()) == len(answers)

    def teardown(self) -> None:
        assert self.store.compare() == []
        days, cached = self.store.reads.days(), self.store.reads.pending()
        self.store.refold()
        assert (self.store.reads.days(), self.store.reads.pending()) == (days, cached)
        self.store.close()
        self.folder.cleanup()


Acts.TestCase.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
TestActs = Acts.TestCase
