"""From a learner's file to a report, as a stream of events.

Everything lies in one folder: the plan, checkpoints while training goes on, then networks, word
lists and report. The same call with the same folder goes on where it was stopped.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.pairs.corpus import Corpus, corpus_of
from studybuddy.lab.pairs.reading import read_pairs
from studybuddy.lab.pairs.settings import MOST_STEPS, NETWORKS, Network, Settings, usual_steps
from studybuddy.lab.pairs.tokens import Units
from studybuddy.lab.threads import ready
from studybuddy.locations import find_locations
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.lab.pairs.report import Report
    from studybuddy.lab.pairs.saved import PairsModel
    from studybuddy.lab.pairs.training import PairsProgress, PairsTraining

_LARGEST_PLAN = 64 * 1024
LONGEST_MINUTES = 24 * 60
_TIMED = 20
PLAN_FILE, REPORT_FILE = "plan.json", "report.json"

Stage = Literal["read", "planned", "training", "trained", "testing", "report"]


@dataclass(frozen=True, slots=True)
class PairsEvent:
    """What happened: `corpus` once the file is read, `steps` once the budget is known.

    While the network `name` is trained `progress` says how far it is and `seconds_left` how long
    all training may still take; while it is tested, `total` sentences are being translated.
    """

    stage: Stage
    name: str = ""
    corpus: Corpus | None = None
    steps: int = 0
    progress: PairsProgress | None = None
    seconds_left: float | None = None
    total: int = 0
    model: PairsModel | None = None
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class PairsTask:
    """What is asked for. Without `steps` and `minutes` the budget follows from the text's size."""

    file: Path
    folder: Path
    source_units: Units | None = None
    target_units: Units | None = None
    seed: int = 0
    steps: int | None = None
    minutes: float | None = None
    threads: int = 1
    device: str = "cpu"
    networks: tuple[Network, ...] = field(default=NETWORKS)

    def check(self) -> None:
        """Raises StudyBuddyError in words where a setting is out of bounds."""
        if self.steps is not None and not 1 <= self.steps <= MOST_STEPS:
            raise StudyBuddyError(_("steps must lie from 1 to {most}").format(most=MOST_STEPS))
        if self.minutes is not None and not 0 < self.minutes <= LONGEST_MINUTES:
            raise StudyBuddyError(
                _("minutes must lie above 0 and be at most {most}").format(most=LONGEST_MINUTES)
            )
        if self.steps is not None and self.minutes is not None:
            raise StudyBuddyError(_("give steps or minutes, not both"))
        if not 0 <= self.seed < 2**31:
            raise StudyBuddyError(_("the seed must be a whole number from 0 to 2147483647"))
        if not 1 <= self.threads <= 64:
            raise StudyBuddyError(_("threads must lie from 1 to 64"))
        bundled = find_locations().bundled_models
        if self.folder.resolve() == bundled.resolve():
            raise StudyBuddyError(
                _("{folder} holds the bundled models; choose another folder").format(
                    folder=clean(str(self.folder))
                )
            )


def folder_for(file: Path, models: Path) -> Path:
    """Where the networks of this file lie when no folder is named."""
    name = "".join(each if each.isalnum() or each in "-_." else "-" for each in file.stem)
    return models / f"pairs-{name[:60] or 'text'}"


def train_pairs(task: PairsTask) -> Generator[PairsEvent, None, None]:
    """Read, train, test. Close the iterator, or interrupt it, to stop: the same task goes on later.

    Raises StudyBuddyError for a file that cannot be used, bad settings, or a folder that holds a
    training of another text.
    """
    task.check()
    corpus = corpus_of(read_pairs(task.file), task.source_units, task.target_units)
    yield PairsEvent("read", corpus=corpus)
    ready(task.threads)
    from studybuddy.lab.pairs.report import report_on, translate_test
    from studybuddy.lab.pairs.saved import save_words, words_of
    from studybuddy.lab.weights import put

    _check_device(task.device)
    settings = Settings(_planned_steps(task, corpus), seed=task.seed)
    yield PairsEvent("planned", corpus=corpus, steps=settings.steps)
    save_words(task.folder, words_of(corpus))
    models: list[PairsModel] = []
    for place, network in enumerate(task.networks):
        model = _finished(task, network, settings, corpus)
        if model is None:
            training = _training(task, network, settings, corpus)
            with closing(training.run()) as reports:
                for progress in reports:
                    left = _seconds_left(progress, settings, len(task.networks) - 1 - place)
                    yield PairsEvent("training", network.name, progress=progress, seconds_left=left)
            model = _finish(task, training)
        models.append(model)
        yield PairsEvent("trained", network.name, model=model)
    written = []
    for model in models:
        yield PairsEvent("testing", model.card.name, total=len(corpus.test))
        written.append(translate_test(model, corpus))
    report = report_on(models, written, corpus)
    put(
        task.folder / REPORT_FILE,
        json.dumps(report.plain(), ensure_ascii=False, indent=2).encode(),
    )
    yield PairsEvent("report", report=report)


def _seconds_left(progress: PairsProgress, settings: Settings, others: int) -> float | None:
    """What is left of this network, and the whole of those that follow at the same pace."""
    if progress.seconds_a_step is None:
        return None
    rest = 0 if progress.ended else settings.steps - progress.step
    return progress.seconds_a_step * (rest + others * settings.steps)


def _check_device(name: str) -> None:
    import torch

    try:
        torch.zeros(1, device=torch.device(name)).sum().item()
    except (RuntimeError, AssertionError, ValueError) as problem:
        raise StudyBuddyError(
            _(
                "the device {name} cannot be used here; leave --device out to train on the cpu"
            ).format(name=repr(clean(name)[:40]))
        ) from problem


def _planned_steps(task: PairsTask, corpus: Corpus) -> int:
    """The budget: as in the folder's plan when it was begun before, else newly decided and kept."""
    from studybuddy.lab.weights import put

    asked = {
        **corpus.identity(),
        "seed": task.seed,
        "steps": task.steps,
        "minutes": task.minutes,
        "networks": [network.name for network in task.networks],
    }
    path = task.folder / PLAN_FILE
    if path.exists():
        plan = _plan(path)
        if plan["asked"] != asked:
            raise StudyBuddyError(
                _(
                    "{folder} holds a training of another text or with other settings; "
                    "choose another folder with --out, or delete it"
                ).format(folder=clean(str(task.folder)))
            )
        return int(plan["steps"])
    steps = task.steps or usual_steps(len(corpus.train))
    if task.minutes is not None:
        steps = min(steps, _steps_within(task, corpus, task.minutes * 60))
    put(path, json.dumps({"asked": asked, "steps": steps}, indent=2).encode())
    return steps


def _plan(path: Path) -> dict[str, Any]:
    broken = StudyBuddyError(
        _("{file} is damaged; delete its folder to begin again").format(file=clean(str(path)))
    )
    try:
        with path.open("rb") as file:
            plan = json.loads(file.read(_LARGEST_PLAN))
    except (OSError, ValueError, RecursionError) as problem:
        raise broken from problem
    steps = plan.get("steps") if isinstance(plan, dict) else None
    if "asked" not in (plan or ()) or not isinstance(steps, int) or not 1 <= steps <= MOST_STEPS:
        raise broken
    return dict(plan)


def _steps_within(task: PairsTask, corpus: Corpus, seconds: float) -> int:
    """How many steps of all networks take so long, measured on a few of each.

    A tenth is kept for measuring the validation loss and for the test.
    """
    from studybuddy.lab.pairs.training import PairsTraining

    spent = 0.0
    for network in task.networks:
        trial = PairsTraining(corpus, network, Settings(MOST_STEPS), device=task.device)
        spent += trial.seconds_a_step(_TIMED)
    return max(1, int(0.9 * seconds / spent))


def _training(
    task: PairsTask, network: Network, settings: Settings, corpus: Corpus
) -> PairsTraining:
    from studybuddy.lab.pairs.training import PairsTraining

    checkpoint = task.folder / "checkpoints" / f"{network.name}.safetensors"
    return PairsTraining(corpus, network, settings, checkpoint, task.device)


def _finished(
    task: PairsTask, network: Network, settings: Settings, corpus: Corpus
) -> PairsModel | None:
    """The network when an earlier call has trained it to the end."""
    from studybuddy.lab.pairs.saved import load_pairs_model

    if not (task.folder / f"{network.name}.json").exists():
        return None
    model = load_pairs_model(task.folder, network.name)
    if model.card.identity != _training(task, network, settings, corpus).identity():
        raise StudyBuddyError(
            _(
                "{folder} holds a training of another text or with other settings; "
                "choose another folder with --out, or delete it"
            ).format(folder=clean(str(task.folder)))
        )
    return model


def _finish(task: PairsTask, training: PairsTraining) -> PairsModel:
    """Save the best weights with their card, and read them back as anyone will."""
    import torch

    from studybuddy.lab.pairs.saved import PairsCard, load_pairs_model, save_model, words_of
    from studybuddy.lab.weights import encode

    data = encode(training.best)
    best = training.best_check
    card = PairsCard(
        name=training.plan.name,
        kind=training.plan.kind,
        sizes=dict(training.plan.sizes),
        parameters=training.network.parameter_count(),
        timing=training.network.timing,
        vocabulary=words_of(training.corpus).digests,
        identity=training.identity(),
        steps=training.step,
        best_step=best.step,
        validation_loss=round(best.validation, 6),
        seconds=round(training.seconds, 1),
        history=tuple(
            (each.step, round(each.training, 4), round(each.validation, 4))
            for each in training.history
        ),
        device=task.device,
        torch=torch.__version__.split("+")[0],
        sha256=sha256(data).hexdigest(),
    )
    save_model(task.folder, data, card)
    assert training.checkpoint is not None
    training.checkpoint.unlink(missing_ok=True)
    with suppress(OSError):
        training.checkpoint.parent.rmdir()
    return load_pairs_model(task.folder, training.plan.name)
