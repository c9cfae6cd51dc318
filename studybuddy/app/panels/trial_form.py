"""From an experiment and a trial to the lines of a form, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from studybuddy.app.panels.form import FormField, FormLine
from studybuddy.catalogue.experiments import (
    Experiment,
    Option,
    Parameter,
    Span,
    Whole,
    with_defaults,
)
from studybuddy.catalogue.experiments.values import (
    SEED_MOST,
    checked,
    parameter_label,
    range_text,
)
from studybuddy.errors import StudyBuddyError
from studybuddy.study.trial import Trial
from studybuddy.text.translation import _

ASK, SEED = "?ask", "?seed"
"""Names of the two lines that are no parameters: they can't be mistaken for one."""


def form_lines(experiment: Experiment, trial: Trial) -> list[FormLine]:
    """The question, its parameters as the trial has them, and the seed."""
    asks = tuple(experiment.asks)
    count = f"{asks.index(trial.ask) + 1}/{len(asks)}"
    lines = [FormLine(ASK, _("question"), [FormField(trial.ask, options=asks)], count)]
    for name, parameter in experiment.asks[trial.ask].items():
        fields = _fields(parameter, trial.parameters[name])
        lines.append(FormLine(name, parameter_label(name), fields, range_text(parameter)))
    seed = FormField(str(trial.seed), 0, SEED_MOST)
    lines.append(FormLine(SEED, _("seed"), [seed], _("another seed draws other sentences")))
    return lines


def _fields(parameter: Parameter, value: Any) -> list[FormField]:
    match parameter:
        case Whole(low, high):
            return [FormField(str(value), low, high)]
        case Span(low, high):
            return [FormField(str(value[0]), low, high), FormField(str(value[1]), low, high)]
        case Option(values):
            return [FormField(str(value), options=values)]


def asked_in(lines: Sequence[FormLine]) -> str:
    """The question that the form is at."""
    return next(line.fields[0].text for line in lines if line.name == ASK)


def changed_question(experiment: Experiment, lines: Sequence[FormLine]) -> Trial:
    """The question that the form was moved to: what it shares with the one before stays said."""
    ask = asked_in(lines)
    known = experiment.asks[ask]
    values: dict[str, Any] = {}
    seed = 1
    for line in lines:
        if line.name == SEED:
            seed = min(line.fields[0].number or 0, SEED_MOST)
        elif line.name in known:
            value = _said(known[line.name], line)
            if known[line.name].problem(value) is None:
                values[line.name] = value
    return Trial(experiment.name, ask, with_defaults(experiment.name, ask, values), seed)


def trial_of(experiment: Experiment, lines: Sequence[FormLine]) -> Trial:
    """What the form says. Raises StudyBuddyError that names the field and its range."""
    ask = asked_in(lines)
    values: dict[str, Any] = {}
    seed = 0
    for line in lines:
        if line.name == SEED:
            number = line.fields[0].number
            if number is None or number > SEED_MOST:
                raise StudyBuddyError(
                    _("{name} must be a whole number from {low} to {high}").format(
                        name=_("seed"), low=0, high=SEED_MOST
                    )
                )
            seed = number
        elif line.name in experiment.asks[ask]:
            parameter = experiment.asks[ask][line.name]
            values[line.name] = checked(line.label, parameter, _said(parameter, line))
    return Trial(experiment.name, ask, values, seed)


def _said(parameter: Parameter, line: FormLine) -> object:
    match parameter:
        case Whole():
            return line.fields[0].number
        case Span():
            return [field.number for field in line.fields]
        case Option():
            return line.fields[0].text
