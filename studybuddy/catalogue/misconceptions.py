"""What learners of the chapter often believe and what is wrong: M1 to M36, each in one sentence.

An experiment names those that it speaks to; the laboratory shows them before the run.
"""

from __future__ import annotations

from collections.abc import Iterable

from studybuddy.text.translation import _


def believed(code: str) -> str:
    """The misconception of this number, as a learner would say it; the number itself if unknown."""
    return _sentences().get(code, code)


def beliefs(codes: Iterable[str]) -> list[str]:
    """The misconceptions of these numbers, in their order."""
    return [believed(code) for code in codes]


def _sentences() -> dict[str, str]:
    return {
        "M1": _("C is a word embedding."),
        "M2": _("C is as long as the sentence."),
        "M3": _("The encoder writes the translation."),
        "M4": _("Input and output words must match one to one."),
        "M5": _("Encoder and decoder share their weights."),
        "M6": _("The decoder stops after as many words as the source has."),
        "M7": _("Long sentences are slow, and that is the bottleneck."),
        "M8": _("The vanishing gradient and the bottleneck are one thing."),
        "M9": _("A larger C removes the bottleneck for free."),
        "M10": _("Reading in both directions removes the bottleneck."),
        "M11": _("Attention replaces the encoder."),
        "M12": _("Attention weights are parameters that training adjusts."),
        "M13": _("A sentence has one set of attention weights."),
        "M14": _("Attention picks exactly one word."),
        "M15": _("Attention weights lie over the vocabulary."),
        "M16": _("Attention weights need not sum to 1."),
        "M17": _("The query is a state of the encoder."),
        "M18": _("C_t is a weighted sum of embeddings, or of scores."),
        "M19": _("With attention, the gradient inside the encoder no longer vanishes."),
        "M20": _("The heatmap explains the output, like a dictionary."),
        "M21": _("Self-attention is this attention."),
        "M22": _("Clipping cures the vanishing gradient."),
        "M23": _("A vanishing gradient means that the loss, or the weights, go to zero."),
        "M24": _("Only the sigmoid makes gradients vanish."),
        "M25": _("With tanh a gradient cannot explode."),
        "M26": _("Gates are switches: 0 or 1."),
        "M27": _("Forget gate 1 means: forget."),
        "M28": _("The cell state goes to the output layer."),
        "M29": _("A GRU has a cell state."),
        "M30": _("The gradient of an LSTM never vanishes."),
        "M31": _("The output gate uses tanh."),
        "M32": _("Teacher forcing is used at test time too."),
        "M33": _("Beam search finds the best sentence."),
        "M34": _("A wider beam is always better."),
        "M35": _("BLEU measures accuracy, or understanding."),
        "M36": _("Perplexities of different settings can be compared."),
    }
