"""Training a network on first-token recall; it takes seconds, so nothing is kept of a stopped one.

Strings belong to a part by their hash, as sentences do: a test string is never trained on.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from studybuddy.lab.language.corpus import Split, seeded, split_of
from studybuddy.lab.networks.recall import Recaller
from studybuddy.lab.recall_plan import ANSWERS, SYMBOLS, RecallPlan
from studybuddy.lab.statistics import Share

CHECK_EVERY = 25
CHECKED = 100
"""Validation strings of each lag that is checked."""
_TRIES = 20


@dataclass(frozen=True, slots=True)
class RecallProgress:
    """Where a training is, over all its learning rates; `loss` and `exact` are on validation strings."""

    step: int
    steps: int
    rate: float
    loss: float
    exact: float


@dataclass(frozen=True, slots=True)
class Trained:
    """The best of the trainings of a plan.

    `history` holds (step, validation loss, exact) of the rate that was kept; `reached` is the
    first check at which 99 % of the validation strings were right, or None.
    """

    plan: RecallPlan
    network: Recaller
    rate: float
    history: tuple[tuple[int, float, float], ...]
    reached: int | None

    @property
    def loss(self) -> float:
        """Validation loss at the end, in nats."""
        return self.history[-1][1]

    def improvement(self) -> float:
        """By how much the loss fell over the last fifth of the steps (0.01 is 1 %)."""
        before = [loss for step, loss, _exact in self.history if step <= self.plan.steps * 4 / 5]
        return 1 - self.loss / before[-1] if before and before[-1] > 0 else 1.0


def strings(lag: int, count: int, split: Split, seed: int) -> Tensor:
    """Up to `count` different strings (n, lag + 1) of one part; few exist at lag 1."""
    random = seeded("recall", lag, split, seed)
    drawn: dict[bytes, None] = {}
    for _try in range(_TRIES * count):
        if len(drawn) >= count:
            break
        raw = random.randbytes(lag + 1)
        word = bytes((raw[0] % 8, *(8 + byte % 8 for byte in raw[1:])))
        if split_of(SYMBOLS[symbol] for symbol in word) == split:
            drawn[word] = None
    return torch.tensor([list(word) for word in drawn])


def batch_at(plan: RecallPlan, step: int) -> Tensor:
    """The training strings (B, lag + 1) of a step, of one lag, from the plan's seed and the step."""
    random = seeded("recall lag", plan.seed, step)
    lag = plan.shortest + int(random.random() * (plan.longest - plan.shortest + 1))
    words = strings(lag, plan.batch, "train", random.randrange(2**52))
    if len(words) < plan.batch:  # fewer exist at the shortest lags: take them again
        words = words.repeat(-(-plan.batch // len(words)), 1)[: plan.batch]
    return words


def checked_lags(plan: RecallPlan) -> tuple[int, ...]:
    """The lags on which a training is watched."""
    if plan.shortest == plan.longest:
        return (plan.shortest,)
    middle = (plan.shortest + plan.longest) // 2
    return (plan.shortest, middle, plan.longest)


def fresh(plan: RecallPlan) -> Recaller:
    """The network as the plan's seed leaves it before training."""
    torch.manual_seed(plan.seed)
    return Recaller(
        plan.cell,
        symbols=len(SYMBOLS),
        answers=len(ANSWERS),
        gate_bias=plan.gate_bias,
        **plan.sizes,
    )


def recalled(network: Recaller, words: Tensor) -> Share:
    """How many of the strings' first letters the network names at the end."""
    with torch.inference_mode():
        right = network(words).argmax(dim=-1) == words[:, 0]
    return Share(int(right.sum()), len(words))


@dataclass(slots=True)
class RecallTraining:
    """One training over the rates of its plan. Iterate over `run()`; then `trained` is there."""

    plan: RecallPlan
    trained: Trained | None = field(init=False, default=None)

    def run(self) -> Iterator[RecallProgress]:
        """Train with each rate, told every CHECK_EVERY steps; the lowest validation loss is kept."""
        start = fresh(self.plan)
        checks = [
            strings(lag, CHECKED, "validation", self.plan.seed) for lag in checked_lags(self.plan)
        ]
        for index, rate in enumerate(self.plan.rates):
            network = copy.deepcopy(start)
            history: list[tuple[int, float, float]] = []
            for step, loss, exact in _train(network, self.plan, rate, checks):
                history.append((step, loss, exact))
                done = index * self.plan.steps + step
                total = len(self.plan.rates) * self.plan.steps
                yield RecallProgress(done, total, rate, loss, exact)
            reached = next((step for step, _loss, exact in history if exact >= 0.99), None)
            trained = Trained(self.plan, network.eval(), rate, tuple(history), reached)
            if self.trained is None or trained.loss < self.trained.loss:
                self.trained = trained


def train_recall(
    plan: RecallPlan, progress: Callable[[RecallProgress], None] = lambda _step: None
) -> Trained:
    """Train by a plan to the end; the same plan gives the same network on one machine."""
    training = RecallTraining(plan)
    for step in training.run():
        progress(step)
    assert training.trained is not None
    return training.trained


def _train(
    network: Recaller, plan: RecallPlan, rate: float, checks: list[Tensor]
) -> Iterator[tuple[int, float, float]]:
    """Train with one rate; gives (step, validation loss, exact) at each check."""
    optimiser = torch.optim.Adam(network.parameters(), lr=rate)
    for step in range(1, plan.steps + 1):
        words = batch_at(plan, step - 1)
        loss = nn.functional.cross_entropy(network(words), words[:, 0])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), plan.clip)
        optimiser.step()
        if step % CHECK_EVERY == 0 or step == plan.steps:
            yield step, *_validate(network, checks)


def _validate(network: Recaller, checks: list[Tensor]) -> tuple[float, float]:
    """Mean loss over the lags, and the share of first letters named."""
    losses: list[float] = []
    total = Share(0, 0)
    with torch.inference_mode():
        for words in checks:
            logits = network(words)
            losses.append(float(nn.functional.cross_entropy(logits, words[:, 0])))
            total += Share(int((logits.argmax(dim=-1) == words[:, 0]).sum()), len(words))
    return sum(losses) / len(losses), total.value
