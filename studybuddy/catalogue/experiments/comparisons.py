"""Experiments that set networks, wirings and ways to decode beside each other."""

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

_COUNT = Whole(40, 200, 100)
_TRAINED = Span(SHORTEST, TRAINED_TO, (10, 16))
_NETWORK = Option(("fixed", "attention"), "fixed")

_AT_LENGTH = Whole(6, TRAINED_TO, 12)
CAPACITY = Experiment(
    "capacity",
    "E7",
    lambda: _("How large must C be, and how many bits does it carry?"),
    {
        "needed": {"length": _AT_LENGTH, "percent": Whole(10, 95, 35), "count": _COUNT},
        "curve": {"length": _AT_LENGTH, "count": _COUNT},
        "bits": {
            "size": Option(("2", "4", "8", "16", "attention"), "4"),
            "length": Whole(4, 16, 12),
            "count": _COUNT,
        },
    },
    ("M9", "M10"),
)

SCORES = Experiment(
    "scores",
    "E8",
    lambda: _("Additive, general, dot, location: what does the score function change?"),
    {
        "rank": {
            "measure": Option(("aer", "exact"), "aer"),
            "lengths": Span(SHORTEST, TRAINED_TO, (8, 18)),
            "count": _COUNT,
        },
        "location": {
            "lengths": Span(SHORTEST, TRAINED_TO, (8, 18)),
            "beyond": Span(TRAINED_TO + 1, 32, (22, 26)),
            "count": _COUNT,
        },
    },
    ("M17", "M18"),
)

REVERSAL = Experiment(
    "reversal",
    "E9",
    lambda: _("Does reading the source backwards help, and whom?"),
    {
        "digits": {"length": Whole(5, 12, 10), "count": _COUNT},
        "ends": {"length": Whole(7, 12, 10), "words": Whole(1, 3, 2), "count": _COUNT},
        "grammar": {
            "lengths": Span(6, TRAINED_TO, (12, 18)),
            "words": Whole(1, 3, 3),
            "count": _COUNT,
        },
        "distance": {"length": Whole(4, 12, 10)},
    },
    ("M8",),
)

_SEARCH: Mapping[str, Parameter] = {
    "network": _NETWORK,
    "lengths": Span(SHORTEST, TRAINED_TO, (13, 18)),
    "count": Whole(20, 200, 100),
    "widest": Option(("10", "50"), "10"),
}
BEAM = Experiment(
    "beam",
    "E10",
    lambda: _("Greedy or beam search: what does a wider beam find?"),
    {"gain": _SEARCH, "wider": {**_SEARCH, "lengths": Span(SHORTEST, TRAINED_TO, (8, 14))}},
    ("M33", "M34"),
)

FORCING = Experiment(
    "forcing",
    "E11",
    lambda: _("Fed with the true words or with its own: how far does one wrong word reach?"),
    {
        "gap": {"network": _NETWORK, "lengths": _TRAINED, "count": _COUNT},
        "wrong": {
            "network": _NETWORK,
            "lengths": Span(10, TRAINED_TO, (10, 16)),
            "place": Whole(1, 4, 2),
            "count": _COUNT,
        },
        "exact": {"network": _NETWORK, "lengths": _TRAINED, "count": _COUNT},
    },
    ("M32", "M36"),
)

WIRING = Experiment(
    "wiring",
    "E15",
    lambda: _("C at every step, or as the first state only?"),
    {
        "late": {"length": Whole(8, TRAINED_TO, 14), "count": _COUNT},
        "curve": {"length": Whole(8, TRAINED_TO, 14), "count": _COUNT},
        "identical": {"lengths": Span(SHORTEST, TRAINED_TO, (6, 10))},
    },
    ("M5",),
)

BLEU = Experiment(
    "bleu",
    "E16",
    lambda: _("BLEU by hand: n-grams in common, and a penalty for what is too short."),
    {
        "sentence": {"lengths": Span(6, 16, (8, 12))},
        "higher": {"lengths": Span(8, 16, (9, 13))},
        "corpus": {"network": _NETWORK, "lengths": _TRAINED, "count": _COUNT},
    },
    ("M35",),
    Own("output", ("sentence", "higher")),
)

COMPARISONS = (CAPACITY, SCORES, REVERSAL, BEAM, FORCING, WIRING, BLEU)
