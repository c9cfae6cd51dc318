"""The encoder that both networks share: a bidirectional GRU.

    x_1 .. x_S   word embeddings                 (B, S, E)
    h→, h←       GRU read forwards, backwards    (B, S, H) each
    h_i          [h→_i ; h←_i]                   (B, S, 2H)
    last         [h→_S ; h←_1]                   (B, 2H)

Bahdanau et al. 2014, section 3.2 (annotations); Cho et al. 2014 for the GRU.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class Memory(NamedTuple):
    """What the encoder leaves: states (B, S, 2H), their mask (B, S), the two last states (B, 2H)."""

    states: Tensor
    mask: Tensor
    last: Tensor


class Encoder(nn.Module):
    """Source words in, one state for each word out."""

    def __init__(self, words: int, embedding: int, hidden: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(words, embedding)
        self.gru = nn.GRU(embedding, hidden, batch_first=True, bidirectional=True)

    def forward(self, source: Tensor, lengths: Tensor) -> Memory:
        """Read `source` (B, S), padded at the end to the longest of `lengths` (B).

        Each sentence is read within its own length only, so padding never enters a state.
        """
        embedded = self.embedding(source)  # (B, S, E)
        size = source.shape[1]
        mask = torch.arange(size)[None, :] < lengths[:, None]  # (B, S)
        if bool(mask.all()):
            states, last = self.gru(embedded)  # (B, S, 2H), (2, B, H)
        else:
            packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
            output, last = self.gru(packed)
            states, _lengths = pad_packed_sequence(output, batch_first=True, total_length=size)
        return Memory(states, mask, torch.cat([last[0], last[1]], dim=-1))
