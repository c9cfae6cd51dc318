"""Which grader judges which answer: the seam between a sitting and the room `grading`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.catalogue.predictions import Result, fits_question
from studybuddy.decks.model import (
    Body,
    Choice,
    Cloze,
    Compose,
    Compute,
    Diagram,
    Experiment,
    Order,
    Short,
)
from studybuddy.grading.choice import grade_choice
from studybuddy.grading.cloze import grade_cloze
from studybuddy.grading.compute import grade_compute
from studybuddy.grading.diagrams.grade import DrawingVerdict, grade_drawing, grade_paper
from studybuddy.grading.diagrams.shorthand import parse_shorthand
from studybuddy.grading.grades import grade_from_score
from studybuddy.grading.order import grade_order
from studybuddy.grading.prediction import grade_prediction
from studybuddy.grading.short import grade_short
from studybuddy.grading.verdict import Verdict
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
from studybuddy.study.present import Front


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict and, for a drawing, its marks."""

    verdict: Verdict
    drawing: DrawingVerdict | None = None


def fits(front: Front, answer: Answer) -> bool:
    """Whether this answer is of the form that the front asks for."""
    match front.card.body, answer:
        case Cloze() as body, Gaps(texts):
            return len(texts) == len(body.gaps)
        case Choice() as body, Chosen(chosen):
            within = all(0 <= index < len(body.options) for index in chosen)
            return within and (bool(chosen) if body.several else len(chosen) == 1)
        case Order() as body, Ordered(steps):
            return sorted(steps) == list(range(len(body.steps)))
        case Experiment(), Predicted(value):
            return front.task is not None and fits_question(front.task.question, value)
        case (Short(), Written()) | (Compute(), Computed()):
            return True
        case (Diagram() | Compose(), Drawn() | OnPaper()):
            return True
        case _:
            return False


def drawing(diagram: Diagram, answer: Drawn) -> DrawingVerdict:
    """The shorthand read and graded."""
    return grade_drawing(diagram, parse_shorthand(answer.shorthand).graph)


def lines_to_tick(body: Body, answer: Answer | None) -> tuple[str, ...]:
    """What the learner ticks: the reference's arrows after a drawing on paper, then the points."""
    lines: list[str] = []
    diagram = body if isinstance(body, Diagram) else getattr(body, "diagram", None)
    if diagram is not None and isinstance(answer, OnPaper):
        reference = diagram.reference
        lines += [
            f"{reference.label(edge.source)} → {reference.label(edge.target)}"
            for edge in reference.edges
        ]
    if isinstance(body, Short | Compose):
        lines += body.points
    return tuple(lines)


def _draw_and_explain(body: Compose, answer: Answer, ticks: Sequence[bool]) -> Judged:
    """Half of the score for the drawing, half for the points of the explanation."""
    edges = len(body.diagram.reference.edges) if isinstance(answer, OnPaper) else 0
    drawn = (
        grade_paper(body.diagram, ticks[:edges])
        if isinstance(answer, OnPaper)
        else drawing(body.diagram, answer)
        if isinstance(answer, Drawn)
        else None
    )
    told = grade_short(body.points, ticks[edges:])
    if drawn is None:
        return Judged(told)
    score = (drawn.verdict.score + told.score + 1) // 2
    verdict = Verdict(
        score,
        grade_from_score(score),
        (*drawn.verdict.reasons, *told.reasons),
        drawn.verdict.right + told.right,
        drawn.verdict.parts + told.parts,
    )
    return Judged(verdict, drawn)


def judge(
    front: Front,
    answer: Answer,
    *,
    ticks: Sequence[bool],
    result: Result | None,
    hints: int,
    pretest: bool,
) -> Judged:
    """The verdict on this answer. Raises ValueError when the answer is of another card's form."""
    match front.card.body, answer:
        case Cloze() as body, Gaps(texts):
            return Judged(grade_cloze(body, texts, hints))
        case Choice() as body, Chosen(chosen):
            return Judged(grade_choice(body, chosen, hints))
        case Order() as body, Ordered(steps):
            return Judged(grade_order(body, steps, hints))
        case Short() as body, Written():
            return Judged(grade_short(body.points, ticks))
        case Compute(), Computed(texts) if front.compute is not None:
            return Judged(grade_compute(front.compute, texts, hints))
        case Diagram() as body, Drawn():
            drawn = drawing(body, answer)
            return Judged(drawn.verdict, drawn)
        case Diagram() as body, OnPaper():
            drawn = grade_paper(body, ticks)
            return Judged(drawn.verdict, drawn)
        case Compose() as body, _:
            return _draw_and_explain(body, answer, ticks)
        case Experiment(), Predicted(value) if front.task is not None and result is not None:
            return Judged(grade_prediction(front.task.question, value, result, pretest=pretest))
        case _:
            raise ValueError(f"a {type(answer).__name__} is no answer to {front.card.kind}")
