"""Parameters as text: what a learner types for one, the range she is told, the value in a heading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from studybuddy.catalogue.experiments.parameters import Option, Parameter, Span, Whole
from studybuddy.errors import StudyBuddyError
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

SEED_MOST = 2**53
_NUMBERS = re.compile(r"-?\d{1,17}")
_SPAN = re.compile(r"\s*\[?\s*(-?\d{1,17})\s*(?:,|\.\.|–|-|:)\s*(-?\d{1,17})\s*\]?\s*")


def parameter_label(name: str) -> str:
    """A parameter's name for a learner; the name itself where there is no better one."""
    labels = {
        "beside": _("words of the longest beside it"),
        "beyond": _("words, beyond training"),
        "bias": _("bias of the gates"),
        "change": _("what is changed"),
        "count": _("sample size"),
        "gain": _("recurrent gain"),
        "given": _("what is given instead"),
        "higher": _("the higher gain"),
        "how": _("weights forced to"),
        "lag": _("lag"),
        "length": _("length"),
        "lengths": _("lengths"),
        "mask": _("mask"),
        "measure": _("measure"),
        "model": _("network"),
        "network": _("network"),
        "percent": _("percent right"),
        "place": _("place in the sentence"),
        "rate": _("learning rate"),
        "regime": _("longest in training"),
        "seeds": _("seeds"),
        "size": _("size of C"),
        "state": _("cells"),
        "swapped": _("what is swapped"),
        "task": _("task"),
        "widest": _("widest beam"),
        "words": _("words at an end"),
    }
    return labels.get(name, name)


def range_text(parameter: Parameter) -> str:
    """What may be said for the parameter."""
    match parameter:
        case Whole(low, high):
            return _("{low} to {high}").format(low=low, high=high)
        case Span(low, high):
            return _("{low} to {high}, the first smaller").format(low=low, high=high)
        case Option(values):
            return ", ".join(values)


def value_text(value: Any) -> str:
    """A value as it stands in a heading: 100, 8–18, beam."""
    return "–".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def checked(name: str, parameter: Parameter, value: object) -> Any:
    """The value as plain JSON. Raises StudyBuddyError that names the parameter and its range."""
    if parameter.problem(value) is not None:
        raise StudyBuddyError(_problem(name, parameter))
    return list(value) if isinstance(value, list | tuple) else value


def read_value(name: str, parameter: Parameter, text: str) -> Any:
    """The value that a text says: 40, 8,18 (also 8-18 or 8..18), or a name.

    Raises StudyBuddyError that names the parameter and its range.
    """
    text = text.strip()
    value: object = text
    if isinstance(parameter, Whole) and _NUMBERS.fullmatch(text):
        value = int(text)
    elif isinstance(parameter, Span) and (found := _SPAN.fullmatch(text)):
        value = [int(found[1]), int(found[2])]
    return checked(name, parameter, value)


def read_settings(known: Mapping[str, Parameter], settings: Mapping[str, str]) -> dict[str, Any]:
    """The values of `name=text` settings. Raises StudyBuddyError for an unknown name or a bad value."""
    values: dict[str, Any] = {}
    for name, text in settings.items():
        if name not in known:
            raise StudyBuddyError(_unknown(name, known))
        values[name] = read_value(name, known[name], text)
    return values


def _problem(name: str, parameter: Parameter) -> str:
    match parameter:
        case Whole(low, high):
            text = _("{name} must be a whole number from {low} to {high}")
            return text.format(name=name, low=low, high=high)
        case Span(low, high):
            text = _("{name} must be two whole numbers from {low} to {high}, the first smaller")
            return text.format(name=name, low=low, high=high)
        case Option(values):
            return _("{name} must be one of {values}").format(name=name, values=", ".join(values))


def _unknown(name: str, known: Mapping[str, Parameter]) -> str:
    shown = clean(name)[:64]
    near = get_close_matches(name, known, n=1)
    if near:
        return _("no parameter {name}; did you mean {near}?").format(name=shown, near=near[0])
    if not known:
        return _("no parameter {name}: this question has none").format(name=shown)
    return _("no parameter {name}; there are {names}").format(name=shown, names=", ".join(known))
