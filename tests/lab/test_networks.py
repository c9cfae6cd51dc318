"""The networks compute what their files say: C, the steps, the weights and the padding."""

from __future__ import annotations

import math

import pytest
import torch

from studybuddy.lab.batches import batch_of
from studybuddy.lab.language.corpus import sample
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.attention import AdditiveAttention
from studybuddy.lab.networks.build import SIZES, build
from studybuddy.lab.networks.decode import translate
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.vocabulary import END, PAD, SOURCE, START, TARGET


@pytest.fixture(scope="module")
def pairs() -> list[SentencePair]:
    drawn = sample((4, 7, 11), 3, "test", 1)
    return [pair for group in drawn.values() for pair in group]


@pytest.fixture(params=["fixed", "attention"])
def network(request: pytest.FixtureRequest) -> Translator:
    torch.manual_seed(3)
    return build(request.param, SIZES[request.param]).eval()


def test_the_pair_is_matched_within_five_percent_and_shares_its_sizes() -> None:
    counts = {kind: build(kind, SIZES[kind]).parameter_count() for kind in SIZES}
    assert abs(counts["fixed"] - counts["attention"]) / min(counts.values()) < 0.05
    for shared in ("embedding", "hidden", "state"):
        assert SIZES["fixed"][shared] == SIZES["attention"][shared]


def test_the_encoders_of_the_pair_have_the_same_shapes() -> None:
    shapes = [
        {
            name: tensor.shape
            for name, tensor in build(kind, SIZES[kind]).encoder.state_dict().items()
        }
        for kind in SIZES
    ]
    assert shapes[0] == shapes[1]


def test_the_fixed_context_is_bit_identical_at_every_step(pairs: list[SentencePair]) -> None:
    torch.manual_seed(0)
    network = build("fixed", SIZES["fixed"]).eval()
    batch = batch_of(pairs)
    with torch.inference_mode():
        given = network.read(batch.source, batch.lengths)
        assert given.context is not None
        first, state = given.context.clone(), given.first
        for t in range(batch.before.shape[1]):
            step = network.step(given, state, batch.before[:, t])
            state = step.state
            assert torch.equal(step.context, first)


def test_the_context_of_attention_changes_from_step_to_step(pairs: list[SentencePair]) -> None:
    torch.manual_seed(0)
    network = build("attention", SIZES["attention"]).eval()
    batch = batch_of(pairs[-1:])
    with torch.inference_mode():
        given = network.read(batch.source, batch.lengths)
        assert given.context is None
        one = network.step(given, given.first, batch.before[:, 0])
        two = network.step(given, one.state, batch.before[:, 1])
    assert not torch.allclose(one.context, two.context)


def test_stepwise_equals_teacher_forcing(network: Translator, pairs: list[SentencePair]) -> None:
    batch = batch_of(pairs)
    with torch.inference_mode():
        given = network.read(batch.source, batch.lengths)
        logits, weights = network(given, batch.before)
        state = given.first
        for t in range(batch.before.shape[1]):
            step = network.step(given, state, batch.before[:, t])
            state = step.state
            torch.testing.assert_close(step.logits, logits[:, t], atol=1e-5, rtol=0)
            if weights is not None:
                assert step.weights is not None
                torch.testing.assert_close(step.weights, weights[:, t], atol=1e-6, rtol=0)


def test_attention_over_three_words_by_hand() -> None:
    """Energies v·tanh(W s + U h + b) with one unit: tanh(0.5), tanh(1.5), tanh(-0.5), doubled."""
    attention = AdditiveAttention(query=1, memory=1, size=1)
    with torch.no_grad():
        attention.query.weight.fill_(1.0)
        attention.key.weight.fill_(1.0)
        attention.key.bias.fill_(0.5)
        attention.energy.weight.fill_(2.0)
        states = torch.tensor([[[0.0], [1.0], [-1.0]]])
        context, weights = attention(
            torch.tensor([[[0.0]]]),
            attention.keys(states),
            states,
            torch.ones(1, 3, dtype=torch.bool),
        )
    powers = [math.exp(2 * math.tanh(x)) for x in (0.5, 1.5, -0.5)]
    by_hand = [power / sum(powers) for power in powers]
    assert weights[0, 0].tolist() == pytest.approx(by_hand, abs=1e-6)
    assert float(context) == pytest.approx(by_hand[1] - by_hand[2], abs=1e-6)


def test_padding_has_weight_exactly_zero(pairs: list[SentencePair]) -> None:
    torch.manual_seed(0)
    network = build("attention", SIZES["attention"]).eval()
    batch = batch_of(pairs)
    with torch.inference_mode():
        _logits, weights = network(network.read(batch.source, batch.lengths), batch.before)
    padded = torch.arange(batch.source.shape[1])[None] >= batch.lengths[:, None]
    assert bool(padded.any())
    assert float(weights.transpose(1, 2)[padded].abs().max()) == 0.0
    torch.testing.assert_close(weights.sum(-1), torch.ones(weights.shape[:2]))


def test_an_output_does_not_depend_on_its_batch_mates(
    network: Translator, pairs: list[SentencePair]
) -> None:
    together, alone = batch_of(pairs), batch_of(pairs[:1])
    width = alone.before.shape[1]
    with torch.inference_mode():
        many, _ = network(network.read(together.source, together.lengths), together.before)
        one, _ = network(network.read(alone.source, alone.lengths), alone.before)
    assert together.source.shape[1] > alone.source.shape[1]
    torch.testing.assert_close(many[0, :width], one[0], atol=1e-6, rtol=0)


def test_what_stands_in_the_padding_changes_nothing(
    network: Translator, pairs: list[SentencePair]
) -> None:
    batch = batch_of(pairs)
    other = batch.source.clone()
    other[other == PAD] = 9
    assert not torch.equal(other, batch.source)
    with torch.inference_mode():
        first, _ = network(network.read(batch.source, batch.lengths), batch.before)
        second, _ = network(network.read(other, batch.lengths), batch.before)
    assert torch.equal(first, second)


def test_greedy_writes_the_likeliest_word_at_each_step(
    network: Translator, pairs: list[SentencePair]
) -> None:
    """An untrained network rarely ends by itself, so the bound on the length is met too."""
    source = pairs[-1].source
    written = translate(network, [source])[0].words
    assert 0 < len(written) <= 2 * len(source) + 10
    numbers = TARGET.numbers(written)
    before = torch.tensor([[START, *numbers]])
    with torch.inference_mode():
        given = network.read(torch.tensor([SOURCE.numbers(source)]), torch.tensor([len(source)]))
        logits, _ = network(given, before)
    best = logits[0].argmax(-1).tolist()
    assert best[: len(numbers)] == numbers
    assert best[len(numbers)] == END or len(numbers) == 2 * len(source) + 10


def test_a_batch_translates_as_single_sentences_do(
    network: Translator, pairs: list[SentencePair]
) -> None:
    sources = [pair.source for pair in pairs]
    together = [output.words for output in translate(network, sources)]
    assert together == [translate(network, [source])[0].words for source in sources]


def test_only_attention_reports_weights_one_row_a_word(pairs: list[SentencePair]) -> None:
    torch.manual_seed(0)
    source = pairs[0].source
    attended = translate(build("attention", SIZES["attention"]), [source], weights=True)[0]
    assert attended.weights is not None
    assert len(attended.weights) in (len(attended.words), len(attended.words) + 1)
    assert all(len(row) == len(source) for row in attended.weights)
    assert translate(build("fixed", SIZES["fixed"]), [source], weights=True)[0].weights is None


def test_no_sentences_no_translations(network: Translator) -> None:
    assert translate(network, []) == []


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [
        ("transformer", {}),
        ("fixed", {"embedding": 64}),
        ("fixed", {**SIZES["fixed"], "state": 10**9}),
        ("fixed", {**SIZES["fixed"], "state": True}),
        ("fixed", {**SIZES["fixed"], "state": "128"}),
    ],
)
def test_sizes_from_outside_are_bounded(kind: str, sizes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"network|size"):
        build(kind, sizes)
