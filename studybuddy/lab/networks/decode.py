"""Greedy decoding: the likeliest word at each step, until the end or a bound on the length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.vocabulary import END, PAD, SOURCE, START, TARGET


@dataclass(frozen=True, slots=True)
class Translation:
    """What a network wrote; `weights` has a row for each word and one for the end, if it attends."""

    words: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...] | None = None


def translate(
    network: Translator, sources: Sequence[Sequence[str]], *, weights: bool = False
) -> list[Translation]:
    """Translate source sentences (words) in one batch; lengths may differ.

    Every word must be in the vocabulary (KeyError otherwise). An output stops after twice its
    own source and ten words, so that it never depends on the other sentences of the batch.
    """
    if not sources:
        return []
    lengths = torch.tensor([len(source) for source in sources])
    longest = int(lengths.max())
    numbers = torch.full((len(sources), longest), PAD)
    for row, source in enumerate(sources):
        numbers[row, : len(source)] = torch.tensor(SOURCE.numbers(source))
    written: list[torch.Tensor] = []
    looked: list[torch.Tensor] = []
    with torch.inference_mode():
        given = network.read(numbers, lengths)
        state = given.first
        word = torch.full((len(sources),), START)
        ended = torch.zeros(len(sources), dtype=torch.bool)
        for _step in range(2 * longest + 10):
            step = network.step(given, state, word)
            state, word = step.state, step.logits.argmax(dim=-1)  # (B, D), (B,)
            written.append(word)
            if weights and step.weights is not None:
                looked.append(step.weights)
            ended |= word == END
            if bool(ended.all()):
                break
    columns = torch.stack(written, dim=1).tolist()  # B lists of T
    rows = torch.stack(looked, dim=1).tolist() if looked else None  # B lists of T lists of S
    translations: list[Translation] = []
    for index, column in enumerate(columns):
        width = int(lengths[index])
        column = column[: 2 * width + 10]
        size = column.index(END) if END in column else len(column)
        shown = None
        if rows is not None:
            shown = tuple(tuple(row[:width]) for row in rows[index][: size + 1])
        translations.append(Translation(TARGET.text(column[:size]), shown))
    return translations
