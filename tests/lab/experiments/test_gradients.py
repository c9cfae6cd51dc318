"""E5: the key is what the networks gave, and the seed decides which networks."""

from __future__ import annotations

import copy
import json

import pytest
import torch

from studybuddy.catalogue.figures import Curve, Table
from studybuddy.catalogue.predictions import Progress, Result, Task, prediction_holds
from studybuddy.lab.experiments import gradient_words, gradients
from studybuddy.lab.experiments.gradients import ranking
from studybuddy.lab.gradients import DISTANCES, factor_per_step, mean_over_seeds
from studybuddy.lab.run import Cancelled, run, run_own
from studybuddy.lab.tasks import prepare


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradients, "SEED_COUNT", 3)
    monkeypatch.setattr(gradient_words, "SEED_COUNT", 3)


def _run(ask: str, seed: int = 5, **parameters: object) -> tuple[Task, Result]:
    task = prepare("gradients", ask, parameters, seed, "en")
    return task, run(task)


def _logs(result: Result, cell: str, trained: bool = False) -> list[list[float]]:
    for entry in result.data["networks"]:
        if (entry["cell"], entry["trained"]) == (cell, trained):
            return list(entry["log10"])
    raise AssertionError(cell)


def test_a_ranking_by_hand_with_what_the_seeds_cannot_tell_apart() -> None:
    place = DISTANCES.index(20)

    def rows(values: list[float]) -> list[tuple[float, ...]]:
        return [tuple(v if i == place else 0.0 for i in range(len(DISTANCES))) for v in values]

    order, ties = ranking(
        [rows([-6.0, -6.1, -5.9]), rows([-2.0, -2.2, -1.8]), rows([-1.9, -2.1, -2.2])], 20
    )
    assert order == (1, 2, 0)
    assert ties == ((1, 2),)


@pytest.mark.parametrize("state", ["default", "trained"])
def test_the_order_is_that_of_the_measured_gradients(state: str) -> None:
    task, result = _run("order", state=state)
    assert isinstance(result.answer, tuple)
    place = DISTANCES.index(20)
    means = [
        sum(row[place] for row in rows) / len(rows)
        for rows in (_logs(result, cell, state == "trained") for cell in task.parameters["cells"])
    ]
    ordered = [means[int(item)] for item in result.answer]
    assert ordered == sorted(means, reverse=True)
    assert task.parameters["cells"][int(result.answer[-1])] == "rnn"
    assert prediction_holds(task.question, result.answer, result)


def test_the_factor_is_the_slope_and_its_interval_is_over_seeds() -> None:
    _task, result = _run("rate", network="rnn")
    expected = mean_over_seeds([factor_per_step(row) for row in _logs(result, "rnn")])
    assert (result.answer, result.low, result.high) == pytest.approx(
        (expected.value, expected.low, expected.high)
    )
    assert result.n == 3


def test_an_open_gate_reaches_further_back_than_a_plain_network() -> None:
    task, result = _run("order", state="open", bias=3)
    assert isinstance(result.answer, tuple)
    assert task.parameters["cells"][int(result.answer[-1])] == "rnn"
    assert result.clear


def test_tanh_explodes_only_at_the_largest_gain() -> None:
    task, result = _run("explode")
    factors = {e["gain"]: e["factor_per_step"] for e in result.data["networks"]}
    assert [gain for gain, factor in factors.items() if factor > 1] == [2.0]
    assert result.answer == 3
    assert result.clear
    assert not prediction_holds(task.question, 1, result)  # the linear network's answer
    assert not prediction_holds(task.question, 4, result)  # "tanh cannot explode"


def test_curves_are_in_logarithms_with_intervals_and_the_linear_reference() -> None:
    _task, result = _run("order")
    curve, table = result.figures
    assert isinstance(curve, Curve)
    assert isinstance(table, Table)
    assert not curve.percent
    assert len(curve.series) == 6
    assert "linear" in curve.series[-1].name
    for series in curve.series:
        assert all(curve.y_low <= y <= curve.y_high for y in series.y)
    for series in curve.series[:-1]:
        assert "untrained" in series.name or "gate" in series.name
        assert all(
            low <= y <= high for low, y, high in zip(series.low, series.y, series.high, strict=True)
        )
    assert max(curve.series[0].y) != 0  # never divided by its own largest value
    assert len(table.rows) == 6
    assert json.loads(json.dumps(result.data)) == result.data


def test_a_run_is_repeatable_streams_its_curve_and_can_be_stopped() -> None:
    task, result = _run("rate", network="rnn orthogonal", gain="0.5")
    told: list[Progress] = []
    assert run(task, told.append) == result
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert told[-1].done == told[-1].total
    grown = [len(step.figures[0].series) for step in told if step.figures]  # type: ignore[union-attr]
    assert grown == [2, 3]
    assert _run("rate", seed=6, network="rnn orthogonal", gain="0.5")[1].answer != result.answer
    with pytest.raises(Cancelled):
        run(task, cancelled=lambda: True)


@pytest.mark.parametrize("ask", ["order", "rate", "explode"])
def test_prompts_are_whole_in_both_languages(ask: str) -> None:
    for state in ("default", "open", "trained"):
        parameters = {"state": state} if ask == "order" else {}
        english = prepare("gradients", ask, parameters, 3, "en")
        chinese = prepare("gradients", ask, parameters, 3, "zh")
        assert english.parameters == chinese.parameters
        assert "{" not in english.prompt + chinese.prompt
        assert any("一" <= letter <= "鿿" for letter in chinese.prompt)


def test_an_own_sentence_has_a_gradient_at_every_word() -> None:
    words = ("the", "old", "man", "bought", "three", "books", "in", "the", "garden", ".")
    told: list[Progress] = []
    task = prepare("gradients", "order", {"state": "open", "bias": 3}, 5, "en")
    result = run_own("gradients", "the old man bought three books in the garden", task, told.append)
    untrained, translators = result.figures
    assert isinstance(untrained, Curve)
    assert isinstance(translators, Curve)
    assert untrained.x == translators.x
    assert [label.split()[1] for label in untrained.x] == list(reversed(words))
    by_name = {series.name: series.y for series in untrained.series}
    assert len(by_name) == 5
    plain, opened = by_name["LSTM, untrained"], by_name["LSTM, gate +3"]
    assert plain[0] - plain[-1] > 1  # vanishes over the sentence
    assert opened[-1] > plain[-1] + 1  # the open gate lets it through
    assert [len(series.y) for series in translators.series] == [10, 10]
    assert set(result.models) == {"textbook-fixed", "textbook-attention"}
    assert [len(step.figures[0].series) for step in told if step.figures] == [1, 2, 3, 4, 5]  # type: ignore[union-attr]
    assert run_own("gradients", " ".join(words), task) == result
    assert json.loads(json.dumps(result.data)) == result.data


def test_trained_recallers_cannot_read_an_own_sentence_so_their_twins_are_shown() -> None:
    task = prepare("gradients", "order", {"state": "trained"}, 5, "en")
    result = run_own("gradients", "the cat slept", task)
    names = [series.name for series in result.figures[0].series]  # type: ignore[union-attr]
    assert names == ["RNN, untrained", "GRU, untrained", "LSTM, untrained"]


def test_the_gradient_at_a_word_is_that_of_finite_differences() -> None:
    network = gradient_words.untrained("gru", 4, symbols=20)
    numbers = [3, 7, 11]
    logs = gradient_words.sentence_gradients(network, numbers, 9)
    network = copy.deepcopy(network).double()
    generator = torch.Generator().manual_seed(1_000_003 + 9)
    direction = torch.randn(8, generator=generator, dtype=torch.float64)
    direction /= direction.norm()
    inputs = network.embedding(torch.tensor([numbers])).detach()
    slopes = torch.zeros_like(inputs[0])
    for t in range(3):
        for e in range(inputs.shape[-1]):
            for sign in (1, -1):
                moved = inputs.clone()
                moved[0, t, e] += sign * 1e-6
                slopes[t, e] += sign * (network.answer(moved)[0] @ direction).item() / 2e-6
    expected = slopes.norm(dim=-1).log10().flip(0).tolist()
    assert logs == pytest.approx(expected, abs=1e-5)
