"""The decoder walked word by word is the decoder: same words, same weights, nothing added."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest
import torch

from studybuddy.lab.data import DATA
from studybuddy.lab.models import Model
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.decode import most_words, translate
from studybuddy.lab.stepping import TOP, steps_of
from studybuddy.lab.vocabulary import SOURCE, TARGET
from studybuddy.lab.walks import drawn_sentence, walkable

CONTEXT = {"embedding": 8, "hidden": 8, "state": 16, "context": 12, "readout_size": 16}
ATTENTION = {"embedding": 8, "hidden": 8, "state": 16, "attention": 8, "readout_size": 16}
KINDS = {"fixed": CONTEXT, "initial": CONTEXT, "additive": ATTENTION, "bahdanau": ATTENTION}


def model_of(kind: str, seed: int = 0) -> Model:
    """A network with random weights, large enough that its output changes from word to word."""
    torch.manual_seed(seed)
    network = build(kind, KINDS[kind], (len(SOURCE), len(TARGET)))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(4)
    network.eval()
    return Model(network, SimpleNamespace(name=kind, timing=network.timing), DATA["grammar"])  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_stepwise_is_the_translation(kind: str, seed: int) -> None:
    model, source = model_of(kind, seed), drawn_sentence(seed)
    walked = steps_of(model, source)
    (whole,) = translate(model.network, [source], weights=True)
    written = [step.word for step in walked.steps]
    assert tuple(written[: len(whole.words)]) == whole.words
    assert written[len(whole.words) :] in ([], ["<end>"])
    assert len(written) <= most_words(len(source))
    for step, weights in zip(walked.steps, whole.weights or (), strict=False):
        assert step.weights == pytest.approx(weights, abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_each_step_hangs_together(kind: str) -> None:
    source = drawn_sentence(5)
    walked = steps_of(model_of(kind), source)
    assert walked.source == source
    assert walked.steps[0].before == "<start>"
    for at, step in enumerate(walked.steps):
        if at:
            assert step.before == walked.steps[at - 1].word
        words, shares = zip(*step.distribution, strict=True)
        assert words[0] == step.word
        assert len(words) == TOP
        assert list(shares) == sorted(shares, reverse=True)
        assert sum(shares) <= 1 + 1e-6
        assert len(step.state) == 16


@pytest.mark.parametrize("kind", ["additive", "bahdanau"])
def test_weights_are_the_softmax_of_the_scores(kind: str) -> None:
    source = drawn_sentence(7)
    for step in steps_of(model_of(kind), source).steps:
        assert len(step.scores) == len(step.weights) == len(source)
        total = sum(math.exp(score) for score in step.scores)
        expected = [math.exp(score) / total for score in step.scores]
        assert step.weights == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(("kind", "same"), [("fixed", True), ("additive", False)])
def test_c_stays_and_c_t_changes(kind: str, same: bool) -> None:
    walked = steps_of(model_of(kind), drawn_sentence(5))
    contexts = {step.context for step in walked.steps}
    assert (len(contexts) == 1) == same
    if kind == "fixed":
        assert all(step.scores == step.weights == () for step in walked.steps)


def test_what_can_be_walked_reads_the_small_language() -> None:
    from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED, PLANS

    names = walkable()
    assert names[:3] == (HEADLINE_ATTENTION, "bahdanau", HEADLINE_FIXED)
    assert len(set(names)) == len(names)
    assert all(PLANS[name].recipe.data == "grammar" for name in names)


def test_a_drawn_sentence_is_the_same_for_its_seed() -> None:
    assert drawn_sentence(3) == drawn_sentence(3) != drawn_sentence(4)
