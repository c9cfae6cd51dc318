"""The length sweep: keys from its own numbers, a curve that grows, regimes that never mix."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.catalogue.figures import Curve, Table
from studybuddy.catalogue.predictions import Progress, Result, SketchQuestion, Task, fits_question
from studybuddy.lab.cards import Bucket, read_card
from studybuddy.lab.experiments import notes
from studybuddy.lab.experiments.length import crossing
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.length import GROUPS, TRAINED, swept
from studybuddy.locations import find_locations

Swept = tuple[Task, Result, list[Progress]]


@pytest.fixture(scope="module")
def drop() -> Swept:
    told: list[Progress] = []
    task = prepare("length", "drop", {"count": 40}, 11, "en")
    return task, run(task, told.append), told


@pytest.fixture(scope="module")
def sketch() -> tuple[Task, Result]:
    task = prepare("length", "curve", {"count": 40}, 11, "zh")
    return task, run(task)


def test_the_sweep_answers_from_its_own_numbers(drop: Swept) -> None:
    _task, result, _told = drop
    lengths = {entry["longest"]: entry for entry in result.data["networks"]["fixed"]["lengths"]}
    lost = 100 * (lengths[8]["exact_match"] - lengths[18]["exact_match"])
    assert result.answer == pytest.approx(lost)
    assert result.low is not None
    assert result.high is not None
    assert result.low <= lost <= result.high
    assert result.clear
    assert result.n == 40
    assert result.seed == 11
    assert set(result.models) == {HEADLINE_FIXED, HEADLINE_ATTENTION}


def test_the_curve_shows_both_networks_with_intervals_and_the_end_of_training(drop: Swept) -> None:
    figure = drop[1].figures[0]
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
    assert isinstance(drop[1].figures[1], Table)


def test_the_curve_grows_from_its_first_point_on(drop: Swept) -> None:
    told = drop[2]
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert told[-1].done == told[-1].total
    assert all(step.message for step in told)
    shown = [step.figures[0] for step in told if step.figures]
    sizes = [
        [len(series.y) for series in figure.series] for figure in shown if isinstance(figure, Curve)
    ]
    assert sizes[0] == [1, 0]
    assert sizes == sorted(sizes)
    assert shown[-1] == drop[1].figures[0]
    first = shown[0]
    assert isinstance(first, Curve)
    assert first.x[0] == "4"


def test_the_notes_tell_models_timing_seed_and_extrapolation(drop: Swept) -> None:
    notes = "\n".join(drop[1].notes)
    for said in (
        HEADLINE_FIXED,
        HEADLINE_ATTENTION,
        "s at t scores",
        "seed 11",
        "n = 40",
        "Beyond 20 words",
    ):
        assert said in notes


def test_the_spread_of_seeds_is_read_from_their_cards(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = find_locations()
    card = read_card(places.bundled_models / f"{HEADLINE_FIXED}.json")
    monkeypatch.setattr(notes, "find_locations", lambda: replace(places, bundled_models=tmp_path))
    (tmp_path / "fixed.json").write_text(card.text())
    assert notes.spread_note("fixed", 16, 19) == ()
    (tmp_path / "fixed-seed1.json").write_text(card.text())
    (said,) = notes.spread_note("fixed", 16, 19)
    share = f"{100 * card.share(16, 19).value:.1f}"
    assert f"2 seeds: {share}, {share} %" in said


def test_the_data_is_plain_json(drop: Swept) -> None:
    data = drop[1].data
    assert json.loads(json.dumps(data)) == data
    assert set(data["networks"]) == {"fixed", "attention"}
    beyond = [entry for entry in data["networks"]["fixed"]["lengths"] if entry["extrapolation"]]
    assert min(entry["longest"] for entry in beyond) > 20


def test_a_sketch_has_a_point_and_an_interval_for_each_group(sketch: tuple[Task, Result]) -> None:
    task, result = sketch
    assert isinstance(task.question, SketchQuestion)
    assert isinstance(result.answer, tuple)
    assert fits_question(task.question, result.answer)
    assert len(result.answer) == len(result.lows) == len(result.highs) == len(GROUPS["20"])
    for low, value, high in zip(result.lows, result.answer, result.highs, strict=True):
        assert low <= value <= high
    groups = result.data["networks"]["fixed"]["buckets"]
    assert result.answer == pytest.approx([100 * group["exact_match"] for group in groups])
    assert result.clear


def test_fixed_c_falls_inside_the_trained_lengths_and_attention_stays(
    sketch: tuple[Task, Result],
) -> None:
    networks = sketch[1].data["networks"]
    trained = {
        name: [group for group in found["buckets"] if not group["extrapolation"]]
        for name, found in networks.items()
    }
    assert trained["fixed"][0]["exact_match"] > 0.9
    assert trained["fixed"][-1]["high"] < 0.5
    assert trained["attention"][-1]["low"] > 0.9


def _groups(*shares: float) -> list[Bucket]:
    return [Bucket(4 * i, 4 * i + 3, int(200 * share), 200) for i, share in enumerate(shares)]


def test_the_crossing_is_the_first_group_below_half() -> None:
    found = crossing(_groups(1.0, 0.9, 0.3, 0.1))
    assert (found.answer, found.clear) == (2, True)
    assert crossing(_groups(0.3, 0.9, 0.1)).answer == 0


def test_a_crossing_near_one_half_is_not_clear() -> None:
    assert not crossing(_groups(1.0, 0.52, 0.1)).clear
    assert not crossing(_groups(1.0, 0.48, 0.1)).clear


def test_a_curve_that_never_crosses_has_its_own_option() -> None:
    found = crossing(_groups(1.0, 0.9, 0.8))
    assert (found.answer, found.clear) == (3, True)
    task = prepare("length", "crossing", {}, 1, "en")
    assert len(getattr(task.question, "options", ())) == len(GROUPS["20"]) + 1


@pytest.mark.parametrize("regime", ["20", "40"])
def test_a_regime_sweeps_its_own_lengths_and_those_that_are_asked(regime: str) -> None:
    lengths = swept({"regime": regime, "lengths": [7, 17]})
    assert {7, 17} <= set(lengths)
    assert list(lengths) == sorted(set(lengths))
    assert lengths[0] == 4
    for shortest, longest in GROUPS[regime]:
        assert any(shortest <= length <= longest for length in lengths)
    assert lengths[-1] >= TRAINED[regime]


def test_beyond_the_trained_lengths_the_prompt_says_so() -> None:
    assert "extrapolation" in prepare("length", "drop", {"lengths": [8, 26]}, 0, "en").prompt
    assert "外推" in prepare("length", "at", {"length": 24}, 0, "zh").prompt
    for parameters in ({}, {"regime": "40", "lengths": [8, 36]}):
        assert "extrapolation" not in prepare("length", "drop", parameters, 0, "en").prompt


def test_a_run_is_repeatable_from_its_task() -> None:
    task = prepare("length", "at", {"count": 40, "length": 12}, 3, "en")
    assert run(task) == run(task)
