"""How probable a network finds translations that are already there: teacher forced, word by word."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from studybuddy.lab.batches import batch_of
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.vocabulary import PAD, SOURCE, TARGET, Vocabulary


def log_probabilities(
    network: Translator,
    pairs: Sequence[SentencePair],
    *,
    words: tuple[Vocabulary, Vocabulary] = (SOURCE, TARGET),
) -> Tensor:
    """log p(y_t | y_<t, x) of each gold word, in nats: (B, T), 0 on padding.

    A row holds the words of its translation, then the end.
    """
    batch = batch_of(pairs, *words).to(network.device)
    with torch.inference_mode():
        given = network.read(batch.source, batch.lengths)
        logits, _weights = network(given, batch.before)  # (B, T, V)
        shares = logits.log_softmax(dim=-1)
        gold: Tensor = shares.gather(-1, batch.words[..., None]).squeeze(-1)  # (B, T)
        return gold.masked_fill(batch.words == PAD, 0.0)
