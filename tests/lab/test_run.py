"""Live runs: the key comes from the run, progress is told, a cancelled run ends at once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.catalogue.figures import Curve, Heatmap, Table, Tokens
from studybuddy.catalogue.predictions import Progress, Result, Task, score_prediction
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.run import Cancelled, run, translate_own
from studybuddy.lab.tasks import draw_pair, prepare
from studybuddy.locations import find_locations


def _sweep_task(ask: str = "drop", seed: int = 11) -> Task:
    return prepare("length", ask, {"count": 40}, seed, "en")


@pytest.fixture(scope="module")
def swept() -> tuple[Task, Result, list[Progress]]:
    told: list[Progress] = []
    task = _sweep_task()
    return task, run(task, told.append), told


def test_the_sweep_answers_from_its_own_numbers(
    swept: tuple[Task, Result, list[Progress]],
) -> None:
    _task, result, _told = swept
    lengths = {entry["longest"]: entry for entry in result.data["networks"]["fixed"]["lengths"]}
    lost = 100 * (lengths[8]["exact_match"] - lengths[18]["exact_match"])
    assert result.answer == pytest.approx(lost)
    assert result.low is not None
    assert result.high is not None
    assert result.low <= lost <= result.high
    assert result.clear
    assert result.n == 40
    assert result.seed == 11


def test_the_curve_shows_both_networks_with_intervals_and_the_end_of_training(
    swept: tuple[Task, Result, list[Progress]],
) -> None:
    figure = swept[1].figures[0]
    assert isinstance(figure, Curve)
    assert len(figure.series) == 2
    assert figure.edge is not None
    assert figure.x[figure.edge] == "20"
    for series in figure.series:
        assert (
            len(series.y) == len(series.low) == len(series.high) == len(series.n) == len(figure.x)
        )
        for low, value, high in zip(series.low, series.y, series.high, strict=True):
            assert 0 <= low <= value <= high <= 1
    assert isinstance(swept[1].figures[1], Table)


def test_progress_grows_to_its_total(swept: tuple[Task, Result, list[Progress]]) -> None:
    told = swept[2]
    assert len(told) > 20
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert told[-1].done == told[-1].total
    assert all(step.message for step in told)


def test_the_notes_tell_models_timing_seed_and_extrapolation(
    swept: tuple[Task, Result, list[Progress]],
) -> None:
    notes = "\n".join(swept[1].notes)
    for said in ("fixed-20", "attention-20", "s at t scores", "seed 11", "n = 40", "extrapolation"):
        assert said in notes


def test_the_data_is_plain_json(swept: tuple[Task, Result, list[Progress]]) -> None:
    data = swept[1].data
    assert json.loads(json.dumps(data)) == data
    assert set(data["networks"]) == {"fixed", "attention"}
    beyond = [entry for entry in data["networks"]["fixed"]["lengths"] if entry["extrapolation"]]
    assert min(entry["longest"] for entry in beyond) == 21


def test_a_run_is_repeatable_and_another_seed_draws_other_sentences() -> None:
    task = prepare("translate", "brightest", {}, 5, "en")
    assert run(task) == run(task)
    other = run(prepare("translate", "brightest", {}, 6, "en"))
    assert other.data["source"] != run(task).data["source"]


def test_a_cancelled_run_ends_without_a_result() -> None:
    told: list[Progress] = []
    with pytest.raises(Cancelled):
        run(_sweep_task(), told.append, lambda: len(told) >= 3)
    assert len(told) == 3
    with pytest.raises(Cancelled):
        run(_sweep_task(), told.append, lambda: True)
    assert len(told) == 3


def test_the_brightest_cell_is_the_largest_weight_of_the_asked_row() -> None:
    for seed in range(4):
        task = prepare("translate", "brightest", {}, seed, "zh")
        result = run(task)
        heatmap = result.figures[0]
        assert isinstance(heatmap, Heatmap)
        assert heatmap.marked == task.parameters["word"]
        row = heatmap.values[heatmap.marked]
        assert row[int(result.answer)] == max(row)
        assert score_prediction(task.question, int(result.answer), result)
        assert not score_prediction(task.question, (int(result.answer) + 1) % len(row), result)


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
        pair = draw_pair(6, 14, seed)
        hits += (task.parameters["word"], int(result.answer)) in pair.possible
        asked += 1
    assert hits / asked >= 0.8


def test_a_key_that_no_gold_link_explains_is_not_marked() -> None:
    told = set()
    for seed in range(25):
        task = prepare("translate", "brightest", {}, seed, "en")
        result = run(task)
        linked = (task.parameters["word"], int(result.answer)) in draw_pair(6, 12, seed).possible
        assert linked or not result.clear
        assert linked != any("not alignment" in note for note in result.notes)
        told.add(linked)
    assert True in told


def test_output_words_that_differ_from_the_reference_are_marked() -> None:
    from studybuddy.lab.experiments.translation import _wrong

    assert _wrong(("a", "b", "c"), ("a", "x")) == {1, 2}
    assert _wrong(("a",), ("a", "b")) == frozenset()
    assert _wrong(("a",), None) == frozenset()


def test_the_length_of_a_translation_is_counted_on_the_output() -> None:
    result = run(prepare("translate", "length", {}, 8, "en"))
    assert result.answer == len(result.data["outputs"]["attention"])


def test_an_own_sentence_is_translated_by_both_without_gold() -> None:
    result = translate_own("the man saw the red car")
    heatmap, *lines = result.figures
    assert isinstance(heatmap, Heatmap)
    assert heatmap.gold == frozenset()
    assert result.data["outputs"]["attention"] == ["男人", "看见", "了", "红", "的", "汽车", "。"]
    assert all(isinstance(line, Tokens) and not line.wrong for line in lines)


def test_unknown_words_are_named_before_anything_is_loaded() -> None:
    with pytest.raises(StudyBuddyError, match="elephant"):
        translate_own("the elephant sleeps")


def test_without_torch_a_run_says_so_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from studybuddy import lab

    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: None)  # type: ignore[attr-defined]
    assert not lab.available()
    with pytest.raises(StudyBuddyError, match="everything else works"):
        run(_sweep_task())


def test_a_damaged_model_stops_the_run_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = find_locations()
    for file in places.bundled_models.iterdir():
        data = bytearray(file.read_bytes())
        if file.suffix == ".safetensors":
            data[-1] ^= 1
        (tmp_path / file.name).write_bytes(data)
    monkeypatch.setattr(
        "studybuddy.lab.models.find_locations", lambda: replace(places, bundled_models=tmp_path)
    )
    with pytest.raises(StudyBuddyError, match="hash"):
        run(_sweep_task())
