"""First-token recall: what is asked of the recurrent cells, and how each is trained, as plain data.

A string is one of eight letters, then `lag` distractors of eight other kinds; the letter is asked
at the end. Chance is 1/8. The three cells have equal numbers of parameters, so the plain RNN
has the most units: one block of weights where the GRU has three and the LSTM four.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

ANSWERS = tuple("abcdefgh")
"""The letters that are asked; nothing else is ever the right answer."""
DISTRACTORS = tuple("ijklmnop")
SYMBOLS = (*ANSWERS, *DISTRACTORS)
CHANCE = 1 / len(ANSWERS)

CELLS = ("rnn", "gru", "lstm")
EMBEDDING = 32
HIDDEN: Mapping[str, int] = MappingProxyType({"rnn": 120, "gru": 64, "lstm": 54})
"""Units of each cell; so all three networks have the same number of parameters within 1 %."""

MIXED = (1, 20)
"""Lags of the networks trained on mixed lags, one lag a batch."""
FIXED_LAGS = (5, 10, 20, 40)
"""Lags that networks were trained on alone."""
OPENED = 3.0
"""Bias on the gate that keeps, where gates are opened before training."""
SEEDS = (0, 1, 2, 3, 4)
"""Seeds of the networks of mixed lags: five, so that their gradients have an interval."""
RATES = (3e-4, 1e-3, 3e-3)
"""Learning rates that every network is trained with; the best on validation strings is kept.

Adam's usual 0.001, and about three times less and more. At 0.01 the loss of the plain RNN jumps
about, and one seed still named 75 % at lag 20 and 40 % at lag 40: luck with some letters, solved
at neither.
"""


@dataclass(frozen=True, slots=True)
class RecallPlan:
    """How one network is trained: everything that decides the result.

    Every batch holds strings of one lag from `shortest`..`longest`. Each of `rates` is tried for
    the same `steps` from the same weights; gradients are clipped to `clip`.
    """

    name: str
    cell: str
    shortest: int
    longest: int
    gate_bias: float = 0.0
    seed: int = 0
    steps: int = 300
    batch: int = 64
    rates: tuple[float, ...] = RATES
    clip: float = 1.0
    about: str = ""

    @property
    def sizes(self) -> dict[str, int]:
        """Width of the embeddings and of the cell."""
        return {"embedding": EMBEDDING, "hidden": HIDDEN[self.cell]}

    def plain(self) -> dict[str, Any]:
        """What a card tells of it, as JSON values."""
        told = asdict(self)
        for elsewhere in ("name", "cell", "seed", "steps", "about"):
            del told[elsewhere]
        return {"data": "recall", **told, "rates": list(self.rates)}


def fixed_name(cell: str, lag: int, *, default_gates: bool = False) -> str:
    """The name of the network trained on this lag alone; gates are opened unless said."""
    return f"recall-{cell}-{lag}" + ("-default" if default_gates and cell != "rnn" else "")


def mixed_name(cell: str, seed: int = 0) -> str:
    """The name of the network trained on mixed lags with default gates."""
    return f"recall-{cell}" + (f"-seed{seed}" if seed else "")


def _plans() -> list[RecallPlan]:
    mixed = [
        RecallPlan(
            mixed_name(cell, seed),
            cell,
            *MIXED,
            seed=seed,
            about=f"recalls the first letter; lags {MIXED[0]} to {MIXED[1]}, default weights",
        )
        for cell in CELLS
        for seed in SEEDS
    ]
    fixed = [
        RecallPlan(
            fixed_name(cell, lag, default_gates=default_gates),
            cell,
            lag,
            lag,
            gate_bias=0.0 if default_gates or cell == "rnn" else OPENED,
            about=f"recalls the first letter; lag {lag} alone, "
            + ("default weights" if default_gates or cell == "rnn" else "gates opened"),
        )
        for lag in FIXED_LAGS
        for cell in CELLS
        for default_gates in ((False,) if cell == "rnn" else (False, True))
    ]
    return mixed + fixed


RECALL_PLANS: Mapping[str, RecallPlan] = MappingProxyType({plan.name: plan for plan in _plans()})
"""Every bundled recaller by name."""
