"""Lines under a figure: which model, how it was trained and timed, on what it was measured."""

from __future__ import annotations

from studybuddy.lab.cards import Card
from studybuddy.text.translation import _


def model_note(card: Card) -> str:
    """One line about a model, from its card."""
    kinds = {"fixed": _("one fixed C at every step"), "attention": _("attention")}
    timings = {"fixed": "", "attention": _("s at t scores (Luong's order)")}
    parts = [
        kinds.get(card.kind, card.kind),
        timings.get(card.kind, ""),
        _("{count:,} parameters").format(count=card.parameters),
        _("{steps} steps, seed {seed}").format(steps=card.steps, seed=card.seed),
    ]
    return f"{card.name}: " + ", ".join(part for part in parts if part)


def sample_note(n: int, seed: int) -> str:
    """One line about the sentences."""
    return _("n = {n}, seed {seed}; no test sentence was trained on").format(n=n, seed=seed)
