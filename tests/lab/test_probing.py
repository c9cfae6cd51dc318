"""One source word changed: what is measured is log p of its own translation and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from studybuddy.lab.language.classes import class_of
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.scoring import log_probabilities
from studybuddy.lab.probing import changed_source, probes, third_of
from studybuddy.lab.vocabulary import SOURCE, TARGET

SIZES = {"embedding": 8, "hidden": 16, "readout_size": 8, "directions": 1}


def test_thirds_cover_a_sentence() -> None:
    assert [third_of(place, 9) for place in range(9)] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert [third_of(place, 4) for place in range(4)] == [0, 0, 1, 2]


def test_a_word_is_dropped_or_replaced_by_one_of_its_kind() -> None:
    source = ("the", "dog", "sleeps", ".")
    assert changed_source(source, 1, "drop", 0) == ("the", "sleeps", ".")
    other = changed_source(source, 1, "replace", 0)
    assert other is not None
    assert (other[0], *other[2:]) == ("the", "sleeps", ".")
    assert other[1] != "dog"
    assert class_of(other[1]) == "noun"
    assert other == changed_source(source, 1, "replace", 0)
    assert changed_source(source, 0, "drop", 0) is None


@pytest.mark.parametrize("change", ["drop", "replace"])
def test_the_fall_is_that_of_the_words_own_translation(change: str) -> None:
    torch.manual_seed(2)
    network = build("textbook", SIZES, (len(SOURCE), len(TARGET))).eval()
    pairs = Unseen(6).of(9, 6)
    found = probes(network, pairs, change, 6, first=10)
    assert found
    assert {probe.sentence for probe in found} <= set(range(10, 16))
    for probe in found[:6]:
        pair = pairs[probe.sentence - 10]
        (t,) = [t for t, s in pair.sure if s == probe.place and t in pair.content]
        source = changed_source(pair.source, probe.place, change, 6)
        assert source is not None
        before = float(log_probabilities(network, [pair])[0, t])
        after = float(log_probabilities(network, [replace(pair, source=source)])[0, t])
        assert probe.kept == pytest.approx(before, abs=1e-4)
        assert probe.fall == pytest.approx(before - after, abs=1e-4)
        assert probe.third == third_of(probe.place, 9)
        assert probe.target_third == third_of(t, len(pair.target))
        assert probe.kind == class_of(pair.source[probe.place])


def test_a_network_that_reads_nothing_misses_nothing() -> None:
    """With a blind encoder every fall is 0: the measure does not make up an effect."""
    network = build("textbook", SIZES, (len(SOURCE), len(TARGET))).eval()
    with torch.no_grad():
        network.encoder.embedding.weight.zero_()
    assert all(
        abs(probe.fall) < 1e-5 for probe in probes(network, Unseen(6).of(8, 5), "replace", 1)
    )
    assert probes(network, [], "replace", 1) == []
