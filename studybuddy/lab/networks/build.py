"""From the name of a kind and its sizes to a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from studybuddy.lab.networks.attending import Attending, Bahdanau
from studybuddy.lab.networks.fixed import FixedContext
from studybuddy.lab.networks.initial import InitialContext, Textbook
from studybuddy.lab.networks.translator import Translator

KINDS: Mapping[str, Callable[..., Translator]] = {
    "fixed": FixedContext,
    "initial": InitialContext,
    "textbook": Textbook,
    "additive": partial(Attending, score="additive"),
    "general": partial(Attending, score="general"),
    "dot": partial(Attending, score="dot"),
    "location": partial(Attending, score="location"),
    "bahdanau": partial(Bahdanau, score="additive"),
}

_CONTEXT = frozenset({"embedding", "hidden", "state", "context", "readout_size"})
_ATTENTION = frozenset({"embedding", "hidden", "state", "attention", "readout_size"})
_OWN: Mapping[str, frozenset[str]] = {
    "fixed": _CONTEXT,
    "initial": _CONTEXT,
    "textbook": frozenset({"embedding", "hidden", "readout_size"}),
}
_OPTIONAL: Mapping[str, tuple[int, int]] = {"directions": (1, 2), "backwards": (0, 1)}
LARGEST = 512
"""No size of a network may pass this: a card from outside must not make us fill the memory."""


def build(kind: str, sizes: Mapping[str, Any], words: tuple[int, int]) -> Translator:
    """A network of this kind with fresh weights, for so many source and target words.

    Raises ValueError on an unknown kind or size.
    """
    if kind not in KINDS:
        raise ValueError(f"no network {kind!r}; there are {', '.join(sorted(KINDS))}")
    needed = _OWN.get(kind, _ATTENTION)
    if not needed <= set(sizes) <= needed | set(_OPTIONAL):
        raise ValueError(f"a network {kind!r} needs the sizes {', '.join(sorted(needed))}")
    for name, size in sizes.items():
        low, high = _OPTIONAL.get(name, (1, LARGEST))
        if isinstance(size, bool) or not isinstance(size, int) or not low <= size <= high:
            raise ValueError(f"size {name!r} must be a whole number from {low} to {high}")
    return KINDS[kind](*words, **sizes)
