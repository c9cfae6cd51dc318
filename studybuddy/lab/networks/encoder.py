"""The encoder that all translators share: a GRU that reads the sentence in one or both directions.

    x_1 .. x_S   word embeddings                 (B, S, E)
    h→, h←       GRU read forwards, backwards    (B, S, H) each
    h_i          [h→_i ; h←_i]                   (B, S, M)   M = 2H, or H in one direction
    last         [h→_S ; h←_1]                   (B, M)

Bahdanau et al. 2014, section 3.2 (annotations); Cho et al. 2014 for the GRU. With `backwards`
the sentence is read from its last word to its first (Sutskever et al. 2014, section 3.3);
state i still belongs to word i.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class Memory(NamedTuple):
    """What the encoder leaves: states (B, S, M), their mask (B, S), the last states (B, M)."""

    states: Tensor
    mask: Tensor
    last: Tensor


def turned(values: Tensor, lengths: Tensor) -> Tensor:
    """Each row of `values` (B, S, …) in reverse order within its own length; padding stays."""
    size = values.shape[1]
    lengths = lengths.to(values.device)
    places = torch.arange(size, device=values.device)[None, :].expand(len(lengths), size)  # (B, S)
    inside = places < lengths[:, None]
    places = torch.where(inside, lengths[:, None] - 1 - places, places)
    index = places.reshape(*places.shape, *(1,) * (values.dim() - 2)).expand_as(values)
    return values.gather(1, index)


class Encoder(nn.Module):
    """Source words in, one state for each word out."""

    def __init__(
        self, words: int, embedding: int, hidden: int, directions: int = 2, backwards: bool = False
    ) -> None:
        super().__init__()
        self.size = directions * hidden
        self.backwards = backwards
        self.embedding = nn.Embedding(words, embedding)
        self.gru = nn.GRU(embedding, hidden, batch_first=True, bidirectional=directions == 2)

    def forward(self, source: Tensor, lengths: Tensor) -> Memory:
        """Read `source` (B, S), padded at the end to the longest of `lengths` (B).

        Each sentence is read within its own length only, so padding never enters a state.
        """
        if self.backwards:
            source = turned(source, lengths)
        embedded = self.embedding(source)  # (B, S, E)
        size = source.shape[1]
        if int(lengths.min()) == size:  # nothing is padded: most batches, and every single sentence
            mask = torch.ones_like(source, dtype=torch.bool)  # (B, S)
            states, last = self.gru(embedded)  # (B, S, M), (directions, B, H)
        else:
            places = torch.arange(size, device=source.device)
            mask = places < lengths.to(source.device).unsqueeze(1)
            packed = pack_padded_sequence(
                embedded, lengths.cpu(), batch_first=True, enforce_sorted=False
            )
            output, last = self.gru(packed)
            states, _lengths = pad_packed_sequence(output, batch_first=True, total_length=size)
        if self.backwards:
            states = turned(states, lengths)
        return Memory(states, mask, torch.cat(last.unbind(), dim=-1))
