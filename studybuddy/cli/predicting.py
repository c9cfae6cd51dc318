"""A prediction taken line by line, one way of asking for each kind of question."""

from __future__ import annotations

import re
import unicodedata

from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    PositionQuestion,
    Question,
    RankingQuestion,
    SketchQuestion,
    Value,
)
from studybuddy.cli.figures import print_numbered
from studybuddy.cli.lines import ask, choose, choose_all
from studybuddy.cli.output import talk
from studybuddy.grading.numbers import read_quantity
from studybuddy.text.translation import _

_APART = re.compile(r"[\s,;、]+")


def ask_prediction(question: Question) -> Value:
    """The prediction, asked for until it fits. Raises Wish and EndOfInput as `ask` does."""
    match question:
        case ChoiceQuestion(options):
            print_numbered(options)
            return choose(_("Your prediction:"), len(options))[0]
        case PositionQuestion(words):
            print_numbered(words)
            return choose(_("Your prediction, the number of a word:"), len(words))[0]
        case RankingQuestion(items):
            print_numbered(items)
            prompt = _("Your prediction, the numbers in order, the best or largest first:")
            return tuple(choose_all(prompt, len(items)))
        case SketchQuestion():
            return _sketch(question)
        case NumberQuestion():
            return _number(question)


def _number(question: NumberQuestion) -> float:
    prompt = _("Your prediction, {low:g} to {high:g} {unit} (within {tolerance:g} is right):")
    asked = prompt.format(
        low=question.low,
        high=question.high,
        unit=question.unit,
        tolerance=question.tolerance,
    )
    while True:
        number = read_quantity(ask(asked), question.unit)
        if number is not None and question.low <= number <= question.high:
            return number
        talk(
            _("A number from {low:g} to {high:g}, please.").format(
                low=question.low, high=question.high
            )
        )


def _sketch(question: SketchQuestion) -> tuple[float, ...]:
    """One number for each label, in one line."""
    prompt = _(
        "Your prediction for {labels}: {n} numbers from {low:g} to {high:g} {unit} "
        "with blanks between (within {tolerance:g} is right):"
    )
    asked = prompt.format(
        labels=", ".join(question.x),
        n=len(question.x),
        low=question.low,
        high=question.high,
        unit=question.unit,
        tolerance=question.tolerance,
    )
    while True:
        points = _points(ask(asked), question)
        if points is not None:
            return points
        talk(
            _("{n} numbers from {low:g} to {high:g} with blanks between, please.").format(
                n=len(question.x), low=question.low, high=question.high
            )
        )


def _points(text: str, question: SketchQuestion) -> tuple[float, ...] | None:
    plain = unicodedata.normalize("NFKC", text).replace(" %", "%")
    pieces = [piece for piece in _APART.split(plain) if piece]
    if len(pieces) != len(question.x):
        return None
    points: list[float] = []
    for piece in pieces:
        number = read_quantity(piece, question.unit)
        if number is None or not question.low <= number <= question.high:
            return None
        points.append(number)
    return tuple(points)
