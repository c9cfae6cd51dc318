"""Saved recallers: checked before use, measured once on many strings, as good as their cards say."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load as read_tensors
from safetensors.torch import save as write_tensors

from studybuddy.errors import StudyBuddyError
from studybuddy.lab import commands, recall_models
from studybuddy.lab.bars import bars
from studybuddy.lab.recall_models import (
    COUNT,
    finish,
    load_recall,
    train_recalls,
    verify_recall,
)
from studybuddy.lab.recall_plan import CELLS, RECALL_PLANS, RecallPlan, fixed_name, mixed_name
from studybuddy.lab.recalling import recalled, strings, train_recall
from studybuddy.lab.used import recording
from studybuddy.lab.weights import LARGEST
from studybuddy.locations import find_locations


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    finish(train_recall(RecallPlan("tiny", "gru", 3, 3, steps=5, batch=32, rates=(1e-2,))), folder)
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    for file in original.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def _vouch(folder: Path, data: bytes, **changes: Any) -> None:
    """Put other weights in, with a card that vouches for them."""
    (folder / "tiny.safetensors").write_bytes(data)
    card = json.loads((folder / "tiny.json").read_text())
    card.update({"sha256": sha256(data).hexdigest(), **changes})
    (folder / "tiny.json").write_text(json.dumps(card))


def test_a_saved_network_comes_back_and_its_card_tells_what_it_does(folder: Path) -> None:
    model = load_recall("tiny", folder)
    assert not model.network.training
    assert model.card.parameters == model.network.parameter_count()
    bucket = model.card.buckets[0]
    assert (bucket.shortest, bucket.longest) == (3, 3)
    words = strings(3, COUNT, "test", model.card.test_seed)
    assert recalled(model.network, words).right == bucket.right


def test_changed_damaged_and_oversized_files_are_refused(folder: Path) -> None:
    file = folder / "tiny.safetensors"
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(StudyBuddyError, match="hash"):
        load_recall("tiny", folder)
    for cut in (0, 7, 100, len(data) - 2):
        _vouch(folder, data[:cut])
        with pytest.raises(StudyBuddyError, match="cannot be used"):
            load_recall("tiny", folder)
    _vouch(folder, (10**8).to_bytes(8, "little") + data[8:])
    with pytest.raises(StudyBuddyError, match="header is damaged"):
        load_recall("tiny", folder)
    with file.open("wb") as opened:
        opened.truncate(LARGEST + 1)
    with pytest.raises(StudyBuddyError, match="larger"):
        load_recall("tiny", folder)
    file.unlink()
    with pytest.raises(StudyBuddyError, match="studybuddy train"):
        load_recall("tiny", folder)


def test_wrong_shapes_types_layers_and_numbers_are_refused(folder: Path) -> None:
    kept = (folder / "tiny.safetensors").read_bytes()
    for says, change in (
        ("shape", {"readout.weight": torch.zeros(3, 3, dtype=torch.float16)}),
        ("floats", {"readout.bias": torch.zeros(8, dtype=torch.int64)}),
        ("not numbers", {"readout.bias": torch.full((8,), float("inf"))}),
        ("other layers", {"extra": torch.zeros(1)}),
    ):
        _vouch(folder, write_tensors({**read_tensors(kept), **change}))
        with pytest.raises(StudyBuddyError, match=says):
            load_recall("tiny", folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "other"},
        {"kind": "fixed"},
        {"vocabulary": ["a", "b"]},
        {"sizes": {"embedding": 32, "hidden": 10**9}},
        {"sizes": {"embedding": 32, "hidden": 64, "layers": 9}},
    ],
)
def test_a_card_that_does_not_fit_is_refused(folder: Path, changes: dict[str, Any]) -> None:
    _vouch(folder, (folder / "tiny.safetensors").read_bytes(), **changes)
    with pytest.raises(StudyBuddyError, match="studybuddy train"):
        load_recall("tiny", folder)


def test_training_from_nothing_writes_weights_and_a_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = replace(RECALL_PLANS["recall-gru-5"], rates=(1e-2,))
    monkeypatch.setattr(recall_models, "RECALL_PLANS", {plan.name: plan})
    events = list(train_recalls([plan.name], tmp_path, steps=30))
    assert events[-1].finished
    assert load_recall(plan.name, tmp_path).card.steps == 30
    with pytest.raises(StudyBuddyError, match="no model"):
        next(train_recalls(["recall-nothing"], tmp_path))


def test_a_run_can_tell_which_recallers_it_used_each_time() -> None:
    for _time in range(2):  # the second is served from memory
        with recording() as used:
            model = load_recall("recall-gru")
        assert used == {"recall-gru": model.card.sha256}


# ── what is bundled ──────────────────────────────────────────────────────────


def test_every_planned_recaller_is_bundled_small_and_as_planned() -> None:
    for name, plan in RECALL_PLANS.items():
        card = load_recall(name).card
        assert (card.kind, card.seed, card.steps) == (plan.cell, plan.seed, plan.steps)
        assert card.recipe == {**plan.plain(), "rate": card.recipe["rate"]}
        assert (find_locations().bundled_models / f"{name}.safetensors").stat().st_size < 100_000


def test_every_card_was_measured_on_as_many_strings_as_there_are() -> None:
    exist = {1: len(strings(1, COUNT, "test", 0))}
    assert exist[1] < 64
    for name in RECALL_PLANS:
        for bucket in load_recall(name).card.buckets:
            assert bucket.n == exist.get(bucket.shortest, COUNT), name


def test_verifying_measures_each_lag_once_and_chance_has_a_narrow_interval(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measured: list[int] = []

    def counted(network: Any, words: torch.Tensor) -> Any:
        measured.append(len(words))
        return recalled(network, words)

    monkeypatch.setattr(recall_models, "recalled", counted)
    found, contradictions = commands.verify(fixed_name("rnn", 40), seed=2)
    assert measured == [COUNT] == [bucket.n for bucket in found.buckets]
    assert contradictions == []
    low, high = found.share(40, 40).interval
    assert high - low < 0.03


def test_the_bars_of_recall_are_reached_on_fresh_strings() -> None:
    names = [mixed_name("gru"), mixed_name("lstm")]
    names += [fixed_name(cell, 40) for cell in CELLS]
    reached = bars({name: verify_recall(name, seed=9)[0] for name in names})
    assert len(reached) == 5
    assert all(bar.reached for bar in reached), [bar.text for bar in reached if not bar.reached]
    assert RECALL_PLANS[mixed_name("gru")].steps <= 300


@pytest.mark.parametrize("name", ["recall-rnn", "recall-lstm-40", "recall-rnn-20"])
def test_a_bundled_recaller_holds_what_its_card_says(name: str) -> None:
    assert verify_recall(name, seed=4)[1] == []


def test_a_card_that_claims_too_much_is_contradicted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = fixed_name("rnn", 40)
    assert verify_recall(name)[1] == []
    model = load_recall(name)
    (bucket,) = model.card.buckets
    boast = replace(model.card, buckets=(replace(bucket, right=bucket.n),))
    monkeypatch.setattr(
        "studybuddy.lab.recall_models.load_recall", lambda _name: replace(model, card=boast)
    )
    assert len(verify_recall(name)[1]) == 1
