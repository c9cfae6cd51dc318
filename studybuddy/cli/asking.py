"""A card's answer taken line by line: what is printed and asked for each kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studybuddy.catalogue.generators import ComputeTask
from studybuddy.catalogue.predictions import Task
from studybuddy.cli.figures import print_numbered
from studybuddy.cli.lines import Wish, ask, choose, choose_all
from studybuddy.cli.output import talk
from studybuddy.cli.predicting import ask_prediction
from studybuddy.decks.model import Choice, Cloze, Compose, Diagram, Order, Short
from studybuddy.grading.diagrams.shorthand import parse_shorthand
from studybuddy.grading.numbers import read_number
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
from studybuddy.text.translation import _

#: How sure the learner may be, in percent; Enter is the second.
CONFIDENCES = (50, 70, 90, 99)


def ask_answer(front: Front, clock: Callable[[], int]) -> tuple[Answer | None, int | None]:
    """The answer to this front and, for a prediction, how sure in percent.

    `clock` tells milliseconds. Raises Wish and EndOfInput as `ask` does.
    """
    match front.card.body:
        case Cloze() as cloze:
            count = len(cloze.gaps)
            texts = [
                ask(_("Gap {n} of {count}:").format(n=i + 1, count=count), free=True)
                for i in range(count)
            ]
            return Gaps(tuple(texts)), None
        case Choice() as choice:
            print_numbered([choice.options[index].text for index in front.shuffled])
            prompt = _("All that are right, as in 1 3:") if choice.several else _("Which one?")
            picked = choose(prompt, len(choice.options), several=choice.several)
            return Chosen(tuple(front.shuffled[i] for i in picked)), None
        case Order(steps):
            return _order(front, steps), None
        case Short():
            return Written(ask(_("Your answer (or say it aloud, then Enter):"), free=True)), None
        case Diagram():
            return _drawing(clock), None
        case Compose():
            drawn = _drawing(clock)
            text = ask(_("Explain it (or say it aloud, then Enter):"), free=True)
            if isinstance(drawn, OnPaper):
                return OnPaper(drawn.seconds, text), None
            return Drawn(drawn.shorthand, text), None
    if front.compute is not None:
        return _values(front.compute), None
    if front.task is not None:
        return _prediction(front.task)
    ask(_("Recall it, then press Enter:"))
    return None, None


def _order(front: Front, steps: Sequence[str]) -> Ordered:
    print_numbered([steps[index] for index in front.shuffled])
    picked = choose_all(_("The numbers in the right order:"), len(steps))
    return Ordered(tuple(front.shuffled[i] for i in picked))


def _values(task: ComputeTask) -> Computed:
    texts: list[str] = []
    for asked in task.asked:
        while True:
            text = ask(f"{asked} =")
            if read_number(text) is not None:
                break
            talk(_("A number is needed, such as 0.25, 1/4 or 25 %."))
        texts.append(text)
    return Computed(tuple(texts))


def _drawing(clock: Callable[[], int]) -> Drawn | OnPaper:
    while True:
        try:
            text = ask(_("Draw it in a line, as in x1..4 > enc > c (p: on paper):"))
        except Wish as wish:
            if wish.letter != "p":
                raise
            begun = clock()
            ask(_("Draw on paper now, then press Enter:"), free=True)
            return OnPaper(max(0, clock() - begun) // 1000)
        read = parse_shorthand(text)
        for problem in read.problems:
            talk(problem.message)
        if read.graph.edges and not read.problems:
            return Drawn(text)
        if not read.problems:
            talk(_("At least one arrow is needed, such as enc > c."))


def _prediction(task: Task) -> tuple[Predicted, int]:
    value = ask_prediction(task.question)
    print_numbered([_("{n} % sure").format(n=percent) for percent in CONFIDENCES])
    sure = choose(_("How sure are you? (Enter: 2)"), len(CONFIDENCES), none=True)
    return Predicted(value), CONFIDENCES[sure[0] if sure else 1]
