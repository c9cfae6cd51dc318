"""The end of a training: measured as it is saved, written with its card, set beside the bundled one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.errors import StudyBuddyError
from studybuddy.locations import find_locations
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.lab.cards import Card
    from studybuddy.lab.training import Training


def finish(training: Training, folder: Path, *, per_length: int = 250) -> Card:
    """Measure a trained network as it is saved, and write weights and card.

    It is saved in 16 bits where that costs no exact match, and measured on up to `per_length`
    test sentences of each length.
    """
    from hashlib import sha256

    import torch

    from studybuddy.lab.cards import Card
    from studybuddy.lab.evaluation import TEST_SEED, measure, measures
    from studybuddy.lab.models import rounded
    from studybuddy.lab.weights import encode, save

    plan, recipe, data = training.plan, training.recipe, training.data
    network = training.network.to("cpu").eval()
    found = {}
    for bits in (32, 16):
        as_saved = rounded(network, plan, bits)
        found[bits] = measure(as_saved, recipe, data, seed=TEST_SEED, per_length=per_length)
    right = {bits: sum(bucket.right for bucket in buckets) for bits, buckets in found.items()}
    asked = sum(bucket.n for bucket in found[32])
    bits = 16 if right[16] >= right[32] - asked / 1000 else 32
    as_saved = rounded(network, plan, bits)
    weights = encode(as_saved.state_dict(), bits)
    card = Card(
        name=plan.name,
        about=plan.about,
        kind=plan.kind,
        sizes=dict(plan.sizes),
        parameters=network.parameter_count(),
        timing=network.timing,
        vocabulary=(data.source.digest, data.target.digest),
        data=f"{recipe.data}: up to {recipe.per_length} of each length from {recipe.shortest} to "
        f"{recipe.longest}, drawn with the seed from the part for training",
        recipe=recipe.plain(),
        seed=plan.seed,
        steps=training.step,
        validation_loss=round(training.history[-1][1], 6),
        improved_last_fifth=round(training.improvement(), 4),
        test_seed=TEST_SEED,
        buckets=found[bits],
        measures=measures(as_saved, plan.kind, recipe, data, seed=TEST_SEED),
        numbers=f"float{bits}",
        torch=torch.__version__.split("+")[0],
        sha256=sha256(weights).hexdigest(),
    )
    save(folder, weights, card)
    return card


def compare(card: Card) -> list[str]:
    """Lines that set a card beside the bundled card of the same name, length by length."""
    from studybuddy.lab.cards import read_card

    try:
        bundled = read_card(find_locations().bundled_models / f"{card.name}.json")
    except StudyBuddyError:
        return [_("there is no bundled model of this name to compare with")]
    lines: list[str] = []
    theirs = {(bucket.shortest, bucket.longest): bucket.share for bucket in bundled.buckets}
    for bucket in card.buckets:
        other = theirs.get((bucket.shortest, bucket.longest))
        if other is not None:
            lines.append(
                _("{a}–{b} words: {own:.1%} (bundled {other:.1%})").format(
                    a=bucket.shortest, b=bucket.longest, own=bucket.share.value, other=other.value
                )
            )
    return lines
