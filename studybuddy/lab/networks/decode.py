"""Greedy decoding: the likeliest word at each step, until the end or a bound on the length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from studybuddy.lab.networks.translator import Given, Translator
from studybuddy.lab.vocabulary import END, PAD, SOURCE, START, TARGET, Vocabulary

Forced = Callable[[int], Tensor | None]


@dataclass(frozen=True, slots=True)
class Translation:
    """What a network wrote; `weights` has a row for each word and one for the end, if it attends."""

    words: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...] | None = None


def most_words(source: int) -> int:
    """How many words an output may have: it depends on its own source alone, never on a batch."""
    return 2 * source + 10


def source_tensors(
    sources: Sequence[Sequence[str]], vocabulary: Vocabulary = SOURCE
) -> tuple[Tensor, Tensor]:
    """Numbers (B, S), padded at the end, and lengths (B). KeyError for an unknown word."""
    lengths = [len(source) for source in sources]
    longest = max(lengths)
    rows = [[*vocabulary.numbers(source), *[PAD] * (longest - len(source))] for source in sources]
    return torch.tensor(rows), torch.tensor(lengths)


def translate(
    network: Translator,
    sources: Sequence[Sequence[str]],
    *,
    weights: bool = False,
    words: tuple[Vocabulary, Vocabulary] = (SOURCE, TARGET),
) -> list[Translation]:
    """Translate source sentences (words) in one batch; lengths may differ.

    `words` are the source and target vocabularies; every source word must be in the first
    (KeyError otherwise). An output stops after `most_words` of its own source.
    """
    if not sources:
        return []
    numbers, lengths = source_tensors(sources, words[0])
    device = network.device
    with torch.inference_mode():
        given = network.read(numbers.to(device), lengths)
        return write(network, given, lengths.tolist(), weights=weights, target=words[1])


def write(
    network: Translator,
    given: Given,
    lengths: Sequence[int],
    *,
    weights: bool = False,
    target: Vocabulary = TARGET,
    forced: Forced | None = None,
) -> list[Translation]:
    """Greedy decoding of what was read, wherever it came from; `lengths` are the sources'.

    `forced` gives attention weights (B, S) to a step counted from 0, or None to leave it alone.
    """
    written: list[list[int]] = []
    looked: list[Tensor] = []
    running = set(range(len(lengths)))
    with torch.inference_mode():
        state = given.first
        word = torch.full((len(lengths),), START, device=given.first.device)
        for t in range(most_words(max(lengths))):
            step = network.step(given, state, word, None if forced is None else forced(t))
            state, word = step.state, step.logits.argmax(dim=-1)  # (B, D), (B,)
            written.append(word.tolist())
            if weights and step.weights is not None:
                looked.append(step.weights)
            if END in written[-1]:
                running -= {row for row, number in enumerate(written[-1]) if number == END}
                if not running:
                    break
    columns = list(zip(*written, strict=True))  # B rows of T
    rows = torch.stack(looked, dim=1).tolist() if looked else None  # B lists of T lists of S
    translations: list[Translation] = []
    for index, column in enumerate(columns):
        width = lengths[index]
        column = column[: most_words(width)]
        size = column.index(END) if END in column else len(column)
        shown = None
        if rows is not None:
            shown = tuple(tuple(row[:width]) for row in rows[index][: size + 1])
        translations.append(Translation(target.text(column[:size]), shown))
    return translations
