"""Training a network from nothing, in steps that can be watched, stopped and taken up again.

The result follows from the plan (kind, sizes, recipe, seed) on one thread: initial weights, sentences
and batches all come from the seed, and a resumed training ends where an unbroken one does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from studybuddy.errors import StudyBuddyError
from studybuddy.lab import checkpoints
from studybuddy.lab.batches import Batch, batch_of, loss_of, training_batch
from studybuddy.lab.data import DATA, Data
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.decode import translate
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.plan import Plan
from studybuddy.lab.recipe import Recipe
from studybuddy.text.translation import _

CHECKED = 100
"""Validation sentences of each length: enough that the loss moves by less than its own noise."""


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """Where a training is.

    `loss` is the validation loss (nats a word) and `exact` the share of validation sentences
    translated word for word; both stand still between two reports. `seconds_left` is None
    until it can be told.
    """

    step: int
    steps: int
    loss: float
    exact: float
    seconds_left: float | None


@dataclass(slots=True)
class Training:
    """One training. Iterate over `run()`; afterwards `network` is trained and `history` is full.

    `history` holds (step, validation loss). With `checkpoint` the training is saved there at
    every report and when it is interrupted, and goes on from there when it is run again.
    """

    plan: Plan
    checkpoint: Path | None = None
    report_every: int = 500
    device: str = "cpu"
    network: Translator = field(init=False)
    history: list[tuple[int, float]] = field(init=False, default_factory=list)
    step: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        torch.manual_seed(self.plan.seed)
        words = (len(self.data.source), len(self.data.target))
        self.network = build(self.plan.kind, self.plan.sizes, words).to(self.device)

    @property
    def recipe(self) -> Recipe:
        """The plan's recipe."""
        return self.plan.recipe

    @property
    def data(self) -> Data:
        """What is trained on."""
        return DATA[self.recipe.data]

    def _identity(self) -> dict[str, Any]:
        return {
            "kind": self.plan.kind,
            "sizes": dict(self.plan.sizes),
            "recipe": self.recipe.plain(),
            "seed": self.plan.seed,
            "words": [self.data.source.digest, self.data.target.digest],
        }

    def _save(self, optimiser: torch.optim.Adam) -> None:
        if self.checkpoint is not None and self.step:
            state = {**self._identity(), "step": self.step, "history": self.history}
            checkpoints.save(self.checkpoint, self.network, optimiser, state)

    def _resume(self, optimiser: torch.optim.Adam) -> None:
        if self.checkpoint is None or not self.checkpoint.exists():
            return
        state, _best = checkpoints.load(self.checkpoint, self.network, optimiser)
        if any(state.get(name) != value for name, value in self._identity().items()):
            raise StudyBuddyError(
                _(
                    "{file} was made with another recipe or seed; "
                    "delete it to begin again, or train with the old settings"
                ).format(file=self.checkpoint)
            )
        self.step = state["step"]
        self.history = [(int(step), float(loss)) for step, loss in state["history"]]

    def run(self) -> Iterator[TrainingProgress]:
        """Train to the end, with a report every `report_every` steps. Close it to stop."""
        recipe = self.recipe
        optimiser = torch.optim.Adam(self.network.parameters(), lr=recipe.rate)
        self._resume(optimiser)
        yield TrainingProgress(self.step, recipe.steps, float("nan"), 0.0, None)
        data, seed = self.data, self.plan.seed
        pool = data.sample(recipe.lengths, recipe.per_length, "train", seed)
        unseen = data.sample(recipe.lengths, CHECKED, "validation", seed)
        checks = [batch_of(pairs, data.source, data.target) for pairs in unseen.values() if pairs]
        started, first = time.monotonic(), self.step
        try:
            while self.step < recipe.steps:
                batch = training_batch(pool, recipe.batch, seed, self.step, data)
                self._learn(optimiser, batch.to(torch.device(self.device)))
                self.step += 1
                if self.step % self.report_every == 0 or self.step == recipe.steps:
                    loss = self._validate(checks)
                    self.history.append((self.step, loss))
                    self._save(optimiser)
                    pace = (time.monotonic() - started) / (self.step - first)
                    yield TrainingProgress(
                        self.step,
                        recipe.steps,
                        loss,
                        exact_share(self.network, unseen, 8, data),
                        pace * (recipe.steps - self.step),
                    )
        except (KeyboardInterrupt, GeneratorExit):
            self._save(optimiser)
            raise

    def _learn(self, optimiser: torch.optim.Adam, batch: Batch) -> None:
        """One step of gradient descent."""
        for group in optimiser.param_groups:
            group["lr"] = self.recipe.rate_at(self.step)
        self.network.train()
        optimiser.zero_grad(set_to_none=True)
        loss = loss_of(self.network, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        optimiser.step()

    def _validate(self, checks: list[Batch]) -> float:
        self.network.eval()
        with torch.inference_mode():
            device = torch.device(self.device)
            losses = [float(loss_of(self.network, batch.to(device))) for batch in checks]
        return sum(losses) / len(losses)

    def improvement(self) -> float:
        """By how much the validation loss fell over the last fifth of the steps (0.01 is 1 %)."""
        start = self.recipe.steps * 4 / 5
        before = [loss for step, loss in self.history if step <= start]
        if not before:
            return 1.0
        return 1 - self.history[-1][1] / before[-1]


def exact_share(
    network: Translator, by_length: Mapping[int, list[SentencePair]], most: int, data: Data
) -> float:
    """The share of exact translations among the first `most` sentences of each length."""
    network.eval()
    right = asked = 0
    for pairs in by_length.values():
        chosen = pairs[:most]
        sources = [pair.source for pair in chosen]
        written = translate(network, sources, words=(data.source, data.target))
        right += sum(out.words == pair.target for out, pair in zip(written, chosen, strict=True))
        asked += len(chosen)
    return right / max(1, asked)
