"""A model from outside is checked before it is used, and refused in words."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load as read_tensors
from safetensors.torch import save as write_tensors

from studybuddy.errors import StudyBuddyError
from studybuddy.lab import commands
from studybuddy.lab.cards import read_card
from studybuddy.lab.models import load
from studybuddy.lab.plan import Plan
from studybuddy.lab.recipe import Recipe
from studybuddy.lab.training import Training
from studybuddy.lab.weights import LARGEST


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one saved model, barely trained and measured on a few sentences."""
    folder = tmp_path_factory.mktemp("models")
    sizes = {"embedding": 8, "hidden": 8, "state": 16, "context": 16, "readout_size": 8}
    recipe = Recipe(shortest=4, longest=4, per_length=30, steps=2, batch=4)
    training = Training(Plan("tiny", "fixed", sizes, recipe))
    for _progress in training.run():
        pass
    commands.finish(training, folder, per_length=2)
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    for file in original.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def _with_card(folder: Path, data: bytes, **changes: Any) -> None:
    """Put other weights in, with a card that vouches for them."""
    (folder / "tiny.safetensors").write_bytes(data)
    card = json.loads((folder / "tiny.json").read_text())
    card.update({"sha256": sha256(data).hexdigest(), **changes})
    (folder / "tiny.json").write_text(json.dumps(card))


def test_a_saved_model_comes_back_as_it_was(folder: Path) -> None:
    model = load("tiny", folder)
    assert model.card.parameters == model.network.parameter_count()
    assert model.card.timing
    assert not model.network.training
    assert read_card(folder / "tiny.json") == model.card


def test_the_card_tells_shares_and_intervals_and_no_date(folder: Path) -> None:
    text = (folder / "tiny.json").read_text()
    card = json.loads(text)
    assert {"exact_match", "interval_95", "n"} <= set(card["buckets"][0])
    assert not [name for name in card if "date" in name or "time" in name]


def test_one_flipped_byte_is_noticed(folder: Path) -> None:
    file = folder / "tiny.safetensors"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(StudyBuddyError, match="hash"):
        load("tiny", folder)


def test_a_truncated_file_is_noticed_even_with_a_matching_hash(folder: Path) -> None:
    data = (folder / "tiny.safetensors").read_bytes()
    for cut in (0, 7, 100, len(data) - 2):
        _with_card(folder, data[:cut])
        with pytest.raises(StudyBuddyError, match="cannot be used"):
            load("tiny", folder)


def test_a_huge_header_is_refused(folder: Path) -> None:
    data = (folder / "tiny.safetensors").read_bytes()
    for size in (2**63, 10**8, 100_000):
        _with_card(folder, size.to_bytes(8, "little") + data[8:] + bytes(120_000))
        with pytest.raises(StudyBuddyError, match="header is damaged"):
            load("tiny", folder)


def test_a_file_larger_than_any_model_is_refused(folder: Path) -> None:
    with (folder / "tiny.safetensors").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(StudyBuddyError, match="larger"):
        load("tiny", folder)


def _tensors(folder: Path) -> dict[str, torch.Tensor]:
    return dict(read_tensors((folder / "tiny.safetensors").read_bytes()))


def test_a_wrong_shape_a_missing_layer_a_wrong_type_and_not_a_number(folder: Path) -> None:
    for says, change in (
        ("shape", {"to_first.weight": torch.zeros(3, 3, dtype=torch.float16)}),
        ("floats", {"to_first.bias": torch.zeros(16, dtype=torch.int64)}),
        ("not numbers", {"to_first.bias": torch.full((16,), float("nan"))}),
        ("other layers", {"extra": torch.zeros(1)}),
    ):
        tensors = _tensors(folder)
        kept = (folder / "tiny.safetensors").read_bytes()
        _with_card(folder, write_tensors({**tensors, **change}))
        with pytest.raises(StudyBuddyError, match=says):
            load("tiny", folder)
        _with_card(folder, kept)
    tensors = _tensors(folder)
    del tensors["to_first.bias"]
    _with_card(folder, write_tensors(tensors))
    with pytest.raises(StudyBuddyError, match="other layers"):
        load("tiny", folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "other"},
        {"vocabulary": ["a", "b"]},
        {"kind": "transformer"},
        {"sizes": {"state": 10**9}},
        {"sizes": "big"},
        {"seed": -1},
        {"steps": True},
        {"timing": 3},
        {"buckets": [{"shortest": 4, "longest": 7, "right": 5, "n": 2}]},
        {"format": 99},
        {"measures": {"bits": {"value": 3, "low": 4, "high": 5, "n": 1}}},
        {"measures": []},
        {"recipe": {"data": "something else"}},
        {"recipe": {"data": []}},
        {"recipe": {}},
    ],
)
def test_a_card_that_does_not_fit_is_refused(folder: Path, changes: dict[str, Any]) -> None:
    _with_card(folder, (folder / "tiny.safetensors").read_bytes(), **changes)
    with pytest.raises(StudyBuddyError, match="`studybuddy train`"):
        load("tiny", folder)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", "\x00", '{"format": 1}', "[" * 50_000, " " * 100_000]
)
def test_a_card_that_is_no_card_is_refused(folder: Path, text: str) -> None:
    (folder / "tiny.json").write_text(text)
    with pytest.raises(StudyBuddyError, match="malformed"):
        load("tiny", folder)


def test_missing_files_say_how_to_get_them(folder: Path) -> None:
    with pytest.raises(StudyBuddyError, match="studybuddy train"):
        load("nothing", folder)
    (folder / "tiny.safetensors").unlink()
    with pytest.raises(StudyBuddyError, match="studybuddy train"):
        load("tiny", folder)


def test_escape_sequences_in_a_card_do_not_reach_the_screen(folder: Path) -> None:
    _with_card(folder, (folder / "tiny.safetensors").read_bytes(), timing="\x1b[31mred")
    assert "\x1b" not in load("tiny", folder).card.timing


def test_escape_sequences_in_weights_do_not_reach_the_screen(folder: Path) -> None:
    header = json.dumps({"a": {"dtype": "\x1b[31m", "shape": [1], "data_offsets": [0, 2]}}).encode()
    _with_card(folder, len(header).to_bytes(8, "little") + header + bytes(2))
    with pytest.raises(StudyBuddyError, match="cannot be used") as caught:
        load("tiny", folder)
    assert "\x1b" not in str(caught.value)


def test_an_unchanged_file_is_read_once_and_a_changed_one_again(folder: Path) -> None:
    first = load("tiny", folder)
    assert load("tiny", folder) is first
    _with_card(folder, (folder / "tiny.safetensors").read_bytes(), about="changed")
    assert load("tiny", folder).card.about == "changed"
