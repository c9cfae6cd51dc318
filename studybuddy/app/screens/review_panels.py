"""Which panel a card needs at its stage, and the answer that a panel's value makes."""

from __future__ import annotations

from dataclasses import dataclass

from textual.widget import Widget
from textual.widgets import Input

from studybuddy.app.panels.base import Given
from studybuddy.app.panels.drawing import PaperPanel, ShorthandPanel
from studybuddy.app.panels.grades import GradeBar
from studybuddy.app.panels.order import OrderList
from studybuddy.app.panels.pick import PickList
from studybuddy.app.panels.position import WordPicker
from studybuddy.app.panels.sketch import SketchPanel
from studybuddy.app.panels.typed import TypedAnswers
from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    PositionQuestion,
    Question,
    RankingQuestion,
    SketchQuestion,
    Task,
    Value,
)
from studybuddy.clock import Clock
from studybuddy.decks.model import Choice, Cloze, Compose, Diagram, Order, Short
from studybuddy.errors import StudyBuddyError
from studybuddy.grading.grades import GRADES, SIMPLE
from studybuddy.grading.numbers import read_quantity
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
from studybuddy.study.current import Stage
from studybuddy.study.present import Front
from studybuddy.study.session import Session
from studybuddy.text.translation import _

CONFIDENCES = (50, 70, 90, 99)


@dataclass(slots=True)
class Draft:
    """What was given so far of an answer that takes more than one step; nothing of it is committed.

    `typed` and `at` follow the gaps of a cloze; `drawn` waits for its explanation,
    `prediction` for its confidence; `paper` says that the sheet of paper is laid out.
    """

    typed: tuple[str, ...] = ()
    at: int = -1
    shorthand: str = ""
    drawn: Drawn | OnPaper | None = None
    prediction: Value | None = None
    paper: bool = False


def field_of(panel: Widget) -> Widget:
    """What takes the focus in a panel: its field, or the panel itself."""
    return panel.query_one(Input) if isinstance(panel, ShorthandPanel | TypedAnswers) else panel


async def hand_in(panel: Widget | None) -> None:
    """What Enter does in a panel, for those who click on the line of keys."""
    match panel:
        case PickList() | OrderList() | WordPicker() | SketchPanel():
            panel.submit()
        case ShorthandPanel() | TypedAnswers():
            await panel.query_one(Input).action_submit()
        case PaperPanel():
            panel.done()
        case GradeBar():
            panel.choose(panel.cursor)


def carry_over(before: Widget | None, panel: Widget | None) -> None:
    """Keep what the panel before held: the card was only shown anew, in another language."""
    match before, panel:
        case PickList(), PickList() if len(before.items) == len(panel.items):
            panel.picked, panel.cursor = set(before.picked), before.cursor
        case OrderList(), OrderList() if len(before.items) == len(panel.items):
            panel.sequence, panel.cursor = list(before.sequence), before.cursor
        case WordPicker(), WordPicker() if len(before.words) == len(panel.words):
            panel.cursor = before.cursor
        case SketchPanel(), SketchPanel() if len(before.points) == len(panel.points):
            panel.points, panel.cursor = list(before.points), before.cursor
        case TypedAnswers(), TypedAnswers() if len(before.labels) == len(panel.labels):
            panel.texts = list(before.texts)
        case GradeBar(), GradeBar():
            panel.cursor = before.cursor


def panel_for(session: Session, draft: Draft, clock: Clock) -> Widget | None:
    """The panel of the present stage; None where the card is only turned over, or runs."""
    current = session.current
    if current is None or current.stage is Stage.RUNNING:
        return None
    if current.stage is Stage.VERDICT:
        return GradeBar(
            SIMPLE if session.settings.grade_scale == "simple" else GRADES,
            session.intervals(),
            session.suggested(),
            pretest=current.pretest,
        )
    if current.stage is Stage.MARKING:
        return PickList(session.ticks_wanted(), several=True)
    return _front_panel(current.front, draft, clock)


def _front_panel(front: Front, draft: Draft, clock: Clock) -> Widget | None:
    match front.card.body:
        case Choice() as body:
            items = [body.options[index].text for index in front.shuffled]
            return PickList(items, several=body.several)
        case Order(steps):
            return OrderList([steps[index] for index in front.shuffled])
        case Cloze() as body:
            return TypedAnswers([_("Gap {n}").format(n=i + 1) for i in range(len(body.gaps))])
        case Short():
            return _explanation(_("Your answer, in a line"))
        case Diagram() | Compose():
            if draft.drawn is not None:
                return _explanation(_("Explain it, in a line"))
            if draft.paper:
                return PaperPanel(clock, front.card.seconds)
            return ShorthandPanel(draft.shorthand)
        case _ if front.compute is not None:
            return TypedAnswers(front.compute.asked, placeholder=_("a number: 0.25, 1/4, 25 %"))
        case _ if front.task is not None:
            return prediction_panel(front.task, draft)
        case _:
            return None


def _explanation(label: str) -> TypedAnswers:
    return TypedAnswers([label], placeholder=_("say it aloud and press Enter, or type it"))


def prediction_panel(task: Task, draft: Draft) -> Widget:
    """The panel that a task's question is predicted in; then, in a review, the confidence."""
    if draft.prediction is not None:
        return PickList([_("{n} % sure").format(n=percent) for percent in CONFIDENCES], at=1)
    match task.question:
        case ChoiceQuestion(options):
            return PickList(options)
        case PositionQuestion(words):
            return WordPicker(words)
        case RankingQuestion(items):
            return OrderList(items)
        case SketchQuestion() as question:
            return SketchPanel(question)
        case NumberQuestion(low, high, tolerance, unit):
            label = _(
                "Your prediction, {low:g} to {high:g} {unit} (±{tolerance:g} counts as right)"
            )
            asked = label.format(low=low, high=high, unit=unit, tolerance=tolerance)
            return TypedAnswers([asked])


def answer_of(front: Front, draft: Draft, value: Given) -> tuple[Answer | None, int | None]:
    """The answer (and confidence) that a panel's value makes; None when a further step is needed.

    Then the draft has taken the value in. Raises StudyBuddyError when a prediction is no
    number of its range.
    """
    match front.card.body:
        case Choice():
            return Chosen(tuple(front.shuffled[int(i)] for i in value)), None
        case Order():
            return Ordered(tuple(front.shuffled[int(i)] for i in value)), None
        case Cloze():
            return Gaps(tuple(map(str, value))), None
        case Short():
            return Written(str(value[0])), None
        case Diagram():
            return Drawn(str(value)), None
        case Compose():
            return _draw_and_explain(draft, value), None
        case _ if front.compute is not None:
            return Computed(tuple(map(str, value))), None
        case _ if front.task is not None:
            return _sealed(front.task, draft, value)
        case _:
            return None, None


def _draw_and_explain(draft: Draft, value: Given) -> Answer | None:
    if isinstance(value, str):
        draft.shorthand, draft.drawn = value, Drawn(value)
        return None
    if isinstance(draft.drawn, OnPaper):
        return OnPaper(draft.drawn.seconds, str(value[0]))
    return Drawn(draft.shorthand, str(value[0]))


def _sealed(task: Task, draft: Draft, value: Given) -> tuple[Answer | None, int | None]:
    if draft.prediction is not None:
        return Predicted(draft.prediction), CONFIDENCES[int(value[0])]
    draft.prediction = predicted_value(task.question, value)
    return None, None


def predicted_value(question: Question, value: Given) -> Value:
    """What a panel's value predicts. Raises StudyBuddyError when it is no number of the range."""
    match question:
        case NumberQuestion(low, high, unit=unit):
            number = read_quantity(str(value[0]), unit)
            if number is None or not low <= number <= high:
                text = _("A number from {low:g} to {high:g}, please.")
                raise StudyBuddyError(text.format(low=low, high=high))
            return number
        case RankingQuestion():
            return tuple(int(index) for index in value)
        case SketchQuestion():
            return tuple(float(point) for point in value)
        case _:
            return int(value[0])
