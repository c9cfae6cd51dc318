"""Feeding the decoder: what is fed, what counts as right, and no perplexity of a free run."""

from __future__ import annotations

import math

import pytest
import torch

from studybuddy.catalogue.figures import Curve, Table
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.batches import batch_of
from studybuddy.lab.experiments import forcing
from studybuddy.lab.experiments.comparing import unseen_pairs, written
from studybuddy.lab.feeding import Fed, fed, one_wrong, own_words
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.scoring import log_probabilities
from studybuddy.lab.plan import HEADLINE_FIXED
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare
from studybuddy.lab.vocabulary import END, PAD, START

ASKS = ("gap", "wrong", "exact")


@pytest.fixture(scope="module")
def model() -> Model:
    return load(HEADLINE_FIXED)


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[Task, Result]]:
    tasks = {ask: prepare("forcing", ask, {"count": 60}, 9, "en") for ask in ASKS}
    return {ask: (task, run(task)) for ask, task in tasks.items()}


def test_teacher_forced_chances_are_those_of_the_gold_words(model: Model) -> None:
    pairs = unseen_pairs(model.data, (6, 12), 10, 2)
    batch = batch_of(pairs)
    ways = fed(model, batch, batch.before)
    scores = log_probabilities(model.network, pairs)
    for row, pair, score in zip(ways.chances, pairs, scores, strict=True):
        assert len(row) == len(pair.target) + 1
        assert [math.log(chance) for chance in row] == pytest.approx(
            score[: len(row)].tolist(), abs=1e-4
        )


def test_perplexity_by_hand() -> None:
    """p = 1/2, 1/4 and 1/8: the geometric mean is 1/4."""
    assert Fed([[0.5, 0.25], [0.125]], [[True] * 2, [True]]).perplexity == pytest.approx(4)


def test_a_free_run_is_fed_with_its_own_words_and_nothing_is_right_after_its_end(
    model: Model,
) -> None:
    pairs = unseen_pairs(model.data, (8, 8), 2, 2)
    batch = batch_of(pairs)
    outputs = [pairs[0].target, pairs[1].target[:2]]
    before = own_words(model, batch, outputs)
    first = model.data.target.numbers(pairs[0].target)
    assert before[0, : len(first) + 1].tolist() == [START, *first]
    assert before[1, :5].tolist() == [
        START,
        *model.data.target.numbers(outputs[1]),
        END,
        PAD,
    ]
    ways = fed(model, batch, before, outputs)
    assert ways.chances[1][3:] == [0.0] * (len(pairs[1].target) + 1 - 3)
    assert not any(ways.hits[1][3:])
    assert ways.chances[1][2] > 0


def test_one_word_alone_is_wrong_and_it_is_the_likeliest_wrong_one(model: Model) -> None:
    pairs = unseen_pairs(model.data, (6, 9), 6, 3)
    batch = batch_of(pairs)
    before = one_wrong(model, batch, 1)
    assert (before != batch.before).sum(dim=1).tolist() == [1] * len(pairs)
    assert bool((before[:, 2] != batch.before[:, 2]).all())
    with torch.inference_mode():
        logits, _weights = model.network(
            model.network.read(batch.source, batch.lengths), batch.before
        )
    for row in range(len(pairs)):
        ranked = logits[row, 1].argsort(descending=True).tolist()
        gold = int(batch.words[row, 1])
        best = next(word for word in ranked if word not in (gold, PAD, START, END))
        assert int(before[row, 2]) == best


def test_words_before_the_wrong_one_are_untouched(
    results: dict[str, tuple[Task, Result]],
) -> None:
    _task, result = results["wrong"]
    place = result.data["wrong_word_at"]
    chances = result.data["chances"]
    assert chances["one_wrong"][:place] == pytest.approx(chances["forced"][:place], abs=1e-6)
    assert chances["one_wrong"][place] < chances["forced"][place]


def test_the_gap_is_the_difference_of_the_shares(results: dict[str, tuple[Task, Result]]) -> None:
    _task, result = results["gap"]
    right = result.data["words_right"]
    assert result.answer == pytest.approx(100 * (right["forced"] - right["free"]))
    assert result.low is not None
    assert result.high is not None
    assert result.low <= result.answer <= result.high  # type: ignore[operator]
    assert result.clear == (result.low > 0 or result.high < forcing.NO_GAP)


def test_as_many_sentences_are_wholly_right_either_way(model: Model) -> None:
    """As long as every word is right, both are fed alike: the sentences are the very same."""
    pairs = unseen_pairs(model.data, (8, 14), 40, 6)
    batch = batch_of(pairs)
    ways = fed(model, batch, batch.before)
    outputs = [translation.words for translation in written(model, pairs)]
    for hits, output, pair in zip(ways.hits, outputs, pairs, strict=True):
        assert all(hits) == (output == pair.target)


def test_the_verdict_names_a_loss_of_ten_points() -> None:
    big, small, unsure = (30.0, 20.0, 40.0), (1.0, -1.0, 3.0), (11.0, 7.0, 15.0)
    assert forcing.verdict(big, small) == (0, True)
    assert forcing.verdict(big, big) == (1, True)
    assert forcing.verdict(small, small) == (2, True)
    assert forcing.verdict(big, unsure) == (1, False)


def test_no_perplexity_of_a_free_run_is_ever_shown(
    results: dict[str, tuple[Task, Result]],
) -> None:
    for _task, result in results.values():
        assert "perplexity_teacher_forced" in result.data
        assert not [key for key in result.data if "perplexity" in key and "teacher" not in key]
        table = result.figures[1]
        assert isinstance(table, Table)
        place = table.headings.index("perplexity")
        forced, free = (row[place] for row in table.rows)
        assert float(forced) > 1
        assert not any(letter.isdigit() for letter in free)


def test_a_run_is_repeatable(results: dict[str, tuple[Task, Result]]) -> None:
    task, result = results["gap"]
    assert run(task) == result
    curve = result.figures[0]
    assert isinstance(curve, Curve)
    assert all(len(series.y) == len(curve.x) for series in curve.series)


def test_the_curve_is_shown_as_it_grows() -> None:
    task = prepare("forcing", "gap", {"count": 100}, 9, "en")
    told: list[Progress] = []
    result = run(task, told.append)
    curves = [step.figures[0] for step in told if step.figures]
    counted = [curve.series[0].n[0] for curve in curves if isinstance(curve, Curve)]
    assert sorted(set(counted)) == [40, 80, 100]
    assert counted == sorted(counted)
    assert all(step.figures for step in told if step.done)
    assert curves[-1] == result.figures[0]
