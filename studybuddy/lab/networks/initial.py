"""Networks whose decoder sees C once, as its first state, and must keep all of it in mind.

    C      tanh(W [h→_S ; h←_1]), or h_S itself  (B, C)
    s_0    tanh(W' C), or C itself               (B, D)
    s_t    GRU(s_{t−1}, y_{t−1})                 (B, D)
    y_t    softmax(U tanh(V s_t))                (B, V)

`InitialContext` differs from `FixedContext` in this wiring alone. `Textbook` is the textbook's
drawing: C is the last hidden state and the decoder's first one (Sutskever et al. 2014,
section 2), which needs decoder states of the encoder's size.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from studybuddy.lab.networks.encoder import Encoder, Memory
from studybuddy.lab.networks.translator import Given, Step, Translator, advanced, readout


class _StartsFromContext(Translator):
    """A decoder that is given nothing but its first state."""

    timing = "no attention: C is the decoder's first state only"

    def __init__(
        self, words: int, encoder: Encoder, embedding: int, state: int, readout_size: int
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.embedding = nn.Embedding(words, embedding)
        self.gru = nn.GRU(embedding, state, batch_first=True)
        self.readout = readout(state, readout_size, words)

    def from_context(self, memory: Memory, context: Tensor) -> Given:
        """What the decoder is given when C is `context` (B, C), wherever that came from."""
        raise NotImplementedError

    def forward(self, given: Given, before: Tensor) -> tuple[Tensor, None]:
        """Logits (B, T, V) after each true word `before` (B, T)."""
        states, _last = self.gru(self.embedding(before), given.first[None])  # (B, T, D)
        return self.readout(states), None

    def step(self, given: Given, state: Tensor, word: Tensor, forced: Tensor | None = None) -> Step:
        """One step; C is reported, though the decoder no longer sees it."""
        assert given.context is not None
        state = advanced(self.gru, self.embedding(word), state)  # (B, D)
        return Step(self.readout(state), state, given.context, None)


class InitialContext(_StartsFromContext):
    """C of a size of its own, projected into the decoder's first state."""

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
        encoder = Encoder(source_words, embedding, hidden, directions, bool(backwards))
        super().__init__(target_words, encoder, embedding, state, readout_size)
        self.to_context = nn.Linear(encoder.size, context)
        self.to_first = nn.Linear(context, state)

    def read(self, source: Tensor, lengths: Tensor) -> Given:
        """Encode `source` (B, S) with `lengths` (B) into C."""
        memory = self.encoder(source, lengths)
        return self.from_context(memory, torch.tanh(self.to_context(memory.last)))

    def from_context(self, memory: Memory, context: Tensor) -> Given:
        """The first state is projected from C."""
        return Given(memory, context, None, torch.tanh(self.to_first(context)))


class Textbook(_StartsFromContext):
    """C = h_S, s_0 = C: the last hidden state is handed over as it is."""

    def __init__(
        self,
        source_words: int,
        target_words: int,
        *,
        embedding: int,
        hidden: int,
        readout_size: int,
        directions: int = 1,
        backwards: int = 0,
    ) -> None:
        encoder = Encoder(source_words, embedding, hidden, directions, bool(backwards))
        super().__init__(target_words, encoder, embedding, encoder.size, readout_size)

    def read(self, source: Tensor, lengths: Tensor) -> Given:
        """Encode `source` (B, S) with `lengths` (B); C is the last state."""
        memory = self.encoder(source, lengths)
        return self.from_context(memory, memory.last)

    def from_context(self, memory: Memory, context: Tensor) -> Given:
        """C is the first state itself."""
        return Given(memory, context, None, context)
