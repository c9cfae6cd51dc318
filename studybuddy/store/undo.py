"""Undo and redo of this device's acts, any number of steps, from the log alone.

An act is an attempt with its grade, or a row that stands alone. Its place in time
is its newest row. Walking the device's rows backwards, an undo says that its act
and all acts after it are gone, so the walk goes on below that act; a redo names
the newest live act itself. Hence a step costs the same at any depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studybuddy.scheduling.liveness import Event, is_live, taken_back
from studybuddy.scheduling.row import GRADED_KINDS, UNDOABLE_KINDS, Row
from studybuddy.store.rows import Fetch, events_of, row_by_id

_STEP = """
SELECT log.id, kind.name, log.ref, log.card, log.paper IS NOT NULL
FROM log JOIN kind ON kind.id = log.kind
WHERE log.id < ?1 AND log.device = ?2 ORDER BY log.id DESC LIMIT ?3
"""
_NEWEST = b"\xff" * 17
_FIRST, _MORE = 4, 256


@dataclass(frozen=True, slots=True)
class _Step:
    id: bytes
    kind: str
    ref: bytes | None
    card: int | None
    sealed: bool


class Walk:
    """A walk through the rows of one device (its number), newest first."""

    def __init__(self, fetch: Fetch, device: int, learner: int) -> None:
        self._fetch = fetch
        self._device = device
        self._learner = learner

    def newest_live_act(self) -> Row | None:
        """The root row of the act that an undo takes back."""
        below = _NEWEST
        while True:
            for step in self._steps(below):
                if step.kind == "undo" and step.ref is not None:
                    below = min(self._head(step.ref, step), step.id)
                    break
                root = self._root(step)
                if root is not None and self._live(root, step):
                    return row_by_id(self._fetch, root)
            else:
                return None

    def newest_undone_act(self) -> Row | None:
        """The root row of the act that a redo brings back: none once something new was done."""
        brought_back = 0
        for step in self._steps(_NEWEST):
            if step.kind == "redo":
                brought_back += 1
            elif step.kind == "undo" and step.ref is not None:
                if brought_back == 0:
                    return row_by_id(self._fetch, step.ref)
                brought_back -= 1
            elif self._root(step) is not None:
                return None
        return None

    def _steps(self, below: bytes) -> Iterator[_Step]:
        """The rows below an id, fetched in growing pieces."""
        size = _FIRST
        while True:
            found = self._fetch(_STEP, (below, self._device, size))
            for row, kind, ref, card, sealed in found:
                yield _Step(row, kind, ref, card, bool(sealed))
            if len(found) < size:
                return
            below, size = found[-1][0], min(size * 2, _MORE)

    def _root(self, step: _Step) -> bytes | None:
        """The act that a row is part of, if it can be undone: never an answer of a sealed paper."""
        if step.sealed or step.card is None:
            return None
        if step.kind == "redo":
            return step.ref
        if step.kind not in UNDOABLE_KINDS:
            return None
        return step.ref if step.kind in GRADED_KINDS and step.ref is not None else step.id

    def _live(self, root: bytes, step: _Step) -> bool:
        events = self._events(step.card)
        gone = taken_back(events)
        ids = {root} if step.kind == "redo" else {root, step.id}
        found = [event for event in events if event.id in ids]
        return bool(found) and all(is_live(event, gone) for event in found)

    def _head(self, root: bytes, undo: _Step) -> bytes:
        """The newest row of an act that was taken back: its grade where it has one."""
        grades = [
            event.id
            for event in self._events(undo.card)
            if event.ref == root and event.kind in GRADED_KINDS and event.id < undo.id
        ]
        return max([root, *grades])

    def _events(self, card: int | None) -> list[Event]:
        found = self._fetch("SELECT coalesce(same_as, id) FROM card WHERE id = ?1", (card,))
        return events_of(self._fetch, found[0][0], self._learner) if found else []
