"""The one reader of weights' files: what it takes in, what it refuses, and how files are written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save as write_tensors
from torch import nn

from studybuddy.errors import StudyBuddyError
from studybuddy.lab import checkpoints
from studybuddy.lab.networks.build import build
from studybuddy.lab.weights import encode, fill, put

TWO = {"weight": torch.tensor([[0.5, -2.0]]), "bias": torch.tensor([3.0])}


def _file(header: dict[str, object], body: bytes) -> bytes:
    head = json.dumps(header).encode()
    return len(head).to_bytes(8, "little") + head + body


@pytest.mark.parametrize("bits", [16, 32])
def test_weights_come_back_in_either_size(bits: int) -> None:
    network = nn.Linear(2, 1).train()
    data = encode(TWO, bits)
    fill(network, data)
    assert network.weight.dtype == torch.float32
    assert torch.equal(network.weight, TWO["weight"])
    assert torch.equal(network.bias, TWO["bias"])
    assert not network.training
    header = int.from_bytes(data[:8], "little")
    assert len(data) == 8 + header + 3 * bits // 8


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"weight": torch.zeros(2, 1)}, "shape"),
        ({"weight": torch.zeros(1, 2, dtype=torch.float64)}, "16 or 32 bit"),
        ({"weight": torch.zeros(1, 2, dtype=torch.bfloat16)}, "16 or 32 bit"),
        ({"bias": torch.tensor([float("nan")])}, "not numbers"),
        ({"bias": torch.tensor([float("-inf")])}, "not numbers"),
        ({"further": torch.zeros(1)}, "other layers"),
    ],
)
def test_other_layers_shapes_types_and_numbers_are_refused(
    change: dict[str, torch.Tensor], says: str
) -> None:
    network = nn.Linear(2, 1)
    before = network.weight.detach().clone()
    with pytest.raises(ValueError, match=says):
        fill(network, write_tensors({**TWO, **change}))
    assert torch.equal(network.weight, before)


@pytest.mark.parametrize(("kind", "size"), [("F4", 1), ("F8_E8M0", 2), ("U16", 4)])
def test_a_type_that_the_format_has_and_no_network_is_refused_in_words(
    kind: str, size: int
) -> None:
    header: dict[str, object] = {
        "weight": {"dtype": kind, "shape": [1, 2], "data_offsets": [0, size]},
        "bias": {"dtype": "F16", "shape": [1], "data_offsets": [size, size + 2]},
    }
    with pytest.raises(ValueError, match="16 or 32 bit"):
        fill(nn.Linear(2, 1), _file(header, bytes(size + 2)))


def test_a_file_that_cannot_be_written_is_told_and_the_old_one_stays(tmp_path: Path) -> None:
    put(tmp_path / "new" / "a", b"first")
    assert (tmp_path / "new" / "a").read_bytes() == b"first"
    (tmp_path / "new" / "a.part").mkdir()  # where the new one would be written first
    with pytest.raises(StudyBuddyError, match="cannot be written"):
        put(tmp_path / "new" / "a", b"second")
    assert (tmp_path / "new" / "a").read_bytes() == b"first"


def test_a_checkpoint_that_cannot_be_written_is_told(
    tmp_path: Path, tiny_sizes: dict[str, int]
) -> None:
    network = build("additive", tiny_sizes, (10, 10))
    optimiser = torch.optim.Adam(network.parameters())
    for parameter in network.parameters():
        parameter.grad = torch.zeros_like(parameter)
    optimiser.step()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StudyBuddyError, match="cannot be written"):
        checkpoints.save(tmp_path / "file" / "stopped", network, optimiser, {"step": 1})
