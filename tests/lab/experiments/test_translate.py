"""One sentence, its weights, and many sentences as an alignment."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.figures import Bars, Heatmap, Tokens
from studybuddy.catalogue.predictions import PositionQuestion, fits_question, score_prediction
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.experiments.translate import wrong_words
from studybuddy.lab.models import load
from studybuddy.lab.plan import HEADLINE_ATTENTION
from studybuddy.lab.run import run, run_own
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.drawing import draw_pair


def test_a_run_is_repeatable_and_another_seed_draws_another_sentence() -> None:
    task = prepare("translate", "brightest", {}, 5, "en")
    assert run(task) == run(task)
    other = run(prepare("translate", "brightest", {}, 6, "en"))
    assert other.data["source"] != run(task).data["source"]


@pytest.mark.parametrize("model", ["attention", "dot"])
def test_the_brightest_cell_is_the_largest_weight_of_the_asked_row(model: str) -> None:
    for seed in range(4):
        task = prepare("translate", "brightest", {"model": model}, seed, "zh")
        assert isinstance(task.question, PositionQuestion)
        assert " ".join(task.question.words) == task.parameters["source"]
        result = run(task)
        heatmap = result.figures[0]
        assert isinstance(heatmap, Heatmap)
        assert heatmap.marked == task.parameters["word"]
        row = heatmap.values[heatmap.marked]
        assert isinstance(result.answer, int)
        assert row[result.answer] == max(row)
        assert score_prediction(task.question, result.answer, result)
        assert not score_prediction(task.question, (result.answer + 1) % len(row), result)
        assert (HEADLINE_ATTENTION if model == "attention" else model) in result.models


def test_the_heatmap_has_a_row_a_word_that_sums_to_one_over_the_gold_alignment() -> None:
    task = prepare("translate", "brightest", {"lengths": [8, 14]}, 2, "en")
    pair = draw_pair(8, 14, 2)
    heatmap = run(task).figures[0]
    assert isinstance(heatmap, Heatmap)
    assert (heatmap.columns, heatmap.rows) == (pair.source, pair.target)
    assert heatmap.gold == pair.sure
    assert len(heatmap.values) == len(pair.target)
    for row in heatmap.values:
        assert len(row) == len(pair.source)
        assert sum(row) == pytest.approx(1, abs=1e-5)


def test_the_bundled_model_looks_at_the_gold_word_for_most_content_words() -> None:
    hits = asked = 0
    for seed in range(15):
        task = prepare("translate", "brightest", {"lengths": [6, 14]}, seed, "en")
        result = run(task)
        hits += (task.parameters["word"], result.answer) in draw_pair(6, 14, seed).possible
        asked += 1
    assert hits / asked >= 0.8


def test_a_key_that_no_gold_link_explains_is_not_marked() -> None:
    told = set()
    for seed in range(25):
        task = prepare("translate", "brightest", {"model": "location"}, seed, "en")
        result = run(task)
        linked = (task.parameters["word"], result.answer) in draw_pair(6, 12, seed).possible
        assert linked or not result.clear
        assert linked != any("not alignment" in note for note in result.notes)
        told.add(linked)
    assert told == {True, False}


def test_output_words_that_differ_from_the_reference_are_marked() -> None:
    assert wrong_words(("a", "b", "c"), ("a", "x")) == {1, 2}
    assert wrong_words(("a",), ("a", "b")) == frozenset()
    assert wrong_words(("a",), None) == frozenset()


def test_the_length_of_a_translation_is_counted_on_the_output() -> None:
    result = run(prepare("translate", "length", {}, 8, "en"))
    assert result.answer == len(result.data["outputs"]["attention"])


def test_the_alignment_is_counted_over_the_content_words_of_all_sentences() -> None:
    task = prepare("translate", "alignment", {"count": 40, "model": "dot"}, 3, "en")
    result = run(task)
    right, words = result.data["content"]
    assert fits_question(task.question, result.answer)
    assert result.answer == pytest.approx(100 * right / words)
    assert result.low is not None
    assert result.high is not None
    assert result.low <= right / words * 100 <= result.high
    assert result.n == 40
    bars = result.figures[0]
    assert isinstance(bars, Bars)
    assert bars.values[0] == pytest.approx(right / words)
    assert "s at t scores" in "\n".join(result.notes)
    assert run(task) == result


def test_location_aligns_worse_than_a_score_that_sees_the_words() -> None:
    found = {
        model: run(prepare("translate", "alignment", {"count": 40, "model": model}, 1, "en")).data
        for model in ("dot", "location")
    }
    assert found["location"]["aer"][1] > found["dot"]["aer"][2]
    assert found["dot"]["content"][0] / found["dot"]["content"][1] > found["dot"]["diagonal"]


def test_an_own_sentence_is_translated_by_both_without_gold() -> None:
    result = run_own("translate", "the man saw the red car")
    heatmap, *lines = result.figures
    assert isinstance(heatmap, Heatmap)
    assert heatmap.gold == frozenset()
    assert result.data["outputs"]["attention"] == ["男人", "看见", "了", "红", "的", "汽车", "。"]
    assert all(isinstance(line, Tokens) and not line.wrong for line in lines)


def test_unknown_words_are_named_before_anything_is_loaded() -> None:
    with pytest.raises(StudyBuddyError, match="elephant"):
        run_own("translate", "the elephant sleeps")


def test_bahdanaus_order_is_named_where_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The timing comes from the model's card, whichever model answers."""
    from dataclasses import replace

    from studybuddy.lab.experiments import translate as experiment

    timing = "s at t−1 scores (Bahdanau's order)"

    def loaded(name: str) -> object:
        model = load("dot" if name == "bahdanau" else name)
        return (
            replace(model, card=replace(model.card, timing=timing)) if name == "bahdanau" else model
        )

    monkeypatch.setattr(experiment, "load", loaded)
    result = run(prepare("translate", "brightest", {"model": "bahdanau"}, 1, "en"))
    assert "s at t−1 scores" in "\n".join(result.notes)
