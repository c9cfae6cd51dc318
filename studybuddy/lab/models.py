"""Saved translators, loaded when they are first asked for and kept while their files stay."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.cards import Card
from studybuddy.lab.data import DATA, Data
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.plan import Plan
from studybuddy.lab.used import record
from studybuddy.lab.weights import Stamps, check_words, encode, fill, read, stamps
from studybuddy.locations import find_locations
from studybuddy.text.translation import _

CACHED = 16
"""Networks kept in memory; each takes about a megabyte."""


@dataclass(frozen=True, slots=True)
class Model:
    """A network in evaluation mode, its card, and what it was trained on."""

    network: Translator
    card: Card
    data: Data


def rounded(network: Translator, plan: Plan, bits: int) -> Translator:
    """The network as it will be read again: a copy with its weights rounded to 16 or 32 bits."""
    data = DATA[plan.recipe.data]
    copy = build(plan.kind, plan.sizes, (len(data.source), len(data.target)))
    fill(copy, encode(network.state_dict(), bits))
    return copy


def load(name: str, folder: Path | None = None) -> Model:
    """A model by name from `folder`; bundled ones without it.

    Raises StudyBuddyError when a file is missing, too large, changed, or not this model.
    """
    folder = find_locations().bundled_models if folder is None else folder
    model = _load(name, folder, stamps(name, folder))
    record(name, model.card.sha256)
    return model


@lru_cache(maxsize=CACHED)
def _load(name: str, folder: Path, _stamps: Stamps) -> Model:
    """Read and check the files; a changed file is read again, an unchanged one only once."""

    def built(card: Card, weights: bytes) -> Model:
        data = DATA.get(str(card.recipe.get("data", "")))
        if data is None:
            raise StudyBuddyError(
                _(
                    "the model card {file} names no data of ours; `studybuddy train` rebuilds it"
                ).format(file=folder / f"{name}.json")
            )
        check_words(card, (data.source.digest, data.target.digest))
        network = build(card.kind, card.sizes, (len(data.source), len(data.target)))
        fill(network, weights)
        return Model(network, card, data)

    return read(name, folder, built)
