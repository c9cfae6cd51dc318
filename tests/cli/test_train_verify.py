"""`train --verify`: what was measured, where a card lies, which bars are missed."""

from __future__ import annotations

import json

import pytest

from studybuddy.lab.bars import Measured
from studybuddy.lab.cards import Bucket, Measure

TWENTY = ((4, 7, 99), (8, 11, 90), (12, 15, 50), (16, 19, 20), (20, 20, 5))
ALIGNED = {
    "content words on a gold link": Measure(0.995, 0.99, 0.999, 2000),
    "words on a gold link": Measure(0.93, 0.92, 0.94, 5000),
    "alignment error rate": Measure(0.05, 0.04, 0.06, 5000),
}


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Every model is measured as it should be; what is put in here contradicts its card."""
    lies: dict[str, list[str]] = {}

    def verify(name: str, *, seed: int) -> tuple[Measured, list[str]]:
        fixed = name.startswith("fixed")
        buckets = tuple(Bucket(a, b, 10 * share if fixed else 1000, 1000) for a, b, share in TWENTY)
        return Measured(buckets, {} if fixed else ALIGNED), lies.get(name, [])

    monkeypatch.setattr("studybuddy.lab.commands.verify", verify)
    monkeypatch.setattr(
        "studybuddy.lab.commands.NAMES", ("fixed-c32", "attention", "fixed-c32-seed1")
    )
    return lies


def test_models_that_hold_and_bars_that_are_reached_end_well(studybuddy, verified) -> None:
    ended = studybuddy("train", "--verify")
    assert ended.code == 0
    assert "fixed-c32  4–7: 99.0%" in ended.out
    assert ended.out.count("✓ holds what its card says") == 3
    assert "✓ attention, up to 20 words: 100.00%" in ended.out
    assert "✗" not in ended.out


def test_a_card_that_lies_fails_and_is_named(studybuddy, verified) -> None:
    verified["attention"] = ["4–7 words: the card says 10%"]
    ended = studybuddy("train", "attention", "--verify")
    assert ended.code == 1
    assert "✗ 4–7 words: the card says 10%" in ended.out


def test_everything_as_json(studybuddy, verified) -> None:
    plain = json.loads(studybuddy("train", "--verify", "--json").out)
    assert plain["models"]["fixed-c32"]["buckets"][3]["exact_match"] == 0.2
    assert plain["models"]["attention"]["measures"]["alignment error rate"]["value"] == 0.05
    assert all(bar["reached"] for bar in plain["bars"])


def test_an_unknown_model_is_answered_with_the_nearest(studybuddy) -> None:
    ended = studybuddy("train", "atention", "--verify")
    assert ended.code == 1
    assert "attention" in ended.err


def test_json_belongs_to_verify(studybuddy) -> None:
    assert studybuddy("train", "dot", "--json").code == 2


def test_measures_and_bars_are_named_in_the_interfaces_language(studybuddy, verified) -> None:
    english = studybuddy("train", "--verify").out
    assert "  alignment error rate: 0.05" in english
    assert "attention, words on a gold link: 0.9300" in english
    chinese = studybuddy("--lang", "zh", "train", "--verify").out
    assert "  对齐错误率: 0.05" in chinese
    assert "attention, 落在标准对齐上的词: 0.9300" in chinese
    assert "gold link" not in chinese
    assert "error rate" not in chinese
