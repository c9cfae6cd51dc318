"""Padding: exactly nothing with the mask, something without it."""

from __future__ import annotations

import pytest
import torch

from studybuddy.catalogue.figures import Heatmap
from studybuddy.catalogue.predictions import Result, Task, fits_question
from studybuddy.lab.batches import batch_of
from studybuddy.lab.experiments.mask import Seen, compare, unmasked
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.networks.build import build
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.mask import sentences
from studybuddy.lab.vocabulary import SOURCE, TARGET

SETTINGS = {"count": 40, "length": 5, "beside": 14}


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[Task, Result]]:
    settings = {"pads": {}, "sum": {}, "changes": {"mask": "off"}}
    tasks = {
        ask: prepare("mask", ask, {**SETTINGS, **extra}, 3, "en") for ask, extra in settings.items()
    }
    return {ask: (task, run(task)) for ask, task in tasks.items()}


def test_with_the_mask_nothing_falls_on_padding_and_nothing_changes(
    results: dict[str, tuple[Task, Result]],
) -> None:
    for _task, result in results.values():
        on = result.data["on"]
        assert on["largest_on_pads"] == 0
        assert on["pads"] == [0, 0, 0]
        assert on["changed"] == 0
        assert on["moved"] < 1e-4
    task, result = results["sum"]
    assert result.answer == pytest.approx(100)
    changed = run(prepare("mask", "changes", {**SETTINGS, "mask": "on"}, 3, "en"))
    assert changed.answer == 0
    assert task.parameters["source"] in task.prompt


def test_without_it_the_key_is_the_mean_weight_on_padding(
    results: dict[str, tuple[Task, Result]],
) -> None:
    task, result = results["pads"]
    off = result.data["off"]
    assert fits_question(task.question, result.answer)
    assert result.answer == pytest.approx(100 * off["pads"][0])
    assert result.clear == (off["pads"][1] > 0)
    assert off["largest_on_pads"] > 0
    assert result.n == 40
    share = results["changes"][1]
    assert share.answer == pytest.approx(100 * share.data["off"]["changed"] / 40)


def test_even_scores_put_a_known_weight_on_padding() -> None:
    """All scores are 0 in this network: each of 14 places gets 1/14, nine of them padding."""
    torch.manual_seed(0)
    sizes = {"embedding": 8, "hidden": 8, "state": 16, "attention": 8, "readout_size": 8}
    network = build("additive", sizes, (len(SOURCE), len(TARGET))).eval()
    with torch.no_grad():
        network.attention.energy.weight.zero_()  # type: ignore[union-attr, operator]
    short, long = sentences(SETTINGS, 1)
    found = {"on": Seen(), "off": Seen()}
    compare(network, short[:6], long, found)
    assert found["off"].pads == pytest.approx([9 / 14] * 6, abs=1e-5)
    assert found["on"].pads == [0.0] * 6
    assert max(found["on"].moved) < 1e-5 < max(found["off"].moved)


def test_unmasked_leaves_everything_but_the_mask() -> None:
    torch.manual_seed(0)
    sizes = {"embedding": 8, "hidden": 8, "state": 16, "attention": 8, "readout_size": 8}
    network = build("dot", sizes, (len(SOURCE), len(TARGET))).eval()
    batch = batch_of([*Unseen(1).of(5, 1), *Unseen(1).of(9, 1)])
    given = network.read(batch.source, batch.lengths)
    open_ = unmasked(given)
    assert bool(open_.memory.mask.all())
    assert torch.equal(open_.memory.states, given.memory.states)
    assert not bool(given.memory.mask.all())


def test_the_heatmaps_show_padding_as_columns(results: dict[str, tuple[Task, Result]]) -> None:
    _task, result = results["pads"]
    without, with_mask = result.figures[1], result.figures[2]
    assert isinstance(without, Heatmap)
    assert isinstance(with_mask, Heatmap)
    assert len(without.columns) == 14
    assert without.columns[5:] == ("·",) * 9
    assert all(row[5:] == (0.0,) * 9 for row in with_mask.values)
    assert any(sum(row[5:]) > 0 for row in without.values)


def test_a_run_is_repeatable_and_seeds_differ() -> None:
    task = prepare("mask", "pads", {**SETTINGS, "model": "dot"}, 8, "zh")
    assert run(task) == run(task)
    assert (
        prepare("mask", "pads", SETTINGS, 9, "zh").parameters["source"] != task.parameters["source"]
    )
