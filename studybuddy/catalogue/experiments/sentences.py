"""Experiments on translated sentences: what passes through C, and where attention looks."""

from __future__ import annotations

from collections.abc import Mapping

from studybuddy.catalogue.experiments.experiment import Experiment, Own
from studybuddy.catalogue.experiments.parameters import (
    SHORTEST,
    TRAINED_TO,
    Option,
    Parameter,
    Span,
    Whole,
)
from studybuddy.text.translation import _

_COUNT = Whole(40, 250, 100)
_MANY = Whole(100, 250, 120)
"""Where a mean over sentences is asked, and each gives one value."""
_REGIME = Option(("20", "40"), "20")
"""The longest sentences that the two networks were trained on; never mixed on one axis."""
_LONGEST = 40
_BOTH_LENGTHS = Span(SHORTEST, _LONGEST, (8, 18))
_TRAINED = Span(SHORTEST, TRAINED_TO, (6, 12))
_ATTENDS = Option(("attention", "bahdanau", "general", "dot", "location"), "attention")

LENGTH = Experiment(
    "length",
    "E1",
    lambda: _("How far do fixed C and attention fall as the sentence grows?"),
    {
        "drop": {"lengths": _BOTH_LENGTHS, "count": _COUNT, "regime": _REGIME},
        "keeps": {"lengths": _BOTH_LENGTHS, "count": _COUNT, "regime": _REGIME},
        "at": {"length": Whole(SHORTEST, _LONGEST, 16), "count": _COUNT, "regime": _REGIME},
        "curve": {"count": _COUNT, "regime": _REGIME},
        "crossing": {"count": _COUNT, "regime": _REGIME},
    },
    ("M7", "M9", "M11"),
)

SWAP = Experiment(
    "swap",
    "E2",
    lambda: _("Decode one sentence with another's C, with noise, with nothing at all."),
    {
        "fixed": {
            "given": Option(("donor", "zero", "noise", "mean"), "donor"),
            "lengths": _TRAINED,
            "count": _COUNT,
        },
        "attention_state": {"lengths": _TRAINED, "count": _COUNT},
        "attention_memory": {"lengths": _TRAINED, "count": _COUNT},
        "share": {
            "swapped": Option(("context", "state", "memory"), "state"),
            "lengths": _TRAINED,
            "count": _COUNT,
        },
    },
    ("M1", "M2", "M3"),
)

TRANSLATE = Experiment(
    "translate",
    "E3",
    lambda: _("Translate a sentence and see which source word each output word looks at."),
    {
        "brightest": {"lengths": _TRAINED, "model": _ATTENDS},
        "length": {"lengths": _TRAINED},
        "alignment": {
            "lengths": Span(SHORTEST, TRAINED_TO, (6, 16)),
            "model": _ATTENDS,
            "count": _COUNT,
        },
    },
    ("M13", "M14", "M15", "M20"),
    Own("sentence"),
)

_HOW = Option(("word", "uniform", "shuffled"), "uniform")
_FORCED: Mapping[str, Parameter] = {"how": _HOW, "lengths": _TRAINED, "count": _MANY}
FORCED = Experiment(
    "forced",
    "E4",
    lambda: _("Overrule the attention weights, at one step or at all, and see what is written."),
    {
        "word": {"lengths": _TRAINED, "count": _MANY},
        "changed": _FORCED,
        "fall": _FORCED,
        "everywhere": _FORCED,
    },
    ("M12", "M14", "M18", "M20"),
)

_BESIDE: Mapping[str, Parameter] = {
    "length": Whole(SHORTEST, 12, 6),
    "beside": Whole(13, TRAINED_TO, 20),
    "count": _COUNT,
    "model": Option(("attention", "bahdanau", "general", "dot"), "attention"),
}
MASK = Experiment(
    "mask",
    "E13",
    lambda: _("A short sentence beside a long one: where do the weights go without a mask?"),
    {
        "pads": _BESIDE,
        "sum": _BESIDE,
        "changes": {"mask": Option(("off", "on"), "off"), **_BESIDE},
    },
    ("M16",),
)

_WORDS: Mapping[str, Parameter] = {
    "change": Option(("drop", "replace"), "replace"),
    "model": Option(
        ("textbook-fixed", "textbook-reversed", "textbook-attention"), "textbook-fixed"
    ),
    "length": Whole(6, TRAINED_TO, 16),
    "count": Whole(100, 250, 200),
}
WORDS = Experiment(
    "words",
    "E14",
    lambda: _("Change one source word: which places of the sentence did C keep?"),
    {"lost": _WORDS, "curve": _WORDS},
    ("M7", "M10"),
)

MINUTE = Experiment(
    "minute",
    "E17",
    lambda: _("One sentence grows from 5 to 10 to 20 words: what stays the same, what is lost?"),
    {
        "size": {},
        "contexts": {},
        "keeps": {"count": _COUNT},
    },
    ("M2", "M7", "M13"),
)

SENTENCES = (LENGTH, SWAP, TRANSLATE, FORCED, MASK, WORDS, MINUTE)
