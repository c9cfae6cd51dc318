"""Saved recallers: trained, measured, written and read again under the rules of `models`.

A file is bounded in size, its hash compared with the card's, then names, shapes, types and
finiteness checked. Nothing in it is ever run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as read_tensors
from safetensors.torch import save as write_tensors

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.bars import Measured
from studybuddy.lab.cards import Bucket, Card, Measure, read_card
from studybuddy.lab.commands import TrainEvent
from studybuddy.lab.evaluation import TEST_SEED, disagreements
from studybuddy.lab.models import LARGEST, save
from studybuddy.lab.networks.recall import TIMING, Recaller
from studybuddy.lab.recall_plan import ANSWERS, RECALL_PLANS, SYMBOLS
from studybuddy.lab.recalling import CHECK_EVERY, RecallTraining, Trained, recalled, strings
from studybuddy.lab.statistics import Share
from studybuddy.lab.vocabulary import Vocabulary
from studybuddy.locations import find_locations
from studybuddy.text.translation import _

_LARGEST_HEADER = 64 * 1024
DIGESTS = (Vocabulary(SYMBOLS).digest, Vocabulary(ANSWERS).digest)
MIXED_LAGS = (1, 5, 10, 20, 30, 40, 60)
"""Lags on which networks of mixed lags are measured; past 20 is beyond their training."""
REACHED = "steps to 99 %"


@dataclass(frozen=True, slots=True)
class RecallModel:
    """A network in evaluation mode and its card."""

    network: Recaller
    card: Card


def measured_lags(shortest: int, longest: int) -> tuple[int, ...]:
    """The lags on which a network trained on `shortest`..`longest` is measured."""
    return (shortest,) if shortest == longest else MIXED_LAGS


def measure_recall(
    network: Recaller, lags: Sequence[int], *, seed: int, count: int = 400
) -> tuple[Bucket, ...]:
    """First letters named at each lag, of up to `count` different test strings."""
    found: list[Bucket] = []
    for lag in lags:
        share = recalled(network, strings(lag, count, "test", seed))
        found.append(Bucket(lag, lag, share.right, share.n))
    return tuple(found)


def encode(network: Recaller, bits: int = 16) -> bytes:
    """The weights' file, in numbers of 16 or 32 bits."""
    numbers = {16: torch.float16, 32: torch.float32}[bits]
    return write_tensors(
        {
            name: tensor.detach().to(numbers).contiguous()
            for name, tensor in network.state_dict().items()
        }
    )


def rebuild(cell: str, sizes: dict[str, int], data: bytes) -> Recaller:
    """The network of a weights' file. Raises ValueError in words, or what safetensors raises."""
    if set(sizes) != {"embedding", "hidden"}:
        raise ValueError(_("its card names other sizes than a recaller has"))
    network = Recaller(cell, symbols=len(SYMBOLS), answers=len(ANSWERS), **sizes)
    tensors = read_tensors(data)
    expected = network.state_dict()
    if set(tensors) != set(expected):
        raise ValueError(_("it holds other layers than its card says"))
    for layer, tensor in tensors.items():
        if tensor.shape != expected[layer].shape:
            raise ValueError(_("a layer has another shape than its card says"))
        if tensor.dtype not in (torch.float16, torch.float32):
            raise ValueError(_("its numbers are not 16 or 32 bit floats"))
        if not bool(torch.isfinite(tensor).all()):
            raise ValueError(_("some of its weights are not numbers"))
    network.load_state_dict({layer: tensor.float() for layer, tensor in tensors.items()})
    return network.eval()


def finish(trained: Trained, folder: Path) -> Card:
    """Measure a trained network as it is saved, and write weights and card.

    It is saved in 16 bits where that costs no right answer, else in 32.
    """
    plan = trained.plan
    lags = measured_lags(plan.shortest, plan.longest)
    found: dict[int, tuple[bytes, tuple[Bucket, ...]]] = {}
    for bits in (32, 16):
        data = encode(trained.network, bits)
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
    path = folder / f"{name}.safetensors"
    missing = _("no model {file}; `studybuddy train` builds it").format(file=path)
    try:
        stamps = [file.stat() for file in (path, path.with_suffix(".json"))]
    except OSError as problem:
        raise StudyBuddyError(missing) from problem
    return _load(name, folder, tuple((stamp.st_mtime_ns, stamp.st_size) for stamp in stamps))


@lru_cache(maxsize=64)
def _load(name: str, folder: Path, _stamps: tuple[tuple[int, int], ...]) -> RecallModel:
    """Read and check the files; an unchanged file is read only once."""
    card = read_card(folder / f"{name}.json")
    path = folder / f"{name}.safetensors"
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        raise StudyBuddyError(
            _("no model {file}; `studybuddy train` builds it").format(file=path)
        ) from problem
    try:
        _check(name, card, data)
        return RecallModel(rebuild(card.kind, dict(card.sizes), data), card)
    except (ValueError, SafetensorError, RuntimeError) as problem:
        raise StudyBuddyError(
            _("the model {file} cannot be used: {why}; `studybuddy train` rebuilds it").format(
                file=path, why=problem
            )
        ) from problem


def _check(name: str, card: Card, data: bytes) -> None:
    """What can be said of the bytes before they are read as tensors. Raises ValueError in words."""
    if len(data) > LARGEST:
        raise ValueError(_("it is larger than any model of ours"))
    if sha256(data).hexdigest() != card.sha256:
        raise ValueError(_("its hash is not the one in its card"))
    if card.name != name:
        raise ValueError(_("its card is that of another model"))
    if card.vocabulary != DIGESTS:
        raise ValueError(_("it was trained on another word list"))
    if len(data) < 8 or int.from_bytes(data[:8], "little") > min(_LARGEST_HEADER, len(data) - 8):
        raise ValueError(_("its header is damaged"))


def measured_recall(name: str, *, seed: int = 1, count: int = 400) -> Measured:
    """A bundled recaller measured on fresh test strings."""
    model = load_recall(name)
    lags = [bucket.shortest for bucket in model.card.buckets]
    return Measured(measure_recall(model.network, lags, seed=seed, count=count), {})


def verify_recall(name: str, *, seed: int = 1, count: int = 400) -> list[str]:
    """Where a bundled recaller contradicts its card on fresh strings, as sentences; none: it holds."""
    found = measured_recall(name, seed=seed, count=count)
    return disagreements(load_recall(name).card, found.buckets)


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
