"""The network with attention.

    s_0    tanh(W [h→_S ; h←_1])              (B, D)
    s_t    GRU(s_{t−1}, y_{t−1})              (B, D)
    α_t    softmax over i of score(s_t, h_i)  (B, S)   s at t scores: Luong's order
    C_t    Σ_i α_ti h_i                       (B, M)   another context vector at each step
    y_t    softmax(U tanh(V [s_t ; C_t]))     (B, V)

Luong et al. 2015, section 3 (order of the computation) with the additive score of Bahdanau
et al. 2014. In Bahdanau's own order s_{t−1} scores, and C_t enters the GRU.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from studybuddy.lab.networks.attention import AdditiveAttention
from studybuddy.lab.networks.encoder import Encoder
from studybuddy.lab.networks.translator import Given, Step, Translator, joined, readout


class Attending(Translator):
    """Encoder and decoder with a context vector C_t for each word that is written."""

    timing = "s at t scores (Luong's order)"

    def __init__(
        self,
        source_words: int,
        target_words: int,
        *,
        embedding: int,
        hidden: int,
        state: int,
        attention: int,
        readout_size: int,
    ) -> None:
        super().__init__()
        self.encoder = Encoder(source_words, embedding, hidden)
        self.to_first = nn.Linear(2 * hidden, state)
        self.embedding = nn.Embedding(target_words, embedding)
        self.gru = nn.GRU(embedding, state, batch_first=True)
        self.attention = AdditiveAttention(state, 2 * hidden, attention)
        self.readout = readout(state + 2 * hidden, readout_size, target_words)

    def read(self, source: Tensor, lengths: Tensor) -> Given:
        """Encode `source` (B, S) with `lengths` (B); the keys are the same at every step."""
        memory = self.encoder(source, lengths)
        first = torch.tanh(self.to_first(memory.last))  # (B, D)
        return Given(memory, None, self.attention.keys(memory.states), first)

    def forward(self, given: Given, before: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (B, T, V) after each true word `before` (B, T), and weights (B, T, S)."""
        assert given.keys is not None
        states, _last = self.gru(self.embedding(before), given.first[None])  # (B, T, D)
        contexts, weights = self.attention(
            states, given.keys, given.memory.states, given.memory.mask
        )
        return self.readout(joined(states, contexts)), weights

    def step(self, given: Given, state: Tensor, word: Tensor) -> Step:
        """One step; its context is the C_t of this step alone."""
        assert given.keys is not None
        output, _last = self.gru(self.embedding(word)[:, None], state[None])  # (B, 1, D)
        contexts, weights = self.attention(
            output, given.keys, given.memory.states, given.memory.mask
        )
        logits = self.readout(joined(output, contexts))[:, 0]
        return Step(logits, output[:, 0], contexts[:, 0], weights[:, 0])
