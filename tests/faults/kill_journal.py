"""What the program acknowledged, against what its database holds after the kill.

A submission is acknowledged once anything about it was shown, a grade once the next card
or the end was. After every kill the log must hold what was acknowledged, in that order,
and beside it at most the one act whose acknowledgement the kill cut off.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kill_deck import CARDS

from studybuddy.clock import Clock
from studybuddy.errors import StudyBuddyError
from studybuddy.locations import find_locations
from studybuddy.scheduling.row import GRADED_KINDS, Row
from studybuddy.store.store import open_store

What = Literal["attempt", "grade", "undo"]
DATABASE = "studybuddy.db"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the log, as far as an act decides it. A time taken on paper is left out."""

    row: bytes
    what: str
    card: str | None
    answer: Any = None
    confidence: int | None = None
    grade: int | None = None
    ref: bytes | None = None


def entry_of(row: Row) -> Entry:
    """The entry of a row."""
    what = "grade" if row.kind in GRADED_KINDS else row.kind
    answer = dict((row.extra or {}).get("answer") or {})
    answer.pop("seconds", None)
    return Entry(row.id, what, row.card, answer or None, row.confidence, row.grade, row.ref)


@dataclass(slots=True)
class Act:
    """What a driver did; an undo learns its card from what the program says."""

    what: What
    card: str | None
    answer: dict[str, Any] | None = None
    confidence: int | None = None
    grade: int | None = None
    acknowledged: bool = False


@dataclass(slots=True)
class Examined:
    """A database after a kill: its log, and what is wrong with it."""

    log: list[Entry] = field(default_factory=list)
    integrity: str = "ok"
    differences: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)


def examine(home: Path) -> Examined:
    """Look at a copy, so that the program itself meets the file as the kill left it."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for file in home.glob(f"{DATABASE}*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, copy)
        if not (copy / DATABASE).exists():
            return Examined()
        try:
            connection = sqlite3.connect(copy / DATABASE)
            found = [line for (line,) in connection.execute("PRAGMA integrity_check")]
            connection.close()
            if found != ["ok"]:
                return Examined(integrity="\n".join(found))
            with open_store(find_locations({"STUDYBUDDY_HOME": name}), Clock()) as store:
                return Examined(
                    [entry_of(row) for row in store.rows_after(limit=1_000_000)],
                    store.integrity(),
                    store.compare(),
                    [card for card, _row in store.reads.pending()],
                )
        except (StudyBuddyError, sqlite3.Error) as error:
            return Examined(integrity=str(error))


@dataclass(slots=True)
class Counts:
    """What the sittings amount to. From `lost_submissions` on, everything must be 0."""

    sittings: int = 0
    kills: int = 0
    submissions: int = 0
    grades: int = 0
    undos: int = 0
    cut_off: int = 0
    predictions_sealed: int = 0
    predictions_resumed: int = 0
    lost_submissions: int = 0
    lost_grades: int = 0
    lost_undos: int = 0
    rows_nobody_asked_for: int = 0
    predictions_retaken: int = 0
    answers_asked_again: int = 0
    integrity_failures: int = 0
    states_unlike_the_log: int = 0

    @property
    def faults(self) -> dict[str, int]:
        """What must be 0."""
        names = list(self.__slots__)
        return {name: getattr(self, name) for name in names[names.index("lost_submissions") :]}


class Journal:
    """The acts of the present sitting, and everything the log was seen to hold before."""

    def __init__(self) -> None:
        self.counts = Counts()
        self.acts: list[Act] = []
        self.told: list[str] = []
        self._log: list[Entry] = []
        self._open: dict[str, bytes] = {}
        self.pending: list[str] = []

    # ── while a sitting goes on ──────────────────────────────────────────────

    def expect(self, act: Act) -> None:
        """An act is being sent."""
        self.acts.append(act)
        if act.card is not None:
            if act.what == "attempt":
                self.pending.append(act.card)
            elif act.card in self.pending:
                self.pending.remove(act.card)

    def acknowledge(self, card: str | None = None) -> None:
        """The newest act was acknowledged; an undo names its card."""
        if not self.acts or self.acts[-1].acknowledged:
            return
        act = self.acts[-1]
        act.acknowledged = True
        if act.what == "undo":
            act.card = card
            if card in self.pending:
                self.pending.remove(card)

    def withdraw(self) -> None:
        """The newest act came to nothing, and the program said so."""
        self.acts.pop()

    def asked(self, card: str) -> None:
        """The program asked this card: never one whose answer it has taken already."""
        if card not in self.pending:
            return
        if CARDS[card].kind == "experiment":
            self.counts.predictions_retaken += 1
        else:
            self.counts.answers_asked_again += 1
        self.told.append(f"{card} was asked again though its answer had been taken")

    # ── after a kill ─────────────────────────────────────────────────────────

    def settle(self, found: Examined) -> None:
        """Hold the acts of this sitting against the log."""
        counts = self.counts
        if found.integrity != "ok":
            counts.integrity_failures += 1
            self.told.append(f"integrity: {found.integrity}")
        old, new = found.log[: len(self._log)], found.log[len(self._log) :]
        for before in [entry for entry in self._log if entry not in old]:
            self._lost(before.what, before.card, "that stood in the log before")
        rest = self._bind(new)
        counts.rows_nobody_asked_for += len(rest)
        self.told += [f"a row nobody asked for: {entry}" for entry in rest]
        self._log, self.acts = found.log, []
        self.pending = sorted(self._open, key=lambda card: self._open[card])
        differences = set(found.differences) | (set(found.pending) ^ set(self.pending))
        counts.states_unlike_the_log += len(differences)
        self.told += [f"the cached state of {card} is not the log's" for card in differences]

    def _bind(self, new: Sequence[Entry]) -> list[Entry]:
        """Find each act's row, in order; the rows that belong to none are returned."""
        rest: list[Entry] = []
        at = 0
        for act in self.acts:
            place = next((k for k in range(at, len(new)) if self._is_row_of(act, new[k])), None)
            if act.acknowledged:
                self._count(act)
            if place is None:
                if act.acknowledged:
                    self._lost(act.what, act.card, "that was acknowledged")
                continue
            self.counts.cut_off += not act.acknowledged
            rest += new[at:place]
            self._follow(new[place])
            at = place + 1
        return [*rest, *new[at:]]

    def _is_row_of(self, act: Act, entry: Entry) -> bool:
        if entry.what != act.what or (act.card is not None and entry.card != act.card):
            return False
        if act.what == "attempt":
            return entry.answer == act.answer and entry.confidence == act.confidence
        if act.what == "grade":
            return entry.grade == act.grade and entry.ref == self._open.get(entry.card or "")
        return entry.ref is not None

    def _follow(self, entry: Entry) -> None:
        card = entry.card or ""
        if entry.what == "attempt":
            if card in self._open and CARDS[card].kind == "experiment":
                self.counts.predictions_retaken += 1
                self.told.append(f"{card} has a second prediction before the first one's grade")
            self.counts.predictions_sealed += CARDS[card].kind == "experiment"
            self._open[card] = entry.row
        elif entry.what == "grade" or entry.ref == self._open.get(card):
            self._open.pop(card, None)

    def _count(self, act: Act) -> None:
        self.counts.submissions += act.what == "attempt"
        self.counts.grades += act.what == "grade"
        self.counts.undos += act.what == "undo"

    def _lost(self, what: str, card: str | None, which: str) -> None:
        self.counts.lost_submissions += what == "attempt"
        self.counts.lost_grades += what == "grade"
        self.counts.lost_undos += what == "undo"
        self.told.append(f"lost: the {what} of {card} {which}")
