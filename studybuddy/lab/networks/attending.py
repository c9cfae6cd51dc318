"""The networks with attention.

    s_0    tanh(W [h→_S ; h←_1])              (B, D)
    α_t    softmax over i of score(s, h_i)    (B, S)
    C_t    Σ_i α_ti h_i                       (B, M)   another context vector at each step
    y_t    softmax(U tanh(V [s_t ; C_t]))     (B, V)

Luong's order    s_t = GRU(s_{t−1}, y_{t−1}), and s_t scores         Luong et al. 2015, section 3
Bahdanau's order s_{t−1} scores, and s_t = GRU(s_{t−1}, [y_{t−1} ; C_t])
                                                          Bahdanau et al. 2014, section 3.1
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from studybuddy.lab.networks.attention import Attended, scoring
from studybuddy.lab.networks.encoder import Encoder, Memory
from studybuddy.lab.networks.translator import Given, Step, Translator, advanced, joined, readout


class _Attends(Translator):
    """What both orders share: the encoder, the score function, how attention is overruled."""

    def __init__(
        self,
        source_words: int,
        target_words: int,
        *,
        score: str,
        embedding: int,
        hidden: int,
        state: int,
        attention: int,
        readout_size: int,
        directions: int = 2,
        backwards: int = 0,
        context_enters: bool,
    ) -> None:
        super().__init__()
        self.encoder = Encoder(source_words, embedding, hidden, directions, bool(backwards))
        memory = self.encoder.size
        self.to_first = nn.Linear(memory, state)
        self.embedding = nn.Embedding(target_words, embedding)
        self.gru = nn.GRU(embedding + memory * context_enters, state, batch_first=True)
        self.attention = scoring(score, state, memory, attention)
        self.readout = readout(state + memory, readout_size, target_words)

    def read(self, source: Tensor, lengths: Tensor) -> Given:
        """Encode `source` (B, S) with `lengths` (B); the keys are the same at every step."""
        return self.from_memory(self.encoder(source, lengths))

    def from_memory(self, memory: Memory) -> Given:
        """What the decoder is given when these are the encoder's states, wherever they came from."""
        first = torch.tanh(self.to_first(memory.last))  # (B, D)
        padded = not bool(memory.mask.all())
        return Given(memory, None, self.attention.keys(memory.states), first, padded)

    def _look(self, given: Given, queries: Tensor, forced: Tensor | None = None) -> Attended:
        """Attention of `queries` (B, T, D); `forced` (B, S) overrules the weights."""
        assert given.keys is not None
        mask = given.memory.mask if given.padded else None
        looked: Attended = self.attention(queries, given.keys, given.memory.states, mask)
        if forced is None:
            return looked
        weights = forced[:, None].expand_as(looked.weights)
        return Attended(weights @ given.memory.states, weights, looked.energies)


class Attending(_Attends):
    """Luong's order: the new state scores."""

    timing = "s at t scores (Luong's order)"

    def __init__(self, source_words: int, target_words: int, *, score: str, **sizes: int) -> None:
        super().__init__(source_words, target_words, score=score, context_enters=False, **sizes)

    def forward(self, given: Given, before: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (B, T, V) after each true word `before` (B, T), and weights (B, T, S)."""
        states, _last = self.gru(self.embedding(before), given.first[None])  # (B, T, D)
        looked = self._look(given, states)
        return self.readout(joined(states, looked.contexts)), looked.weights

    def step(self, given: Given, state: Tensor, word: Tensor, forced: Tensor | None = None) -> Step:
        """One step; its context is the C_t of this step alone."""
        state = advanced(self.gru, self.embedding(word), state)  # (B, D)
        looked = self._look(given, state.unsqueeze(1), forced)
        context = looked.contexts.squeeze(1)
        logits = self.readout(joined(state, context))
        return Step(logits, state, context, looked.weights.squeeze(1), looked.energies.squeeze(1))


class Bahdanau(_Attends):
    """Bahdanau's order: the state before scores, and C_t enters the new one."""

    timing = "s at t−1 scores (Bahdanau's order)"

    def __init__(self, source_words: int, target_words: int, *, score: str, **sizes: int) -> None:
        super().__init__(source_words, target_words, score=score, context_enters=True, **sizes)

    def _advance(
        self, given: Given, state: Tensor, embedded: Tensor, forced: Tensor | None = None
    ) -> tuple[Tensor, Attended]:
        """The next state (B, D) after the word `embedded` (B, E), and what was looked at."""
        looked = self._look(given, state.unsqueeze(1), forced)
        inputs = joined(embedded, looked.contexts.squeeze(1))  # (B, E + M)
        return advanced(self.gru, inputs, state), looked

    def forward(self, given: Given, before: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (B, T, V) after each true word `before` (B, T), and weights (B, T, S)."""
        embedded = self.embedding(before)  # (B, T, E)
        state = given.first
        states, contexts, weights = [], [], []
        for t in range(before.shape[1]):
            state, looked = self._advance(given, state, embedded[:, t])
            states.append(state)
            contexts.append(looked.contexts[:, 0])
            weights.append(looked.weights[:, 0])
        both = joined(torch.stack(states, dim=1), torch.stack(contexts, dim=1))
        return self.readout(both), torch.stack(weights, dim=1)

    def step(self, given: Given, state: Tensor, word: Tensor, forced: Tensor | None = None) -> Step:
        """One step; its context is the C_t of this step alone."""
        state, looked = self._advance(given, state, self.embedding(word), forced)
        context = looked.contexts.squeeze(1)
        logits = self.readout(joined(state, context))
        return Step(logits, state, context, looked.weights.squeeze(1), looked.energies.squeeze(1))
