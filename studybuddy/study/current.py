"""The card on the table: which stage it is in, and what was given and found so far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from studybuddy.catalogue.predictions import Result
from studybuddy.grading.diagrams.grade import DrawingVerdict
from studybuddy.grading.verdict import Verdict
from studybuddy.scheduling.state import CardRecord
from studybuddy.study.answer import Answer
from studybuddy.study.present import Front
from studybuddy.study.queue import QueueItem


class Stage(Enum):
    """Where the current card stands."""

    FRONT = "front"
    RUNNING = "running"
    MARKING = "marking"
    VERDICT = "verdict"


@dataclass(slots=True)
class Current:
    """The card on the table."""

    item: QueueItem
    front: Front
    record: CardRecord
    stage: Stage = Stage.FRONT
    answer: Answer | None = None
    attempt: bytes | None = None
    confidence: int | None = None
    result: Result | None = None
    ticks: tuple[bool, ...] = ()
    drawing: DrawingVerdict | None = None
    verdict: Verdict | None = None
    hints: int = 0
    shown_at: int = 0
    response: int | None = None
    pretest: bool = False
