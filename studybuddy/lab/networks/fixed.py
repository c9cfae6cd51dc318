"""The network with one fixed context vector C.

    C      tanh(W [h→_S ; h←_1])              (B, C)   all that the decoder knows of the source
    s_0    tanh(W' C)                         (B, D)
    s_t    GRU(s_{t−1}, [y_{t−1} ; C])        (B, D)   the very same C at every step
    y_t    softmax(U tanh(V [s_t ; C]))       (B, V)

Cho et al. 2014, section 2.2 (C enters every step of the decoder and its output).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from studybuddy.lab.networks.encoder import Encoder
from studybuddy.lab.networks.translator import Given, Step, Translator, joined, readout


class FixedContext(Translator):
    """Encoder and decoder with nothing between them but C."""

    timing = "no attention: the same C at every step"

    def __init__(
        self,
        source_words: int,
        target_words: int,
        *,
        embedding: int,
        hidden: int,
        state: int,
        context: int,
        readout_size: int,
    ) -> None:
        super().__init__()
        self.encoder = Encoder(source_words, embedding, hidden)
        self.to_context = nn.Linear(2 * hidden, context)
        self.to_first = nn.Linear(context, state)
        self.embedding = nn.Embedding(target_words, embedding)
        self.gru = nn.GRU(embedding + context, state, batch_first=True)
        self.readout = readout(state + context, readout_size, target_words)

    def read(self, source: Tensor, lengths: Tensor) -> Given:
        """Encode `source` (B, S) with `lengths` (B) into C."""
        memory = self.encoder(source, lengths)
        context = torch.tanh(self.to_context(memory.last))  # (B, C)
        return Given(memory, context, None, torch.tanh(self.to_first(context)))

    def forward(self, given: Given, before: Tensor) -> tuple[Tensor, None]:
        """Logits (B, T, V) after each true word `before` (B, T)."""
        assert given.context is not None
        context = given.context[:, None].expand(-1, before.shape[1], -1)  # (B, T, C)
        states, _last = self.gru(joined(self.embedding(before), context), given.first[None])
        return self.readout(joined(states, context)), None

    def step(self, given: Given, state: Tensor, word: Tensor) -> Step:
        """One step; the context it reports is `given.context` itself."""
        assert given.context is not None
        inputs = joined(self.embedding(word), given.context)[:, None]  # (B, 1, E + C)
        output, _last = self.gru(inputs, state[None])
        state = output[:, 0]  # (B, D)
        return Step(self.readout(joined(state, given.context)), state, given.context, None)
