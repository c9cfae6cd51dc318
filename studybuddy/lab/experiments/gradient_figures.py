"""What gradients are measured on (E5), and the figures that show them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studybuddy.catalogue.figures import Curve, Figure, Series, Table
from studybuddy.lab.gradients import DISTANCES, Mean, factor_per_step, linear, mean_over_seeds
from studybuddy.lab.tasks.gradients import ASKED_DISTANCE
from studybuddy.text.translation import _


@dataclass(frozen=True, slots=True)
class SetUp:
    """A cell and where its weights come from; `trained` takes the bundled networks."""

    cell: str
    gate_bias: int = 0
    gain: float | None = None
    trained: bool = False

    @property
    def name(self) -> str:
        """As a legend tells it."""
        cell = self.cell.upper()
        if self.trained:
            return _("{cell}, trained").format(cell=cell)
        if self.gain is not None:
            return _("tanh RNN, g = {gain}").format(gain=self.gain)
        if self.gate_bias:
            return _("{cell}, gate +{bias}").format(cell=cell, bias=self.gate_bias)
        return _("{cell}, untrained").format(cell=cell)


Found = dict[SetUp, list[tuple[float, ...]]]
"""log10 of the gradient at each distance, a row a seed."""


def factors(rows: list[tuple[float, ...]]) -> Mean:
    """The factor per step over the seeds."""
    return mean_over_seeds([factor_per_step(row) for row in rows])


def at_distance(rows: list[tuple[float, ...]], distance: int) -> Mean:
    """log10 of the gradient at one distance over the seeds."""
    place = DISTANCES.index(distance)
    return mean_over_seeds([row[place] for row in rows])


def _reference_name(gain: float) -> str:
    return _("linear RNN, {gain}^k").format(gain=f"{gain:.2g}")


def curve(found: Found, references: list[float]) -> Curve:
    """log10 of the gradient over the distance."""
    series: list[Series] = []
    for setup, rows in found.items():
        if len(rows) < 2:
            continue
        means = [at_distance(rows, distance) for distance in DISTANCES]
        series.append(
            Series(
                setup.name,
                tuple(mean.value for mean in means),
                tuple(mean.low for mean in means),
                tuple(mean.high for mean in means),
                tuple(mean.n for mean in means),
            )
        )
    series += [Series(_reference_name(gain), linear(gain)) for gain in references]
    heights = [y for line in series for y in line.y]
    return Curve(
        title=_("Gradient k steps back"),
        x_title=_("steps back k"),
        y_title=_("log10 of the gradient"),
        x=tuple(str(distance) for distance in DISTANCES),
        series=tuple(series),
        y_low=float(math.floor(min(heights, default=-1))),
        y_high=float(max(math.ceil(max(heights, default=0)), 0)),
        percent=False,
    )


def table(found: Found, references: list[float]) -> Figure:
    """The slope as a factor per step, and the gradient at the asked distance."""
    rows = [
        (
            setup.name,
            str(len(logs)),
            _with_interval(factors(logs), 3),
            _with_interval(at_distance(logs, ASKED_DISTANCE), 2),
        )
        for setup, logs in found.items()
    ]
    rows += [
        (
            _reference_name(gain),
            "–",
            f"{gain:.3f}",
            f"{linear(gain)[DISTANCES.index(ASKED_DISTANCE)]:.2f}",
        )
        for gain in references
    ]
    return Table(
        _("Factor per step (95 % interval)"),
        (_("network"), _("seeds"), _("per step"), _("log10 at k = {k}").format(k=ASKED_DISTANCE)),
        tuple(rows),
    )


def _with_interval(mean: Mean, digits: int) -> str:
    return f"{mean.value:.{digits}f} ({mean.low:.{digits}f} … {mean.high:.{digits}f})"


def as_data(found: Found) -> Mapping[str, Any]:
    """Everything that was measured, as JSON values."""
    return {
        "distances": list(DISTANCES),
        "metric": "mean log10 of |d(y·v)/dx| at the first letter, v a random unit vector",
        "networks": [
            {
                "cell": setup.cell,
                "gate_bias": setup.gate_bias,
                "gain": setup.gain,
                "trained": setup.trained,
                "log10": [list(row) for row in rows],
                "factor_per_step": factors(rows).value,
            }
            for setup, rows in found.items()
        ],
    }
