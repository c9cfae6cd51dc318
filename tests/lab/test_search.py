"""Beam search finds what a hand can check, and greedy is its width 1."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from studybuddy.lab.language.corpus import sample
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import load
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.decode import most_words, translate
from studybuddy.lab.networks.encoder import Memory
from studybuddy.lab.networks.scoring import log_probabilities
from studybuddy.lab.networks.search import beam, beam_tree, search
from studybuddy.lab.networks.translator import Given, Step, Translator
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.vocabulary import END, SOURCE, TARGET, Vocabulary

WORDS = Vocabulary(("<pad>", "<start>", "<end>", "A", "B", "C", "u", "v", "w"))
Table = dict[tuple[str, ...], dict[str, float]]

TREE: Table = {
    (): {"A": 0.5, "B": 0.4, "C": 0.1},
    ("A",): {"u": 0.4, "v": 0.35, "w": 0.25},
    ("B",): {"u": 0.9, "v": 0.06, "w": 0.04},
    ("C",): {"u": 1.0},
}
"""Greedy takes A and ends at .5 x .4 = .20; a beam of two finds B u: .4 x .9 = .36."""


class Scripted(Translator):
    """A network whose next words stand in a table; its state is the number of the way so far."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.nothing = torch.nn.Parameter(torch.zeros(1))
        self.table = table
        self.ways: list[tuple[str, ...]] = [()]

    @property
    def device(self) -> torch.device:
        return torch.device("cpu")

    def read(self, source: Tensor, lengths: Tensor) -> Given:
        mask = torch.ones(1, source.shape[1], dtype=torch.bool)
        states = torch.zeros(1, source.shape[1], 1)
        return Given(Memory(states, mask, torch.zeros(1, 1)), None, None, torch.zeros(1, 1))

    def step(self, given: Given, state: Tensor, word: Tensor, forced: Tensor | None = None) -> Step:
        assert len(given.memory.states) == len(state) == len(word)
        logits = torch.full((len(word), len(WORDS)), -1e9)
        after = []
        for row, (number, last) in enumerate(
            zip(state[:, 0].long().tolist(), word.tolist(), strict=True)
        ):
            text = WORDS.words[last]
            way = self.ways[number] if text == "<start>" else (*self.ways[number], text)
            self.ways.append(way)
            after.append([float(len(self.ways) - 1)])
            for each, share in self.table.get(way, {"<end>": 1.0}).items():
                logits[row, WORDS.numbers([each])[0]] = math.log(share)
        return Step(logits, torch.tensor(after), torch.zeros(len(word), 1), None)


BOTH = (WORDS, WORDS)


def test_greedy_misses_what_a_beam_of_two_finds() -> None:
    greedy, two = (beam(Scripted(TREE), ["u"], width, words=BOTH)[0] for width in (1, 2))
    assert (greedy.words, two.words) == (("A", "u"), ("B", "u"))
    assert math.exp(greedy.log_probability) == pytest.approx(0.20)
    assert math.exp(two.log_probability) == pytest.approx(0.36)
    assert translate(Scripted(TREE), [["u"]], words=BOTH)[0].words == greedy.words


def test_the_tree_has_cumulative_log_probabilities_and_at_most_k_survivors() -> None:
    tree = beam_tree(Scripted(TREE), ["u"], 2, words=BOTH, title="two")
    shown = {(node.parent, node.word): node for node in tree.nodes}
    chances = {
        key: (round(math.exp(node.log_probability), 3), node.kept) for key, node in shown.items()
    }
    assert chances[(None, "A")] == (0.5, True)
    assert chances[(None, "B")] == (0.4, True)
    assert chances[(None, "C")] == (0.1, False)
    a, b = (next(i for i, n in enumerate(tree.nodes) if n.word == word) for word in "AB")
    assert chances[(b, "u")] == (0.36, True)
    assert chances[(a, "u")] == (0.2, True)
    assert chances[(a, "v")] == (0.175, False)
    assert [node.word for node in tree.nodes if node.best] == ["B", "u", "<end>"]
    for i, node in enumerate(tree.nodes):
        assert node.parent is None or (node.parent < i and tree.nodes[node.parent].kept)


LATE_END: Table = {
    (): {"A": 0.6, "B": 0.37, "<end>": 0.03},
    ("A",): {"u": 1.0},
    ("B",): {"u": 1.0},
}


def test_an_end_beyond_rank_k_is_no_translation() -> None:
    """The end stands on rank 3: a beam of two must not take it, a beam of three holds it."""
    two = beam(Scripted(LATE_END), ["u"], 2, words=BOTH)
    assert () not in [hypothesis.words for hypothesis in two]
    three = search(Scripted(LATE_END), ["u"], 3, words=BOTH)
    assert three.ends[0][1].words == ()
    assert three.ranked(False)[0][1].words == ("A", "u")


SHORT: Table = {
    (): {"A": 0.6, "<end>": 0.4},
    ("A",): {"u": 0.6, "v": 0.4},
    ("A", "u"): {"w": 1.0},
    ("A", "v"): {"w": 1.0},
}


def test_plain_scores_prefer_the_short_output_and_division_by_length_the_long_one() -> None:
    """The empty output has .40, A u w .36; per word (the end counted) log .40 and log .36 / 4."""
    plain = beam(Scripted(SHORT), ["u"], 2, words=BOTH)[0]
    assert plain.words == ()
    assert plain.score == pytest.approx(math.log(0.4))
    normalised = beam(Scripted(SHORT), ["u"], 2, normalise=True, words=BOTH)[0]
    assert normalised.words == ("A", "u", "w")
    assert normalised.score == pytest.approx(math.log(0.36) / 4)
    assert normalised.log_probability == pytest.approx(math.log(0.36))


def test_the_search_stops_only_when_nothing_live_can_win() -> None:
    """The finished one (.4) is below the live one (.6) at step 1, above both (.36, .24) at step 2."""
    found = search(Scripted(SHORT), ["u"], 2, words=BOTH)
    assert {node.word for node in found.nodes} == {"A", "<end>", "u", "v"}


def test_without_any_end_the_live_ones_are_returned_unfinished() -> None:
    endless: Table = {("A",) * n: {"A": 0.9, "B": 0.1} for n in range(40)}
    best = beam(Scripted(endless), ["u"], 1, words=BOTH)[0]
    assert best.words == ("A",) * most_words(1)
    assert not best.finished


@pytest.fixture(scope="module")
def pairs() -> list[SentencePair]:
    drawn = sample((5, 9, 13, 17, 20), 6, "test", 8)
    return [pair for group in drawn.values() for pair in group]


@pytest.mark.parametrize("kind", ["fixed", "initial", "additive", "bahdanau"])
def test_width_one_is_greedy_with_any_weights(kind: str, pairs: list[SentencePair]) -> None:
    sizes = dict.fromkeys(("embedding", "hidden", "readout_size"), 16) | {"state": 32}
    sizes |= {"context" if kind in ("fixed", "initial") else "attention": 16}
    torch.manual_seed(4)
    network = build(kind, sizes, (len(SOURCE), len(TARGET))).eval()
    with torch.no_grad():
        network.readout[2].bias[END] += 0.15  # type: ignore[index, union-attr]
    for pair in pairs[:8]:
        greedy = translate(network, [pair.source])[0].words
        for normalise in (False, True):
            assert beam(network, pair.source, 1, normalise)[0].words == greedy


@pytest.mark.parametrize("name", [HEADLINE_FIXED, HEADLINE_ATTENTION])
def test_on_the_bundled_models_a_beam_holds_what_it_promises(name: str) -> None:
    """Width 1 is greedy; with 2, where a beam is weakest, the model score falls on at most 1 %.

    Batches of other sizes round the last bits otherwise, hence 1e-4 nats.
    """
    network = load(name).network
    drawn = sample((5, 9, 13, 17, 20), 20, "test", 8)
    worse = asked = 0
    for pair in (pair for group in drawn.values() for pair in group):
        greedy = translate(network, [pair.source])[0].words
        one, two = (beam(network, pair.source, width)[0] for width in (1, 2))
        assert one.words == greedy
        worse += two.log_probability < one.log_probability - 1e-4
        asked += 1
        written = SentencePair(pair.source, one.words, frozenset(), frozenset(), frozenset())
        if one.finished and len(pair.source) == 9:
            forced = float(log_probabilities(network, [written]).sum())
            assert forced == pytest.approx(one.log_probability, abs=1e-3)
    assert worse <= 0.01 * asked


def test_scores_of_gold_words_are_those_of_single_sentences_with_zero_on_padding(
    pairs: list[SentencePair],
) -> None:
    torch.manual_seed(1)
    sizes = {"embedding": 8, "hidden": 8, "state": 16, "context": 8, "readout_size": 8}
    network = build("fixed", sizes, (len(SOURCE), len(TARGET))).eval()
    together = log_probabilities(network, pairs)
    for row, pair in zip(together, pairs, strict=True):
        size = len(pair.target) + 1
        assert bool((row[:size] < 0).all())
        assert bool((row[size:] == 0).all())
        alone = log_probabilities(network, [pair])[0]
        torch.testing.assert_close(row[:size], alone, atol=1e-5, rtol=0)
