"""A sitting: the next card, the answer (committed), the verdict, the grade (committed), undo.

The app and the command line both stand on `Session`. It moves through four
stages a card and refuses what does not belong to the stage it is in:

    FRONT    the question is shown             → `submit` (commits the attempt)
    RUNNING  a sealed prediction awaits its run → `resolve`
    MARKING  the learner ticks a marking scheme → `mark`
    VERDICT  reasons and a suggested grade      → `grade` (commits, moves on)
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studybuddy import lab
from studybuddy.catalogue.predictions import Result
from studybuddy.clock import Clock
from studybuddy.config import Settings
from studybuddy.decks.model import Card, Compose, Diagram, Experiment, Recall, Short
from studybuddy.errors import StudyBuddyError
from studybuddy.grading.verdict import Verdict
from studybuddy.scheduling.row import Row
from studybuddy.scheduling.sm2 import is_leech, preview
from studybuddy.scheduling.state import CardRecord
from studybuddy.store.reads import Reads
from studybuddy.study import marking
from studybuddy.study.answer import Answer, Drawn, OnPaper, answer_from_json, answer_to_json
from studybuddy.study.current import Current, Stage
from studybuddy.study.present import front_of
from studybuddy.study.queue import Filters, QueueItem, build_queue
from studybuddy.text.translation import Language, _

if TYPE_CHECKING:
    from studybuddy.store.store import Store

RESPONSE_MOST = 600_000
DRILL_DISTANCE = 4


ReadCard = Callable[[str, Language], Card]


class Session:
    """One sitting over today's queue. `store` may be given later than `reads` (see `attach`)."""

    def __init__(
        self,
        reads: Reads,
        read_card: ReadCard,
        clock: Clock,
        settings: Settings,
        language: Language,
        filters: Filters | None = None,
        store: Store | None = None,
    ) -> None:
        self._reads = reads
        self._read_card = read_card
        self._clock = clock
        self.settings = settings
        self.language = language
        self.filters = filters or Filters()
        self._store = store
        self.id = uuid.uuid4().bytes
        self.day = clock.day()
        self.answered = 0
        self.problems: list[str] = []
        self._undone: list[QueueItem] = []
        self._queue: deque[QueueItem] = deque(
            build_queue(reads, self.day, self.filters, settings.new_per_day)
        )
        self.total = len(self._queue)
        self.current: Current | None = None
        self._advance()

    # ── the queue ────────────────────────────────────────────────────────────

    @property
    def left(self) -> int:
        """Cards still to come, the present one included."""
        return len(self._queue) + (self.current is not None)

    def attach(self, store: Store) -> None:
        """Give the session the store that it commits to; reads go through it from now on."""
        self._store = store
        self._reads = store.reads

    @property
    def _writable(self) -> Store:
        if self._store is None:
            raise StudyBuddyError(_("The store is not open yet; try again in a moment."))
        return self._store

    def _stale(self, item: QueueItem, record: CardRecord) -> bool:
        """Whether the item was dealt with elsewhere since the queue was built."""
        if record.pending is not None or item.act == "cram":
            return False
        if record.suspended or record.buried_on == self.day:
            return True
        if item.act == "drill":
            return not self.filters.wrong and record.drilling != self.day
        return record.memory.last == self.day or record.reviewed == self.day

    def _advance(self) -> None:
        self.current = None
        while self._queue:
            item = self._queue.popleft()
            record = self._reads.record(item.card)
            if self._stale(item, record):
                continue
            try:
                self.current = self._open(item, record)
            except StudyBuddyError as problem:
                self.problems.append(str(problem))
                continue
            return

    def _open(self, item: QueueItem, record: CardRecord) -> Current:
        card = self._read_card(item.card, self.language)
        if isinstance(card.body, Experiment) and not lab.available():
            raise StudyBuddyError(
                _("{card} is a live run and needs torch; it waits, the rest goes on.").format(
                    card=card.id
                )
            )
        pretest = isinstance(card.body, Experiment) and record.attempts == 0 and item.act != "cram"
        if record.pending is not None and (row := self._reads.row(record.pending)) is not None:
            return self._resume(item, record, card, row)
        current = Current(item, front_of(card, self._reads.seed(item.card)), record)
        current.pretest = pretest
        current.shown_at = self._clock.monotonic()
        return current

    def _resume(self, item: QueueItem, record: CardRecord, card: Card, row: Row) -> Current:
        """A card whose answer was committed before the program ended: go on from there."""
        current = Current(item, front_of(card, row.seed or 0), record)
        extra = row.extra or {}
        answer = answer_from_json(extra.get("answer", {}))
        if answer is None or not marking.fits(current.front, answer):
            current.shown_at = self._clock.monotonic()
            return current
        act = extra.get("act", item.act)
        current.item = replace(item, act=act if act in ("review", "drill", "cram") else "review")
        current.pretest = bool(extra.get("pretest"))
        current.answer, current.attempt, current.confidence = answer, row.id, row.confidence
        current.hints, current.response = row.hints or 0, row.response
        self._after_attempt(current)
        return current

    # ── one card ─────────────────────────────────────────────────────────────

    def shown(self) -> None:
        """The front was painted: response time counts from here."""
        if self.current is not None and self.current.stage is Stage.FRONT:
            self.current.shown_at = self._clock.monotonic()

    def hint(self) -> str:
        """The memory hook; counted in the row and, before the answer, in the suggested grade."""
        current = self._at(Stage.FRONT, Stage.VERDICT, Stage.MARKING)
        if current.stage is Stage.FRONT and current.front.card.hint:
            current.hints += 1
        return current.front.card.hint

    def speak(self, language: Language) -> None:
        """Show the card in this language; the schedule belongs to the card, so nothing else moves."""
        self.language = language
        current = self.current
        if current is None:
            return
        card = self._read_card(current.item.card, language)
        current.front = front_of(card, current.front.seed)
        if current.stage in (Stage.VERDICT, Stage.MARKING) and current.answer is not None:
            self._judge(current)

    def reload(self) -> None:
        """Read the card anew, after its file was edited."""
        self.speak(self.language)

    def _at(self, *stages: Stage) -> Current:
        if self.current is None or self.current.stage not in stages:
            raise StudyBuddyError(_("That is not possible at this point of the card."))
        return self.current

    def submit(self, answer: Answer | None = None, confidence: int | None = None) -> Stage:
        """Take the answer: commit the attempt, then (only then) grade it.

        A recall card has no answer to commit: it is only turned over.
        Raises StudyBuddyError when the answer does not fit the card.
        """
        current = self._at(Stage.FRONT)
        card = current.front.card
        current.response = max(0, min(RESPONSE_MOST, self._clock.monotonic() - current.shown_at))
        if isinstance(card.body, Recall):
            current.stage = Stage.VERDICT
            return current.stage
        if answer is None or not marking.fits(current.front, answer):
            raise StudyBuddyError(_("This card needs an answer first."))
        extra: dict[str, Any] = {"answer": answer_to_json(answer), "act": current.item.act}
        if current.pretest:
            extra["pretest"] = True
        if current.front.task is not None:
            extra["task"] = {
                "run": current.front.task.run,
                "ask": current.front.task.ask,
                "parameters": dict(current.front.task.parameters),
            }
        if current.front.compute is not None:
            extra["task"] = {
                "generator": current.front.compute.generator,
                "parameters": dict(current.front.compute.parameters),
            }
        row = self._writable.append(
            "attempt",
            card=card.id,
            response=current.response,
            language=card.language,
            hints=current.hints,
            confidence=confidence,
            seed=current.front.seed,
            sitting=self.id,
            content=card.digest,
            extra=extra,
        )
        current.answer, current.attempt, current.confidence = answer, row.id, confidence
        self._after_attempt(current)
        return current.stage

    def _after_attempt(self, current: Current) -> None:
        body, answer = current.front.card.body, current.answer
        if isinstance(body, Experiment):
            current.stage = Stage.RUNNING
        elif isinstance(body, Short | Compose) or isinstance(answer, OnPaper):
            current.stage = Stage.MARKING
            if isinstance(body, Compose) and isinstance(answer, Drawn):
                current.drawing = marking.drawing(body.diagram, answer)
        else:
            self._judge(current)

    def resolve(self, result: Result) -> Verdict:
        """The run has ended: score the sealed prediction against it."""
        current = self._at(Stage.RUNNING)
        current.result = result
        return self._judge(current)

    def skip_run(self) -> None:
        """Leave a run that cannot be made now: the sealed prediction stays, the card waits."""
        self._at(Stage.RUNNING)
        self._advance()

    def ticks_wanted(self) -> tuple[str, ...]:
        """The lines that the learner ticks: arrows drawn on paper, then points of the scheme."""
        current = self._at(Stage.MARKING)
        return marking.lines_to_tick(current.front.card.body, current.answer)

    def mark(self, ticks: Sequence[bool]) -> Verdict:
        """The learner's ticks against the marking scheme."""
        current = self._at(Stage.MARKING)
        current.ticks = tuple(ticks)
        return self._judge(current)

    def _judge(self, current: Current) -> Verdict:
        assert current.answer is not None
        if current.stage is Stage.MARKING and not current.ticks:
            return Verdict(0, None)
        judged = marking.judge(
            current.front,
            current.answer,
            ticks=current.ticks,
            result=current.result,
            hints=current.hints,
            pretest=current.pretest,
        )
        current.verdict, current.drawing = judged.verdict, judged.drawing
        current.stage = Stage.VERDICT
        return judged.verdict

    def intervals(self) -> dict[int, int | None]:
        """Days until due for each grade: the very step that `grade` applies; None: nothing moves."""
        current = self._at(Stage.VERDICT)
        if current.item.act != "review":
            return dict.fromkeys(range(6))
        return dict(preview(current.record.memory, self.day))

    def suggested(self) -> int | None:
        """The grade that the program suggests; None for plain recall and for a pretest."""
        current = self._at(Stage.VERDICT)
        return current.verdict.suggested if current.verdict is not None else None

    def grade(self, grade: int | None) -> None:
        """Commit the grade and move on. A pretest takes none: pass None."""
        current = self._at(Stage.VERDICT)
        if grade is None and not current.pretest:
            raise StudyBuddyError(_("This card needs a grade."))
        if current.pretest:
            grade = None
        verdict = current.verdict
        extra: dict[str, Any] = {}
        if current.ticks:
            extra["ticks"] = list(current.ticks)
        if current.result is not None:
            extra["result"] = {
                "answer": current.result.answer,
                "n": current.result.n,
                "low": current.result.low,
                "high": current.result.high,
            }
        self._writable.append(
            current.item.act,
            card=current.front.card.id,
            ref=current.attempt,
            grade=grade,
            suggested=verdict.suggested if verdict is not None else None,
            score=verdict.score if verdict is not None else None,
            response=current.response if current.attempt is None else None,
            language=current.front.card.language,
            hints=current.hints if current.attempt is None else None,
            confidence=current.confidence,
            seed=current.front.seed if current.attempt is None and current.front.seed else None,
            sitting=self.id,
            content=current.front.card.digest,
            extra=extra or None,
        )
        self.answered += 1
        if grade is not None and grade < 4 and current.item.act != "cram":
            drill = QueueItem(current.item.card, "drill", current.item.seconds)
            self._queue.insert(min(len(self._queue), DRILL_DISTANCE), drill)
        self._advance()

    # ── beside the answer ────────────────────────────────────────────────────

    def undo(self) -> str | None:
        """Take back this device's newest act and put its card on the table; its id, or None."""
        undone = self._writable.undo()
        if undone is None:
            return None
        _undo_row, root = undone
        if root.card is None:
            return None
        if self.current is not None and self.current.front.card.id != root.card:
            self._queue.appendleft(self.current.item)
        self._queue = deque(item for item in self._queue if item.card != root.card)
        act = (root.extra or {}).get("act", root.kind)
        item = QueueItem(root.card, act if act in ("drill", "cram") else "review", 30)
        if root.kind in ("attempt", "review", "drill", "cram"):
            self.answered = max(0, self.answered - 1)
        self._queue.appendleft(item)
        self._advance()
        return root.card

    def act(self, kind: str) -> None:
        """flag, unflag, suspend or bury the present card; the last two move on."""
        if kind not in ("flag", "unflag", "suspend", "bury"):
            raise ValueError(f"no such act: {kind}")
        if self.current is None:
            raise StudyBuddyError(_("There is no card on the table."))
        card = self.current.front.card.id
        self._writable.append(kind, card=card, sitting=self.id)
        if kind in ("suspend", "bury"):
            self._queue = deque(item for item in self._queue if item.card != card)
            self._advance()
        else:
            self.current.record = self._reads.record(card)

    def leech(self) -> bool:
        """Whether the present card keeps being forgotten (see `scheduling.sm2.is_leech`)."""
        return self.current is not None and is_leech(self.current.record.memory)

    def diagram(self) -> Diagram | None:
        """The diagram of the present card, if it asks for one."""
        body = self.current.front.card.body if self.current is not None else None
        if isinstance(body, Diagram):
            return body
        return body.diagram if isinstance(body, Compose) else None
