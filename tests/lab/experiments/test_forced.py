"""Overruled weights: the key is counted over many steps, and nothing is claimed when nothing changes."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from studybuddy.catalogue.figures import Table
from studybuddy.catalogue.predictions import Progress, Result, Task, fits_question
from studybuddy.lab.experiments import forced
from studybuddy.lab.experiments.forced import Effect, measure
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.networks.build import build
from studybuddy.lab.overruling import HOWS
from studybuddy.lab.plan import HEADLINE_ATTENTION
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.forced import Overruled, example, overruled
from studybuddy.lab.vocabulary import SOURCE, TARGET

SETTINGS = {"count": 100, "lengths": [5, 9]}


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[Task, Result, list[Progress]]]:
    found = {}
    for ask in ("word", "changed", "fall", "everywhere"):
        told: list[Progress] = []
        task = prepare("forced", ask, SETTINGS, 2, "en")
        found[ask] = task, run(task, told.append), told
    return found


def test_a_step_writes_a_content_word_and_looks_at_another() -> None:
    for pair in Unseen(1).of(9, 20):
        chosen = overruled(pair, 3)
        if chosen is None:
            continue
        assert chosen.step in pair.content
        links = dict(pair.sure)
        assert links[chosen.step] != chosen.word
        assert (
            chosen.translation
            == pair.target[next(t for t in links if links[t] == chosen.word and t in pair.content)]
        )
        assert chosen == overruled(pair, 3)


def test_the_example_is_the_tasks_own() -> None:
    task = prepare("forced", "word", SETTINGS, 6, "zh")
    pair, chosen = example(5, 9, 6)
    assert " ".join(pair.source) == task.parameters["source"]
    assert (chosen.step, chosen.word) == (task.parameters["step"], task.parameters["word"])
    assert pair.source[chosen.word] in task.prompt


def test_each_key_is_its_own_number(
    results: dict[str, tuple[Task, Result, list[Progress]]],
) -> None:
    for task, result, _told in results.values():
        assert fits_question(task.question, result.answer)
        assert result.n == 100
        assert set(result.models) == {HEADLINE_ATTENTION}
    effects = results["fall"][1].data["effects"]
    uniform, word = effects["uniform"], effects["word"]
    assert results["fall"][1].answer == pytest.approx(uniform["fall"][0])
    assert results["changed"][1].answer == pytest.approx(uniform["changed"])
    assert results["everywhere"][1].answer == pytest.approx(uniform["same_output"])
    counts = [word["gold"], word["forced_word"], 100 - word["gold"] - word["forced_word"]]
    assert counts[int(results["word"][1].answer)] == max(counts)  # type: ignore[arg-type]
    assert results["word"][1].clear == (max(counts) > 60)


def test_the_network_writes_what_it_is_made_to_look_at(
    results: dict[str, tuple[Task, Result, list[Progress]]],
) -> None:
    word = results["word"][1].data["effects"]["word"]
    assert word["forced_word"] > word["gold"]
    assert word["fall"][1] > 1


def test_progress_shows_the_tables_so_far(
    results: dict[str, tuple[Task, Result, list[Progress]]],
) -> None:
    _task, result, told = results["fall"]
    shown = [step.figures for step in told if step.figures]
    assert shown
    assert isinstance(shown[0][0], Table)
    assert isinstance(result.figures[-1], Table)
    assert len(result.figures[-1].headings) == 1 + len(HOWS)
    assert len(result.figures[-1].rows) == 5


def test_a_network_that_ignores_its_contexts_shows_no_change() -> None:
    torch.manual_seed(1)
    sizes = {"embedding": 8, "hidden": 8, "state": 16, "attention": 8, "readout_size": 8}
    network = build("additive", sizes, (len(SOURCE), len(TARGET))).eval()
    first = network.readout[0]  # type: ignore[index]
    assert isinstance(first, nn.Linear)
    with torch.no_grad():
        first.weight[:, 16:] = 0.0
    pairs = Unseen(2).of(6, 10)
    steps = [overruled(pair, 1) or Overruled(0, 1, pair.target[0]) for pair in pairs]
    effects = {how: Effect() for how in HOWS}
    measure(network, pairs, steps, 1, effects)
    for effect in effects.values():
        assert max(abs(value) for value in effect.fall) < forced.NOTHING
        assert (effect.changed, effect.same) == (0, len(pairs))


def test_a_fall_inside_its_interval_is_not_clear() -> None:
    from studybuddy.lab.models import load

    task = prepare("forced", "fall", SETTINGS, 2, "en")
    effects = {how: Effect(fall=[1.0, -1.0] * 50) for how in HOWS}
    result = forced._result(task, load(HEADLINE_ATTENTION), effects)
    assert not result.clear
    assert result.answer >= 0  # type: ignore[operator]
    assert not math.isnan(result.answer)  # type: ignore[arg-type]


def test_another_seed_overrules_other_sentences() -> None:
    first, second = (prepare("forced", "word", SETTINGS, seed, "en") for seed in (1, 2))
    assert first.parameters["source"] != second.parameters["source"]
