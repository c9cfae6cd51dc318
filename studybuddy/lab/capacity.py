"""How many bits of a random string reach the decoder.

A string of n symbols drawn from v holds n · log2 v bits. The decoder, told nothing but what the
network carries (and the symbols before), is left with a surprise of −Σ log2 p(y_t | y_<t, C)
bits. The difference was recovered: a lower bound on what this trained model carries, for
another reader of C could do better. It is no property of a unit of C.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from studybuddy.lab.data import Data
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.scoring import log_probabilities
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.vocabulary import END


def bits_held(length: int, data: Data) -> float:
    """Bits in a random string of this length: 3.32 for each of ten digits; the end is no symbol."""
    return length * math.log2(len(data.target) - (END + 1))


def recovered_bits(network: Translator, pairs: Sequence[SentencePair], data: Data) -> list[float]:
    """Bits recovered of each string, teacher forced on its symbols; the end is not counted."""
    scores = log_probabilities(network, pairs, words=(data.source, data.target))  # (B, T)
    return [
        bits_held(len(pair.target), data) + float(row[: len(pair.target)].sum()) / math.log(2)
        for pair, row in zip(pairs, scores, strict=True)
    ]
