"""What an experiment shows is kept with its models' hashes, and doubted when they change."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.errors import StudyBuddyError
from studybuddy.lab import effects
from studybuddy.lab.effects import Effect, doubt, questions_of, read_effects, write_effects
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.locations import find_locations

(QUESTION,) = questions_of("length", "drop", {"lengths": (8, 18)})


@pytest.fixture
def models(tmp_path: Path) -> Path:
    for name in (HEADLINE_FIXED, HEADLINE_ATTENTION):
        shutil.copy(find_locations({}).bundled_models / f"{name}.json", tmp_path)
    return tmp_path


@pytest.fixture
def effect(models: Path) -> Effect:
    digests = {
        name: json.loads((models / f"{name}.json").read_text())["sha256"]
        for name in (HEADLINE_FIXED, HEADLINE_ATTENTION)
    }
    return Effect("length", "drop", QUESTION.parameters, (1, 2, 3, 4), (60, 61, 62, 63), 4, digests)


def test_the_order_of_parameters_and_their_defaults_make_no_other_question() -> None:
    keys = [
        questions_of("length", "drop", parameters)[0].key
        for parameters in ({"count": 100, "lengths": [8, 18]}, {}, {"lengths": [8, 17]})
    ]
    assert keys[0] == keys[1] == QUESTION.key
    assert keys[2] != QUESTION.key


def test_every_alternative_is_a_question_of_its_own() -> None:
    questions = questions_of(
        "length", "drop", {"lengths": {"any": [[8, 18], [6, 16]]}, "count": {"any": [60, 80, 100]}}
    )
    assert len({question.key for question in questions}) == 6
    assert QUESTION.key in {question.key for question in questions}


def test_what_is_written_is_read_again(effect: Effect, models: Path) -> None:
    write_effects([effect], models)
    assert read_effects(models) == {QUESTION.key: effect}
    assert not list(models.glob("*.part"))


def test_nothing_stored_is_doubted(models: Path) -> None:
    assert read_effects(models) == {}
    said = doubt(QUESTION, {}, models)
    assert said is not None
    assert "never measured" in said


def test_a_clear_effect_on_these_models_is_not_doubted(effect: Effect, models: Path) -> None:
    assert doubt(QUESTION, {QUESTION.key: effect}, models) is None


def test_an_effect_inside_its_interval_is_doubted(effect: Effect, models: Path) -> None:
    enough, few = replace(effect, clear=3), replace(effect, clear=2)
    assert doubt(QUESTION, {QUESTION.key: enough}, models) is None
    said = doubt(QUESTION, {QUESTION.key: few}, models)
    assert said is not None
    assert "2 of 4" in said


def test_another_model_or_a_missing_one_makes_an_effect_stale(effect: Effect, models: Path) -> None:
    card = models / f"{HEADLINE_FIXED}.json"
    plain = json.loads(card.read_text())
    card.write_text(json.dumps({**plain, "sha256": "0" * 64}))
    for _change in range(2):
        said = doubt(QUESTION, {QUESTION.key: effect}, models)
        assert said is not None
        assert f"another {HEADLINE_FIXED}" in said
        card.unlink(missing_ok=True)


@pytest.mark.parametrize("text", ["", "[]", '{"format": 9}', '{"format": 1, "effects": [3]}'])
def test_a_malformed_file_is_said_in_words(models: Path, text: str) -> None:
    (models / "effects.json").write_text(text)
    with pytest.raises(StudyBuddyError, match="malformed"):
        read_effects(models)


def test_measuring_runs_every_seed_and_keeps_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    (question,) = questions_of("translate", "length", {})
    found = effects.measure(question, seeds=(1, 2))
    assert len(found.answers) == 2
    assert found.clear == 2
    assert HEADLINE_ATTENTION in found.models
    assert found.question == question
