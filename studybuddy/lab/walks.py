"""What the decoder can be walked over: the networks of the small language, and sentences for them."""

from __future__ import annotations

from studybuddy.catalogue.experiments import SHORTEST
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED, PLANS
from studybuddy.lab.tasks.drawing import draw_pair

_LONGEST = 12
"""Words of a drawn sentence: what can be looked at in one sitting."""


def walkable() -> tuple[str, ...]:
    """Bundled networks of the small language, the three that the chapter compares first."""
    first = (HEADLINE_ATTENTION, "bahdanau", HEADLINE_FIXED)
    others = (
        name
        for name, plan in PLANS.items()
        if plan.recipe.data == "grammar" and "-seed" not in name and name not in first
    )
    return (*first, *others)


def drawn_sentence(seed: int) -> tuple[str, ...]:
    """The words of an unseen sentence, always the same for a seed."""
    return draw_pair(SHORTEST, _LONGEST, seed).source
