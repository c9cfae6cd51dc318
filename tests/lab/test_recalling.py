"""First-token recall: the strings of each part, batches from plan and step, and training."""

from __future__ import annotations

from dataclasses import replace

import torch

from studybuddy.lab.language.corpus import split_of
from studybuddy.lab.recall_plan import CHANCE, RECALL_PLANS, SYMBOLS, RecallPlan
from studybuddy.lab.recalling import batch_at, recalled, strings, train_recall


def test_strings_are_a_letter_and_distractors_of_one_part() -> None:
    for split in ("train", "test"):
        words = strings(6, 50, split, 4)
        assert words.shape == (50, 7)
        assert int(words[:, 0].max()) < 8 <= int(words[:, 1:].min())
        assert int(words.max()) < len(SYMBOLS)
        assert len({tuple(word) for word in words.tolist()}) == 50
        for word in words.tolist():
            assert split_of(SYMBOLS[symbol] for symbol in word) == split
    assert torch.equal(strings(6, 50, "test", 4), strings(6, 50, "test", 4))
    assert not torch.equal(strings(6, 50, "test", 4), strings(6, 50, "test", 5))


def test_at_lag_one_training_and_test_share_no_string_though_few_exist() -> None:
    test = {tuple(word) for word in strings(1, 400, "test", 1).tolist()}
    train = {tuple(word) for word in strings(1, 400, "train", 2).tolist()}
    assert test
    assert not test & train
    assert len(test | train) <= 64


def test_a_batch_follows_from_plan_and_step() -> None:
    plan = RECALL_PLANS["recall-gru"]
    assert torch.equal(batch_at(plan, 5), batch_at(plan, 5))
    assert {batch_at(plan, step).shape[1] - 1 for step in range(60)} <= set(range(1, 21))


def test_training_is_told_is_repeatable_and_keeps_the_best_rate() -> None:
    plan = RecallPlan("tiny", "gru", 3, 3, steps=50, batch=32, rates=(3e-3, 1e-2))
    told: list[float] = []
    trained = train_recall(plan, lambda step: told.append(step.step / step.steps))
    assert told == sorted(told)
    assert told[-1] == 1
    assert trained.history[-1][2] > 2 * CHANCE
    again = train_recall(plan)
    assert again.history == trained.history
    for one, other in zip(trained.network.parameters(), again.network.parameters(), strict=True):
        assert torch.equal(one, other)
    alone = [train_recall(replace(plan, rates=(rate,))).loss for rate in plan.rates]
    assert trained.loss == min(alone)


def test_a_short_lag_is_learned_in_seconds() -> None:
    trained = train_recall(RecallPlan("tiny", "gru", 1, 2, steps=120, rates=(1e-2,)))
    assert recalled(trained.network, strings(2, 200, "test", 3)).value >= 0.99
    assert trained.reached is not None
