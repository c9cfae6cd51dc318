"""Every measure of the bundled cards has a name in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studybuddy.lab.cards import read_card
from studybuddy.lab.measure_names import measure_name
from studybuddy.locations import find_locations
from studybuddy.text.translation import set_language


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    set_language("en")


def test_every_bundled_measure_has_a_chinese_name() -> None:
    folder = find_locations().bundled_models
    cards = [read_card(file.with_suffix(".json")) for file in folder.glob("*.safetensors")]
    names = {name for card in cards for name in card.measures}
    assert names
    set_language("en")
    assert {measure_name(name) for name in names} == names
    set_language("zh")
    for name in names:
        assert any("一" <= letter <= "鿿" for letter in measure_name(name)), name
    assert measure_name("bits recovered of 12 digits") == "12 个数字恢复出的比特"


def test_an_unknown_measure_keeps_its_name() -> None:
    assert measure_name("something new") == "something new"
