"""Attention weights overruled from outside, at one step or at all.

The gold words are given up to the step (teacher forced), so that only the weights differ. In
Luong's order C_t enters the word alone, not the state: what is overruled at one step does not reach
the steps after it, unless another word is written.

word       all weight on one source word
uniform    the same weight on every word of the sentence
shuffled   the weights that the network chose, dealt anew to its words
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from studybuddy.lab.batches import Batch, batch_of
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.decode import write
from studybuddy.lab.networks.translator import Given, Translator
from studybuddy.lab.vocabulary import PAD, TARGET

HOWS = ("word", "uniform", "shuffled")


@dataclass(frozen=True, slots=True)
class Before:
    """A batch up to the step that is overruled: what is given, and each sentence's step.

    `state` (B, D) and `word` (B) are what the step starts from, `gold` (B) the right word, `own`
    (B, S) the network's weights and `shares` (B, V) its log probabilities at that step.
    """

    batch: Batch
    given: Given
    lengths: tuple[int, ...]
    state: Tensor
    word: Tensor
    gold: Tensor
    own: Tensor
    shares: Tensor


def up_to_step(network: Translator, pairs: Sequence[SentencePair], steps: Sequence[int]) -> Before:
    """Read the sentences and walk each, teacher forced, to its step (counted from 0)."""
    batch = batch_of(pairs)
    rows = torch.arange(len(pairs))
    at = torch.tensor(steps)
    with torch.inference_mode():
        given = network.read(batch.source, batch.lengths)
        state, states = given.first, []
        for t in range(max(steps) + 1):
            states.append(state)
            state = network.step(given, state, batch.before[:, t]).state
        before = torch.stack(states, dim=1)[rows, at]  # (B, D)
        word = batch.before[rows, at]
        step = network.step(given, before, word)
    assert step.weights is not None
    return Before(
        batch,
        given,
        tuple(batch.lengths.tolist()),
        before,
        word,
        batch.words[rows, at],
        step.weights,
        step.logits.log_softmax(dim=-1),
    )


def orders(pairs: Sequence[SentencePair], width: int, seed: int) -> Tensor:
    """For each sentence an order (B, width) of its words, never their own; padding keeps its place."""
    found = torch.arange(width).repeat(len(pairs), 1)
    for row, pair in enumerate(pairs):
        random = seeded("shuffled", seed, " ".join(pair.source))
        size = len(pair.source)
        order = list(range(size))
        while size > 1 and order == list(range(size)):
            order = sorted(range(size), key=lambda _place: random.random())
        found[row, :size] = torch.tensor(order)
    return found


def weights_for(how: str, before: Before, words: Sequence[int], order: Tensor) -> Tensor:
    """The weights (B, S) that overrule the network's own."""
    mask = before.given.memory.mask
    match how:
        case "word":
            return torch.nn.functional.one_hot(torch.tensor(words), mask.shape[1]).float()
        case "uniform":
            return mask.float() / mask.sum(dim=1, keepdim=True)
        case "shuffled":
            return before.own.gather(1, order)
    raise ValueError(f"no way to overrule {how!r}")


def at_one_step(network: Translator, before: Before, weights: Tensor) -> Tensor:
    """Log probabilities (B, V) of the step with these weights (B, S)."""
    with torch.inference_mode():
        step = network.step(before.given, before.state, before.word, weights)
    return step.logits.log_softmax(dim=-1)


def everywhere(
    network: Translator, how: str, before: Before, words: Sequence[int], order: Tensor
) -> list[tuple[str, ...]]:
    """The greedy outputs when the weights of every step are overruled."""
    given, lengths = before.given, before.lengths
    if how == "shuffled":
        return [out.words for out in write(network, _moved(given, order), lengths)]
    weights = weights_for(how, before, words, order)
    return [out.words for out in write(network, given, lengths, forced=lambda _t: weights)]


def falls_everywhere(
    network: Translator, how: str, before: Before, words: Sequence[int], order: Tensor
) -> list[float]:
    """By how much log p of a gold word falls, the mean of a sentence, all its steps overruled."""
    batch, given = before.batch, before.given
    with torch.inference_mode():
        plain, _weights = network(given, batch.before)  # (B, T, V)
        if how == "shuffled":
            forced, _weights = network(_moved(given, order), batch.before)
        else:
            weights, state = weights_for(how, before, words, order), given.first
            written = []
            for t in range(batch.before.shape[1]):
                step = network.step(given, state, batch.before[:, t], weights)
                state = step.state
                written.append(step.logits)
            forced = torch.stack(written, dim=1)
    there = batch.words != PAD
    lost = _gold(plain, batch.words) - _gold(forced, batch.words)  # (B, T)
    return (lost.masked_fill(~there, 0.0).sum(dim=1) / there.sum(dim=1)).tolist()


def _gold(logits: Tensor, words: Tensor) -> Tensor:
    """Log probability (B, T) of each gold word."""
    return logits.log_softmax(dim=-1).gather(-1, words[..., None]).squeeze(-1)


def _moved(given: Given, order: Tensor) -> Given:
    """Other states under the same keys: the weight chosen for one word falls on another."""
    states = given.memory.states
    moved = states.gather(1, order.argsort(dim=1)[..., None].expand_as(states))
    return given._replace(memory=given.memory._replace(states=moved))


def top(shares: Tensor, count: int) -> list[tuple[str, float]]:
    """The likeliest words of one row (V) of log probabilities, with their probability."""
    best = shares.topk(count)
    return list(zip(TARGET.text(best.indices.tolist()), best.values.exp().tolist(), strict=True))
