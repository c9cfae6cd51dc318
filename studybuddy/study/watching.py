"""Watching networks learn: trainings advanced in a thread, in portions as short as a screen needs.

One `Watch` is one begin of one or several trainings. The screen changes its rate, pauses it and
asks for single steps; the thread that runs it takes these up between two portions.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from studybuddy.lab.live import Snapshot

RATES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
USUAL_RATE = 3
"""The place of the rate that a watch begins with."""
PORTION = 0.08
"""Seconds of training between two pictures: more than ten of them a second."""
MOST_STEPS = 20_000
"""Steps after which a watch pauses by itself, so that a forgotten one does not train all night."""

Turn = Literal["reverse", "copy"]


class Training(Protocol):
    """One network that learns."""

    def advance(self, steps: int) -> Snapshot:
        """Train so many steps; what it shows then."""
        ...

    def set_rate(self, rate: float) -> None:
        """Learn at another rate from now on."""
        ...


Make = Callable[[int, float, bool, Turn], Training]


def live_training(seed: int, rate: float, attention: bool, task: Turn) -> Training:
    """A fresh training of E12; torch is imported here."""
    from studybuddy.lab.threads import ready

    ready()
    from studybuddy.lab.live import LiveTraining

    return LiveTraining(seed, rate, attention, task)


class Watch:
    """Trainings from their first step on, one a seed."""

    def __init__(
        self, seeds: Sequence[int], rate: float, *, attention: bool = True, task: Turn = "reverse"
    ) -> None:
        self.seeds = tuple(seeds)
        self.attention = attention
        self.task: Turn = task
        self.rate = rate
        self._going = threading.Event()
        self._going.set()
        self._drawn = threading.Event()
        self._single = 0

    @property
    def paused(self) -> bool:
        """Whether it stands still until it is told to go on."""
        return not self._going.is_set()

    def pause(self) -> None:
        """Stand still after this portion."""
        self._going.clear()

    def go_on(self) -> None:
        """Train on."""
        self._going.set()

    def one_step(self) -> None:
        """Train a single step of each network, and stand still."""
        self._going.clear()
        self._single += 1

    def drawn(self) -> None:
        """The screen has drawn the last snapshots: the next may come."""
        self._drawn.set()

    def run(
        self,
        show: Callable[[tuple[Snapshot, ...]], object],
        stopped: Callable[[], bool],
        make: Make | None = None,
    ) -> None:
        """Train and show until stopped. Raises StudyBuddyError when torch is missing."""
        make = live_training if make is None else make
        trainings = [make(seed, self.rate, self.attention, self.task) for seed in self.seeds]
        rate, portion = self.rate, 1
        show(tuple(training.advance(0) for training in trainings))
        while not stopped():
            steps = portion
            if self.paused:
                if not self._single:
                    time.sleep(0.02)
                    continue
                self._single -= 1
                steps = 1
            if self.rate != rate:
                rate = self.rate
                for training in trainings:
                    training.set_rate(rate)
            began = time.monotonic()
            self._drawn.clear()
            snapshots = tuple(training.advance(steps) for training in trainings)
            spent = time.monotonic() - began
            show(snapshots)
            if not self.paused:
                portion = max(1, min(2 * portion, round(portion * PORTION / max(spent, 1e-4))))
            if snapshots[0].step >= MOST_STEPS:
                self.pause()
            # A screen that is busy is waited for, else pictures of the past would queue up.
            self._drawn.wait(0.5)
