"""The networks compute what their files say: C, the steps, the weights and the padding."""

from __future__ import annotations

import math

import pytest
import torch

from studybuddy.lab.batches import batch_of, loss_of
from studybuddy.lab.language.corpus import sample
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.attention import MOST_PLACES, Additive, Dot, General, Location
from studybuddy.lab.networks.build import KINDS
from studybuddy.lab.networks.build import build as build_for
from studybuddy.lab.networks.decode import translate
from studybuddy.lab.networks.encoder import turned
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED, PLANS
from studybuddy.lab.vocabulary import END, PAD, SOURCE, START, TARGET


@pytest.fixture(scope="module")
def pairs() -> list[SentencePair]:
    drawn = sample((4, 7, 11), 3, "test", 1)
    return [pair for group in drawn.values() for pair in group]


ATTENDING = ("additive", "general", "dot", "location", "bahdanau")
WITHOUT = ("fixed", "initial", "textbook")
SIZES: dict[str, dict[str, int]] = {
    **{
        kind: {"embedding": 12, "hidden": 8, "state": 16, "attention": 10, "readout_size": 14}
        for kind in ATTENDING
    },
    "fixed": {"embedding": 12, "hidden": 8, "state": 16, "context": 10, "readout_size": 14},
    "initial": {"embedding": 12, "hidden": 8, "state": 16, "context": 10, "readout_size": 14},
    "textbook": {"embedding": 12, "hidden": 16, "directions": 1, "readout_size": 14},
}


def build(kind: str, sizes: dict[str, int]) -> Translator:
    return build_for(kind, sizes, (len(SOURCE), len(TARGET)))


@pytest.fixture(params=[*ATTENDING, *WITHOUT, "one direction", "backwards"])
def network(request: pytest.FixtureRequest) -> Translator:
    torch.manual_seed(3)
    extra = {
        "one direction": ("additive", {"directions": 1, "hidden": 16}),
        "backwards": ("textbook", {"backwards": 1}),
    }
    kind, more = extra.get(request.param, (request.param, {}))
    return build(kind, {**SIZES[kind], **more}).eval()


def test_every_kind_is_tested_here() -> None:
    assert set(KINDS) == {*ATTENDING, *WITHOUT}


def test_the_pair_is_matched_within_five_percent_and_shares_its_sizes() -> None:
    plans = [PLANS[HEADLINE_FIXED], PLANS[HEADLINE_ATTENTION]]
    networks = [build(plan.kind, dict(plan.sizes)) for plan in plans]
    counts = [network.parameter_count() for network in networks]
    assert abs(counts[0] - counts[1]) / min(counts) < 0.05
    assert plans[0].recipe == plans[1].recipe
    shapes = [
        {name: tensor.shape for name, tensor in network.encoder.state_dict().items()}
        for network in networks
    ]
    assert shapes[0] == shapes[1]
    for shared in ("embedding", "hidden", "state"):
        assert plans[0].sizes[shared] == plans[1].sizes[shared]


@pytest.mark.parametrize("kind", WITHOUT)
def test_the_fixed_context_is_bit_identical_at_every_step(
    kind: str, pairs: list[SentencePair]
) -> None:
    torch.manual_seed(0)
    network = build(kind, SIZES[kind]).eval()
    batch = batch_of(pairs)
    with torch.inference_mode():
        given = network.read(batch.source, batch.lengths)
        assert given.context is not None
        first, state = given.context.clone(), given.first
        for t in range(batch.before.shape[1]):
            step = network.step(given, state, batch.before[:, t])
            state = step.state
            assert torch.equal(step.context, first)


def test_the_textbook_hands_its_last_state_over_as_it_is(pairs: list[SentencePair]) -> None:
    torch.manual_seed(0)
    network = build("textbook", SIZES["textbook"]).eval()
    batch = batch_of(pairs)
    with torch.inference_mode():
        given = network.read(batch.source, batch.lengths)
    last = given.memory.states[torch.arange(len(pairs)), batch.lengths - 1]
    assert torch.equal(given.first, last)
    assert given.context is given.first


@pytest.mark.parametrize("kind", ATTENDING)
def test_the_context_of_attention_changes_from_step_to_step(
    kind: str, pairs: list[SentencePair]
) -> None:
    torch.manual_seed(0)
    network = build(kind, SIZES[kind]).eval()
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
    attention = Additive(query=1, memory=1, size=1)
    with torch.no_grad():
        attention.query.weight.fill_(1.0)
        attention.key.weight.fill_(1.0)
        attention.key.bias.fill_(0.5)
        attention.energy.weight.fill_(2.0)
        states = torch.tensor([[[0.0], [1.0], [-1.0]]])
        context, weights, energies = attention(
            torch.tensor([[[0.0]]]),
            attention.keys(states),
            states,
            torch.ones(1, 3, dtype=torch.bool),
        )
    powers = [math.exp(2 * math.tanh(x)) for x in (0.5, 1.5, -0.5)]
    by_hand = [power / sum(powers) for power in powers]
    by_hand_energies = [2 * math.tanh(x) for x in (0.5, 1.5, -0.5)]
    assert energies[0, 0].tolist() == pytest.approx(by_hand_energies, abs=1e-6)
    assert weights[0, 0].tolist() == pytest.approx(by_hand, abs=1e-6)
    assert float(context) == pytest.approx(by_hand[1] - by_hand[2], abs=1e-6)


def test_dot_and_general_over_three_words_by_hand() -> None:
    """The chapter's example: s = (1, 0), h = (2, 0), (1, 1), (0, 2), energies 2, 1, 0."""
    states = torch.tensor([[[2.0, 0.0], [1.0, 1.0], [0.0, 2.0]]])
    query, mask = torch.tensor([[[1.0, 0.0]]]), torch.ones(1, 3, dtype=torch.bool)
    general = General(2, 2)
    with torch.no_grad():
        general.key.weight.copy_(torch.tensor([[0.0, 1.0], [1.0, 0.0]]))  # exchanges the two
        dotted = Dot(2, 2)(query, states, states, mask)
        swapped = general(query, general.keys(states), states, mask)
    assert dotted.energies[0, 0].tolist() == [2.0, 1.0, 0.0]
    total = math.exp(2) + math.exp(1) + 1
    weights = [math.exp(2) / total, math.exp(1) / total, 1 / total]
    assert dotted.weights[0, 0].tolist() == pytest.approx(weights, abs=1e-6)
    assert dotted.contexts[0, 0].tolist() == pytest.approx(
        [2 * weights[0] + weights[1], weights[1] + 2 * weights[2]], abs=1e-6
    )
    assert dotted.contexts[0, 0].tolist() == pytest.approx([1.575, 0.425], abs=1e-3)
    assert swapped.weights[0, 0].tolist() == pytest.approx(weights[::-1], abs=1e-6)


def test_location_never_looks_at_what_stands_there() -> None:
    torch.manual_seed(0)
    location = Location(4)
    query, mask = torch.randn(1, 2, 4), torch.ones(1, 5, dtype=torch.bool)
    one, other = (location(query, states, states, mask) for states in torch.randn(2, 1, 5, 6))
    assert torch.equal(one.weights, other.weights)
    assert not torch.equal(one.contexts, other.contexts)


def test_places_past_the_last_known_one_get_no_weight() -> None:
    location = Location(4)
    states = torch.randn(1, MOST_PLACES + 3, 4)
    mask = torch.ones(1, MOST_PLACES + 3, dtype=torch.bool)
    with torch.no_grad():
        looked = location(torch.randn(1, 1, 4), states, states, mask)
    assert float(looked.weights[0, 0, MOST_PLACES:].abs().max()) == 0.0
    assert float(looked.weights.sum()) == pytest.approx(1, abs=1e-6)


def test_forced_weights_take_the_place_of_the_networks_own(pairs: list[SentencePair]) -> None:
    for kind in ATTENDING:
        torch.manual_seed(0)
        network = build(kind, SIZES[kind]).eval()
        batch = batch_of(pairs[-1:])
        forced = torch.zeros(1, batch.source.shape[1])
        forced[0, 2] = 1.0
        with torch.inference_mode():
            given = network.read(batch.source, batch.lengths)
            step = network.step(given, given.first, batch.before[:, 0], forced)
            own = network.step(given, given.first, batch.before[:, 0])
            assert own.weights is not None
            same = network.step(given, given.first, batch.before[:, 0], own.weights)
        torch.testing.assert_close(step.context[0], given.memory.states[0, 2])
        torch.testing.assert_close(same.logits, own.logits)


def test_a_source_read_backwards_is_the_turned_source_read_forwards(
    pairs: list[SentencePair],
) -> None:
    """And padding stays at the end: each sentence is turned within its own length."""
    assert turned(torch.tensor([[1, 2, 3], [4, 5, 0]]), torch.tensor([3, 2])).tolist() == [
        [3, 2, 1],
        [5, 4, 0],
    ]
    sizes = {**SIZES["textbook"]}
    torch.manual_seed(5)
    forwards = build("textbook", sizes).eval()
    torch.manual_seed(5)
    backwards = build("textbook", {**sizes, "backwards": 1}).eval()
    batch = batch_of(pairs)
    with torch.inference_mode():
        there = backwards.read(batch.source, batch.lengths)
        here = forwards.read(turned(batch.source, batch.lengths), batch.lengths)
    assert torch.equal(there.first, here.first)
    assert torch.equal(there.memory.states, turned(here.memory.states, batch.lengths))


@pytest.mark.parametrize("kind", ATTENDING)
def test_padding_has_weight_exactly_zero(kind: str, pairs: list[SentencePair]) -> None:
    torch.manual_seed(0)
    network = build(kind, SIZES[kind]).eval()
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
    attended = translate(build("additive", SIZES["additive"]), [source], weights=True)[0]
    assert attended.weights is not None
    assert len(attended.weights) in (len(attended.words), len(attended.words) + 1)
    assert all(len(row) == len(source) for row in attended.weights)
    assert translate(build("fixed", SIZES["fixed"]), [source], weights=True)[0].weights is None


def test_no_sentences_no_translations(network: Translator) -> None:
    assert translate(network, []) == []


def test_our_gradients_agree_with_finite_differences(
    network: Translator, pairs: list[SentencePair]
) -> None:
    """Central differences in double precision, along a random direction for each layer."""
    network.double()
    batch = batch_of(pairs[:4])
    loss_of(network, batch).backward()
    for name, parameter in network.named_parameters():
        if parameter.grad is None:
            assert name == "attention.key.bias"
            continue
        direction = torch.randn_like(parameter)
        slope, step = float((parameter.grad * direction).sum()), 1e-5
        with torch.no_grad():
            parameter += step * direction
            above = float(loss_of(network, batch))
            parameter -= 2 * step * direction
            below = float(loss_of(network, batch))
            parameter += step * direction
        assert slope == pytest.approx((above - below) / (2 * step), rel=1e-4, abs=1e-8), name


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [
        ("transformer", {}),
        ("fixed", {"embedding": 64}),
        ("fixed", {**SIZES["fixed"], "state": 10**9}),
        ("fixed", {**SIZES["fixed"], "state": True}),
        ("fixed", {**SIZES["fixed"], "state": "128"}),
        ("fixed", {**SIZES["fixed"], "directions": 3}),
        ("fixed", {**SIZES["fixed"], "attention": 8}),
        ("dot", {**SIZES["dot"], "state": 17}),
    ],
)
def test_sizes_from_outside_are_bounded(kind: str, sizes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"network|size|dot attention"):
        build(kind, sizes)
