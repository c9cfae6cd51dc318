"""Overruled attention: what is forced is what is used, and nothing else changes."""

from __future__ import annotations

import pytest
import torch

from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.decode import write
from studybuddy.lab.networks.scoring import log_probabilities
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.overruling import (
    HOWS,
    at_one_step,
    everywhere,
    falls_everywhere,
    orders,
    top,
    up_to_step,
    weights_for,
)
from studybuddy.lab.vocabulary import END, SOURCE, TARGET

SIZES = {"embedding": 8, "hidden": 8, "state": 16, "attention": 8, "readout_size": 8}
PAIRS = [*Unseen(4).of(5, 2), *Unseen(4).of(9, 2)]
STEPS = [0, 2, 1, 4]


@pytest.fixture(scope="module", params=["additive", "bahdanau"])
def network(request: pytest.FixtureRequest) -> Translator:
    torch.manual_seed(3)
    return build(request.param, SIZES, (len(SOURCE), len(TARGET))).eval()


def test_at_the_step_stands_what_teacher_forcing_finds(network: Translator) -> None:
    before = up_to_step(network, PAIRS, STEPS)
    scored = log_probabilities(network, PAIRS)
    for row, step in enumerate(STEPS):
        assert int(before.gold[row]) == TARGET.numbers(PAIRS[row].target)[step]
        assert float(before.shares[row, before.gold[row]]) == pytest.approx(
            float(scored[row, step]), abs=1e-5
        )


def test_forcing_the_networks_own_weights_changes_nothing(network: Translator) -> None:
    before = up_to_step(network, PAIRS, STEPS)
    assert torch.allclose(at_one_step(network, before, before.own), before.shares, atol=1e-5)


def test_forced_weights_are_weights_of_the_real_words(network: Translator) -> None:
    before = up_to_step(network, PAIRS, STEPS)
    order = orders(PAIRS, before.own.shape[1], 1)
    for how in HOWS:
        weights = weights_for(how, before, [1, 2, 3, 4], order)
        assert torch.allclose(weights.sum(dim=1), torch.ones(4), atol=1e-5)
        assert float(weights[~before.given.memory.mask].abs().sum()) == 0
    assert weights_for("word", before, [1, 2, 3, 4], order).argmax(dim=1).tolist() == [1, 2, 3, 4]
    with pytest.raises(ValueError, match="no way"):
        weights_for("nothing", before, [], order)


def test_an_order_is_never_the_words_own_and_leaves_padding_alone() -> None:
    found = orders(PAIRS, 9, 7)
    for row, pair in zip(found.tolist(), PAIRS, strict=True):
        size = len(pair.source)
        assert sorted(row[:size]) == list(range(size))
        assert row[:size] != list(range(size))
        assert row[size:] == list(range(size, 9))
    assert torch.equal(found, orders(PAIRS, 9, 7))


def test_shuffling_everywhere_is_shuffling_each_step(network: Translator) -> None:
    """Moved states under unmoved keys give the outputs of weights dealt anew at every step."""
    before = up_to_step(network, PAIRS, STEPS)
    order = orders(PAIRS, before.own.shape[1], 5)
    found = everywhere(network, "shuffled", before, [0] * 4, order)
    with torch.inference_mode():
        state, word = before.given.first, torch.full((4,), 1)
        written: list[list[int]] = []
        for _t in range(6):
            own = network.step(before.given, state, word).weights
            assert own is not None
            step = network.step(before.given, state, word, own.gather(1, order))
            state, word = step.state, step.logits.argmax(dim=-1)
            written.append(word.tolist())
    for row, words in enumerate(found):
        expected = TARGET.text(column[row] for column in written)
        assert words[:6] == expected[: len(words[:6])]


def test_a_forced_word_everywhere_is_forced_in_decoding(network: Translator) -> None:
    before = up_to_step(network, PAIRS, STEPS)
    order = orders(PAIRS, before.own.shape[1], 5)
    weights = weights_for("word", before, [0, 1, 2, 3], order)
    plain = write(network, before.given, before.lengths, forced=lambda _t: weights)
    assert everywhere(network, "word", before, [0, 1, 2, 3], order) == [out.words for out in plain]


@pytest.mark.parametrize("how", HOWS)
def test_the_fall_over_all_steps_is_that_of_steps_forced_one_by_one(
    network: Translator, how: str
) -> None:
    before = up_to_step(network, PAIRS, STEPS)
    order = orders(PAIRS, before.own.shape[1], 5)
    found = falls_everywhere(network, how, before, [0, 1, 2, 3], order)
    plain = log_probabilities(network, PAIRS)
    for row, pair in enumerate(PAIRS):
        numbers = [*TARGET.numbers(pair.target), END]
        state, total = before.given.first, 0.0
        with torch.inference_mode():
            for t, number in enumerate(numbers):
                word = before.batch.before[:, t]
                own = network.step(before.given, state, word).weights
                assert own is not None
                weights = (
                    own.gather(1, order)
                    if how == "shuffled"
                    else weights_for(how, before, [0, 1, 2, 3], order)
                )
                step = network.step(before.given, state, word, weights)
                state = step.state
                total += float(plain[row, t] - step.logits[row].log_softmax(dim=-1)[number])
        assert found[row] == pytest.approx(total / len(numbers), abs=1e-4)


def test_the_likeliest_words_stand_first() -> None:
    shares = torch.full((len(TARGET),), -9.0)
    shares[5], shares[7] = -0.1, -2.0
    words = top(shares, 2)
    assert [word for word, _share in words] == [TARGET.words[5], TARGET.words[7]]
    assert words[0][1] == pytest.approx(0.9048, abs=1e-4)
