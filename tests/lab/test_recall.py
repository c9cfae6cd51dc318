"""First-token recall: the cells, the strings, training, and files that are checked before use."""

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
from torch.nn import functional

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.bars import bars
from studybuddy.lab.language.corpus import split_of
from studybuddy.lab.networks.recall import Recaller
from studybuddy.lab.recall_models import (
    COUNT,
    finish,
    load_recall,
    verify_recall,
)
from studybuddy.lab.recall_plan import (
    CELLS,
    CHANCE,
    EMBEDDING,
    FIXED_LAGS,
    HIDDEN,
    RECALL_PLANS,
    SYMBOLS,
    RecallPlan,
    fixed_name,
    mixed_name,
)
from studybuddy.lab.recalling import recalled, strings, train_recall
from studybuddy.lab.weights import LARGEST
from studybuddy.locations import find_locations

TINY = RecallPlan("tiny", "gru", 3, 3, steps=50, batch=32, rates=(3e-3, 1e-2))


def _network(cell: str, **options: Any) -> Recaller:
    torch.manual_seed(2)
    return Recaller(
        cell, symbols=16, answers=8, embedding=EMBEDDING, hidden=HIDDEN[cell], **options
    )


def test_the_three_cells_have_equal_numbers_of_parameters() -> None:
    counts = [_network(cell).parameter_count() for cell in CELLS]
    assert max(counts) / min(counts) < 1.05
    blocks = {
        cell: sum(p.numel() for p in _network(cell).cell.parameters())
        / (HIDDEN[cell] * (EMBEDDING + HIDDEN[cell] + 2))
        for cell in CELLS
    }
    assert blocks == {"rnn": 1, "gru": 3, "lstm": 4}


def test_the_bias_opens_the_gate_that_keeps() -> None:
    """By hand: with no other weights, h = (1 - z) n + z h and c = f c + i g keep what they hold."""
    for cell, keeps in (("gru", 0.5), ("lstm", 0.5)):
        for bias in (0.0, 3.0):
            network = _network(cell, gate_bias=bias).cell
            plain = _network(cell).cell
            moved = network.get_parameter("bias_ih_l0") - plain.get_parameter("bias_ih_l0")
            with torch.no_grad():
                for parameter in network.parameters():
                    parameter.zero_()
                network.get_parameter("bias_ih_l0").add_(moved)
            held = torch.full((1, 1, HIDDEN[cell]), 0.4)
            start = held if cell == "gru" else (torch.zeros_like(held), held)
            _states, last = network(torch.zeros(1, 1, EMBEDDING), start)
            kept = (last if cell == "gru" else last[1]) / 0.4
            expected = torch.sigmoid(torch.tensor(bias))
            assert torch.allclose(kept, expected.expand_as(kept))
            assert expected >= keeps


def test_a_gain_makes_the_recurrent_weights_orthogonal_times_it() -> None:
    weights = _network("rnn", gain=1.3).cell.get_parameter("weight_hh_l0")
    assert torch.allclose(weights @ weights.T, 1.69 * torch.eye(HIDDEN["rnn"]), atol=1e-4)


@pytest.mark.parametrize("wrong", [{"cell": "transformer"}, {"hidden": 0}, {"hidden": 10**9}])
def test_an_unknown_cell_or_size_is_refused(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"cell": "rnn", "embedding": 4, "hidden": 4}
    with pytest.raises(ValueError, match=r"cell|size"):
        Recaller(symbols=4, answers=2, **{**right, **wrong})


def test_strings_are_a_letter_and_distractors_of_one_part() -> None:
    for split in ("train", "test"):
        words = strings(6, 50, split, 4)
        assert words.shape == (50, 7)
        assert int(words[:, 0].max()) < 8 <= int(words[:, 1:].min())
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


def test_training_learns_is_repeatable_and_keeps_the_best_rate() -> None:
    told: list[float] = []
    trained = train_recall(TINY, lambda step: told.append(step.step / step.steps))
    assert told == sorted(told)
    assert told[-1] == 1
    assert trained.history[-1][2] > 2 * CHANCE
    again = train_recall(TINY)
    assert again.history == trained.history
    alone = [train_recall(replace(TINY, rates=(rate,))).loss for rate in TINY.rates]
    assert trained.loss == min(alone)


# ── files ────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    finish(train_recall(TINY), folder)
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


# ── what is bundled ──────────────────────────────────────────────────────────


def test_every_planned_recaller_is_bundled_small_and_as_planned() -> None:
    for name, plan in RECALL_PLANS.items():
        card = load_recall(name).card
        assert (card.kind, card.seed, card.steps) == (plan.cell, plan.seed, plan.steps)
        assert card.recipe == {**plan.plain(), "rate": card.recipe["rate"]}
        assert (find_locations().bundled_models / f"{name}.safetensors").stat().st_size < 100_000


def test_the_bars_of_recall_are_reached_on_fresh_strings() -> None:
    names = [mixed_name("gru"), mixed_name("lstm")]
    names += [fixed_name(cell, 40) for cell in CELLS]
    reached = bars({name: verify_recall(name, seed=9, count=1000)[0] for name in names})
    assert len(reached) == 5
    assert all(bar.reached for bar in reached), [bar.text for bar in reached if not bar.reached]
    assert RECALL_PLANS[mixed_name("gru")].steps <= 300


def test_a_card_that_claims_too_much_is_contradicted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = fixed_name("rnn", FIXED_LAGS[-1])
    assert verify_recall(name)[1] == []
    model = load_recall(name)
    (bucket,) = model.card.buckets
    boast = replace(model.card, buckets=(replace(bucket, right=bucket.n),))
    monkeypatch.setattr(
        "studybuddy.lab.recall_models.load_recall", lambda _name: replace(model, card=boast)
    )
    assert len(verify_recall(name)[1]) == 1


def test_the_readout_sees_the_last_state_only() -> None:
    network = _network("rnn").double()
    inputs = torch.randn(2, 5, EMBEDDING, dtype=torch.float64)
    weights = dict(network.cell.named_parameters())
    state = torch.zeros(2, HIDDEN["rnn"], dtype=torch.float64)
    for t in range(5):
        state = torch.tanh(
            functional.linear(inputs[:, t], weights["weight_ih_l0"], weights["bias_ih_l0"])
            + functional.linear(state, weights["weight_hh_l0"], weights["bias_hh_l0"])
        )
    assert torch.allclose(network.answer(inputs), network.readout(state))
