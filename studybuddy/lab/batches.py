"""Sentence pairs as tensors.

A training batch holds sentences of ONE source length, so the encoder needs no padding; only
targets are padded, and the loss leaves padding out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from studybuddy.lab.data import Data
from studybuddy.lab.language.corpus import seeded, split_of
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.vocabulary import END, PAD, SOURCE, START, TARGET, Vocabulary


class Batch(NamedTuple):
    """Source (B, S) and its lengths (B); the true word before each step and each word (B, T)."""

    source: Tensor
    lengths: Tensor
    before: Tensor
    words: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same on another device; lengths stay where packing wants them."""
        if device.type == "cpu":
            return self
        moved = (tensor.to(device) for tensor in (self.source, self.before, self.words))
        source, before, words = moved
        return Batch(source, self.lengths, before, words)


def batch_of(
    pairs: Sequence[SentencePair], source_words: Vocabulary = SOURCE, words: Vocabulary = TARGET
) -> Batch:
    """The pairs as one batch, padded at the end; the small language's words unless others are said."""
    sources = [source_words.numbers(pair.source) for pair in pairs]
    targets = [words.numbers(pair.target) for pair in pairs]
    lengths = torch.tensor([len(source) for source in sources])
    source = torch.full((len(pairs), int(lengths.max())), PAD)
    width = max(len(target) for target in targets) + 1
    before = torch.full((len(pairs), width), PAD)
    written = torch.full((len(pairs), width), PAD)
    for row, (numbers, target) in enumerate(zip(sources, targets, strict=True)):
        source[row, : len(numbers)] = torch.tensor(numbers)
        before[row, : len(target) + 1] = torch.tensor([START, *target])
        written[row, : len(target) + 1] = torch.tensor([*target, END])
    return Batch(source, lengths, before, written)


def loss_of(network: Translator, batch: Batch) -> Tensor:
    """Mean cross-entropy of the true words in nats, teacher forced, padding left out."""
    given = network.read(batch.source, batch.lengths)
    logits, _weights = network(given, batch.before)  # (B, T, V)
    return nn.functional.cross_entropy(
        logits.flatten(0, 1), batch.words.flatten(), ignore_index=PAD
    )


def training_batch(
    pool: Mapping[int, Sequence[SentencePair]], size: int, seed: int, step: int, data: Data
) -> Batch:
    """The batch of a step: a length, then sentences of it, all from (seed, step) alone.

    So a training that goes on after a stop sees the batches it would have seen. Raises
    ValueError when the pool holds a sentence that is not for training.
    """
    random = seeded("batch", seed, step)
    lengths = sorted(length for length, pairs in pool.items() if pairs)
    sentences = pool[lengths[int(random.random() * len(lengths))]]
    drawn = [sentences[int(random.random() * len(sentences))] for _ in range(size)]
    for pair in drawn:
        if split_of(pair.source) != "train":
            raise ValueError("a sentence that is not for training: " + " ".join(pair.source))
    return batch_of(drawn, data.source, data.target)
