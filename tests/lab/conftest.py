"""One thread for torch in every test of this room, and a tiny recipe that trains in seconds."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
import torch

from studybuddy.lab.recipe import Recipe

torch.set_num_threads(1)


@pytest.fixture
def tiny_sizes() -> dict[str, int]:
    return {"embedding": 16, "hidden": 16, "state": 32, "attention": 16, "readout_size": 32}


@pytest.fixture
def tiny_recipe() -> Recipe:
    return Recipe(shortest=4, longest=5, per_length=60, steps=6, batch=8, rate=1e-2, warm_up=2)
