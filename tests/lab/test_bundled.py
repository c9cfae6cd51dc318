"""The bundled models: fairly matched, small, as good as their cards say, and past the bars."""

from __future__ import annotations

import pytest

from studybuddy.lab import commands
from studybuddy.lab.bars import bars, measured
from studybuddy.lab.cards import Card, read_card
from studybuddy.lab.data import DATA
from studybuddy.lab.evaluation import by_length, disagreements, measure
from studybuddy.lab.models import load
from studybuddy.lab.plan import (
    FURTHER_SEEDS,
    HEADLINE_ATTENTION,
    HEADLINE_FIXED,
    LADDER,
    PLANS,
)
from studybuddy.lab.statistics import Share
from studybuddy.locations import find_locations

FOLDER = find_locations({}).bundled_models


@pytest.fixture(scope="module")
def cards() -> dict[str, Card]:
    return {name: read_card(FOLDER / f"{name}.json") for name in commands.NAMES}


def test_every_plan_is_bundled_and_nothing_else() -> None:
    weights = {file.stem for file in FOLDER.glob("*.safetensors")}
    assert weights == set(commands.NAMES)
    assert {file.stem for file in FOLDER.glob("*.json")} == weights | {"effects"}


def test_files_are_small() -> None:
    sizes = [file.stat().st_size for file in FOLDER.iterdir()]
    assert max(sizes) <= 1_000_000
    assert sum(sizes) <= 25 * 1_000_000


def test_cards_were_made_by_the_plans_of_today(cards: dict[str, Card]) -> None:
    for name, plan in PLANS.items():
        card = cards[name]
        assert card.kind == plan.kind, name
        assert dict(card.sizes) == dict(plan.sizes), name
        assert (card.seed, card.steps) == (plan.seed, plan.recipe.steps), name
        assert card.recipe == plan.recipe.plain(), name


def test_the_pair_differs_in_the_context_alone(cards: dict[str, Card]) -> None:
    for end in ("", *(f"-seed{seed}" for seed in FURTHER_SEEDS)):
        fixed, attention = cards[HEADLINE_FIXED + end], cards[HEADLINE_ATTENTION + end]
        assert fixed.recipe == attention.recipe
        assert (fixed.seed, fixed.steps) == (attention.seed, attention.steps)
        for shared in ("embedding", "hidden", "state"):
            assert fixed.sizes[shared] == attention.sizes[shared]
        assert fixed.sizes["readout_size"] >= attention.sizes["readout_size"]
        assert abs(fixed.parameters - attention.parameters) / fixed.parameters < 0.05
        assert "Luong" in attention.timing
        assert "no attention" in fixed.timing


def test_the_headline_c_is_the_largest_of_the_ladder_under_its_bar(cards: dict[str, Card]) -> None:
    under = [size for size in LADDER if cards[f"fixed-c{size}"].share(16, 19).value <= 0.35]
    assert f"fixed-c{max(under)}" == HEADLINE_FIXED


def test_the_cards_reach_every_bar(cards: dict[str, Card]) -> None:
    found = bars({name: measured(card) for name, card in cards.items()})
    assert len(found) > 25
    assert [bar.text for bar in found if not bar.reached] == []


def test_fresh_sentences_give_what_the_headline_cards_promise() -> None:
    """On 30 sentences a length, so with room for chance below the bars themselves."""
    data = DATA["grammar"]
    sentences = data.sample(range(4, 21), 30, "test", 77)

    def total(name: str, shortest: int, longest: int) -> float:
        shares = by_length(
            load(name).network,
            {n: pairs for n, pairs in sentences.items() if shortest <= n <= longest},
            data,
        )
        return sum(shares.values(), Share(0, 0)).value

    assert total(HEADLINE_ATTENTION, 4, 20) >= 0.99
    assert total(HEADLINE_FIXED, 4, 7) >= 0.95
    assert total(HEADLINE_FIXED, 16, 19) <= 0.45


def test_verify_finds_nothing_to_contradict() -> None:
    for name in (HEADLINE_FIXED, "digits-c2", "recall-gru"):
        _found, contradictions = commands.verify(name, per_length=25)
        assert contradictions == []


def test_verify_would_notice_another_network(cards: dict[str, Card]) -> None:
    model = load(HEADLINE_FIXED)
    recipe = PLANS[HEADLINE_FIXED].recipe
    found = measure(model.network, recipe, model.data, seed=5, per_length=10)
    assert disagreements(cards[HEADLINE_ATTENTION], found)
