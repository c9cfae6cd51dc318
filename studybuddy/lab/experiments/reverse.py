"""A small network trained from nothing while you look (E12).

It ends when 90 % of the rows are brightest on their gold letter and 95 % of unseen strings are
written without a fault, or after 500 steps. What is measured comes from strings that are never
trained on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from studybuddy.catalogue.figures import Curve, Figure, Series, Table
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.live import MEASURE_EVERY, LiveTraining, Point, Snapshot
from studybuddy.lab.tasks.reverse import MOST_STEPS
from studybuddy.text.translation import _

DIAGONAL, EXACT = 0.9, 0.95


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Train one network, or several for the median, and answer from what was measured."""
    seeds = training_seeds(task.seed, int(task.parameters.get("seeds", 1)))
    trained: list[tuple[LiveTraining, Snapshot]] = []
    for index, seed in enumerate(seeds):
        training = LiveTraining(seed, float(task.parameters["rate"]), task=task.parameters["task"])

        def tell(now: Snapshot, index: int = index) -> None:
            message = _("step {step}: loss {loss:.2f}").format(step=now.step, loss=now.loss)
            done = index * MOST_STEPS + now.step
            report(Progress(done, len(seeds) * MOST_STEPS, message, figures(now)))

        trained.append((training, learn(training, tell)))
    report(Progress(len(seeds) * MOST_STEPS, len(seeds) * MOST_STEPS, _("done")))
    last = [now for _training, now in trained]
    steps = [step_of(now.history) for now in last]
    answer, low, high, clear, summary, n = _answer(task, last, steps)
    shown = last[0]
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=n,
        low=low,
        high=high,
        clear=clear,
        summary=summary,
        notes=(
            _("trained here and now: {count:,} parameters, dot score, Luong's order").format(
                count=trained[0][0].parameters
            ),
            _("measured every {steps} steps on {n} unseen strings, seed {seed}").format(
                steps=MEASURE_EVERY, n=shown.exact.n, seed=task.seed
            ),
            _("Seeds differ; a network can learn the task without this picture."),
        ),
        figures=(*figures(shown), _table(last, steps)),
        data=_data(seeds, last, steps),
    )


def training_seeds(seed: int, count: int) -> list[int]:
    """Seeds of the trainings that a task asks for."""
    random = seeded("live training", seed)
    return [int(random.random() * 2**31) for _training in range(count)]


def learn(training: LiveTraining, tell: Callable[[Snapshot], None]) -> Snapshot:
    """Train until it succeeds, or to the last step; `tell` is called at every measurement."""
    now = training.snapshot()
    while now.step < MOST_STEPS:
        now = training.advance(MEASURE_EVERY)
        tell(now)
        assert now.diagonal is not None
        if now.diagonal.value >= DIAGONAL and now.exact.value >= EXACT:
            break
    return now


def step_of(history: Sequence[Point]) -> int | None:
    """The first measured step at which the diagonal stands, or None."""
    return next(
        (
            point.step
            for point in history
            if point.diagonal is not None and point.diagonal.value >= DIAGONAL
        ),
        None,
    )


def _answer(
    task: Task, last: Sequence[Snapshot], steps: Sequence[int | None]
) -> tuple[float, float | None, float | None, bool, str, int]:
    """Key, its interval, whether the effect is outside it, a summary, and n."""
    if task.ask == "diagonal":
        return _picture(task, last[0])
    reached = sorted(step if step is not None else MOST_STEPS for step in steps)
    answer = float(median(reached))
    low, high = (float(reached[0]), float(reached[-1])) if len(reached) > 1 else (None, None)
    summary = _("the diagonal stood after {steps} steps").format(
        steps=", ".join(
            _("more than {n}").format(n=MOST_STEPS) if step is None else str(step) for step in steps
        )
    )
    return answer, low, high, all(step is not None for step in steps), summary, len(reached)


def _picture(task: Task, now: Snapshot) -> tuple[float, None, None, bool, str, int]:
    """Which of the pictures it is: the diagonal on which clearly more rows are brightest."""
    assert now.diagonal is not None
    assert now.across is not None
    turned = task.parameters["task"] == "reverse"
    down, up = (now.across, now.diagonal) if turned else (now.diagonal, now.across)
    picture = "down" if down.value > up.value else "up"
    more, less = (down, up) if picture == "down" else (up, down)
    summary = _("{share:.0%} of {n} rows are brightest on that diagonal, {other:.0%} on the other")
    told = summary.format(share=more.value, n=more.n, other=less.value)
    clear = more.interval[0] > less.interval[1] and more.value > 0.5
    return task.parameters["pictures"].index(picture), None, None, clear, told, more.n


def figures(now: Snapshot) -> tuple[Figure, ...]:
    """The heatmap as it is, exact match and diagonal so far, and the loss."""
    x = tuple(str(point.step) for point in now.history)
    exact = [point.exact for point in now.history]
    diagonal = [point.diagonal for point in now.history if point.diagonal is not None]
    shares = Curve(
        title=_("Unseen strings while it learns"),
        x_title=_("steps"),
        y_title=_("share"),
        x=x,
        series=tuple(
            Series(
                name,
                tuple(share.value for share in column),
                tuple(share.interval[0] for share in column),
                tuple(share.interval[1] for share in column),
                tuple(share.n for share in column),
            )
            for name, column in (
                (_("strings without a fault"), exact),
                (_("rows on the gold letter"), diagonal),
            )
        ),
    )
    losses = tuple(point.loss for point in now.history)
    loss = Curve(
        title=_("Loss (nats a letter)"),
        x_title=_("steps"),
        y_title=_("loss"),
        x=x,
        series=(Series(_("loss"), losses),),
        y_low=0.0,
        y_high=max(2.5, *losses) if len(losses) > 1 else 2.5,
        percent=False,
    )
    return (*((now.heatmap,) if now.heatmap is not None else ()), shares, loss)


def _table(last: Sequence[Snapshot], steps: Sequence[int | None]) -> Table:
    return Table(
        _("By seed"),
        (_("training"), _("diagonal at step"), _("last step"), _("strings right")),
        tuple(
            (
                str(index + 1),
                "-" if step is None else str(step),
                str(now.step),
                f"{now.exact.value:.1%}",
            )
            for index, (now, step) in enumerate(zip(last, steps, strict=True))
        ),
    )


def _data(
    seeds: Sequence[int], last: Sequence[Snapshot], steps: Sequence[int | None]
) -> dict[str, Any]:
    return {
        "trainings": [
            {
                "seed": seed,
                "diagonal_step": step,
                "history": [
                    {
                        "step": point.step,
                        "loss": point.loss,
                        "exact_match": point.exact.value,
                        "diagonal": None if point.diagonal is None else point.diagonal.value,
                        "across": None if point.across is None else point.across.value,
                    }
                    for point in now.history
                ],
            }
            for seed, now, step in zip(seeds, last, steps, strict=True)
        ]
    }
