"""Saved models: weights in safetensors beside their card, read with suspicion.

A file is bounded in size, its hash compared with the card's, then names, shapes, types and
finiteness checked. Nothing in it is ever run.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as read_tensors
from safetensors.torch import save as write_tensors

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.cards import Card, read_card
from studybuddy.lab.data import DATA, Data
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.plan import Plan
from studybuddy.lab.used import record
from studybuddy.locations import find_locations
from studybuddy.text.translation import _

LARGEST = 4 * 2**20
"""Bytes of a weights' file; ours have about half a million."""
_LARGEST_HEADER = 64 * 1024
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
    kept = read_tensors(encode(network, bits))
    copy.load_state_dict({name: tensor.float() for name, tensor in kept.items()})
    return copy.eval()


def encode(network: Translator, bits: int = 16) -> bytes:
    """The weights' file, in numbers of 16 or 32 bits."""
    numbers = {16: torch.float16, 32: torch.float32}[bits]
    return write_tensors(
        {
            name: tensor.detach().to(numbers).contiguous()
            for name, tensor in network.state_dict().items()
        }
    )


def save(folder: Path, data: bytes, card: Card) -> None:
    """Write weights and card; each replaces the old file in one move, the card last."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (
        (f"{card.name}.safetensors", data),
        (f"{card.name}.json", card.text().encode()),
    ):
        part = folder / (name + ".part")
        part.write_bytes(content)
        os.replace(part, folder / name)


def load(name: str, folder: Path | None = None) -> Model:
    """A model by name from `folder`; bundled ones without it.

    Raises StudyBuddyError when a file is missing, too large, changed, or not this model.
    """
    folder = find_locations().bundled_models if folder is None else folder
    path = folder / f"{name}.safetensors"
    try:
        stamps = [file.stat() for file in (path, path.with_suffix(".json"))]
    except OSError as problem:
        raise StudyBuddyError(
            _("no model {file}; `studybuddy train` builds it").format(file=path)
        ) from problem
    model = _load(name, folder, tuple((stamp.st_mtime_ns, stamp.st_size) for stamp in stamps))
    record(name, model.card.sha256)
    return model


@lru_cache(maxsize=CACHED)
def _load(name: str, folder: Path, _stamps: tuple[tuple[int, int], ...]) -> Model:
    """Read and check the files; a changed file is read again, an unchanged one only once."""
    card = read_card(folder / f"{name}.json")
    path = folder / f"{name}.safetensors"
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        raise StudyBuddyError(
            _("no model {file}; `studybuddy train` builds it").format(file=path)
        ) from problem
    try:
        return Model(_network(name, card, data), card, DATA[card.recipe.get("data", "")])
    except KeyError as problem:
        raise StudyBuddyError(
            _("the model card {file} names no data of ours; `studybuddy train` rebuilds it").format(
                file=path.with_suffix(".json")
            )
        ) from problem
    except (ValueError, SafetensorError, RuntimeError) as problem:
        raise StudyBuddyError(
            _("the model {file} cannot be used: {why}; `studybuddy train` rebuilds it").format(
                file=path, why=problem
            )
        ) from problem


def _network(name: str, card: Card, data: bytes) -> Translator:
    """The network of these bytes. Raises ValueError in words, or what safetensors raises."""
    if len(data) > LARGEST:
        raise ValueError(_("it is larger than any model of ours"))
    if sha256(data).hexdigest() != card.sha256:
        raise ValueError(_("its hash is not the one in its card"))
    if card.name != name:
        raise ValueError(_("its card is that of another model"))
    data_of = DATA[card.recipe.get("data", "")]
    if card.vocabulary != (data_of.source.digest, data_of.target.digest):
        raise ValueError(_("it was trained on another word list"))
    if len(data) < 8 or int.from_bytes(data[:8], "little") > min(_LARGEST_HEADER, len(data) - 8):
        raise ValueError(_("its header is damaged"))
    network = build(card.kind, card.sizes, (len(data_of.source), len(data_of.target)))
    tensors = read_tensors(data)
    expected = network.state_dict()
    if set(tensors) != set(expected):
        raise ValueError(_("it holds other layers than its card says"))
    for layer, tensor in tensors.items():
        if tensor.shape != expected[layer].shape:
            raise ValueError(_("a layer has another shape than its card says"))
        if tensor.dtype not in (torch.float16, torch.float32):
            raise ValueError(_("its numbers are not 16 or 32 bit floats"))
        if not bool(torch.isfinite(tensor).all()):
            raise ValueError(_("some of its weights are not numbers"))
    network.load_state_dict({layer: tensor.float() for layer, tensor in tensors.items()})
    network.eval()
    return network
