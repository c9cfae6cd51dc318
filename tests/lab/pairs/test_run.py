"""From a file to a report, stopped and taken up again on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.pairs.run import PairsTask, folder_for, train_pairs
from studybuddy.lab.pairs.settings import Network
from studybuddy.locations import find_locations

Networks = tuple[Network, ...]


def _weights(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("*.safetensors")}


def test_three_networks_are_trained_tested_and_reported(
    text: Path, tmp_path: Path, tiny: Networks
) -> None:
    folder = tmp_path / "out"
    events = list(train_pairs(PairsTask(text, folder, steps=3, networks=tiny)))
    stages = [event.stage for event in events]
    assert stages[:2] == ["read", "planned"]
    assert stages[-4:] == ["testing"] * 3 + ["report"]
    report = events[-1].report
    assert report is not None
    assert [each.name for each in report.networks] == ["init", "every-step", "attention"]
    assert [(each.better, each.worse) for each in report.gaps] == [
        ("every-step", "init"),
        ("attention", "every-step"),
    ]
    assert report.gaps[1].value == pytest.approx(
        report.networks[2].bleu.value - report.networks[1].bleu.value
    )
    assert sum(bucket.n for bucket in report.buckets) == len(report.corpus.test)
    assert "tok:zh" in report.bleu_signature
    plain = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert plain["networks"][2]["bleu"]["value"] == report.networks[2].bleu.value
    assert set(plain["samples"][0]["written"]) == {"init", "every-step", "attention"}
    assert not (folder / "checkpoints").exists()
    assert not list(folder.glob("*.part"))


def test_a_training_stopped_anywhere_ends_with_the_same_files(
    text: Path, tmp_path: Path, tiny: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studybuddy.lab.pairs.training.REPORT_EVERY", 1)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    list(train_pairs(PairsTask(text, whole, steps=4, networks=tiny)))
    task = PairsTask(text, broken, steps=4, networks=tiny)
    for name in ("init", "attention"):
        events = train_pairs(task)
        for event in events:
            if event.name == name and event.progress and event.progress.step == 2:
                break
        events.close()
        assert (broken / "checkpoints" / f"{name}.safetensors").exists()
    trained = [event for event in train_pairs(task) if event.stage == "training"]
    assert {event.name for event in trained} == {"attention"}
    assert _weights(whole) == _weights(broken)
    again = list(train_pairs(task))
    assert not [event for event in again if event.stage == "training"]
    assert again[-1].report is not None


def test_a_folder_of_another_text_or_other_settings_is_left_alone(
    text: Path, tmp_path: Path, tiny: Networks
) -> None:
    folder = tmp_path / "out"
    task = PairsTask(text, folder, steps=2, networks=tiny[:1])
    list(train_pairs(task))
    before = _weights(folder)
    for other in (
        PairsTask(text, folder, steps=3, networks=tiny[:1]),
        PairsTask(text, folder, steps=2, seed=1, networks=tiny[:1]),
        PairsTask(text, folder, target_units="words", steps=2, networks=tiny[:1]),
    ):
        with pytest.raises(StudyBuddyError, match="another text or with other settings"):
            list(train_pairs(other))
    for damaged in (b"{", b"[]", b'{"asked": {}, "steps": 0}', b"null"):
        (folder / "plan.json").write_bytes(damaged)
        with pytest.raises(StudyBuddyError, match=r"plan\.json is damaged"):
            list(train_pairs(task))
    assert _weights(folder) == before


def test_minutes_become_steps_that_a_later_call_keeps(
    text: Path, tmp_path: Path, tiny: Networks
) -> None:
    task = PairsTask(text, tmp_path / "out", minutes=0.01, networks=tiny)
    events = train_pairs(task)
    steps = next(event.steps for event in events if event.stage == "planned")
    events.close()
    assert 1 <= steps <= 300
    again = train_pairs(task)
    assert next(event.steps for event in again if event.stage == "planned") == steps
    again.close()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"steps": 0}, "steps"),
        ({"steps": 10**9}, "steps"),
        ({"minutes": 0.0}, "minutes"),
        ({"minutes": float("nan")}, "minutes"),
        ({"steps": 5, "minutes": 5.0}, "not both"),
        ({"seed": -1}, "seed"),
        ({"threads": 0}, "threads"),
        ({"device": "warp\x1b"}, "device"),
        ({"device": "cuda:99"}, "device"),
        ({"folder": find_locations().bundled_models}, "bundled"),
    ],
)
def test_bad_settings_are_refused_before_anything_is_trained(
    text: Path, tmp_path: Path, settings: dict[str, object], says: str
) -> None:
    with pytest.raises(StudyBuddyError, match=says) as raised:
        list(train_pairs(PairsTask(**{"file": text, "folder": tmp_path, **settings})))  # type: ignore[arg-type]
    assert "\x1b" not in str(raised.value)


def test_the_folder_is_named_after_the_file(tmp_path: Path) -> None:
    assert folder_for(Path("/x/my text (1).tsv"), tmp_path).name == "pairs-my-text--1-"
    assert folder_for(Path("/x/" + "a" * 300), tmp_path).name == "pairs-" + "a" * 60
