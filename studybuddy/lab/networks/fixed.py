"""The network with one fixed context vector C, given to the decoder at every step.

    C      tanh(W [h→_S ; h←_1])              (B, C)   all that the decoder knows of the source
    s_0    tanh(W' C)                         (B, D)
    s_t    GRU(s_{t−1}, [y_{t−1} ; C])        (B, D)   the very same C at every step
    y_t    softmax(U tanh(V [s_t ; C]))       (B, V)

Cho et al. 2014, section 2.2 (C enters every step of the decoder and its output).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from studybuddy.lab.networks.encoder import Encoder, Memory
from studybuddy.lab.networks.translator import Given, Step, Translator, advanced, joined, readout


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
        directions: int = 2,
        backwards: int = 0,
    ) -> None:
        super().__init__()
        self.encoder = Encoder(source_words, embedding, hidden, directions, bool(backwards))
        self.to_context = nn.Linear(self.encoder.size, context)
        self.to_first = nn.Linear(context, state)
        self.embedding = nn.Embedding(target_words, embedding)
        self.gru = nn.GRU(embedding + context, state, batch_first=True)
        self.readout = readout(state + context, readout_size, target_words)

    def read(self, source: Tensor, lengths: Tensor) -> Given:
        """Encode `source` (B, S) with `lengths` (B) into C."""
        memory = self.encoder(source, lengths)
        return self.from_context(memory, torch.tanh(self.to_context(memory.last)))

    def from_context(self, memory: Memory, context: Tensor) -> Given:
        """What the decoder is given when C is `context` (B, C), wherever that came from."""
        return Given(memory, context, None, torch.tanh(self.to_first(context)))

    def forward(self, given: Given, before: Tensor) -> tuple[Tensor, None]:
        """Logits (B, T, V) after each true word `before` (B, T)."""
        assert given.context is not None
        context = given.context[:, None].expand(-1, before.shape[1], -1)  # (B, T, C)
        states, _last = self.gru(joined(self.embedding(before), context), given.first[None])
        return self.readout(joined(states, context)), None

    def step(self, given: Given, state: Tensor, word: Tensor, forced: Tensor | None = None) -> Step:
        """One step; the context it reports is `given.context` itself, so nothing can be forced."""
        assert given.context is not None
        inputs = joined(self.embedding(word), given.context)  # (B, E + C)
        state = advanced(self.gru, inputs, state)  # (B, D)
        return Step(self.readout(joined(state, given.context)), state, given.context, None)
