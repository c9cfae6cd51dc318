"""Training and checking the models from the command line, as streams of events.

A retrained model goes to the learner's own folder and never over a bundled file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.finishing import compare, finish
from studybuddy.lab.plan import PLANS, Plan
from studybuddy.lab.recall_plan import RECALL_PLANS
from studybuddy.lab.threads import ready
from studybuddy.locations import find_locations
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.lab.bars import Measured
    from studybuddy.lab.training import Training

NAMES = (*PLANS, *RECALL_PLANS)
"""Every model that is bundled and can be trained, in the order of `train all`."""
MOST_STEPS = 100_000


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
    seed: int | None = None,
    steps: int | None = None,
    threads: int = 1,
    device: str = "cpu",
) -> Iterator[TrainEvent]:
    """Train models from nothing into `out` (the learner's folder of models without it).

    Each is trained by its plan, with another `seed` or number of `steps` where they are given.
    Checkpoints lie in `out`/checkpoints: a training that was stopped, by closing this iterator
    or by an interrupt, goes on when it is called again with the same settings. Raises
    StudyBuddyError for unknown names, bad settings, or the bundled folder as `out`.
    """
    places = find_locations()
    folder = places.models if out is None else out
    _check(names, folder, places.bundled_models, seed, steps, threads)
    ready(threads)
    from studybuddy.lab.training import Training

    _check_device(device)
    for name in names:
        if name in RECALL_PLANS:
            from studybuddy.lab.recall_models import train_recalls

            yield from train_recalls([name], folder, seed=seed, steps=steps)
            continue
        training = Training(
            planned(name, seed, steps), _checkpoint(folder, name, seed), device=device
        )
        yield from _watched(name, training)
        card = finish(training, folder)
        _checkpoint(folder, name, seed).unlink(missing_ok=True)
        total = training.recipe.steps
        saved = _("saved {file}").format(file=folder / f"{name}.safetensors")
        yield TrainEvent(name, total, total, saved, finished=True, lines=tuple(compare(card)))


def _watched(name: str, training: Training) -> Iterator[TrainEvent]:
    for progress in training.run():
        if progress.seconds_left is None:
            message = _("drawing the sentences")
            yield TrainEvent(name, progress.step, progress.steps, message)
            continue
        message = _("loss {loss:.4f}, exact match {exact:.1%}").format(
            loss=progress.loss, exact=progress.exact
        )
        yield TrainEvent(
            name,
            progress.step,
            progress.steps,
            message,
            progress.loss,
            progress.exact,
            progress.seconds_left,
        )


def _checkpoint(folder: Path, name: str, seed: int | None) -> Path:
    number = PLANS[name].seed if seed is None else seed
    return folder / "checkpoints" / f"{name}-seed{number}.safetensors"


def planned(name: str, seed: int | None = None, steps: int | None = None) -> Plan:
    """The plan of this name, with another seed or another number of steps."""
    plan = PLANS[name]
    if seed is not None:
        plan = replace(plan, seed=seed)
    if steps is not None:
        plan = replace(plan, recipe=replace(plan.recipe, steps=steps))
    return plan


def _check_device(device: str) -> None:
    """Raises StudyBuddyError when torch cannot compute there."""
    import torch

    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as problem:
        raise StudyBuddyError(
            _("torch has no device {device} here; cpu always works").format(
                device=repr(clean(device)[:40])
            )
        ) from problem


def names_of(name: str) -> tuple[str, ...]:
    """All names for "all", else this one. Raises StudyBuddyError when there is no such model."""
    if name == "all":
        return NAMES
    _known(name)
    return (name,)


def _known(name: str) -> None:
    if name in NAMES:
        return
    near = get_close_matches(name, NAMES, n=3)
    raise StudyBuddyError(
        _("no model {name}; near it: {near}; `studybuddy models` lists all").format(
            name=repr(clean(name)[:40]), near=", ".join(near) or "-"
        )
    )


def _check(
    names: Sequence[str],
    folder: Path,
    bundled: Path,
    seed: int | None,
    steps: int | None,
    threads: int,
) -> None:
    for name in names:
        _known(name)
    if folder.resolve() == bundled.resolve():
        raise StudyBuddyError(
            _("{folder} holds the bundled models; choose another folder").format(folder=folder)
        )
    if steps is not None and not 1 <= steps <= MOST_STEPS:
        raise StudyBuddyError(_("steps must lie from 1 to {most}").format(most=MOST_STEPS))
    if seed is not None and not 0 <= seed < 2**31:
        raise StudyBuddyError(_("the seed must be a whole number from 0 to 2147483647"))
    if not 1 <= threads <= 64:
        raise StudyBuddyError(_("threads must lie from 1 to 64"))


def verify(name: str, *, seed: int = 1, per_length: int = 250) -> tuple[Measured, list[str]]:
    """Load a bundled model and measure it again on fresh sentences.

    Returns what was measured, and sentences that say where it contradicts its card; none means
    that it holds. Raises StudyBuddyError when the model cannot be loaded.
    """
    ready()
    if name in RECALL_PLANS:
        from studybuddy.lab.recall_models import verify_recall

        return verify_recall(name, seed=seed)
    from studybuddy.lab.bars import Measured
    from studybuddy.lab.evaluation import disagreements, measure, measures
    from studybuddy.lab.models import load

    model, recipe = load(name), PLANS[name].recipe
    found = Measured(
        measure(model.network, recipe, model.data, seed=seed, per_length=per_length),
        measures(model.network, model.card.kind, recipe, model.data, seed=seed),
    )
    return found, disagreements(model.card, found.buckets, found.measures)
