"""Training recallers by their plans: batches from plan and step, files at the end, models named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from studybuddy.errors import StudyBuddyError
from studybuddy.lab import recall_models
from studybuddy.lab.recall_models import load_recall, train_recalls
from studybuddy.lab.recall_plan import RECALL_PLANS
from studybuddy.lab.recalling import batch_at, fresh
from studybuddy.lab.used import recording


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
