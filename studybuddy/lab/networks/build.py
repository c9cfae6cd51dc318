"""From a name and its sizes to a network, and the sizes of the matched pair.

Both read and write with the same encoder, embeddings and decoder state. The fixed C enters the
decoder's GRU and so costs it weights; attention gets as many (within 5 %) in its own two layers
and a wider readout.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.lab.networks.attending import Attending
from studybuddy.lab.networks.fixed import FixedContext
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.vocabulary import SOURCE, TARGET

KINDS: Mapping[str, type[Translator]] = {"fixed": FixedContext, "attention": Attending}

SIZES: Mapping[str, Mapping[str, int]] = {
    "fixed": {"embedding": 64, "hidden": 64, "state": 128, "context": 128, "readout_size": 64},
    "attention": {
        "embedding": 64,
        "hidden": 64,
        "state": 128,
        "attention": 128,
        "readout_size": 128,
    },
}
LARGEST = 512
"""No size of a network may pass this: a card from outside must not make us fill the memory."""


def build(kind: str, sizes: Mapping[str, Any]) -> Translator:
    """A network of this kind with fresh weights. Raises ValueError on an unknown kind or size."""
    if kind not in KINDS:
        raise ValueError(f"no network {kind!r}; there are {', '.join(sorted(KINDS))}")
    if set(sizes) != set(SIZES[kind]):
        raise ValueError(f"a network {kind!r} needs the sizes {', '.join(sorted(SIZES[kind]))}")
    for name, size in sizes.items():
        if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= LARGEST:
            raise ValueError(f"size {name!r} must be a whole number from 1 to {LARGEST}")
    return KINDS[kind](len(SOURCE), len(TARGET), **sizes)
