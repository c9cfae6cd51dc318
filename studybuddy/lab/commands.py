"""Training and checking the models from the command line, as streams of events.

A retrained model goes to the learner's own folder and never over a bundled file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.threads import ready
from studybuddy.locations import find_locations
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.lab.cards import Card
    from studybuddy.lab.training import Training

NAMES = ("fixed-20", "attention-20")
"""The models that can be trained: the matched pair of 4 to 20 words."""
MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class TrainEvent:
    """What happened to the model `name`: a line for the screen, and how far it is.

    `step` of `steps` counts updates; `seconds_left` is None until it can be told. `finished`
    is True on the last event of each model, whose `lines` compare it with the bundled one.
    """

    name: str
    step: int
    steps: int
    message: str
    loss: float | None = None
    exact: float | None = None
    seconds_left: float | None = None
    finished: bool = False
    lines: tuple[str, ...] = ()


def train(
    names: Sequence[str] = NAMES,
    out: Path | None = None,
    *,
    seed: int = 0,
    steps: int | None = None,
    threads: int = 1,
) -> Iterator[TrainEvent]:
    """Train models from nothing into `out` (the learner's folder of models without it).

    Checkpoints lie in `out`/checkpoints: a training that was stopped, by closing this iterator
    or by an interrupt, goes on when it is called again with the same settings. Raises
    StudyBuddyError for unknown names, bad settings, or the bundled folder as `out`.
    """
    places = find_locations()
    folder = places.models if out is None else out
    _check(names, folder, places.bundled_models, seed, steps, threads)
    ready(threads)
    from studybuddy.lab.models import HEADLINE
    from studybuddy.lab.recipe import Recipe
    from studybuddy.lab.training import Training

    recipe = Recipe() if steps is None else Recipe(steps=steps)
    for name in names:
        checkpoint = folder / "checkpoints" / f"{name}-seed{seed}.safetensors"
        training = Training(HEADLINE[name], recipe, seed, checkpoint)
        for progress in training.run():
            begun = progress.seconds_left is None
            yield TrainEvent(
                name,
                progress.step,
                progress.steps,
                _("drawing the sentences")
                if begun
                else _("loss {loss:.4f}, exact match {exact:.1%}").format(
                    loss=progress.loss, exact=progress.exact
                ),
                None if begun else progress.loss,
                None if begun else progress.exact,
                progress.seconds_left,
            )
        card = finish(name, training, folder)
        checkpoint.unlink(missing_ok=True)
        yield TrainEvent(
            name,
            recipe.steps,
            recipe.steps,
            _("saved {file}").format(file=folder / f"{name}.safetensors"),
            finished=True,
            lines=tuple(compare(card)),
        )


def _check(
    names: Sequence[str], folder: Path, bundled: Path, seed: int, steps: int | None, threads: int
) -> None:
    for name in names:
        if name not in NAMES:
            raise StudyBuddyError(
                _("no model {name}; there are {names}").format(
                    name=repr(name[:40]), names=", ".join(NAMES)
                )
            )
    if folder.resolve() == bundled.resolve():
        raise StudyBuddyError(
            _("{folder} holds the bundled models; choose another folder").format(folder=folder)
        )
    if steps is not None and not 1 <= steps <= MOST_STEPS:
        raise StudyBuddyError(_("steps must lie from 1 to {most}").format(most=MOST_STEPS))
    if not 0 <= seed < 2**31:
        raise StudyBuddyError(_("the seed must be a whole number from 0 to 2147483647"))
    if not 1 <= threads <= 64:
        raise StudyBuddyError(_("threads must lie from 1 to 64"))


def finish(name: str, training: Training, folder: Path, *, per_length: int = 250) -> Card:
    """Measure a trained network as it is saved, in 16 bits, and write weights and card.

    It is measured on up to `per_length` test sentences of each length.
    """
    from hashlib import sha256

    import torch

    from studybuddy.lab.cards import Card
    from studybuddy.lab.evaluation import TEST_SEED, measure
    from studybuddy.lab.models import encode, half_precision, save
    from studybuddy.lab.networks.build import build
    from studybuddy.lab.vocabulary import SOURCE, TARGET

    assert training.sizes is not None
    network = build(training.kind, training.sizes)
    rounded = half_precision(training.network)
    network.load_state_dict({layer: tensor.float() for layer, tensor in rounded.items()})
    network.eval()
    data = encode(network)
    recipe = training.recipe
    card = Card(
        name=name,
        kind=training.kind,
        sizes=training.sizes,
        parameters=network.parameter_count(),
        timing=network.timing,
        vocabulary=(SOURCE.digest, TARGET.digest),
        data=f"up to {recipe.per_length} sentences of each length from {recipe.shortest} to "
        f"{recipe.longest} words, drawn with the seed from the training part of the small language",
        recipe=recipe.plain(),
        seed=training.seed,
        steps=training.step,
        validation_loss=round(training.history[-1][1], 6),
        improved_last_fifth=round(training.improvement(), 4),
        test_seed=TEST_SEED,
        buckets=measure(network, seed=TEST_SEED, per_length=per_length),
        numbers="float16",
        torch=torch.__version__.split("+")[0],
        sha256=sha256(data).hexdigest(),
    )
    save(folder, data, card)
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


def verify(name: str, *, seed: int = 1, per_length: int = 60) -> list[str]:
    """Load a bundled model and measure it again on fresh sentences.

    Returns sentences that say where it contradicts its card; none means that it holds.
    Raises StudyBuddyError when the model cannot be loaded.
    """
    ready()
    from studybuddy.lab.evaluation import disagreements, measure
    from studybuddy.lab.models import load

    model = load(name)
    return disagreements(model.card, measure(model.network, seed=seed, per_length=per_length))
