"""Beam search: the K likeliest beginnings of a translation go on side by side.

At each step every live hypothesis is followed by every word, and the K best of all these stay.
One of them that ends is finished; the others live on. A word from rank K + 1 on is never
looked at again, not even an end. The search stops when no live hypothesis can still beat the
best finished one. With K = 1 this is greedy decoding. There is no promise of the optimum.

Scores are cumulative log probabilities, the end included. With `normalise` the best is chosen
by log p / |Y|, the words and the end counted (division by length, as in Koehn and Knowles 2017,
section 3.6), for a product of more factors is smaller and plain scores prefer short outputs.
All live hypotheses are of one length, so what is kept at a step is the same with and without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from studybuddy.catalogue.figures import Tree, TreeNode
from studybuddy.lab.networks.decode import most_words, source_tensors
from studybuddy.lab.networks.encoder import Memory
from studybuddy.lab.networks.translator import Given, Translator
from studybuddy.lab.vocabulary import END, SOURCE, START, TARGET, Vocabulary

Words = tuple[Vocabulary, Vocabulary]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """An output with the log probability of its words and, when it is finished, of the end.

    `score` is what it was chosen by: the log probability, or that divided by the length.
    """

    words: tuple[str, ...]
    log_probability: float
    score: float
    finished: bool


@dataclass(slots=True)
class Searched:
    """What a search found: all finished hypotheses (or the live ones where none ended)."""

    nodes: list[TreeNode] = field(default_factory=list)
    ends: list[tuple[int, Hypothesis]] = field(default_factory=list)
    """Each with the place of its last node."""

    def ranked(self, normalise: bool) -> list[tuple[int, Hypothesis]]:
        """The hypotheses, best first, by one score or the other."""
        scored = [
            (
                place,
                Hypothesis(
                    each.words, each.log_probability, _score(each, normalise), each.finished
                ),
            )
            for place, each in self.ends
        ]
        return sorted(scored, key=lambda end: end[1].score, reverse=True)


def beam(
    network: Translator,
    source: Sequence[str],
    width: int,
    normalise: bool = False,
    words: Words = (SOURCE, TARGET),
) -> list[Hypothesis]:
    """The finished hypotheses of a beam of `width` for one sentence, best first."""
    found = search(network, source, width, normalise=normalise, words=words)
    return [hypothesis for _place, hypothesis in found.ranked(normalise)]


def beam_tree(
    network: Translator,
    source: Sequence[str],
    width: int,
    normalise: bool = False,
    words: Words = (SOURCE, TARGET),
    title: str = "",
) -> Tree:
    """The search as a tree: at each step the K that stayed and the next K, which were cut."""
    found = search(network, source, width, normalise=normalise, words=words, cut=width)
    place: int | None = found.ranked(normalise)[0][0]
    best: set[int] = set()
    while place is not None:
        best.add(place)
        place = found.nodes[place].parent
    return Tree(
        title,
        tuple(
            TreeNode(node.parent, node.word, node.log_probability, node.kept, i in best)
            for i, node in enumerate(found.nodes)
        ),
    )


def search(
    network: Translator,
    source: Sequence[str],
    width: int,
    *,
    normalise: bool = False,
    words: Words = (SOURCE, TARGET),
    cut: int = 0,
) -> Searched:
    """Search for the translation of one sentence; `cut` of those not kept are recorded too.

    A search with `normalise` goes on for longer, and holds what the other would choose as well.
    """
    numbers, lengths = source_tensors([source], words[0])
    most = most_words(len(source))
    found = Searched()
    with torch.inference_mode():
        given = network.read(numbers.to(network.device), lengths)
        state = given.first  # (n, D), n live hypotheses
        word = torch.full((1,), START, device=state.device)
        total = torch.zeros(1, dtype=torch.float64, device=state.device)  # (n)
        places: list[int | None] = [None]
        for _t in range(most):
            step = network.step(_repeated(given, len(places)), state, word)
            reached = total[:, None] + step.logits.double().log_softmax(dim=-1)  # (n, V)
            size = reached.shape[1]
            values, chosen = reached.flatten().topk(min(width + cut, reached.numel()))
            alive: list[int] = []
            grown: list[int | None] = []
            for rank, (value, index) in enumerate(
                zip(values.tolist(), chosen.tolist(), strict=True)
            ):
                text = words[1].words[index % size]
                found.nodes.append(TreeNode(places[index // size], text, value, rank < width))
                if rank >= width:
                    continue
                place = len(found.nodes) - 1
                if index % size == END:
                    found.ends.append((place, _hypothesis(found.nodes, place, True)))
                else:
                    alive.append(rank)
                    grown.append(place)
            if not alive:
                break
            kept = chosen[torch.tensor(alive, device=chosen.device)]
            state, word = step.state[kept // size], kept % size
            total = values[torch.tensor(alive, device=values.device)]
            places = grown
            if found.ends and _settled(found, float(total[0]), most, normalise):
                break
    if not found.ends:
        found.ends += [
            (place, _hypothesis(found.nodes, place, False)) for place in places if place is not None
        ]
    return found


def _settled(found: Searched, live: float, most: int, normalise: bool) -> bool:
    """Whether no live hypothesis, the best of which has `live`, can beat the best finished one.

    Each further word can only lower a log probability; divided by a length, it is worth most
    at the longest output there can be.
    """
    best = max(_score(hypothesis, normalise) for _place, hypothesis in found.ends)
    return best >= (live / (most + 1) if normalise else live)


def _score(hypothesis: Hypothesis, normalise: bool) -> float:
    size = len(hypothesis.words) + hypothesis.finished
    return hypothesis.log_probability / size if normalise else hypothesis.log_probability


def _hypothesis(nodes: Sequence[TreeNode], place: int, finished: bool) -> Hypothesis:
    """The words on the way to a node; the end is no word."""
    total = nodes[place].log_probability
    way: list[str] = []
    at: int | None = nodes[place].parent if finished else place
    while at is not None:
        way.append(nodes[at].word)
        at = nodes[at].parent
    return Hypothesis(tuple(reversed(way)), total, total, finished)


def _repeated(given: Given, count: int) -> Given:
    """What one sentence (1, …) gives the decoder, for `count` hypotheses (n, …) without a copy."""

    def repeat(tensor: Tensor) -> Tensor:
        return tensor.expand(count, *tensor.shape[1:])

    memory = Memory(*(repeat(part) for part in given.memory))
    return Given(
        memory,
        None if given.context is None else repeat(given.context),
        None if given.keys is None else repeat(given.keys),
        repeat(given.first),
    )
