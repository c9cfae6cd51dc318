"""Reading the source backwards: whom it helps, and where.

Copied digits keep their order, so the first digit written is the first one read: read backwards
it has just been seen, and the decoder can begin at once (Sutskever et al. 2014, section 3.3).
The mean distance does not change, for the last digits get as much farther as the first come
nearer; the shortest distances are what falls. The small language moves words (a relative
clause before its noun, time and place before the verb), so its first Chinese word need not be
the first English one, and nothing says that reversal must help there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studybuddy.catalogue.figures import Curve, Figure, Series, Table
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.capacity import bits_held, recovered_bits
from studybuddy.lab.experiments import reordering
from studybuddy.lab.experiments.comparing import (
    Interval,
    at_place,
    number_text,
    right_words,
    unseen_pairs,
)
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.experiments.reordering import BACKWARDS, FORWARDS
from studybuddy.lab.models import Model, load
from studybuddy.lab.statistics import mean_interval
from studybuddy.text.translation import _

SEEDS = (0, 1, 2)
Pair = tuple[Model, Model]
"""Two networks alike, reading forwards and backwards."""
Hits = list[list[bool]]


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Compare reading forwards and backwards on what the task asks about."""
    report(Progress(0, 1, _("loading the models")))
    if task.ask == "distance":
        return _distance(task)
    if task.ask == "grammar":
        return reordering.grammar(task, report)
    return _digits(task, report)


def copies() -> dict[int, Pair]:
    """The networks that copy digits, by training seed."""
    ends = {seed: f"-seed{seed}" if seed else "" for seed in SEEDS}
    return {
        seed: (load(f"copy-{FORWARDS}{end}"), load(f"copy-{BACKWARDS}{end}"))
        for seed, end in ends.items()
    }


def _digits(task: Task, report: Callable[[Progress], None]) -> Result:
    """Bits gained, and right digits by place, with three trainings of each."""
    models = copies()
    data = models[0][0].data
    length = int(task.parameters["length"])
    pairs = unseen_pairs(data, (length, length), int(task.parameters["count"]), task.seed)
    bits: dict[int, tuple[list[float], list[float]]] = {}
    hits: dict[int, tuple[Hits, Hits]] = {}
    shown: tuple[Figure, ...] = ()
    for done, (seed, both) in enumerate(models.items()):
        report(Progress(2 * done, 2 * len(models), _("training seed {s}").format(s=seed), shown))
        forwards, backwards = (recovered_bits(each.network, pairs, data) for each in both)
        bits[seed] = forwards, backwards
        report(
            Progress(2 * done + 1, 2 * len(models), _("training seed {s}").format(s=seed), shown)
        )
        hits[seed] = right_words(both[0], pairs), right_words(both[1], pairs)
        shown = (places_curve(hits),)
    report(Progress(2 * len(models), 2 * len(models), _("done"), shown))
    gains = {seed: gained(*both, task.seed) for seed, both in bits.items()}
    common: dict[str, Any] = {
        "run": task.run,
        "ask": task.ask,
        "seed": task.seed,
        "n": len(pairs),
        "notes": (
            *(model_note(model.card) for both in models.values() for model in both),
            sample_note(len(pairs), task.seed),
            _("Three trainings each; the effect counts only if it is there in every one."),
            _(
                "Copying keeps the order: the mean distance is the same both ways, the shortest is not."
            ),
        ),
        "figures": (
            places_curve(hits),
            bits_table(bits, gains, bits_held(length, data), task.seed),
        ),
        "data": {
            "gained_bits": {str(seed): list(interval) for seed, interval in gains.items()},
            "recovered_bits": {
                str(seed): [sum(row) / len(row) for row in both] for seed, both in bits.items()
            },
        },
    }
    if task.ask == "ends":
        size = int(task.parameters["words"])
        ends = {seed: ends_gained(*both, size, task.seed) for seed, both in hits.items()}
        key, clear = ends_verdict(ends)
        summary = "; ".join(
            _("seed {s}: first {k} {a:+.0f} points, last {k} {b:+.0f}").format(
                s=seed, k=size, a=100 * first[0], b=100 * last[0]
            )
            for seed, (first, last, _ahead) in ends.items()
        )
        return Result(answer=key, clear=clear, summary=summary, **common)
    pooled = [
        [sum(row) / len(row) for row in zip(*(bits[seed][side] for seed in bits), strict=True)]
        for side in (0, 1)
    ]
    value, low, high = gained(pooled[0], pooled[1], task.seed)
    return Result(
        answer=value,
        low=low,
        high=high,
        clear=same_sign(gains.values()),
        summary=_("bits gained by reading backwards: {all} (mean {value:+.1f})").format(
            all=", ".join(f"{gain[0]:+.1f}" for gain in gains.values()), value=value
        ),
        **common,
    )


def gained(forwards: Sequence[float], backwards: Sequence[float], seed: int) -> Interval:
    """Bits that reading backwards recovers more, string by string."""
    return mean_interval([b - a for a, b in zip(forwards, backwards, strict=True)], seed)


def same_sign(intervals: Any) -> bool:
    """Whether all intervals lie on one side of 0."""
    every = list(intervals)
    return all(low > 0 for _v, low, _h in every) or all(high < 0 for _v, _l, high in every)


def ends_gained(
    forwards: Hits, backwards: Hits, size: int, seed: int
) -> tuple[Interval, Interval, Interval]:
    """What the first and the last `size` digits gain, and by how much the first gain more."""

    def gains(cut: slice) -> list[float]:
        return [
            (sum(b[cut]) - sum(a[cut])) / size for a, b in zip(forwards, backwards, strict=True)
        ]

    first, last = gains(slice(0, size)), gains(slice(-size, None))
    ahead = [a - b for a, b in zip(first, last, strict=True)]
    return mean_interval(first, seed), mean_interval(last, seed), mean_interval(ahead, seed)


def ends_verdict(
    ends: Mapping[int, tuple[Interval, Interval, Interval]],
) -> tuple[int, bool]:
    """0: the first digits gain, and more than the last; 1: the last; 2: neither in every training."""
    if all(first[1] > 0 and ahead[1] > 0 for first, _last, ahead in ends.values()):
        return 0, True
    if all(last[1] > 0 and ahead[2] < 0 for _first, last, ahead in ends.values()):
        return 1, True
    return 2, False


def places_curve(hits: Mapping[int, tuple[Hits, Hits]]) -> Curve:
    """Right digits by place, all trainings together."""
    rows = [[row for both in hits.values() for row in both[side]] for side in (0, 1)]
    size = len(rows[0][0])
    series = []
    for name, several in zip((_("read forwards"), _("read backwards")), rows, strict=True):
        shares = [at_place(several, t) for t in range(size)]
        series.append(
            Series(
                name,
                tuple(share.value for share in shares),
                tuple(share.interval[0] for share in shares),
                tuple(share.interval[1] for share in shares),
                tuple(share.n for share in shares),
            )
        )
    return Curve(
        title=_("Right digits by place, fed with the true ones before"),
        x_title=_("place written"),
        y_title=_("digits right"),
        x=tuple(str(t + 1) for t in range(size)),
        series=tuple(series),
    )


def bits_table(
    bits: Mapping[int, tuple[list[float], list[float]]],
    gains: Mapping[int, Interval],
    held: float,
    seed: int,
) -> Table:
    """Recovered bits of each training."""
    rows = [
        (
            str(training),
            number_text(*mean_interval(both[0], seed)),
            number_text(*mean_interval(both[1], seed)),
            number_text(*gains[training]),
        )
        for training, both in bits.items()
    ]
    return Table(
        _("Bits recovered of {held:.1f} (95 % interval)").format(held=held),
        (_("training seed"), _("read forwards"), _("read backwards"), _("gained")),
        tuple(rows),
    )


def distances(length: int, backwards: bool) -> list[int]:
    """Steps from reading each of `length` digits to writing it, in the order of writing."""
    read = [length - i if backwards else i + 1 for i in range(length)]
    return [length + i + 1 - read[i] for i in range(length)]


def _distance(task: Task) -> Result:
    """Count the steps; no network is needed."""
    length = int(task.parameters["length"])
    ways = [distances(length, backwards) for backwards in (False, True)]
    means = [sum(way) / length for way in ways]
    key = 0 if means[1] < means[0] else 1 if means[1] == means[0] else 2
    rows = tuple((str(i + 1), str(ways[0][i]), str(ways[1][i])) for i in range(length))
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=key,
        n=length,
        summary=_("mean distance {a:g} and {b:g}, shortest {c} and {d}").format(
            a=means[0], b=means[1], c=min(ways[0]), d=min(ways[1])
        ),
        notes=(
            _("Reversal shortens the shortest distances, not the mean (Sutskever et al. 2014)."),
        ),
        figures=(
            Table(
                _("Steps from reading a digit to writing it"),
                (_("digit"), _("read forwards"), _("read backwards")),
                (*rows, (_("mean"), f"{means[0]:g}", f"{means[1]:g}")),
            ),
        ),
        data={"forwards": ways[0], "backwards": ways[1]},
    )
