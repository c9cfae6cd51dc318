"""A training that was stopped, in one safetensors file: weights, optimiser and how far it came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as write_tensors
from torch import Tensor

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.weights import put
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

_MOMENTS = ("exp_avg", "exp_avg_sq")
_LARGEST = 256 * 2**20


def save(
    path: Path,
    network: Translator,
    optimiser: torch.optim.Adam,
    state: Mapping[str, Any],
    best: Mapping[str, Tensor] | None = None,
) -> None:
    """Write the checkpoint; a half-written file never takes the old one's place.

    `state` holds the whole number `step` and whatever else JSON can say; `best` are the weights
    with the lowest validation loss so far, where a training keeps them. Raises StudyBuddyError
    where the file cannot be written.
    """
    tensors: dict[str, Tensor] = {f"best/{name}": each for name, each in (best or {}).items()}
    for name, parameter in network.named_parameters():
        tensors[f"weight/{name}"] = parameter.detach().cpu().contiguous()
        for moment in _MOMENTS:
            tensors[f"{moment}/{name}"] = optimiser.state[parameter][moment].cpu().contiguous()
    put(path, write_tensors(tensors, metadata={"state": json.dumps(state)}))


def load(
    path: Path, network: Translator, optimiser: torch.optim.Adam
) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """Put a checkpoint into network and optimiser; the state saved with it, and the best weights.

    Raises StudyBuddyError when the file is damaged or belongs to another network.
    """
    broken = _("{file} is not a checkpoint of this network; delete it to begin again").format(
        file=clean(str(path))
    )
    best: dict[str, Tensor] = {}
    try:
        if path.stat().st_size > _LARGEST:
            raise StudyBuddyError(broken)
        with safe_open(path, framework="pt") as file:
            state = json.loads((file.metadata() or {})["state"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        if not isinstance(state, dict) or not isinstance(state["step"], int):
            raise StudyBuddyError(broken)
        with torch.no_grad():
            for name, parameter in network.named_parameters():
                kept = {kind: tensors[f"{kind}/{name}"] for kind in ("weight", *_MOMENTS)}
                if f"best/{name}" in tensors:
                    best[name] = tensors[f"best/{name}"]
                if any(
                    tensor.shape != parameter.shape or tensor.dtype != parameter.dtype
                    for tensor in (*kept.values(), best.get(name, parameter))
                ):
                    raise StudyBuddyError(broken)
                parameter.copy_(kept.pop("weight"))
                optimiser.state[parameter] = {
                    "step": torch.tensor(float(state["step"])),
                    **{moment: each.to(parameter.device) for moment, each in kept.items()},
                }
    except (OSError, ValueError, KeyError, RecursionError, SafetensorError) as problem:
        raise StudyBuddyError(broken) from problem
    return state, best
