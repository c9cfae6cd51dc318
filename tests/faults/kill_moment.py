"""The moment at which a sitting is killed, drawn from a seed."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from random import Random

MOST_LINES = 24


class Killed(Exception):
    """The program was killed; `text` is what it had shown since the last line was sent."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Ended(Killed):
    """The sitting came to its end before the moment of its kill; nothing was killed."""


class Astray(Exception):
    """The program did what the driver has no script for: a fault of one of the two."""


@dataclass(slots=True)
class Moment:
    """One of three: after so many sent lines, after a prediction was sealed, or by the clock.

    `delay` is in seconds, counted from the line, the seal or the start. `lines` bounds the
    other two as well, so that a fast machine does not come to the end of the queue first.
    """

    kind: str
    lines: int
    delay: float
    due: float = math.inf
    _sent: int = 0

    def started(self) -> None:
        """The program was started."""
        if self.kind == "clock":
            self._set()

    def sent(self) -> None:
        """A line (in the app: what ends with Enter) was sent."""
        self._sent += 1
        if self._sent == self.lines:
            if self.kind != "line":
                self.delay, self.due = 0.0, math.inf
            self._set()

    def sealed(self) -> None:
        """A prediction was seen to be sealed, and its run begins."""
        if self.kind == "run":
            self._set()

    def _set(self) -> None:
        if self.due == math.inf:
            self.due = time.monotonic() + self.delay

    @property
    def left(self) -> float:
        """Seconds to go, 0 when it is time; a day where the moment is not fixed yet."""
        return max(0.0, min(86_400.0, self.due - time.monotonic()))


def draw_moment(random: Random, longest: float) -> Moment:
    """Half of the kills fall within milliseconds of a line, when a row is being committed."""
    kind = random.choices(("line", "run", "clock"), (50, 25, 25))[0]
    if kind == "clock":
        return Moment(kind, MOST_LINES, random.uniform(0.02, longest))
    if kind == "run":
        return Moment(
            kind, MOST_LINES, random.choice((0.0, random.uniform(0, 0.1), random.uniform(0, 2)))
        )
    return Moment(kind, random.randint(1, 20), math.exp(random.uniform(-8.5, -3)))
