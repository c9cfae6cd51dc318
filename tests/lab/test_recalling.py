"""First-token recall: fair sizes, the strings, and the bundled networks under the rules of models."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import torch

from studybuddy.errors import StudyBuddyError
from studybuddy.lab import recall_models
from studybuddy.lab.recall_models import load_recall, train_recalls, verify_recall
from studybuddy.lab.recall_plan import ANSWERS, CELLS, RECALL_PLANS, SYMBOLS, RecallPlan
from studybuddy.lab.recalling import batch_at, fresh, strings, train_recall
from studybuddy.locations import find_locations

FOLDER = find_locations({}).bundled_models


def test_the_cells_have_equal_parameters() -> None:
    counts = [
        sum(p.numel() for p in fresh(RECALL_PLANS[f"recall-{cell}"]).parameters()) for cell in CELLS
    ]
    assert max(counts) / min(counts) < 1.05


def test_a_string_is_a_letter_and_distractors_and_parts_share_none() -> None:
    train, test = (strings(6, 300, part, 1) for part in ("train", "test"))
    for words in (train, test):
        assert words.shape == (300, 7)
        assert int(words[:, 0].max()) < len(ANSWERS)
        assert int(words[:, 1:].min()) >= len(ANSWERS)
        assert int(words.max()) < len(SYMBOLS)
    assert not {tuple(row) for row in train.tolist()} & {tuple(row) for row in test.tolist()}


def test_a_batch_follows_from_plan_and_step() -> None:
    plan = RECALL_PLANS["recall-gru"]
    assert torch.equal(batch_at(plan, 5), batch_at(plan, 5))
    assert {batch_at(plan, step).shape[1] - 1 for step in range(60)} <= set(range(1, 21))


def test_open_gates_differ_from_default_ones_in_one_bias_alone() -> None:
    default, opened = (
        fresh(RECALL_PLANS[name]) for name in ("recall-gru-40-default", "recall-gru-40")
    )
    hidden = default.readout.in_features
    changed = {
        name: opened_weight - weight
        for (name, weight), opened_weight in zip(
            default.named_parameters(), opened.parameters(), strict=True
        )
        if not torch.equal(weight, opened_weight)
    }
    assert list(changed) == ["cell.bias_ih_l0"]
    expected = torch.zeros(3 * hidden)
    expected[hidden : 2 * hidden] = 3.0
    torch.testing.assert_close(changed["cell.bias_ih_l0"], expected)


def test_a_short_lag_is_learned_in_seconds_and_the_same_again() -> None:
    plan = RecallPlan("tiny", "gru", 1, 2, steps=120, rates=(1e-2,))
    first, again = (train_recall(plan) for _time in range(2))
    words = strings(2, 200, "test", 3)
    with torch.inference_mode():
        right = (first.network(words).argmax(-1) == words[:, 0]).float().mean()
    assert float(right) >= 0.99
    for one, other in zip(first.network.parameters(), again.network.parameters(), strict=True):
        assert torch.equal(one, other)


@pytest.mark.parametrize("name", ["recall-rnn", "recall-lstm-40"])
def test_a_bundled_recaller_holds_what_its_card_says(name: str) -> None:
    assert verify_recall(name, seed=4, count=200) == []


def test_a_damaged_recaller_is_refused_in_words(tmp_path: Path) -> None:
    for end in ("json", "safetensors"):
        shutil.copy(FOLDER / f"recall-gru.{end}", tmp_path)
    weights = tmp_path / "recall-gru.safetensors"
    assert load_recall("recall-gru", tmp_path).network.training is False
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    with pytest.raises(StudyBuddyError, match="hash"):
        load_recall("recall-gru", tmp_path)
    card = json.loads((tmp_path / "recall-gru.json").read_text())
    cut = bytes(data[:-8])
    weights.write_bytes(cut)
    card["sha256"] = sha256(cut).hexdigest()
    (tmp_path / "recall-gru.json").write_text(json.dumps(card))
    with pytest.raises(StudyBuddyError, match="cannot be used"):
        load_recall("recall-gru", tmp_path)


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
