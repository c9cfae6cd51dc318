"""Three ways to feed a decoder with the words before: the gold ones, its own, all gold but one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from studybuddy.lab.batches import Batch
from studybuddy.lab.models import Model
from studybuddy.lab.vocabulary import END, PAD, START


@dataclass(frozen=True, slots=True)
class Fed:
    """One way of feeding: p(gold) at each place, and whether the gold word was the likeliest.

    A row a sentence; its last place is that of the end.
    """

    chances: list[list[float]]
    hits: list[list[bool]]

    def __add__(self, other: Fed) -> Fed:
        return Fed(self.chances + other.chances, self.hits + other.hits)

    def at(self, place: int) -> list[float]:
        """p(gold) at a place (from 0) of the sentences that have one."""
        return [row[place] for row in self.chances if place < len(row)]

    @property
    def right(self) -> list[float]:
        """The share of right words of each sentence, each at its own place."""
        return [sum(row) / len(row) for row in self.hits]

    @property
    def perplexity(self) -> float:
        """exp of the mean surprise a word. Only of a decoder fed with the gold words."""
        surprises = [-math.log(max(chance, 1e-30)) for row in self.chances for chance in row]
        return math.exp(math.fsum(surprises) / len(surprises))


def fed(model: Model, batch: Batch, before: Tensor, outputs: Sequence[Sequence[str]] = ()) -> Fed:
    """p(gold) and hits when the decoder is fed with `before` (B, T).

    After the end of its own output (of `outputs`, where it runs freely) nothing is right.
    """
    with torch.inference_mode():
        given = model.network.read(batch.source, batch.lengths)
        logits, _weights = model.network(given, before)  # (B, T, V)
        shares = logits.softmax(dim=-1)
        chances = shares.gather(-1, batch.words[..., None]).squeeze(-1).tolist()  # B lists of T
        hits = (logits.argmax(dim=-1) == batch.words).tolist()
    sizes = (batch.words != PAD).sum(dim=1).tolist()
    for row, words in enumerate(outputs):
        for t in range(len(words) + 1, sizes[row]):
            chances[row][t], hits[row][t] = 0.0, False
    return Fed(
        [row[:size] for row, size in zip(chances, sizes, strict=True)],
        [row[:size] for row, size in zip(hits, sizes, strict=True)],
    )


def own_words(model: Model, batch: Batch, outputs: Sequence[Sequence[str]]) -> Tensor:
    """What the decoder reads when it runs freely (B, T): the start, then its own words."""
    before = torch.full_like(batch.before, PAD)
    size = before.shape[1]
    for row, words in enumerate(outputs):
        numbers = [START, *model.data.target.numbers(words), END][:size]
        before[row, : len(numbers)] = torch.tensor(numbers)
    return before


def one_wrong(model: Model, batch: Batch, place: int) -> Tensor:
    """The gold words but for the one at `place`: the likeliest wrong word there takes its stead."""
    if place + 1 >= batch.before.shape[1]:
        return batch.before
    with torch.inference_mode():
        given = model.network.read(batch.source, batch.lengths)
        logits, _weights = model.network(given, batch.before)
        there = logits[:, place].scatter(1, batch.words[:, place, None], -math.inf)  # (B, V)
        there[:, [PAD, START, END]] = -math.inf
        likeliest = there.argmax(dim=-1)
    before = batch.before.clone()
    has = (batch.words[:, place] != PAD) & (batch.words[:, place] != END)
    before[has, place + 1] = likeliest[has]
    return before
