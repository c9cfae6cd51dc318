"""Saved models: weights in safetensors beside their card, read with suspicion.

A file is bounded in size, its hash compared with the card's, then names, shapes, types and
finiteness checked. Nothing in it is ever run.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as read_tensors
from safetensors.torch import save as write_tensors
from torch import Tensor

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.cards import Card, read_card
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.vocabulary import SOURCE, TARGET
from studybuddy.locations import find_locations
from studybuddy.text.translation import _

LARGEST = 4 * 2**20
"""Bytes of a weights' file; ours have about half a million."""
_LARGEST_HEADER = 64 * 1024

HEADLINE: Mapping[str, str] = {"fixed-20": "fixed", "attention-20": "attention"}
"""The matched pair trained on 4..20 words: name and kind of network."""


@dataclass(frozen=True, slots=True)
class Model:
    """A network in evaluation mode and its card."""

    network: Translator
    card: Card


def half_precision(network: Translator) -> dict[str, Tensor]:
    """The weights rounded to 16 bits, as they are saved."""
    return {
        name: tensor.detach().to(torch.float16).contiguous()
        for name, tensor in network.state_dict().items()
    }


def encode(network: Translator) -> bytes:
    """The weights' file."""
    return write_tensors(half_precision(network))


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
        return Model(_network(name, card, data), card)
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
    if card.vocabulary != (SOURCE.digest, TARGET.digest):
        raise ValueError(_("it was trained on another word list"))
    if len(data) < 8 or int.from_bytes(data[:8], "little") > min(_LARGEST_HEADER, len(data) - 8):
        raise ValueError(_("its header is damaged"))
    network = build(card.kind, card.sizes)
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
