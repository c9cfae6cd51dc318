"""Batches of similar lengths, in an order that follows from seed and step alone.

An epoch's pairs are shuffled and cut into pools; a pool is sorted by length and cut into batches,
whose order is shuffled again. So a batch has little padding, and a training that goes on after a
stop sees the batches it would have seen. All three networks see the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from studybuddy.lab.batches import Batch
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.pairs.corpus import Numbered
from studybuddy.lab.vocabulary import END, PAD, START

_POOL = 40
"""Batches' worth of pairs that are sorted together."""
CHECK_BATCH = 128


def batch_of(pairs: Sequence[Numbered]) -> Batch:
    """The pairs as one batch, padded at the end."""
    lengths = torch.tensor([len(pair.source) for pair in pairs])
    source = torch.full((len(pairs), int(lengths.max())), PAD)
    width = max(len(pair.target) for pair in pairs) + 1
    before = torch.full((len(pairs), width), PAD)
    words = torch.full((len(pairs), width), PAD)
    for row, pair in enumerate(pairs):
        source[row, : len(pair.source)] = torch.tensor(list(pair.source))
        target = torch.tensor(list(pair.target))
        before[row, 0] = START
        before[row, 1 : len(target) + 1] = target
        words[row, : len(target)] = target
        words[row, len(target)] = END
    return Batch(source, lengths, before, words)


@dataclass(slots=True)
class Batches:
    """The batch of every step; an epoch is laid out when its first batch is asked for."""

    pairs: Sequence[Numbered]
    size: int
    seed: int
    _epoch: int = field(init=False, default=-1)
    _layout: list[list[int]] = field(init=False, default_factory=list)

    @property
    def per_epoch(self) -> int:
        """Batches in one pass over the pairs."""
        pool = _POOL * self.size
        whole, rest = divmod(len(self.pairs), pool)
        return whole * _POOL + -(-rest // self.size)

    def at(self, step: int) -> Batch:
        """The batch of a step counted from 0."""
        epoch, place = divmod(step, self.per_epoch)
        if epoch != self._epoch:
            self._layout, self._epoch = self._laid_out(epoch), epoch
        return batch_of([self.pairs[index] for index in self._layout[place]])

    def _laid_out(self, epoch: int) -> list[list[int]]:
        random = seeded("pairs", self.seed, epoch)
        order = list(range(len(self.pairs)))
        random.shuffle(order)
        batches: list[list[int]] = []
        for start in range(0, len(order), _POOL * self.size):
            pool = sorted(order[start : start + _POOL * self.size], key=self._lengths)
            batches += [pool[at : at + self.size] for at in range(0, len(pool), self.size)]
        random.shuffle(batches)
        return batches

    def _lengths(self, index: int) -> tuple[int, int]:
        pair = self.pairs[index]
        return len(pair.source), len(pair.target)


def check_batches(pairs: Sequence[Numbered]) -> list[Batch]:
    """All pairs in batches of similar lengths, for measuring."""
    ordered = sorted(pairs, key=lambda pair: (len(pair.source), len(pair.target)))
    return [batch_of(ordered[at : at + CHECK_BATCH]) for at in range(0, len(ordered), CHECK_BATCH)]


def summed_loss(network: Translator, batch: Batch) -> tuple[Tensor, int]:
    """Cross-entropy of the true words in nats, added up, and how many words there are."""
    given = network.read(batch.source, batch.lengths)
    logits, _weights = network(given, batch.before)  # (B, T, V)
    loss = nn.functional.cross_entropy(
        logits.flatten(0, 1), batch.words.flatten(), ignore_index=PAD, reduction="sum"
    )
    return loss, int((batch.words != PAD).sum())
