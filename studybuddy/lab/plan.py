"""What is bundled and how each model comes to be: kind, sizes, recipe and seed, as plain data.

The headline pair shares encoder, embeddings, decoder state, sentences, batches and updates;
attention's own layers cost about as much as letting C into the decoder: within 5 %.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from studybuddy.lab.recipe import Recipe

LADDER = (16, 32, 64, 128, 256)
"""Sizes of the fixed C on the small language."""
DIGIT_LADDER = (2, 4, 8, 16)
"""Sizes of the fixed C on random digits."""
HEADLINE_SIZE = 32
"""The largest C of the ladder that stays under the bar at 16 to 19 words when converged."""
FURTHER_SEEDS = (1, 2)
"""The headline pair is trained from these seeds too, so that the spread can be seen."""
HEADLINE_FIXED = f"fixed-c{HEADLINE_SIZE}"
HEADLINE_ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a model is trained. `about` says in a phrase what it is for."""

    name: str
    kind: str
    sizes: Mapping[str, int]
    recipe: Recipe
    seed: int = 0
    about: str = ""


def _sizes(**sizes: int) -> Mapping[str, int]:
    return MappingProxyType(sizes)


_FULL = Recipe(steps=20_000)
_SHORT = Recipe(steps=8_000)
_LONG = Recipe(shortest=4, longest=40, per_length=8_000, steps=10_000)
_DIGITS = Recipe(data="digits", shortest=1, longest=16, per_length=8_000, steps=3_000)
_COPY = Recipe(data="digits", shortest=1, longest=12, per_length=8_000, steps=800, rate=1e-3)
"""Short on purpose: reading backwards helps a network to begin, and less the longer it learns."""

_ATTENTION = _sizes(embedding=64, hidden=64, state=128, attention=32, readout_size=64)
_WIDER_ATTENTION = _sizes(embedding=64, hidden=64, state=128, attention=48, readout_size=56)
"""As many numbers, more of them in the score: fewer long sentences lose their place."""

_LARGEST_HIDDEN = 124
"""A larger encoder would make a file of more than a megabyte."""


def _fixed(context: int) -> Mapping[str, int]:
    """A C larger than the 2 × 64 numbers that the encoder hands over needs a larger encoder."""
    hidden = min(max(64, context // 2), _LARGEST_HIDDEN)
    return _sizes(embedding=64, hidden=hidden, state=128, context=context, readout_size=64)


def _plans() -> list[Plan]:
    plans = [
        Plan(f"fixed-c{size}", "fixed", _fixed(size), _FULL, 0, "one C, given at every step")
        for size in LADDER
    ]
    headline = next(plan for plan in plans if plan.name == HEADLINE_FIXED)
    attention = Plan(
        HEADLINE_ATTENTION,
        "additive",
        _WIDER_ATTENTION,
        _FULL,
        0,
        "additive attention, Luong's order",
    )
    plans.append(attention)
    for pair in (headline, attention):
        plans += [
            replace(pair, name=f"{pair.name}-seed{seed}", seed=seed) for seed in FURTHER_SEEDS
        ]
    plans += [
        Plan("init", "initial", _fixed(HEADLINE_SIZE), _FULL, 0, "C as the first state only"),
        *(
            Plan(score, score, _ATTENTION, _SHORT, 0, f"{score} score, for the comparison")
            for score in ("additive", "general", "dot", "location")
        ),
        Plan("bahdanau", "bahdanau", _ATTENTION, _SHORT, 0, "additive attention, Bahdanau's order"),
        *_textbook(),
        Plan("attention-40", "additive", _ATTENTION, _LONG, 0, "attention, trained to 40 words"),
        Plan("fixed-40", "fixed", _fixed(HEADLINE_SIZE), _LONG, 0, "one C, trained to 40 words"),
        *_digits(),
        *_copies(),
    ]
    return plans


def _textbook() -> list[Plan]:
    fixed = _sizes(embedding=64, hidden=128, directions=1, readout_size=128)
    attention = _sizes(
        embedding=64, hidden=128, directions=1, state=128, attention=32, readout_size=48
    )
    return [
        Plan("textbook-fixed", "textbook", fixed, _SHORT, 0, "the drawing: C = h_n = s_0"),
        Plan("textbook-attention", "additive", attention, _SHORT, 0, "the same with attention"),
        Plan(
            "textbook-reversed",
            "textbook",
            MappingProxyType({**fixed, "backwards": 1}),
            _SHORT,
            0,
            "the drawing, the source read backwards",
        ),
    ]


def _digits() -> list[Plan]:
    return [
        *(
            Plan(f"digits-c{size}", "fixed", _fixed(size), _DIGITS, 0, "random digits through C")
            for size in DIGIT_LADDER
        ),
        Plan("digits-attention", "dot", _ATTENTION, _DIGITS, 0, "random digits with attention"),
    ]


def _copies() -> list[Plan]:
    """Unidirectional copying of digits, read forwards and backwards (Sutskever's reversal)."""
    sizes = _sizes(embedding=16, hidden=64, directions=1, readout_size=64)
    return [
        Plan(
            f"copy-{name}" + (f"-seed{seed}" if seed else ""),
            "textbook",
            MappingProxyType({**sizes, "backwards": backwards}),
            _COPY,
            seed,
            "digits copied, the source read " + ("backwards" if backwards else "forwards"),
        )
        for name, backwards in (("normal", 0), ("reversed", 1))
        for seed in (0, 1, 2)
    ]


PLANS: Mapping[str, Plan] = MappingProxyType({plan.name: plan for plan in _plans()})
"""Every bundled translator by name, in the order in which `train all` builds them."""
