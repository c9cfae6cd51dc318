"""What is known of an experiment without running it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from studybuddy.catalogue.experiments.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Own:
    """What a learner may bring to an experiment: a source sentence, or an output to be scored.

    `asks` are the questions whose parameters and seed it runs with; none where it needs neither.
    """

    kind: Literal["sentence", "output"]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment: what it may be asked, with which parameters, and a line about it.

    `code` is its number in the chapter (E1 to E17) and `kills` the misconceptions it speaks to
    (M1 to M36). `about` is called when the line is shown, so that it is in the interface's
    language. The first of `asks` is asked where none is named. `own` is what the learner may
    bring, if anything.
    """

    name: str
    code: str
    about: Callable[[], str]
    asks: Mapping[str, Mapping[str, Parameter]]
    kills: tuple[str, ...] = ()
    own: Own | None = None
