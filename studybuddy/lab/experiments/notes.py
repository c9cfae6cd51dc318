"""Lines under a figure: which model, how it was trained and timed, on what it was measured."""

from __future__ import annotations

from studybuddy.lab.cards import Card
from studybuddy.text.translation import _


def model_note(card: Card) -> str:
    """One line about a model: what its card says of timing, size and training."""
    known = {
        "no attention: the same C at every step": _("no attention: the same C at every step"),
        "s at t scores (Luong's order)": _("attention, s at t scores (Luong's order)"),
    }
    return ", ".join(
        (
            f"{card.name}: {known.get(card.timing, card.timing)}",
            _("{count:,} parameters").format(count=card.parameters),
            _("{steps} steps, seed {seed}").format(steps=card.steps, seed=card.seed),
        )
    )


def sample_note(n: int, seed: int) -> str:
    """One line about the sentences."""
    return _("n = {n}, seed {seed}; no test sentence was trained on").format(n=n, seed=seed)
