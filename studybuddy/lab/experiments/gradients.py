"""Gradients k steps back, of untrained and of trained cells (E5).

The key is measured on networks drawn with the task's seed, or on the bundled trained ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from studybuddy.catalogue.predictions import NumberQuestion, Progress, Result, Task
from studybuddy.lab.experiments.gradient_figures import (
    Found,
    SetUp,
    as_data,
    at_distance,
    curve,
    factors,
    table,
)
from studybuddy.lab.experiments.gradient_words import SEED_COUNT, own_sentence
from studybuddy.lab.gradients import (
    DEFAULT_GAIN,
    DISTANCES,
    log_gradients,
    mean_over_seeds,
    untrained,
)
from studybuddy.lab.recall_models import load_recall
from studybuddy.lab.recall_plan import CELLS, SEEDS, mixed_name
from studybuddy.lab.tasks.gradients import ASKED_DISTANCE
from studybuddy.text.translation import _


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Measure what the question needs and answer it."""
    asked = _asked(task)
    shown, references = _shown(task)
    total = sum(_count(setup) for setup in shown)
    found: Found = {}
    done = 0
    for setup in shown:
        rows = found.setdefault(setup, [])
        for logs in _measured(setup, task.seed):
            rows.append(logs)
            done += 1
            figures = (curve(found, references),) if len(rows) == _count(setup) else ()
            report(Progress(done, total, setup.name, figures))
    answer, low, high, clear, ties, summary = _answer(task, asked, found)
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=min(len(found[setup]) for setup in asked),
        low=low,
        high=high,
        clear=clear,
        summary=summary,
        notes=tuple(_notes(task, found)),
        figures=(curve(found, references), table(found, references)),
        data=as_data(found),
        ties=ties,
    )


def run_own(
    words: tuple[str, ...], task: Task | None, report: Callable[[Progress], None]
) -> Result:
    """The gradient at each word of a learner's sentence, with the cells that the question shows."""
    assert task is not None
    shown, _references = _shown(task)
    return own_sentence(words, [each for each in shown if not each.trained], task.seed, report)


def ranking(
    cells: list[list[tuple[float, ...]]], distance: int
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """The order by gradient, the largest first, and the pairs that the seeds cannot tell apart."""
    place = DISTANCES.index(distance)
    values = [[row[place] for row in rows] for rows in cells]
    order = sorted(range(len(cells)), key=lambda i: -math.fsum(values[i]) / len(values[i]))
    ties: list[tuple[int, int]] = []
    for a, b in combinations(range(len(cells)), 2):
        apart = mean_over_seeds([x - y for x, y in zip(values[a], values[b], strict=False)])
        if apart.low <= 0 <= apart.high:
            ties.append((a, b))
    return tuple(order), tuple(ties)


def _count(setup: SetUp) -> int:
    return len(SEEDS) if setup.trained else SEED_COUNT


def _measured(setup: SetUp, seed: int) -> Iterator[tuple[float, ...]]:
    """The gradients of each network of this set-up."""
    for index in range(_count(setup)):
        drawn = (seed % 2**31) * SEED_COUNT + index
        if setup.trained:
            network = load_recall(mixed_name(setup.cell, SEEDS[index])).network
        else:
            network = untrained(setup.cell, drawn, gate_bias=setup.gate_bias, gain=setup.gain)
        yield log_gradients(network, drawn)


def _of_state(state: str, bias: int) -> list[SetUp]:
    """The three cells in one state; a plain RNN has no gate to open."""
    return [
        SetUp(cell, bias if state == "open" and cell != "rnn" else 0, None, state == "trained")
        for cell in CELLS
    ]


def _asked(task: Task) -> list[SetUp]:
    """The set-ups that the question is about, in its order."""
    if task.ask == "explode":
        return [SetUp("rnn", gain=float(gain)) for gain in task.parameters["gains"]]
    bias = int(task.parameters["bias"])
    if task.ask == "order":
        by_cell = {setup.cell: setup for setup in _of_state(str(task.parameters["state"]), bias)}
        return [by_cell[cell] for cell in task.parameters["cells"]]
    cell, _space, state = str(task.parameters["network"]).partition(" ")
    if state == "orthogonal":
        return [SetUp(cell, gain=float(task.parameters["gain"]))]
    return [setup for setup in _of_state(state or "default", bias) if setup.cell == cell]


def _shown(task: Task) -> tuple[list[SetUp], list[float]]:
    """What the curve shows, at most six lines, and the gains of its linear references."""
    asked = _asked(task)
    if task.ask == "explode":
        return asked, [0.9, 1.1]
    gain = asked[0].gain
    if gain is not None:
        return [asked[0], SetUp("rnn")], [gain]
    defaults = _of_state("default", 0)
    if asked[0].trained:
        return [*defaults, *_of_state("trained", 0)], []
    opened = [setup for setup in _of_state("open", int(task.parameters["bias"])) if setup.gate_bias]
    return [*defaults, *opened], [DEFAULT_GAIN]


def _answer(
    task: Task, asked: list[SetUp], found: Found
) -> tuple[Any, float | None, float | None, bool, tuple[tuple[int, int], ...], str]:
    """Key, its interval, whether the effect is clear, ties, and a summary."""
    if task.ask == "order":
        order, ties = ranking([found[setup] for setup in asked], ASKED_DISTANCE)
        told = ", ".join(
            f"{asked[i].name} {at_distance(found[asked[i]], ASKED_DISTANCE).value:.1f}"
            for i in order
        )
        summary = _("log10 of the gradient {k} steps back: {told}").format(
            k=ASKED_DISTANCE, told=told
        )
        return order, None, None, len(ties) < 3, ties, summary
    if task.ask == "rate":
        assert isinstance(task.question, NumberQuestion)
        mean = factors(found[asked[0]])
        clear = mean.high - mean.low <= 2 * task.question.tolerance
        summary = _("{name}: each step multiplies the gradient by {factor:.3f}").format(
            name=asked[0].name, factor=mean.value
        )
        return mean.value, mean.low, mean.high, clear, (), summary
    means = [factors(found[setup]) for setup in asked]
    growing = next((i for i, mean in enumerate(means) if mean.value > 1), len(asked))
    clear = all(mean.low > 1 or mean.high < 1 for mean in means)
    summary = ", ".join(
        f"g = {setup.gain}: {mean.value:.3f}" for setup, mean in zip(asked, means, strict=True)
    )
    return growing, None, None, clear, (), _("factor per step at {told}").format(told=summary)


def _notes(task: Task, found: Found) -> Iterator[str]:
    yield _(
        "gradient: |d(y·v)/dx| at the first letter, k distractors later; y the logits, v random"
    )
    for trained in (False, True):
        setups = [setup for setup in found if setup.trained == trained]
        if setups:
            kind = _("trained") if trained else _("untrained")
            yield _("{kind}: mean of {n} networks each, 95 % interval, seed {seed}").format(
                kind=kind, n=_count(setups[0]), seed=task.seed
            )
    if any(setup.trained for setup in found):
        yield _("the trained ones are {names}: lags 1 to 20, default gates, no lag fixed").format(
            names=", ".join(mixed_name(cell) for cell in CELLS)
        )
        yield _(
            "The trained RNN recalls too, with next to no gradient left: a small gradient is slow "
            "learning, not lost memory."
        )
    yield _("No curve is divided by its own largest value; trained and untrained are named.")
