"""The decoder walked word by word: what it reads, holds, looks at and may write at each step."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from studybuddy.catalogue.figures import DecoderStep, Decoding
from studybuddy.lab.experiments.notes import timing_note
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import most_words, source_tensors
from studybuddy.lab.networks.translator import Step
from studybuddy.lab.vocabulary import END, START, Vocabulary

TOP = 8
"""Words of each step's output distribution that are kept."""


def decode_steps(model: str, source: Sequence[str]) -> Decoding:
    """The greedy translation of `source` by the bundled network `model`, step by step.

    The last step writes the end. Raises StudyBuddyError when there is no such model, KeyError
    for a word that it does not know.
    """
    return steps_of(load(model), source)


def steps_of(model: Model, source: Sequence[str]) -> Decoding:
    """The same by a network that is loaded already."""
    words = model.data.target
    numbers, lengths = source_tensors([source], model.data.source)
    steps: list[DecoderStep] = []
    with torch.inference_mode():
        given = model.network.read(numbers, lengths)
        state = given.first  # (1, D)
        before = torch.tensor([START])
        for _step in range(most_words(len(source))):
            step = model.network.step(given, state, before)
            chosen = step.logits.argmax(dim=-1)  # (1,)
            steps.append(_described(step, before, chosen, words))
            state, before = step.state, chosen
            if int(chosen) == END:
                break
    return Decoding(timing_note(model.card), tuple(source), tuple(steps))


def _described(step: Step, before: Tensor, chosen: Tensor, words: Vocabulary) -> DecoderStep:
    probabilities = torch.softmax(step.logits[0], dim=-1)  # (V,)
    best = probabilities.topk(min(TOP, len(words)))
    likeliest = zip(words.text(best.indices.tolist()), best.values.tolist(), strict=True)
    return DecoderStep(
        word=words.words[int(chosen)],
        before=words.words[int(before)],
        state=_numbers(step.state),
        scores=() if step.scores is None else _numbers(step.scores),
        weights=() if step.weights is None else _numbers(step.weights),
        context=_numbers(step.context),
        distribution=tuple(likeliest),
    )


def _numbers(tensor: Tensor) -> tuple[float, ...]:
    """The only row of (1, N) as plain numbers."""
    return tuple(tensor[0].tolist())
