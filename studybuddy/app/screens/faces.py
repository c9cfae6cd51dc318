"""The two faces of a card as pictures: the question, and what is shown once it was answered."""

from __future__ import annotations

from collections.abc import Sequence

from studybuddy.catalogue.figures import Figure
from studybuddy.catalogue.predictions import SketchQuestion
from studybuddy.decks.model import Cloze, Compose, Diagram, Gap, Order
from studybuddy.grading.diagrams.shorthand import parse_shorthand
from studybuddy.grading.prediction import sketch_against_run
from studybuddy.grading.verdict import Mark, Reason
from studybuddy.pictures.drawing import drawing_picture
from studybuddy.pictures.figures import figure_picture
from studybuddy.pictures.prose import prose_picture, wrap_segments
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.study.answer import Drawn, OnPaper, Ordered, Predicted, Written
from studybuddy.study.current import Current, Stage
from studybuddy.study.session import Session
from studybuddy.text.translation import _, ngettext
from studybuddy.text.width import cell_width, crop, pad_left

MARKS: dict[Mark, tuple[str, Role]] = {
    "right": ("✓", "right"),
    "wrong": ("✗", "wrong"),
    "missing": ("+", "missing"),
    "reversed": ("⇄", "reversed"),
    "extra": ("✗", "wrong"),
    "half": ("~", "missing"),
    "tip": ("·", "dim"),
}


def head_picture(session: Session, topic: str, width: int) -> Picture:
    """One line: the topic on the left, what is special and how much is left on the right."""
    current = session.current
    if current is None:
        return ((Segment(_("The sitting is over"), "heading"),),)
    flags = [
        {"drill": _("again"), "cram": _("cram")}.get(current.item.act, ""),
        _("flagged") if current.record.flagged else "",
        _("keeps being forgotten") if session.leech() else "",
        "" if current.front.card.core else _("extension"),
    ]
    left = ngettext("{n} card left", "{n} cards left", session.left).format(n=session.left)
    right = " · ".join([*(flag for flag in flags if flag), left])
    title = crop(topic, max(4, width - cell_width(right) - 2))
    space = max(1, width - cell_width(title))
    return ((Segment(title, "heading"), Segment(pad_left(right, space), "dim")),)


def over_picture(session: Session, width: int) -> Picture:
    """The end of a sitting: how much was answered, and what could not be asked."""
    told = ngettext(
        "{n} answer in this sitting; all of them are saved.",
        "{n} answers in this sitting; all of them are saved.",
        session.answered,
    ).format(n=session.answered)
    rows: list[PictureRow] = [(Segment(_("Done for now."), "right"),), (Segment(told),), ()]
    if not session.answered and not session.problems:
        note = _("No card was waiting. A finished page of the lesson makes its cards new.")
        rows = [*wrap_segments([Segment(note, "strong")], width), ()]
    for problem in session.problems[:5]:
        rows += wrap_segments([Segment(problem, "missing")], width)
    rows.append((Segment(_("Enter or Esc: back to Today"), "dim"),))
    return tuple(rows)


def front_picture(current: Current, width: int, typed: Sequence[str] = (), at: int = -1) -> Picture:
    """The question; a cloze with what was typed into its gaps so far."""
    card = current.front.card
    rows: list[PictureRow] = list(prose_picture(card.front, width))
    if rows:
        rows = [
            tuple(Segment(text, "strong" if role == "plain" else role) for text, role in row)
            for row in rows
        ]
    body = card.body
    if isinstance(body, Cloze):
        rows += [(), *_cloze(body, width, typed, at, shown=current.stage is Stage.VERDICT)]
    elif current.front.compute is not None:
        rows += [(), *prose_picture(current.front.compute.prompt, width)]
    elif current.front.task is not None:
        rows += [(), *prose_picture(current.front.task.prompt, width)]
    return tuple(rows)


def _cloze(
    body: Cloze, width: int, typed: Sequence[str], at: int, *, shown: bool
) -> list[PictureRow]:
    segments: list[Segment] = []
    number = 0
    for piece in body.pieces:
        if isinstance(piece, Gap):
            text = typed[number] if number < len(typed) else ""
            number += 1
            if shown:
                segments.append(Segment(piece.answers[0], "gold"))
            elif number - 1 == at:
                segments.append(Segment(f"[{number}:{text or '____'}]", "gold"))
            else:
                segments.append(Segment(f"[{number}:{text or '____'}]", "code"))
        else:
            segments.append(Segment(piece))
    return wrap_segments(segments, width)


def reasons_picture(reasons: Sequence[Reason], width: int) -> list[PictureRow]:
    """Each reason with its mark, so that colour is never the only sign."""
    rows: list[PictureRow] = []
    for reason in reasons:
        glyph, role = MARKS[reason.mark]
        lines = wrap_segments([Segment(reason.text)], max(8, width - 2))
        for number, row in enumerate(lines):
            rows.append((Segment(f"{glyph} " if number == 0 else "  ", role), *row))
    return rows


def _heading(text: str) -> list[PictureRow]:
    return [(), (Segment(text, "heading"),)]


def _verdict_line(current: Current) -> list[PictureRow]:
    verdict = current.verdict
    if verdict is None:
        return []
    if verdict.parts:
        count = _("{right} of {parts} right").format(right=verdict.right, parts=verdict.parts)
    else:
        count = f"{verdict.score / 10:.0f} %"
    if verdict.score >= 1000:
        return [(Segment(f"✓ {_('Right')}", "right"), Segment(f" · {count}", "dim"))]
    if verdict.score > 0:
        return [(Segment(f"~ {_('Partly right')}", "missing"), Segment(f" · {count}", "dim"))]
    return [(Segment(f"✗ {_('Not right')}", "wrong"), Segment(f" · {count}", "dim"))]


def _drawings(current: Current, width: int) -> list[PictureRow]:
    body = current.front.card.body
    diagram = body.diagram if isinstance(body, Compose) else body
    if not isinstance(diagram, Diagram):
        return []
    rows: list[PictureRow] = []
    if isinstance(current.answer, Drawn) and current.drawing is not None:
        rows += _heading(_("Your drawing"))
        graph = parse_shorthand(current.answer.shorthand).graph
        marks = {
            (edge.source, edge.target): edge.mark
            for edge in current.drawing.edges
            if edge.mark != "missing"
        }
        absent = [
            (edge.source, edge.target) for edge in current.drawing.edges if edge.mark == "missing"
        ]
        rows += drawing_picture(graph, width=width, marks=marks, missing=absent)
    rows += _heading(_("The reference"))
    rows += drawing_picture(diagram.reference, width=width, positions=diagram.positions)
    return rows


def back_picture(current: Current, width: int) -> Picture:
    """What stands below the question once the answer is committed, as one picture."""
    rows: list[PictureRow] = list(verdict_picture(current, width))
    for figure in figures_of(current):
        rows += [(), *figure_picture(figure, width)]
    return (*rows, *after_picture(current, width))


def verdict_picture(current: Current, width: int) -> Picture:
    """What comes before the figures of a run: the verdict, why, and what the run found."""
    card = current.front.card
    rows: list[PictureRow] = []
    if current.stage is Stage.MARKING:
        told = current.answer.text if isinstance(current.answer, Written | Drawn | OnPaper) else ""
        if told:
            rows += [*_heading(_("You wrote")), *wrap_segments([Segment(told)], width)]
        if current.drawing is not None or not isinstance(current.answer, Written):
            rows += _drawings(current, width)
        if card.back:
            rows += [*_heading(_("A full answer")), *prose_picture(card.back, width)]
        return tuple(rows)
    rows += _verdict_line(current)
    if current.verdict is not None:
        rows += reasons_picture(current.verdict.reasons, width)
    if current.result is not None and current.result.summary:
        rows += [(), *wrap_segments([Segment(current.result.summary, "strong")], width)]
    return tuple(rows)


def figures_of(current: Current) -> tuple[Figure, ...]:
    """The figures of a run that has ended; a sketch stands over what the run found."""
    result, task, answer = current.result, current.front.task, current.answer
    if current.stage is not Stage.VERDICT or result is None:
        return ()
    if (
        task is not None
        and isinstance(task.question, SketchQuestion)
        and isinstance(answer, Predicted)
    ):
        both = sketch_against_run(task.question, answer.value, result)
        return (both, *result.figures) if both is not None else result.figures
    return result.figures


def after_picture(current: Current, width: int) -> Picture:
    """What comes after the figures: the run's notes, drawings, worked steps, the card's back."""
    card = current.front.card
    rows: list[PictureRow] = []
    if current.stage is Stage.MARKING:
        return ()
    if current.result is not None:
        rows.append(())
        for note in current.result.notes:
            rows += wrap_segments([Segment(note, "dim")], width)
    if current.drawing is not None:
        rows += _drawings(current, width)
    if current.front.compute is not None:
        rows += _heading(_("Worked steps"))
        for step in current.front.compute.steps:
            rows += prose_picture(step, width)
    if isinstance(card.body, Order) and isinstance(current.answer, Ordered):
        rows += _heading(_("The right order"))
        for number, step in enumerate(card.body.steps, 1):
            rows += wrap_segments([Segment(f"{number}. {step}")], width)
    if card.back:
        if rows or current.verdict is not None:
            rows.append(())
        rows += prose_picture(card.back, width)
    return tuple(rows)


def hint_picture(hint: str, width: int) -> Picture:
    """The memory hook."""
    if not hint:
        return ()
    segments = [Segment(_("Remember: "), "gold"), Segment(" ".join(hint.split("\n")))]
    return ((), *wrap_segments(segments, width))
