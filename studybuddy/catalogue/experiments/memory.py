"""Experiments on what a recurrent network remembers, and on watching one learn."""

from __future__ import annotations

from studybuddy.catalogue.experiments.experiment import Experiment, Own
from studybuddy.catalogue.experiments.parameters import Option, Whole
from studybuddy.text.translation import _

_BIAS = Whole(1, 4, 2)
_COUNT = Whole(100, 400, 200)
_DIRECTION = Option(("reverse", "copy"), "reverse")
_RATE = Option(("0.003", "0.01", "0.02"), "0.01")
_SEEDS = Whole(1, 3, 1)

GRADIENTS = Experiment(
    "gradients",
    "E5",
    lambda: _("How much gradient is left k steps back in an RNN, a GRU and an LSTM?"),
    {
        "order": {"state": Option(("default", "open", "trained"), "default"), "bias": _BIAS},
        "rate": {
            "network": Option(
                (
                    "rnn",
                    "gru",
                    "lstm",
                    "rnn orthogonal",
                    "gru open",
                    "lstm open",
                    "rnn trained",
                    "gru trained",
                    "lstm trained",
                ),
                "rnn",
            ),
            "bias": _BIAS,
            "gain": Option(("0.5", "0.8", "1.0", "1.3", "1.6", "2.0"), "1.0"),
        },
        "explode": {"higher": Option(("1.8", "2.0", "2.5"), "2.0")},
    },
    ("M22", "M23", "M24", "M25", "M30"),
    Own("sentence", ("order", "rate", "explode")),
)

RECALL = Experiment(
    "recall",
    "E6",
    lambda: _("Up to which lag does an RNN, a GRU or an LSTM recall the first symbol?"),
    {
        "longest": {
            "network": Option(("rnn", "gru", "lstm", "gru default", "lstm default"), "rnn"),
            "count": _COUNT,
        },
        "at": {
            "network": Option(("rnn", "gru", "lstm", "gru default", "lstm default"), "rnn"),
            "lag": Option(("5", "10", "20", "40"), "20"),
            "count": _COUNT,
        },
        "ranking": {"lag": Option(("5", "10", "20", "40"), "20"), "count": _COUNT},
    },
    ("M8", "M30"),
)

REVERSE = Experiment(
    "reverse",
    "E12",
    lambda: _("Watch a small attention network learn to turn a string round."),
    {
        "diagonal": {"task": _DIRECTION, "rate": _RATE},
        "step": {"task": _DIRECTION, "rate": _RATE, "seeds": _SEEDS},
    },
    ("M3", "M12"),
)

MEMORY: tuple[Experiment, ...] = (GRADIENTS, RECALL, REVERSE)
