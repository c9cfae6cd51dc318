"""BLEU experiments: what is drawn, and a key that a hand can check."""

from __future__ import annotations

import math

import pytest

from studybuddy.catalogue.figures import Table, Tokens
from studybuddy.lab.bleu import counts
from studybuddy.lab.experiments.bleu import unmatched
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.run import run, run_own
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.bleu import APART, exchanged, other_end, spoilt
from studybuddy.lab.tasks.drawing import draw_pair


def test_the_key_of_a_sentence_is_its_bleu_and_the_table_shows_the_counts() -> None:
    for seed in range(6):
        task = prepare("bleu", "sentence", {}, seed, "en")
        result = run(task)
        output, reference = task.parameters["outputs"][0], task.parameters["reference"]
        counted = counts(output, reference)
        assert result.answer == pytest.approx(100 * counted.bleu)
        assert 0 < result.answer < 100  # type: ignore[operator]
        table = result.figures[-1]
        assert isinstance(table, Table)
        assert [row[1] for row in table.rows[:4]] == [
            f"{match} / {total}"
            for match, total in zip(counted.matches, counted.totals, strict=True)
        ]
        assert any("noisy" in note for note in result.notes)
        assert any("Papineni" in note for note in result.notes)


def test_of_two_outputs_the_key_is_the_one_with_more_bleu() -> None:
    keys = set()
    for seed in range(12):
        task = prepare("bleu", "higher", {}, seed, "zh")
        scores = [
            counts(output, task.parameters["reference"]).bleu
            for output in task.parameters["outputs"]
        ]
        assert abs(scores[0] - scores[1]) >= APART
        result = run(task)
        assert result.clear
        assert result.answer == (0 if scores[0] > scores[1] else 1)
        keys.add(result.answer)
    assert keys == {0, 1}


def test_another_seed_spoils_another_sentence() -> None:
    sources = {
        prepare("bleu", "sentence", {}, seed, "en").parameters["source"] for seed in range(8)
    }
    assert len(sources) >= 7


def test_faults_are_single() -> None:
    pair = draw_pair(9, 13, 3)
    for seed in range(40):
        random = seeded("test", seed)
        words = spoilt(pair.target, random)
        assert abs(len(words) - len(pair.target)) <= 1
        swapped = exchanged(pair.target, random)
        if swapped is not None:
            assert sorted(swapped) == sorted(pair.target)
            assert sum(a != b for a, b in zip(swapped, pair.target, strict=True)) == 2
        ending = other_end(pair, random)
        if ending is not None:
            differs = [t for t, word in enumerate(ending) if word != pair.target[t]]
            assert differs == [len(pair.target) - 2]


def test_marked_words_are_those_without_a_match() -> None:
    assert unmatched(("the", "the", "cat"), ("the", "cat", "sat")) == {1}
    assert unmatched(("a",), ("b",)) == {0}


def test_an_own_output_is_scored_against_the_reference() -> None:
    task = prepare("bleu", "sentence", {}, 2, "en")
    reference = task.parameters["reference"]
    assert run_own("bleu", " ".join(reference), task).answer == pytest.approx(100)
    together = run_own("bleu", "".join(reference), task)
    assert together.data["outputs"][0]["words"] == reference
    shorter = run_own("bleu", " ".join(reference[:-1]), task)
    assert shorter.answer == pytest.approx(100 * math.exp(-1 / (len(reference) - 1)))
    assert isinstance(shorter.figures[1], Tokens)
    assert run_own("bleu", "nothing of it", task).answer == 0


def test_a_corpus_is_scored_by_counts_added_up() -> None:
    task = prepare("bleu", "corpus", {"count": 40, "lengths": [10, 12]}, 1, "en")
    result = run(task)
    data = result.data
    precisions = [m / t for m, t in zip(data["matches"], data["totals"], strict=True)]
    by_hand = data["penalty"] * math.prod(precisions) ** 0.25
    assert result.answer == pytest.approx(100 * by_hand)
    assert result.low <= result.answer <= result.high  # type: ignore[operator]
    assert run(task) == result
