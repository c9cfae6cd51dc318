"""Lines under a figure: which model, how it was trained and timed, on what it was measured."""

from __future__ import annotations

from studybuddy.lab.cards import Card, read_card
from studybuddy.locations import find_locations
from studybuddy.text.translation import _


def timing_text(card: Card) -> str:
    """Which decoder state scores, if any does."""
    known = {
        "no decoder: one readout after the last symbol": _(
            "no decoder: one readout after the last symbol"
        ),
        "no attention: the same C at every step": _("no attention: the same C at every step"),
        "no attention: C is the decoder's first state only": _(
            "no attention: C is the decoder's first state only"
        ),
        "s at t scores (Luong's order)": _("attention, s at t scores (Luong's order)"),
        "s at t−1 scores (Bahdanau's order)": _("attention, s at t−1 scores (Bahdanau's order)"),
    }
    return known.get(card.timing, card.timing)


def timing_note(card: Card) -> str:
    """The model's name, and which decoder state scores."""
    return f"{card.name}: {timing_text(card)}"


def model_note(card: Card) -> str:
    """One line about a model: what its card says of timing, size and training."""
    return ", ".join(
        (
            timing_note(card),
            _("{count:,} parameters").format(count=card.parameters),
            _("{steps} steps, seed {seed}").format(steps=card.steps, seed=card.seed),
        )
    )


def spread_note(name: str, shortest: int, longest: int) -> tuple[str, ...]:
    """How the seeds of a model differ, as their cards say; nothing where there is one seed."""
    folder = find_locations().bundled_models
    files = [folder / f"{seed}.json" for seed in (name, f"{name}-seed1", f"{name}-seed2")]
    shares = [read_card(file).share(shortest, longest).value for file in files if file.exists()]
    if len(shares) < 2:
        return ()
    return (
        _("{name} trained from {n} seeds: {shares} % exact at {a}–{b} words").format(
            name=name,
            n=len(shares),
            shares=", ".join(f"{100 * share:.1f}" for share in shares),
            a=shortest,
            b=longest,
        ),
    )


def sample_note(n: int, seed: int) -> str:
    """One line about the sentences."""
    return _("n = {n}, seed {seed}; no test sentence was trained on").format(n=n, seed=seed)
