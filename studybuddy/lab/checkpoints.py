"""A training that was stopped, in one safetensors file: weights, optimiser and how far it came."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.networks.translator import Translator
from studybuddy.text.translation import _

_MOMENTS = ("exp_avg", "exp_avg_sq")
_LARGEST = 64 * 2**20


def save(
    path: Path, network: Translator, optimiser: torch.optim.Adam, state: dict[str, Any]
) -> None:
    """Write the checkpoint; a half-written file never takes the old one's place."""
    tensors: dict[str, Tensor] = {}
    for name, parameter in network.named_parameters():
        tensors[f"weight/{name}"] = parameter.detach().contiguous()
        for moment in _MOMENTS:
            kept = optimiser.state.get(parameter, {}).get(moment)
            if kept is not None:
                tensors[f"{moment}/{name}"] = kept.contiguous()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    save_file(tensors, part, metadata={"state": json.dumps(state)})
    os.replace(part, path)


def load(path: Path, network: Translator, optimiser: torch.optim.Adam) -> dict[str, Any]:
    """Put a checkpoint into the network and its optimiser; returns the state saved with it.

    Raises StudyBuddyError when the file is damaged or belongs to another network.
    """
    broken = _("{file} is not a checkpoint of this network; delete it to begin again").format(
        file=path
    )
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
                if any(tensor.shape != parameter.shape for tensor in kept.values()):
                    raise StudyBuddyError(broken)
                parameter.copy_(kept.pop("weight"))
                optimiser.state[parameter] = {
                    "step": torch.tensor(float(state["step"])),
                    **{moment: tensor.clone() for moment, tensor in kept.items()},
                }
    except (OSError, ValueError, KeyError, SafetensorError) as problem:
        raise StudyBuddyError(broken) from problem
    return state
