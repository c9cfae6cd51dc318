"""Training from the command line: into the learner's folder, resumably, compared with the bundled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.errors import StudyBuddyError
from studybuddy.lab import commands
from studybuddy.lab.models import load
from studybuddy.lab.plan import PLANS
from studybuddy.lab.recipe import Recipe
from studybuddy.locations import find_locations


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Plans of seconds, and the learner's home in a folder of the test."""
    monkeypatch.setenv("STUDYBUDDY_HOME", str(tmp_path))
    recipe = Recipe(shortest=4, longest=4, per_length=20, steps=2, batch=4)
    digits = replace(recipe, data="digits")
    small = {
        name: replace(plan, recipe=digits if plan.recipe.data == "digits" else recipe)
        for name, plan in PLANS.items()
    }
    monkeypatch.setattr(commands, "PLANS", small)
    monkeypatch.setattr("studybuddy.lab.evaluation.ALIGNED_PER_LENGTH", 1)
    finish = commands.finish
    monkeypatch.setattr(
        commands, "finish", lambda training, folder: finish(training, folder, per_length=2)
    )


def test_a_retrained_model_lies_in_the_learners_folder_and_is_compared(tmp_path: Path) -> None:
    bundled = {file: file.read_bytes() for file in find_locations().bundled_models.iterdir()}
    events = list(commands.train(["fixed-c16"], seed=3, steps=2))
    assert events[0].step == 0
    assert events[-1].finished
    assert load("fixed-c16", tmp_path / "models").card.seed == 3
    assert any("bundled" in line for line in events[-1].lines)
    assert not list((tmp_path / "models" / "checkpoints").iterdir())
    assert bundled == {
        file: file.read_bytes() for file in find_locations().bundled_models.iterdir()
    }


def test_several_models_follow_each_other(tmp_path: Path) -> None:
    names = ["fixed-c16", "dot", "copy-reversed"]
    events = list(commands.train(names, out=tmp_path / "out", steps=2))
    assert [event.name for event in events if event.finished] == names
    assert {file.stem for file in (tmp_path / "out").glob("*.json")} == set(names)


def test_closing_the_stream_keeps_a_checkpoint_and_the_next_call_goes_on(tmp_path: Path) -> None:
    events = commands.train(["fixed-c16"], steps=600)
    for event in events:
        if event.step == 500:
            break
    events.close()  # type: ignore[attr-defined]
    assert list((tmp_path / "models" / "checkpoints").iterdir())
    assert not list((tmp_path / "models").glob("*.json"))
    again = commands.train(["fixed-c16"], steps=600)
    assert next(again).step == 500
    again.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"names": ["fixed-c1O"]}, "fixed-c16"),
        ({"steps": 0}, "steps"),
        ({"steps": 10**9}, "steps"),
        ({"seed": -1}, "seed"),
        ({"threads": 0}, "threads"),
        ({"device": "abacus"}, "no device"),
        ({"out": find_locations().bundled_models}, "bundled"),
    ],
)
def test_bad_settings_are_refused_before_anything_is_trained(
    arguments: dict[str, object], says: str
) -> None:
    with pytest.raises(StudyBuddyError, match=says):
        next(commands.train(**arguments))  # type: ignore[arg-type]
