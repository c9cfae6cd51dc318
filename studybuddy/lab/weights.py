"""Weights' files in safetensors beside their card: written in one move, read with suspicion.

A file is bounded in size, its hash compared with the card's, then names, shapes, types and
finiteness checked. Nothing in it is ever run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load as read_tensors
from safetensors.torch import save as write_tensors
from torch import Tensor, nn

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.cards import Card, read_card
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

LARGEST = 4 * 2**20
"""Bytes of a bundled weights' file; ours have about half a million."""
_LARGEST_HEADER = 64 * 1024
_LONGEST_REASON = 200
_NUMBERS = {16: torch.float16, 32: torch.float32}
Stamps = tuple[tuple[int, int], ...]
"""Time of change (ns) and size of the files of a model: while they stay, so does the model."""
Built = TypeVar("Built")


class Sealed(Protocol):
    """What a card says of the file beside it."""

    @property
    def name(self) -> str:
        """The model's name."""

    @property
    def sha256(self) -> str:
        """The hash of the weights' file."""

    @property
    def vocabulary(self) -> tuple[str, str]:
        """Fingerprints of the word lists it was trained on."""


def encode(weights: Mapping[str, Tensor], bits: int = 16) -> bytes:
    """The weights' file of a `state_dict`, in numbers of 16 or 32 bits."""
    return write_tensors(
        {name: each.detach().to(_NUMBERS[bits]).contiguous() for name, each in weights.items()}
    )


def put(path: Path, content: bytes) -> None:
    """Write a file in one move. Raises StudyBuddyError where that cannot be done."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as problem:
        raise StudyBuddyError(
            _("{file} cannot be written ({why})").format(
                file=clean(str(path)), why=problem.strerror or type(problem).__name__
            )
        ) from problem


def save(folder: Path, data: bytes, card: Card) -> None:
    """Write weights and card; each replaces the old file in one move, the card last."""
    put(folder / f"{card.name}.safetensors", data)
    put(folder / f"{card.name}.json", card.text().encode())


def stamps(name: str, folder: Path) -> Stamps:
    """When a model's files were last changed. Raises StudyBuddyError when one is missing."""
    path = folder / f"{name}.safetensors"
    try:
        found = [file.stat() for file in (path, path.with_suffix(".json"))]
    except OSError as problem:
        raise _missing(path) from problem
    return tuple((stamp.st_mtime_ns, stamp.st_size) for stamp in found)


def read(name: str, folder: Path, build: Callable[[Card, bytes], Built]) -> Built:
    """What `build` makes of a model's card and bytes, which are checked first.

    Raises StudyBuddyError when a file is missing, too large, changed, or not this model.
    """
    path = folder / f"{name}.safetensors"
    card = read_card(folder / f"{name}.json")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        raise _missing(path) from problem
    try:
        if len(data) > LARGEST:
            raise ValueError(_("it is larger than any model of ours"))
        check(name, card, data)
        return build(card, data)
    except (ValueError, SafetensorError, RuntimeError) as problem:
        raise StudyBuddyError(
            _("the model {file} cannot be used: {why}; `studybuddy train` rebuilds it").format(
                file=path, why=clean(str(problem))[:_LONGEST_REASON]
            )
        ) from problem


def check(name: str, card: Sealed, data: bytes) -> None:
    """What can be said of the bytes before they are read as tensors. Raises ValueError in words."""
    if sha256(data).hexdigest() != card.sha256:
        raise ValueError(_("its hash is not the one in its card"))
    if card.name != name:
        raise ValueError(_("its card is that of another model"))
    if len(data) < 8 or int.from_bytes(data[:8], "little") > min(_LARGEST_HEADER, len(data) - 8):
        raise ValueError(_("its header is damaged"))


def check_words(card: Sealed, digests: tuple[str, str]) -> None:
    """Raises ValueError where the card names other word lists than these."""
    if card.vocabulary != digests:
        raise ValueError(_("it was trained on another word list"))


def fill(network: nn.Module, data: bytes) -> None:
    """Put the tensors of a weights' file into a network, which is then in evaluation mode.

    Raises ValueError in words, or what safetensors raises.
    """
    try:
        tensors = read_tensors(data)
    except KeyError as problem:  # a type that the format has and torch has not
        raise ValueError(_("its numbers are not 16 or 32 bit floats")) from problem
    expected = network.state_dict()
    if set(tensors) != set(expected):
        raise ValueError(_("it holds other layers than its card says"))
    for layer, tensor in tensors.items():
        if tensor.shape != expected[layer].shape:
            raise ValueError(_("a layer has another shape than its card says"))
        if tensor.dtype not in _NUMBERS.values():
            raise ValueError(_("its numbers are not 16 or 32 bit floats"))
        if not bool(torch.isfinite(tensor).all()):
            raise ValueError(_("some of its weights are not numbers"))
    network.load_state_dict({layer: tensor.float() for layer, tensor in tensors.items()})
    network.eval()


def _missing(path: Path) -> StudyBuddyError:
    return StudyBuddyError(_("no model {file}; `studybuddy train` builds it").format(file=path))
