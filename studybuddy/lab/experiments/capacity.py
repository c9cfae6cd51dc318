"""How much gets through C: exact translations by size and length, and bits of random digits.

The small language shows that a larger C moves the fall to longer sentences and does not remove
it. Digits can be counted: n of them hold n · log2 10 bits, and what the decoder recovers is
measured (see `lab.capacity`). That is what this trained model carries, no property of a number
in C: numbers are real-valued, and a longer training carries more through as many of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studybuddy.catalogue.figures import Bars, Curve, Figure, Heatmap, Series
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.capacity import bits_held, recovered_bits
from studybuddy.lab.evaluation import exact
from studybuddy.lab.experiments.comparing import Interval, written
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.models import Model, load
from studybuddy.lab.plan import DIGIT_LADDER, HEADLINE_ATTENTION, LADDER
from studybuddy.lab.statistics import Share, mean_interval
from studybuddy.lab.tasks.capacity import handed_over
from studybuddy.text.translation import _

GRID = (6, 9, 12, 16, 20)
"""Sentence lengths of the grid, beside the one that is asked."""
STRINGS = (2, 4, 6, 8, 10, 12, 14, 16)
"""Lengths of the digit strings, beside the one that is asked."""
ATTENTION = "attention"
Shares = dict[str, dict[int, Share]]
Bits = dict[str, dict[int, Interval]]


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Sweep sizes and lengths and answer from the sweep."""
    report(Progress(0, 1, _("loading the models")))
    if task.ask == "bits":
        return _bits(task, report)
    models = {str(size): load(f"fixed-c{size}") for size in LADDER}
    models[ATTENTION] = load(HEADLINE_ATTENTION)
    length, count = int(task.parameters["length"]), int(task.parameters["count"])
    lengths = sorted({*GRID, length})
    found = sweep(models, lengths, count, task.seed, report)
    shares = [found[str(size)][length] for size in LADDER]
    summary = _("{a} words: ").format(a=length) + ", ".join(
        f"C {size}: {100 * share.value:.0f} %" for size, share in zip(LADDER, shares, strict=True)
    )
    common: dict[str, Any] = {
        "run": task.run,
        "ask": task.ask,
        "seed": task.seed,
        "n": min(share.n for share in shares),
        "summary": summary,
        "notes": (
            *(model_note(model.card) for model in models.values()),
            sample_note(shares[0].n, task.seed),
            _("At this training; one seed each. A larger C moves the fall, it does not remove it."),
            *_encoders(),
        ),
        "figures": (grid(found), bars(shares, length)),
        "data": {
            name: {str(at): [share.right, share.n] for at, share in row.items()}
            for name, row in found.items()
        },
    }
    if task.ask == "curve":
        return Result(
            answer=tuple(100 * share.value for share in shares),
            lows=tuple(100 * share.interval[0] for share in shares),
            highs=tuple(100 * share.interval[1] for share in shares),
            clear=shares[-1].interval[0] > shares[0].interval[1],
            **common,
        )
    key, clear = needed(shares, int(task.parameters["percent"]) / 100)
    return Result(answer=key, clear=clear, **common)


def _encoders() -> tuple[str, ...]:
    """What else differs between the rungs: the numbers that the encoder hands over."""
    handed = {size: handed_over(size) for size in LADDER}
    if len(set(handed.values())) == 1:
        return ()
    told = ", ".join(f"C {size}: {numbers}" for size, numbers in handed.items())
    return (_("Numbers that the encoder hands over, of which C is made: {all}.").format(all=told),)


def sweep(
    models: Mapping[str, Model],
    lengths: Sequence[int],
    count: int,
    seed: int,
    report: Callable[[Progress], None],
) -> Shares:
    """Exact match of each network at each length, on the same `count` sentences."""
    sentences = Unseen(seed)
    found: Shares = {name: {} for name in models}
    total = len(lengths) * len(models)
    done = 0
    shown: tuple[Figure, ...] = ()
    for length in lengths:
        report(Progress(done, total, _("drawing sentences"), shown))
        pairs = sentences.of(length, count)
        for name, model in models.items():
            report(
                Progress(done, total, _("sentences of {length} words").format(length=length), shown)
            )
            found[name][length] = exact(written(model, pairs), pairs)
            done += 1
        shown = (grid(found),)
    report(Progress(total, total, _("done"), shown))
    return found


def needed(shares: Sequence[Share], wanted: float) -> tuple[int, bool]:
    """The first size that reaches the share; the place after the last when none does.

    Clear when its interval lies above, and that of each smaller one below.
    """
    key = next((i for i, share in enumerate(shares) if share.value >= wanted), len(shares))
    below = all(share.interval[1] < wanted for share in shares[:key])
    above = key == len(shares) or shares[key].interval[0] >= wanted
    return key, below and above


def grid(found: Shares) -> Heatmap:
    """Exact match: a row a size, a column a length; those measured for all."""
    lengths = [at for at in next(iter(found.values())) if all(at in row for row in found.values())]
    return Heatmap(
        title=_("Exact translations by size of C and sentence length"),
        rows=tuple(_("attention") if name == ATTENTION else f"C {name}" for name in found),
        columns=tuple(str(length) for length in lengths),
        values=tuple(tuple(row[at].value for at in lengths) for row in found.values()),
        row_title=_("network"),
        column_title=_("source words"),
    )


def bars(shares: Sequence[Share], length: int) -> Bars:
    """Exact match at the length that was asked, with intervals."""
    return Bars(
        _("Exact translations of {a} words, n = {n} (95 % interval)").format(
            a=length, n=shares[0].n
        ),
        tuple(f"C {size}" for size in LADDER),
        tuple(share.value for share in shares),
        tuple(share.interval[0] for share in shares),
        tuple(share.interval[1] for share in shares),
    )


def _bits(task: Task, report: Callable[[Progress], None]) -> Result:
    """Recovered bits of random digits, by size and length."""
    models = {str(size): load(f"digits-c{size}") for size in DIGIT_LADDER}
    models[ATTENTION] = load("digits-attention")
    asked, length = str(task.parameters["size"]), int(task.parameters["length"])
    count = int(task.parameters["count"])
    data = models[asked].data
    lengths = sorted({*STRINGS, length})
    strings = data.sample(lengths, count, "test", task.seed)
    found: Bits = {name: {} for name in models}
    held = [bits_held(at, data) for at in lengths]
    total, done = len(lengths) * len(models), 0
    shown: tuple[Figure, ...] = ()
    for name, model in models.items():
        for at in lengths:
            report(Progress(done, total, _("strings of {n} digits").format(n=at), shown))
            values = recovered_bits(model.network, strings[at], data)
            found[name][at] = mean_interval(values, task.seed)
            done += 1
        shown = (bits_curve(found, lengths, held),)
    report(Progress(total, total, _("done"), shown))
    value, low, high = found[asked][length]
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=value,
        n=len(strings[length]),
        low=low,
        high=high,
        clear=high - low <= 2 * task.question.tolerance,  # type: ignore[union-attr]
        summary=_("{a:.1f} of {b:.1f} bits recovered").format(a=value, b=bits_held(length, data)),
        notes=(
            *(model_note(model.card) for model in models.values()),
            sample_note(len(strings[length]), task.seed),
            _("n · log2 10 minus the surprise left to the decoder, fed with the true digits."),
            _("What this trained model carries, no fixed number of bits for each number in C."),
        ),
        figures=shown,
        data={
            name: {str(at): list(interval) for at, interval in row.items()}
            for name, row in found.items()
        },
    )


def bits_curve(found: Bits, lengths: Sequence[int], held: Sequence[float]) -> Curve:
    """Recovered bits by length, under what the strings hold."""
    measured = {name: row for name, row in found.items() if len(row) == len(lengths)}
    series = [Series(_("held"), tuple(held))]
    for name, row in measured.items():
        series.append(
            Series(
                _("attention") if name == ATTENTION else f"C {name}",
                tuple(row[at][0] for at in lengths),
                tuple(row[at][1] for at in lengths),
                tuple(row[at][2] for at in lengths),
            )
        )
    return Curve(
        title=_("Bits recovered of random digits"),
        x_title=_("digits"),
        y_title=_("bits"),
        x=tuple(str(at) for at in lengths),
        series=tuple(series),
        y_low=min(0.0, *(low for row in measured.values() for _v, low, _h in row.values())),
        y_high=max(held),
        percent=False,
    )
