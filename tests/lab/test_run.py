"""What every live run does: it is repeatable, told step by step, stopped at once, and refused in words.

What single experiments find is tested in `experiments`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.catalogue.experiments.sentences import SENTENCES
from studybuddy.catalogue.predictions import Progress, fits_question
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.run import Cancelled, run
from studybuddy.lab.tasks import prepare
from studybuddy.locations import find_locations

FIRST_ASKS = [(experiment.name, next(iter(experiment.asks))) for experiment in SENTENCES]
SMALL = {"count": 40, "lengths": [5, 8], "length": 8, "beside": 13}


def _small(name: str, ask: str) -> dict[str, object]:
    known = next(each for each in SENTENCES if each.name == name).asks[ask]
    return {
        key: value
        for key, value in SMALL.items()
        if key in known and known[key].problem(value) is None
    }


@pytest.mark.parametrize(("name", "ask"), FIRST_ASKS)
def test_a_run_tells_its_steps_and_leaves_plain_data(name: str, ask: str) -> None:
    told: list[Progress] = []
    task = prepare(name, ask, _small(name, ask), 3, "zh")
    result = run(task, told.append)
    assert (result.run, result.ask, result.seed) == (name, ask, 3)
    assert fits_question(task.question, result.answer)
    assert all(0 <= step.done <= step.total and step.message for step in told)
    assert len(told) >= 2
    assert result.n >= 1
    assert result.figures
    assert result.models
    assert result.summary
    assert json.loads(json.dumps(result.data)) == result.data
    notes = "\n".join(result.notes)
    assert all(model in notes for model in result.models)
    assert f"n = {result.n}, seed 3" in notes


@pytest.mark.parametrize(("name", "ask"), FIRST_ASKS)
def test_a_cancelled_run_ends_without_a_result(name: str, ask: str) -> None:
    told: list[Progress] = []
    task = prepare(name, ask, _small(name, ask), 3, "en")
    with pytest.raises(Cancelled):
        run(task, told.append, lambda: len(told) >= 2)
    assert len(told) == 2
    with pytest.raises(Cancelled):
        run(task, told.append, lambda: True)
    assert len(told) == 2


def test_without_torch_a_run_says_so_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from studybuddy import lab

    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda name: None)  # type: ignore[attr-defined]
    assert not lab.available()
    with pytest.raises(StudyBuddyError, match="everything else works"):
        run(prepare("length", "drop", {"count": 40}, 11, "en"))


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
        run(prepare("length", "drop", {"count": 40}, 11, "en"))
