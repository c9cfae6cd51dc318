"""Calculations drawn from a seed, against independent numpy and the keys checked by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from studybuddy.catalogue.generators import ComputeTask, generate, names, problem
from studybuddy.catalogue.generators.notation import number

SEEDS = range(200)


def tasks(name: str, parameters: Mapping[str, Any] | None = None) -> list[ComputeTask]:
    return [generate(name, parameters or {}, seed, "en") for seed in SEEDS]


def test_softmax_is_softmax() -> None:
    for task in tasks("softmax-by-hand"):
        powers = np.exp(np.log(np.array(task.parameters["values"], dtype=float)))
        np.testing.assert_allclose(task.answers, powers / powers.sum(), atol=1e-9)


def test_softmax_key() -> None:
    task = generate("softmax-by-hand", {"values": [1, 2, 5]}, 0, "en")
    assert task.answers == pytest.approx((1 / 8, 2 / 8, 5 / 8))
    assert "5/8" in " ".join(task.steps)


@pytest.mark.parametrize("given", ["weights", "scores"])
def test_context_vector_is_the_weighted_sum(given: str) -> None:
    for task in tasks("context-vector", {"given": given}):
        states = np.array(task.parameters["states"], dtype=float)
        if given == "scores":
            scores = states @ np.array(task.parameters["query"], dtype=float)
            weights = np.exp(scores) / np.exp(scores).sum()
            expected = np.concatenate([weights, weights @ states])
        else:
            weights = np.array(task.parameters["weights"])
            assert weights.sum() == pytest.approx(1)
            expected = weights @ states
        np.testing.assert_allclose(task.answers, expected, atol=1e-9)


def test_context_vector_key() -> None:
    states = [[2, 0], [1, 1], [0, 2]]
    task = generate("context-vector", {"query": [1, 0], "states": states}, 0, "zh")
    assert task.answers == pytest.approx((0.665, 0.245, 0.090, 1.575, 0.425), abs=5e-4)


@pytest.mark.parametrize(
    ("cell", "biases", "count"),
    [
        ("RNN", 1, 29_312),
        ("GRU", 1, 87_936),
        ("LSTM", 1, 117_248),
        ("RNN", 2, 29_440),
        ("GRU", 2, 88_320),
        ("LSTM", 2, 117_760),
    ],
)
def test_parameter_count_keys(cell: str, biases: int, count: int) -> None:
    fixed = {"cell": cell, "biases": biases, "inputs": 100, "hidden": 128}
    task = generate("parameter-count", fixed, 0, "en")
    assert task.answers == (count,)
    assert f"{count:,}" in task.steps[-1]


def test_parameter_count_counts_the_arrays() -> None:
    blocks = {"RNN": 1, "GRU": 3, "LSTM": 4}
    for task in tasks("parameter-count"):
        p = task.parameters
        rows = blocks[p["cell"]] * p["hidden"]
        shapes = [(rows, p["inputs"]), (rows, p["hidden"]), *[(rows,)] * p["biases"]]
        assert task.answers == (sum(int(np.prod(shape)) for shape in shapes),)


@pytest.mark.parametrize(
    ("factor", "steps", "answer"), [(0.9, 50, 0.0052), (1.1, 50, 117), (0.25, 10, 9.5e-7)]
)
def test_gradient_keys(factor: float, steps: int, answer: float) -> None:
    task = generate("gradient-product", {"factor": factor, "steps": steps}, 0, "en")
    assert task.answers[0] == pytest.approx(answer, rel=0.01)


def test_gradient_is_a_product() -> None:
    for task in tasks("gradient-product"):
        factors = np.full(task.parameters["steps"], task.parameters["factor"])
        assert task.answers[0] == pytest.approx(float(np.prod(factors)), rel=1e-9)


@pytest.mark.parametrize(
    ("order", "formula", "score"),
    [(4, "papineni", 0.579), (2, "papineni", 0.709), (2, "d2l", 0.762)],
)
def test_bleu_keys(order: int, formula: str, score: float) -> None:
    pair = {"candidate": "the cat sat on mat", "reference": "the cat sat on the mat"}
    task = generate("bleu", pair | {"order": order, "formula": formula}, 0, "en")
    assert task.answers[-1] == pytest.approx(score, abs=5e-4)
    assert task.answers[-2] == pytest.approx(0.819, abs=5e-4)
    assert task.answers[:order] == pytest.approx((1, 3 / 4, 2 / 3, 1 / 2)[:order])


def test_bleu_is_the_geometric_mean_with_its_penalty() -> None:
    for task in tasks("bleu"):
        p = task.parameters
        said, wanted = p["candidate"].split(), p["reference"].split()
        precisions = []
        for n in range(1, p["order"] + 1):
            spans = [" ".join(said[i : i + n]) for i in range(len(said) - n + 1)]
            allowed = Counter(" ".join(wanted[i : i + n]) for i in range(len(wanted) - n + 1))
            precisions.append((Counter(spans) & allowed).total() / len(spans))
        penalty = 1.0 if len(said) >= len(wanted) else np.exp(1 - len(wanted) / len(said))
        score = penalty * np.exp(np.log(precisions).mean())
        np.testing.assert_allclose(task.answers, [*precisions, penalty, score], atol=1e-9)


def test_beam_key() -> None:
    tree = {"first": [0.5, 0.4], "second": [[0.4, 0.35, 0.25], [0.9, 0.06, 0.04]]}
    assert generate("beam-against-greedy", tree, 0, "en").answers == pytest.approx((0.20, 0.36))


def test_beam_follows_the_two_best_and_greedy_one() -> None:
    better = 0
    for task in tasks("beam-against-greedy"):
        first = np.array(task.parameters["first"])
        second = np.array(task.parameters["second"])
        assert first.sum() == pytest.approx(1)
        assert second.sum(axis=1) == pytest.approx(np.ones(len(first)))
        joint = first[:, None] * second
        best = joint.max(axis=1)
        kept = np.argsort(first)[-2:]
        np.testing.assert_allclose(
            task.answers, [best[first.argmax()], best[kept].max()], atol=1e-9
        )
        better += task.answers[1] > task.answers[0] + 1e-9
    assert 60 < better < 190


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_task_is_whole_and_comes_back(name: str, language: str) -> None:
    for seed in SEEDS:
        task = generate(name, {}, seed, language)
        assert task == generate(name, {}, seed, language)
        again = generate(name, task.parameters, seed + 1, language)
        assert (again.prompt, again.answers, again.steps) == (task.prompt, task.answers, task.steps)
        assert len(task.asked) == len(task.answers)
        assert task.tolerance > 0 or task.relative > 0
        assert len(task.steps) >= 3
        assert re.search("[一-鿿]", task.prompt + task.steps[0]) is not None or language == "en"
        assert not re.search("[，。：一-鿿]", task.prompt) or language == "zh"


@pytest.mark.parametrize("name", names())
def test_seeds_give_different_numbers_and_languages_the_same(name: str) -> None:
    english = tasks(name)
    assert len({str(task.answers) for task in english}) > 10
    for task in english:
        assert generate(name, {}, task.seed, "zh").answers == task.answers


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("softmax", {}, "unknown generator"),
        ("softmax-by-hand", {"vaules": [1]}, "unknown parameter 'vaules'"),
        ("softmax-by-hand", {"values": [1]}, "a list of 2 to 6 values"),
        ("softmax-by-hand", {"values": [1, -2]}, "a whole number from 1 to 50"),
        ("parameter-count", {"hidden": True}, "a whole number"),
        ("parameter-count", {"cell": "CNN"}, "one of 'RNN'"),
        ("gradient-product", {"factor": float("nan")}, "a number from"),
        ("context-vector", {"weights": [0.5, 0.6]}, "add up to 1.1"),
        ("context-vector", {"weights": [0.5, 0.5], "query": [1, 0]}, "cannot be given together"),
        ("context-vector", {"given": "weights", "query": [1, 0]}, "given"),
        ("context-vector", {"query": [0, 0]}, "all zero"),
        ("context-vector", {"weights": [0.5, 0.5], "states": [[1, 1]] * 3}, "2 weights for 3"),
        ("bleu", {"candidate": "a b"}, "given together"),
        ("bleu", {"candidate": "a b", "reference": "b a"}, "share no sequence of 2 words"),
        ("bleu", {"candidate": "a " * 400, "reference": "b a"}, "a sentence of 2 to 12 words"),
        ("beam-against-greedy", {"first": [0.5, 0.4]}, "together"),
        (
            "beam-against-greedy",
            {"first": [0.5, 0.4], "second": [[0.5, 0.4]] * 3},
            "one list for each",
        ),
        ("beam-against-greedy", {"first": [0.5, 0.5], "second": [[0.5, 0.4]] * 2}, "a draw"),
        ("beam-against-greedy", {"first": [0.9, 0.5], "second": [[0.5, 0.4]] * 2}, "more than 1"),
    ],
)
def test_a_deck_author_is_told_what_is_wrong(
    name: str, parameters: dict[str, Any], words: str
) -> None:
    said = problem(name, parameters)
    assert said is not None
    assert words in said
    with pytest.raises(ValueError, match=re.escape(said)):
        generate(name, parameters, 0, "en")


@pytest.mark.parametrize("name", names())
def test_no_parameters_are_no_problem(name: str) -> None:
    assert problem(name, {}) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.25, "0.25"), (-2.0, "−2"), (0.005154, "5.15 × 10⁻³"), (117.39, "117"), (6.4e8, "6.40 × 10⁸"), (0.0, "0"), (100.0, "100")],
)  # fmt: skip
def test_a_number_as_a_textbook_prints_it(value: float, text: str) -> None:
    assert number(value) == text
