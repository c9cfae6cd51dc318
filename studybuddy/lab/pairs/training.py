"""Training one of the three networks, in steps that can be watched, stopped and taken up again.

Weights, batches and dropout follow from the seed and the step, so a training that was stopped
ends where an unbroken one does.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from studybuddy.errors import StudyBuddyError
from studybuddy.lab import checkpoints
from studybuddy.lab.batches import Batch
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.pairs.batches import Batches, check_batches, summed_loss
from studybuddy.lab.pairs.corpus import Corpus
from studybuddy.lab.pairs.dropout import add_dropout
from studybuddy.lab.pairs.interrupts import interrupt_after
from studybuddy.lab.pairs.settings import Network, Settings
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

REPORT_EVERY = 10
"""Steps between two reports."""


@dataclass(frozen=True, slots=True)
class Check:
    """One measurement: mean loss a word in nats, in training since the last one and in validation."""

    step: int
    training: float
    validation: float


@dataclass(frozen=True, slots=True)
class PairsProgress:
    """How far a training is; `training` is the running loss, `check` the last measurement.

    `seconds_a_step` is None until it can be told. `ended` is True once, when training is over.
    """

    step: int
    steps: int
    training: float
    check: Check | None
    seconds_a_step: float | None
    ended: bool = False


@dataclass(slots=True)
class PairsTraining:
    """One training. Iterate over `run()`; afterwards `best` holds the weights to be kept.

    With `checkpoint` the training is saved there at every check and when it is interrupted, and
    goes on from there when it is run again.
    """

    corpus: Corpus
    plan: Network
    settings: Settings
    checkpoint: Path | None = None
    device: str = "cpu"
    network: Translator = field(init=False)
    best: dict[str, Tensor] = field(init=False, default_factory=dict)
    history: list[Check] = field(init=False, default_factory=list)
    step: int = field(init=False, default=0)
    seconds: float = field(init=False, default=0.0)
    _sums: list[float] = field(init=False, default_factory=lambda: [0.0, 0.0])
    """Loss and words since the last check."""

    def __post_init__(self) -> None:
        torch.manual_seed(self.settings.seed)
        words = (len(self.corpus.source.vocabulary), len(self.corpus.target.vocabulary))
        self.network = build(self.plan.kind, self.plan.sizes, words).to(self.device)
        add_dropout(self.network, self.settings.dropout)

    @property
    def best_check(self) -> Check:
        """The measurement with the lowest validation loss."""
        return min(self.history, key=lambda check: check.validation)

    @property
    def ended(self) -> bool:
        """Whether the budget is used up, or the loss has not fallen for long enough."""
        if self.step >= self.settings.steps:
            return True
        since = len(self.history) - 1 - self._best_index if self.history else 0
        return since >= self.settings.patience

    @property
    def _best_index(self) -> int:
        return self.history.index(self.best_check)

    def run(self) -> Generator[PairsProgress, None, None]:
        """Train to the end, with a report every few steps. Close it to stop."""
        optimiser = torch.optim.Adam(self.network.parameters(), lr=self.settings.rate)
        self._resume(optimiser)
        yield self._progress(None)
        batches = Batches(self.corpus.train, self.settings.batch, self.settings.seed)
        checks = check_batches(self.corpus.validation)
        begun, first = time.monotonic(), self.step
        pace: float | None = None  # of this session alone: an earlier one may have been slower
        try:
            while not self.ended:
                with interrupt_after():
                    loss, words = self._learn(optimiser, batches.at(self.step))
                    self.step += 1
                    self._sums[0] += loss
                    self._sums[1] += words
                    if self._due():
                        self._check(checks)
                        pace = (time.monotonic() - begun) / (self.step - first)
                        self._pass_time(begun)
                        begun, first = time.monotonic(), self.step
                        self._save(optimiser)
                if self.step % REPORT_EVERY == 0 or self.ended:
                    if self.step > first:
                        pace = (time.monotonic() - begun) / (self.step - first)
                    yield self._progress(pace)
        except (KeyboardInterrupt, GeneratorExit):
            self._pass_time(begun)
            self._save(optimiser)
            raise
        yield self._progress(0.0, ended=True)

    def seconds_a_step(self, steps: int) -> float:
        """How long a step takes, measured on a few; the network is then no longer a fresh one."""
        optimiser = torch.optim.Adam(self.network.parameters(), lr=self.settings.rate)
        batches = Batches(self.corpus.train, self.settings.batch, self.settings.seed)
        self._learn(optimiser, batches.at(0))
        begun = time.monotonic()
        for step in range(steps):
            self._learn(optimiser, batches.at(step))
        return (time.monotonic() - begun) / steps

    def _due(self) -> bool:
        return self.step % self.settings.check_every == 0 or self.step == self.settings.steps

    def _pass_time(self, begun: float) -> None:
        self.seconds += time.monotonic() - begun

    def _progress(self, pace: float | None, *, ended: bool = False) -> PairsProgress:
        check = self.history[-1] if self.history else None
        loss, words = self._sums
        training = loss / words if words else check.training if check else float("nan")
        return PairsProgress(self.step, self.settings.steps, training, check, pace, ended)

    def _learn(self, optimiser: torch.optim.Adam, batch: Batch) -> tuple[float, int]:
        """One step of gradient descent; the summed loss and the number of words."""
        # So that the dropout of a step does not depend on how training came to it.
        torch.manual_seed(seeded("dropout", self.settings.seed, self.step).getrandbits(60))
        for group in optimiser.param_groups:
            group["lr"] = self.settings.rate_at(self.step)
        self.network.train()
        optimiser.zero_grad(set_to_none=True)
        loss, words = summed_loss(self.network, batch.to(torch.device(self.device)))
        (loss / words).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.clip)
        optimiser.step()
        return float(loss.detach()), words

    def _check(self, checks: list[Batch]) -> None:
        """Measure the validation loss, and keep the weights where it is the lowest so far."""
        self.network.eval()
        total, words = 0.0, 0
        with torch.inference_mode():
            for batch in checks:
                loss, count = summed_loss(self.network, batch.to(torch.device(self.device)))
                total += float(loss)
                words += count
        validation = total / words
        if not math.isfinite(validation):
            raise StudyBuddyError(
                _(
                    "training came apart at step {step}: the loss is no number; try another seed"
                ).format(step=self.step)
            )
        self.history.append(Check(self.step, self._sums[0] / self._sums[1], validation))
        self._sums = [0.0, 0.0]
        if self.history[-1] is self.best_check:
            self.best = {
                name: tensor.detach().cpu().clone()
                for name, tensor in self.network.state_dict().items()
            }

    def identity(self) -> dict[str, Any]:
        """What must be the same for a training to go on."""
        return {
            "kind": self.plan.kind,
            "sizes": dict(self.plan.sizes),
            "settings": self.settings.plain(),
            **self.corpus.identity(),
        }

    def _save(self, optimiser: torch.optim.Adam) -> None:
        if self.checkpoint is None or not self.step:
            return
        state = {
            "identity": self.identity(),
            "step": self.step,
            "seconds": self.seconds,
            "sums": self._sums,
            "history": [[each.step, each.training, each.validation] for each in self.history],
        }
        checkpoints.save(self.checkpoint, self.network, optimiser, state, self.best)

    def _resume(self, optimiser: torch.optim.Adam) -> None:
        if self.checkpoint is None or not self.checkpoint.exists():
            return
        state, best = checkpoints.load(self.checkpoint, self.network, optimiser)
        if state.get("identity") != self.identity():
            raise StudyBuddyError(
                _(
                    "{file} was made from another text or with other settings; "
                    "delete it to begin again, or train with the old ones"
                ).format(file=clean(str(self.checkpoint)))
            )
        self.best = best
        self.step = state["step"]
        self.seconds = float(state["seconds"])
        self._sums = [float(each) for each in state["sums"]]
        self.history = [
            Check(int(step), float(training), float(validation))
            for step, training, validation in state["history"]
        ]
