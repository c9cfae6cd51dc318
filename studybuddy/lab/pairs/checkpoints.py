"""A training that was stopped: weights, the optimiser's moments and the best weights so far."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.networks.translator import Translator
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

_MOMENTS = ("exp_avg", "exp_avg_sq")
_LARGEST = 256 * 2**20


def save_checkpoint(
    path: Path,
    network: Translator,
    optimiser: torch.optim.Adam,
    best: Mapping[str, Tensor],
    state: Mapping[str, Any],
) -> None:
    """Write the checkpoint; a half-written file never takes the old one's place."""
    tensors: dict[str, Tensor] = {f"best/{name}": tensor for name, tensor in best.items()}
    for name, parameter in network.named_parameters():
        tensors[f"weight/{name}"] = parameter.detach().cpu().contiguous()
        for moment in _MOMENTS:
            tensors[f"{moment}/{name}"] = optimiser.state[parameter][moment].cpu().contiguous()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    save_file(tensors, part, metadata={"state": json.dumps(state)})
    os.replace(part, path)


def load_checkpoint(
    path: Path, network: Translator, optimiser: torch.optim.Adam
) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Put a checkpoint into network and optimiser; the best weights, and the state saved with it.

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
    return best, state
