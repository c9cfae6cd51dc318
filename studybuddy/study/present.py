"""What stands on the front of a card today: the seed's numbers, sentence and shuffling."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from studybuddy.catalogue.generators import ComputeTask, generate
from studybuddy.catalogue.predictions import Task
from studybuddy.decks.model import Card, Choice, Compute, Experiment, Order
from studybuddy.lab.tasks import prepare


@dataclass(frozen=True, slots=True)
class Front:
    """A card as it is asked this time.

    `shuffled` are the indices of options or steps in the order shown. `compute`
    and `task` are the concrete calculation or prediction drawn from the seed.
    """

    card: Card
    seed: int
    shuffled: tuple[int, ...] = ()
    compute: ComputeTask | None = None
    task: Task | None = None


def _shuffled(count: int, seed: int, *, never_in_order: bool) -> tuple[int, ...]:
    indices = list(range(count))
    random = Random(seed)
    random.shuffle(indices)
    if never_in_order and count > 1 and indices == sorted(indices):
        indices = [*indices[1:], indices[0]]
    return tuple(indices)


def front_of(card: Card, seed: int) -> Front:
    """The front of this card under this seed; the same seed gives the same front."""
    match card.body:
        case Choice(options):
            return Front(card, seed, _shuffled(len(options), seed, never_in_order=False))
        case Order(steps):
            return Front(card, seed, _shuffled(len(steps), seed, never_in_order=True))
        case Compute(generator, parameters):
            return Front(card, seed, compute=generate(generator, parameters, seed, card.language))
        case Experiment(run, ask, parameters):
            return Front(card, seed, task=prepare(run, ask, parameters, seed, card.language))
        case _:
            return Front(card, seed)
