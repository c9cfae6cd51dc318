"""The bundled pair: fairly matched, as good as its cards say, and past the bars."""

from __future__ import annotations

import pytest

from studybuddy.lab import commands
from studybuddy.lab.evaluation import by_length, disagreements, measure
from studybuddy.lab.language.corpus import sample
from studybuddy.lab.models import HEADLINE, Model, load
from studybuddy.lab.statistics import Share
from studybuddy.locations import find_locations


@pytest.fixture(scope="module")
def models() -> dict[str, Model]:
    return {name: load(name) for name in HEADLINE}


@pytest.fixture(scope="module")
def fresh(models: dict[str, Model]) -> dict[str, dict[int, Share]]:
    """Exact match on sentences that no card was measured on."""
    sentences = sample(range(4, 21), 40, "test", 77)
    return {name: by_length(model.network, sentences) for name, model in models.items()}


def _total(shares: dict[int, Share], shortest: int, longest: int) -> float:
    return sum((shares[n] for n in range(shortest, longest + 1)), Share(0, 0)).value


def test_the_pair_differs_in_the_context_alone(models: dict[str, Model]) -> None:
    fixed, attention = models["fixed-20"].card, models["attention-20"].card
    assert fixed.recipe == attention.recipe
    assert (fixed.seed, fixed.steps) == (attention.seed, attention.steps)
    for shared in ("embedding", "hidden", "state"):
        assert fixed.sizes[shared] == attention.sizes[shared]
    assert abs(fixed.parameters - attention.parameters) / fixed.parameters < 0.05
    assert "Luong" in attention.timing
    assert "no attention" in fixed.timing


def test_the_cards_meet_the_bars(models: dict[str, Model]) -> None:
    fixed, attention = models["fixed-20"].card, models["attention-20"].card
    assert attention.share(4, 20).value >= 0.998
    assert fixed.share(4, 7).value >= 0.98
    assert fixed.share(16, 19).value <= 0.35
    assert attention.share(16, 19).value - fixed.share(16, 19).value >= 0.65
    assert min(bucket.n for bucket in fixed.buckets) >= 200


def test_fresh_sentences_give_what_the_cards_promise(fresh: dict[str, dict[int, Share]]) -> None:
    """On 40 sentences a length, so with room for chance below the bars themselves."""
    fixed, attention = fresh["fixed-20"], fresh["attention-20"]
    assert _total(attention, 4, 20) >= 0.99
    assert _total(fixed, 4, 7) >= 0.95
    assert _total(fixed, 16, 19) <= 0.45
    assert _total(attention, 16, 19) - _total(fixed, 16, 19) >= 0.55


def test_verify_finds_nothing_to_contradict() -> None:
    assert commands.verify("fixed-20", per_length=25) == []


def test_verify_would_notice_another_network(models: dict[str, Model]) -> None:
    measured = measure(models["fixed-20"].network, seed=5, per_length=10)
    assert disagreements(models["attention-20"].card, measured)


def test_files_are_small() -> None:
    files = list(find_locations().bundled_models.glob("*.safetensors"))
    assert len(files) >= 2
    assert all(file.stat().st_size <= 1_000_000 for file in files)
