"""Saved recallers: trained, measured, written and read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import torch

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.bars import Measured
from studybuddy.lab.cards import Bucket, Card, Measure
from studybuddy.lab.commands import TrainEvent
from studybuddy.lab.evaluation import TEST_SEED, disagreements
from studybuddy.lab.networks.recall import TIMING, Recaller
from studybuddy.lab.recall_plan import ANSWERS, RECALL_PLANS, SYMBOLS
from studybuddy.lab.recalling import CHECK_EVERY, RecallTraining, Trained, recalled, strings
from studybuddy.lab.statistics import Share
from studybuddy.lab.used import record
from studybuddy.lab.vocabulary import Vocabulary
from studybuddy.lab.weights import Stamps, check_words, encode, fill, read, save, stamps
from studybuddy.locations import find_locations
from studybuddy.text.translation import _

DIGESTS = (Vocabulary(SYMBOLS).digest, Vocabulary(ANSWERS).digest)
MIXED_LAGS = (1, 5, 10, 20, 30, 40, 60)
"""Lags on which networks of mixed lags are measured; past 20 is beyond their training."""
COUNT = 2000
"""Strings of each lag; so many that chance, 1/8, has an interval of 1.5 points to either side."""
REACHED = "steps to 99 %"


@dataclass(frozen=True, slots=True)
class RecallModel:
    """A network in evaluation mode and its card."""

    network: Recaller
    card: Card


@lru_cache(maxsize=16)
def _tested(lag: int, count: int, seed: int) -> torch.Tensor:
    """The test strings, drawn once for all networks."""
    return strings(lag, count, "test", seed)


def measured_lags(shortest: int, longest: int) -> tuple[int, ...]:
    """The lags on which a network trained on `shortest`..`longest` is measured."""
    return (shortest,) if shortest == longest else MIXED_LAGS


def measure_recall(
    network: Recaller, lags: Sequence[int], *, seed: int, count: int = COUNT
) -> tuple[Bucket, ...]:
    """First letters named at each lag, of up to `count` different test strings."""
    found: list[Bucket] = []
    for lag in lags:
        share = recalled(network, _tested(lag, count, seed))
        found.append(Bucket(lag, lag, share.right, share.n))
    return tuple(found)


def rebuild(cell: str, sizes: dict[str, int], data: bytes) -> Recaller:
    """The network of a weights' file. Raises ValueError in words, or what safetensors raises."""
    if set(sizes) != {"embedding", "hidden"}:
        raise ValueError(_("its card names other sizes than a recaller has"))
    network = Recaller(cell, symbols=len(SYMBOLS), answers=len(ANSWERS), **sizes)
    fill(network, data)
    return network


def finish(trained: Trained, folder: Path) -> Card:
    """Measure a trained network as it is saved, and write weights and card.

    It is saved in 16 bits where that costs no right answer, else in 32.
    """
    plan = trained.plan
    lags = measured_lags(plan.shortest, plan.longest)
    found: dict[int, tuple[bytes, tuple[Bucket, ...]]] = {}
    for bits in (32, 16):
        data = encode(trained.network.state_dict(), bits)
        network = rebuild(plan.cell, plan.sizes, data)
        found[bits] = data, measure_recall(network, lags, seed=TEST_SEED)
    right = {bits: sum(bucket.right for bucket in found[bits][1]) for bits in found}
    bits = 16 if right[16] >= right[32] else 32
    data, buckets = found[bits]
    measures: dict[str, Measure] = {}
    if trained.reached is not None:
        first = float(trained.reached)
        measures[REACHED] = Measure(first, first - CHECK_EVERY, first, 1)
    card = Card(
        name=plan.name,
        about=plan.about,
        kind=plan.cell,
        sizes=plan.sizes,
        parameters=trained.network.parameter_count(),
        timing=TIMING,
        vocabulary=DIGESTS,
        data="one of eight letters, then the lag's number of distractors; the letter is asked",
        recipe={**plan.plain(), "rate": trained.rate},
        seed=plan.seed,
        steps=plan.steps,
        validation_loss=round(trained.loss, 6),
        improved_last_fifth=round(trained.improvement(), 4),
        test_seed=TEST_SEED,
        buckets=buckets,
        measures=measures,
        numbers=f"float{bits}",
        torch=torch.__version__.split("+")[0],
        sha256=sha256(data).hexdigest(),
    )
    save(folder, data, card)
    return card


def load_recall(name: str, folder: Path | None = None) -> RecallModel:
    """A recaller by name from `folder`; bundled ones without it.

    Raises StudyBuddyError when a file is missing, too large, changed, or not this model.
    """
    folder = find_locations().bundled_models if folder is None else folder
    model = _load(name, folder, stamps(name, folder))
    record(name, model.card.sha256)
    return model


@lru_cache(maxsize=64)
def _load(name: str, folder: Path, _stamps: Stamps) -> RecallModel:
    """Read and check the files; an unchanged file is read only once."""

    def built(card: Card, weights: bytes) -> RecallModel:
        check_words(card, DIGESTS)
        return RecallModel(rebuild(card.kind, dict(card.sizes), weights), card)

    return read(name, folder, built)


def verify_recall(name: str, *, seed: int = 1, count: int = COUNT) -> tuple[Measured, list[str]]:
    """A bundled recaller on fresh strings, and where that contradicts its card; none: it holds."""
    model = load_recall(name)
    lags = [bucket.shortest for bucket in model.card.buckets]
    found = Measured(measure_recall(model.network, lags, seed=seed, count=count), {})
    return found, disagreements(model.card, found.buckets)


def train_recalls(
    names: Sequence[str] = tuple(RECALL_PLANS),
    folder: Path | None = None,
    *,
    seed: int | None = None,
    steps: int | None = None,
) -> Iterator[TrainEvent]:
    """Train recallers from nothing into `folder` (the learner's own without it), each in seconds.

    Raises StudyBuddyError for an unknown name.
    """
    folder = find_locations().models if folder is None else folder
    for name in names:
        if name not in RECALL_PLANS:
            raise StudyBuddyError(_("no model {name}").format(name=repr(name[:40])))
        plan = RECALL_PLANS[name]
        if seed is not None:
            plan = replace(plan, seed=seed)
        if steps is not None:
            plan = replace(plan, steps=steps)
        training = RecallTraining(plan)
        last = 0
        for step in training.run():
            last = step.steps
            message = _("rate {rate:g}: loss {loss:.4f}, right {exact:.1%}").format(
                rate=step.rate, loss=step.loss, exact=step.exact
            )
            yield TrainEvent(name, step.step, step.steps, message, step.loss, step.exact)
        assert training.trained is not None
        card = finish(training.trained, folder)
        saved = _("saved {file}").format(file=folder / f"{name}.safetensors")
        yield TrainEvent(name, last, last, saved, finished=True, lines=tuple(lag_lines(card)))


def lag_lines(card: Card) -> list[str]:
    """What a card says of each lag, a line each."""
    return [
        _("lag {lag}: {share:.1%} of {n} strings").format(
            lag=bucket.shortest, share=Share(bucket.right, bucket.n).value, n=bucket.n
        )
        for bucket in card.buckets
    ]
