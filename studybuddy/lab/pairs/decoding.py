"""Greedy translation with an open vocabulary, many sentences at once."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.pairs.corpus import UNKNOWN, OpenVocabulary
from studybuddy.lab.pairs.tokens import UNKNOWN_WRITTEN, Tokens
from studybuddy.lab.vocabulary import END, PAD, START

_AT_ONCE = 128


def write(
    network: Translator,
    sources: Sequence[Tokens],
    words: tuple[OpenVocabulary, OpenVocabulary],
    most: int,
) -> list[Tokens]:
    """The likeliest word at each step, up to `most` of them; <unk> is written as ⁇.

    Sentences of similar length share a batch.
    """
    written: list[Tokens] = [()] * len(sources)
    order = sorted(range(len(sources)), key=lambda index: len(sources[index]))
    network.eval()
    device = network.device
    for at in range(0, len(order), _AT_ONCE):
        chosen = order[at : at + _AT_ONCE]
        numbers = [words[0].numbers(sources[index]) for index in chosen]
        lengths = torch.tensor([len(each) for each in numbers])
        source = torch.full((len(chosen), int(lengths.max())), PAD)
        for row, each in enumerate(numbers):
            source[row, : len(each)] = torch.tensor(each)
        found = _greedy(network, source.to(device), lengths, most)
        for index, column in zip(chosen, found, strict=True):
            written[index] = tuple(
                UNKNOWN_WRITTEN if number == UNKNOWN else words[1].words[number]
                for number in column
            )
    return written


@torch.inference_mode()
def _greedy(
    network: Translator, source: torch.Tensor, lengths: torch.Tensor, most: int
) -> list[list[int]]:
    """Numbers of each row of `source` (B, S) up to its end, which is left out."""
    given = network.read(source, lengths)
    state = given.first
    word = torch.full((len(source),), START, device=source.device)
    ended = torch.zeros(len(source), dtype=torch.bool, device=source.device)
    columns: list[torch.Tensor] = []
    for _step in range(most):
        step = network.step(given, state, word)
        logits = step.logits
        logits[:, [PAD, START]] = float("-inf")
        state, word = step.state, logits.argmax(dim=-1)  # (B, D), (B,)
        columns.append(word)
        ended |= word == END
        if bool(ended.all()):
            break
    rows: list[list[int]] = torch.stack(columns, dim=1).tolist()
    return [row[: row.index(END)] if END in row else row for row in rows]
