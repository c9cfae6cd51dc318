"""A tiny network that learns to copy or to turn strings round while one watches (E12).

Strings of 4 to 8 of ten letters, a bidirectional GRU of 2 × 16, a decoder of 32, dot attention:
some 12,000 numbers, a few hundred steps, seconds. Without attention the same encoder and
decoder have one C of 16 numbers at every step.

What is measured and shown is the running mean of the weights over about the last twenty steps
(Polyak and Juditsky 1992): at a rate that is large enough to watch, the weights themselves jump.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import torch
from torch import Tensor, nn

from studybuddy.catalogue.figures import Heatmap
from studybuddy.lab.batches import Batch, batch_of, loss_of
from studybuddy.lab.data import DATA
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.decode import translate
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.statistics import Share
from studybuddy.text.translation import _

Turn = Literal["reverse", "copy"]

LENGTHS = range(4, 9)
MEASURE_EVERY = 25
LOWEST_RATE, HIGHEST_RATE = 1e-5, 0.1
BATCH = 64
_PER_LENGTH = 2000
_UNSEEN = 40
_NEWEST = 0.05
"""Part of the newest weights in the running mean."""
_NAMES: Mapping[str, str] = MappingProxyType(
    {"reverse": "letters reversed", "copy": "letters copied"}
)
_SIZES: Mapping[bool, Mapping[str, int]] = MappingProxyType(
    {
        True: {"embedding": 16, "hidden": 16, "state": 32, "attention": 32, "readout_size": 32},
        False: {"embedding": 16, "hidden": 16, "state": 32, "context": 16, "readout_size": 24},
    }
)
_DRAWING = threading.Lock()
"""torch draws first weights from one generator of the whole process: one training at a time."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured after `step` steps, on strings that are never trained on.

    `diagonal` is the share of written letters whose largest weight lies on the letter they come
    from, `across` on the other diagonal; both are None without attention.
    """

    step: int
    loss: float
    exact: Share
    diagonal: Share | None
    across: Share | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Where a training is after `step` steps.

    `loss`, `exact`, `diagonal` and `across` are those of the latest `Point` of `history`;
    `heatmap` shows the weights of one unseen string now (None without attention).
    """

    step: int
    loss: float
    exact: Share
    diagonal: Share | None
    across: Share | None
    heatmap: Heatmap | None
    history: tuple[Point, ...]
    message: str


class LiveTraining:
    """One training that goes on when it is told to; every method may be called from any thread.

    The same seed, task, rate and attention give the same snapshots however the steps are cut into
    calls. A setter waits for a step to end and holds from the next one on.
    """

    def __init__(
        self, seed: int, rate: float = 1e-2, attention: bool = True, task: Turn = "reverse"
    ) -> None:
        self._lock = threading.RLock()
        self._seed, self._rate, self._attention = seed, _checked(rate), attention
        self._data = DATA[_NAMES[task]]
        drawn = self._data.sample(LENGTHS, _PER_LENGTH, "train", seed)
        self._pool = [pair for length in LENGTHS for pair in drawn[length]]
        unseen = self._data.sample(LENGTHS, _UNSEEN, "test", seed)
        self._unseen = [pair for length in LENGTHS for pair in unseen[length]]
        self._watched = unseen[LENGTHS[-1]][0]
        self._begin("")

    @property
    def rate(self) -> float:
        """The learning rate of the next step."""
        return self._rate

    @property
    def attention(self) -> bool:
        """Whether the network attends."""
        return self._attention

    @property
    def parameters(self) -> int:
        """How many numbers are trained."""
        return self._network.parameter_count()

    def advance(self, steps: int) -> Snapshot:
        """Take so many steps; measured after every 25th of the whole training."""
        for _step in range(steps):
            with self._lock:
                self._learn()
                if self._step % MEASURE_EVERY == 0:
                    self._history.append(self._measure())
        return self.snapshot()

    def snapshot(self) -> Snapshot:
        """Where the training is, without a step."""
        with self._lock:
            last = self._history[-1]
            return Snapshot(
                self._step,
                last.loss,
                last.exact,
                last.diagonal,
                last.across,
                self._heatmap(),
                tuple(self._history),
                self._message,
            )

    def set_rate(self, rate: float) -> None:
        """Go on with another learning rate. Raises ValueError outside 0.00001 to 0.1."""
        rate = _checked(rate)
        with self._lock:
            self._rate = rate
            for group in self._optimiser.param_groups:
                group["lr"] = rate

    def set_attention(self, attention: bool) -> None:
        """With or without attention: another network, so the training begins again from step 0."""
        with self._lock:
            if attention == self._attention:
                return
            self._attention = attention
            self._begin(
                _("attention on: another network of about the same size begins at step 0")
                if attention
                else _(
                    "attention off: a network with one fixed C, about as large, begins at step 0"
                )
            )

    def _begin(self, message: str) -> None:
        """A fresh network, and what it does before the first step."""
        with _DRAWING:
            torch.manual_seed(self._seed)
            self._network: Translator = build(
                "dot" if self._attention else "fixed",
                _SIZES[self._attention],
                (len(self._data.source), len(self._data.target)),
            )
        self._mean = copy.deepcopy(self._network).eval()
        self._optimiser = torch.optim.Adam(
            self._network.parameters(), lr=self._rate, betas=(0.9, 0.99)
        )
        self._step = 0
        self._message = message
        self._history: list[Point] = [self._measure()]

    def _batch(self) -> Batch:
        """Strings of all lengths, from the seed and the step alone."""
        random = seeded("live", self._seed, self._step)
        drawn = [self._pool[int(random.random() * len(self._pool))] for _ in range(BATCH)]
        return batch_of(drawn, self._data.source, self._data.target)

    def _learn(self) -> None:
        """One step of gradient descent; the running mean follows."""
        batch = self._batch()
        self._optimiser.zero_grad(set_to_none=True)
        loss_of(self._network, batch).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimiser.step()
        with torch.no_grad():
            for mean, now in zip(self._mean.parameters(), self._network.parameters(), strict=True):
                mean.lerp_(now, _NEWEST)
        self._step += 1

    def _measure(self) -> Point:
        """Loss, exact match and where the weights lie, on all unseen strings."""
        batch = batch_of(self._unseen, self._data.source, self._data.target)
        with torch.inference_mode():
            loss = float(loss_of(self._mean, batch))
            weights = self._mean(self._mean.read(batch.source, batch.lengths), batch.before)[1]
        written = translate(
            self._mean,
            [pair.source for pair in self._unseen],
            words=(self._data.source, self._data.target),
        )
        right = sum(
            out.words == pair.target for out, pair in zip(written, self._unseen, strict=True)
        )
        diagonal, across = diagonals(weights, self._unseen)
        return Point(self._step, loss, Share(right, len(self._unseen)), diagonal, across)

    def _heatmap(self) -> Heatmap | None:
        """The weights of the watched string while it is given its right letters."""
        pair = self._watched
        batch = batch_of([pair], self._data.source, self._data.target)
        with torch.inference_mode():
            weights = self._mean(self._mean.read(batch.source, batch.lengths), batch.before)[1]
        if weights is None:
            return None
        return Heatmap(
            title=_("Weights on an unseen string after {step} steps").format(step=self._step),
            rows=pair.target,
            columns=pair.source,
            values=tuple(tuple(row) for row in weights[0, :-1].tolist()),
            gold=pair.sure,
            row_title=_("letters written"),
            column_title=_("letters read"),
        )


def diagonals(
    weights: Tensor | None, pairs: list[SentencePair]
) -> tuple[Share | None, Share | None]:
    """How many rows are largest on their gold letter, and how many on the other diagonal.

    `weights` (B, T, S) were teacher forced on `pairs`; the row of the end is left out. The middle
    of a string of odd length lies on both.
    """
    if weights is None:
        return None, None
    brightest = weights.argmax(dim=-1).tolist()
    gold = across = rows = 0
    for row, pair in zip(brightest, pairs, strict=True):
        size = len(pair.source)
        for t, source in pair.sure:
            gold += row[t] == source
            across += row[t] == size - 1 - source
            rows += 1
    return Share(gold, rows), Share(across, rows)


def _checked(rate: float) -> float:
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise ValueError(f"a learning rate lies from {LOWEST_RATE} to {HIGHEST_RATE}")
    return rate
