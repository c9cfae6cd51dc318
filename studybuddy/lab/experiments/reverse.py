"""A network learns to copy or to turn strings round while one watches (E12).

It trains until the diagonal and exact match are there, at most 500 steps; curves and heatmap grow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studybuddy.catalogue.figures import Curve, Figure, Series, Table
from studybuddy.catalogue.predictions import NumberQuestion, Progress, Result, Task
from studybuddy.lab.live import MEASURE_EVERY, LiveTraining, Point, Snapshot
from studybuddy.lab.statistics import Share
from studybuddy.lab.tasks.reverse import MOST_STEPS, REACHED
from studybuddy.text.translation import _

EXACT = 0.95
_PORTION = 5
"""Steps between two reports: about a twentieth of a second."""

Histories = dict[int, tuple[Point, ...]]
"""What was measured, by the seed of the training."""


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Train one network a seed and answer from what was measured on unseen strings."""
    count = int(task.parameters.get("seeds", 1))
    seeds = [(task.seed * 3 + index) % 2**31 for index in range(count)]
    histories: Histories = {}
    for index, seed in enumerate(seeds):
        begun = Progress(index * MOST_STEPS, count * MOST_STEPS, _("drawing strings"))
        report(begun)
        training = LiveTraining(
            seed,
            float(task.parameters["rate"]),
            task="copy" if task.parameters["task"] == "copy" else "reverse",
        )
        last = training.snapshot()
        while last.step < MOST_STEPS and not _done(last):
            last = training.advance(_PORTION)
            histories[seed] = last.history
            measured = last.step % MEASURE_EVERY == 0
            told = _("step {step}: loss {loss:.2f}, exact {exact:.0%}").format(
                step=last.step, loss=last.loss, exact=last.exact.value
            )
            figures = _figures(histories, last) if measured else ()
            report(Progress(index * MOST_STEPS + last.step, count * MOST_STEPS, told, figures))
    report(Progress(count * MOST_STEPS, count * MOST_STEPS, _("done")))
    answer, low, high, clear, summary = _answer(task, histories)
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=last.exact.n,
        low=low,
        high=high,
        clear=clear,
        summary=summary,
        notes=_notes(training, last, seeds),
        figures=(*_figures(histories, last), table(histories)),
        data={
            "task": task.parameters["task"],
            "rate": float(task.parameters["rate"]),
            "parameters": training.parameters,
            "metric": "rows of unseen strings whose largest weight is on the letter's source",
            "trainings": [_plain(seed, history) for seed, history in histories.items()],
        },
    )


def first_reached(
    history: Sequence[Point], share: Callable[[Point], Share | None], least: float
) -> int | None:
    """The first measured step at which the share is at least so large."""
    for point in history:
        found = share(point)
        if found is not None and found.value >= least:
            return point.step
    return None


def pictured(last: Point, task: str) -> tuple[str, bool]:
    """Which picture the weights make, and whether the strings say so clearly.

    A diagonal is the picture when more than half of the rows lie on it. Of what is no diagonal
    only that is known here, so it is never clear.
    """
    assert last.diagonal is not None
    assert last.across is not None
    gold, other = ("down", "up") if task == "copy" else ("up", "down")
    larger, name = max((last.diagonal, gold), (last.across, other), key=lambda each: each[0].value)
    if larger.value <= 0.5:
        return "spread", False
    return name, larger.interval[0] > 0.5


def _done(last: Snapshot) -> bool:
    return (
        last.diagonal is not None and last.diagonal.value >= REACHED and last.exact.value >= EXACT
    )


def _answer(task: Task, histories: Histories) -> tuple[Any, float | None, float | None, bool, str]:
    """Key, its interval, whether it is clear, and a summary."""
    if task.ask == "diagonal":
        last = next(iter(histories.values()))[-1]
        assert last.diagonal is not None
        name, clear = pictured(last, str(task.parameters["task"]))
        summary = _("after {step} steps {share:.0%} of the rows lie on that diagonal").format(
            step=last.step, share=last.diagonal.value
        )
        return list(task.parameters["pictures"]).index(name), None, None, clear, summary
    assert isinstance(task.question, NumberQuestion)
    steps = [
        first_reached(history, lambda point: point.diagonal, REACHED)
        for history in histories.values()
    ]
    there = sorted(step for step in steps if step is not None)
    told = ", ".join("–" if step is None else str(step) for step in steps)
    summary = _("{percent:.0%} of the rows on the diagonal after {told} steps").format(
        percent=REACHED, told=told
    )
    if len(there) < len(steps):
        return float(MOST_STEPS), None, None, False, summary
    middle = float(there[len(there) // 2])
    low = float(max(0, there[0] - MEASURE_EVERY))
    return middle, low, float(there[-1]), True, summary


def _notes(training: LiveTraining, last: Snapshot, seeds: Sequence[int]) -> tuple[str, ...]:
    return (
        _(
            "{count:,} parameters, dot attention (s at t scores), trained just now from nothing"
        ).format(count=training.parameters),
        _("measured every {every} steps on {n} strings that are never trained on").format(
            every=MEASURE_EVERY, n=last.exact.n
        ),
        _("seed {seeds}; another seed reaches it some steps earlier or later").format(
            seeds=", ".join(map(str, seeds))
        ),
        _("Shown is the running mean of the weights over about the last 20 steps."),
        _(
            "The weights of a row are computed anew for each string: training changes what "
            "computes them."
        ),
    )


def _figures(histories: Histories, last: Snapshot) -> tuple[Figure, ...]:
    """Shares, loss and the heatmap of the training that goes on."""
    x = tuple(str(step) for step in range(0, MOST_STEPS + 1, MEASURE_EVERY))
    several = len(histories) > 1
    shares: list[Series] = []
    losses: list[Series] = []
    for seed, history in histories.items():
        of_seed = _(", seed {seed}").format(seed=seed) if several else ""
        diagonal = [point.diagonal for point in history if point.diagonal is not None]
        shares.append(_series(_("on the diagonal") + of_seed, diagonal))
        shares.append(_series(_("exact match") + of_seed, [point.exact for point in history]))
        losses.append(Series(_("loss") + of_seed, tuple(point.loss for point in history)))
    highest = max(y for series in losses for y in series.y)
    curves = (
        Curve(
            _("Largest weights on the diagonal, and strings written without a fault"),
            _("training steps"),
            _("share"),
            x,
            tuple(shares),
        ),
        Curve(
            _("Loss on unseen strings"),
            _("training steps"),
            _("nats a letter"),
            x,
            tuple(losses),
            y_high=float(math.ceil(highest)),
            percent=False,
        ),
    )
    return curves if last.heatmap is None else (last.heatmap, *curves)


def _series(name: str, shares: Sequence[Share]) -> Series:
    return Series(
        name,
        tuple(share.value for share in shares),
        tuple(share.interval[0] for share in shares),
        tuple(share.interval[1] for share in shares),
        tuple(share.n for share in shares),
    )


def table(histories: Mapping[int, Sequence[Point]]) -> Table:
    """When each training reached its marks."""
    rows: list[tuple[str, ...]] = []
    for seed, history in histories.items():
        last = history[-1]
        marks = (
            first_reached(history, lambda point: point.diagonal, REACHED),
            first_reached(history, lambda point: point.exact, EXACT),
        )
        rows.append(
            (
                str(seed),
                *("–" if mark is None else str(mark) for mark in marks),
                f"{last.loss:.3f}",
                _percent(last.exact),
            )
        )
    return Table(
        _("Steps until the marks were reached"),
        (
            _("seed"),
            _("diagonal {percent:.0%}").format(percent=REACHED),
            _("exact {percent:.0%}").format(percent=EXACT),
            _("loss at the end"),
            _("exact at the end"),
        ),
        tuple(rows),
    )


def _percent(share: Share) -> str:
    low, high = share.interval
    return f"{100 * share.value:.1f} % ({100 * low:.1f}–{100 * high:.1f})"


def _plain(seed: int, history: Sequence[Point]) -> dict[str, Any]:
    return {
        "seed": seed,
        "points": [
            {
                "step": point.step,
                "loss": point.loss,
                "exact": point.exact.value,
                "diagonal": None if point.diagonal is None else point.diagonal.value,
                "across": None if point.across is None else point.across.value,
                "n": point.exact.n,
            }
            for point in history
        ],
    }
