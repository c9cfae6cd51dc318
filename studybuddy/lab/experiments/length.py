"""Accuracy against sentence length for both networks (the bottleneck of one fixed C).

Fresh test sentences, exact match of the greedy translation at each length, the shortest first.
The networks of a regime were trained alike, on sentences of at most 20 words or at most 40; the two
regimes never share an axis. What happens beyond the trained length is extrapolation, not the
bottleneck, and the figure says where that begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from studybuddy.catalogue.figures import Curve, Series, Table
from studybuddy.catalogue.predictions import NumberQuestion, Progress, Result, Task, Value
from studybuddy.lab.cards import Bucket
from studybuddy.lab.evaluation import buckets, exact
from studybuddy.lab.experiments.notes import model_note, sample_note, spread_note
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import translate
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.statistics import Share, difference
from studybuddy.lab.tasks.length import GROUPS, TRAINED, swept
from studybuddy.text.translation import _

Shares = dict[int, Share]

_MODELS: Mapping[str, Mapping[str, str]] = {
    "20": {"fixed": HEADLINE_FIXED, "attention": HEADLINE_ATTENTION},
    "40": {"fixed": "fixed-40", "attention": "attention-40"},
}
_SPREAD = (16, 19)
"""Source words at which the seeds are compared."""
_HALF = 0.5
_PART = 125
"""Sentences decoded between two reports."""


class _Found(NamedTuple):
    """A key with its interval, whether its effect lies outside it, a summary, and the sample."""

    answer: Value
    low: float | None
    high: float | None
    clear: bool
    summary: str
    n: int
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Sweep the lengths and answer the task's question from the sweep."""
    regime = str(task.parameters["regime"])
    lengths = swept(task.parameters)
    report(Progress(0, 2 * len(lengths) + 1, _("loading the models")))
    models = {name: load(model) for name, model in _MODELS[regime].items()}
    found = sweep(models, lengths, regime, int(task.parameters["count"]), task.seed, report)
    answer = _answer(task, found, GROUPS[regime])
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer.answer,
        n=answer.n,
        low=answer.low,
        high=answer.high,
        clear=answer.clear,
        summary=answer.summary,
        notes=(
            *(model_note(model.card) for model in models.values()),
            *chain.from_iterable(
                spread_note(model.card.name, *_SPREAD) for model in models.values()
            ),
            sample_note(answer.n, task.seed),
            _("Beyond {edge} words neither was trained: there the fall is extrapolation.").format(
                edge=TRAINED[regime]
            ),
        ),
        figures=(curve(found, lengths, regime), table(found, regime)),
        data=as_data(found, regime, task.seed),
        lows=answer.lows,
        highs=answer.highs,
    )


def sweep(
    models: Mapping[str, Model],
    lengths: Sequence[int],
    regime: str,
    count: int,
    seed: int,
    report: Callable[[Progress], None],
) -> dict[str, Shares]:
    """Exact match of each network at each length, on the same `count` sentences.

    Every report shows the curve as far as it goes.
    """
    total = 2 * len(lengths) + 1
    unseen = Unseen(seed)
    found: dict[str, Shares] = {name: {} for name in models}

    def tell(message: str) -> None:
        points = sum(map(len, found.values()))
        shown = (curve(found, lengths, regime),) if points else ()
        report(Progress(1 + points, total, message, shown))

    for length in lengths:
        message = _("sentences of {length} words").format(length=length)
        pairs = unseen.of(length, count, partial(tell, message))
        for name, model in models.items():
            share = Share(0, 0)
            for start in range(0, len(pairs), _PART):
                tell(message)
                part = pairs[start : start + _PART]
                share += exact(translate(model.network, [pair.source for pair in part]), part)
            found[name][length] = share
    tell(_("done"))
    return found


def _answer(task: Task, found: Mapping[str, Shares], groups: Sequence[tuple[int, int]]) -> _Found:
    match task.ask:
        case "at":
            return _at(task, found["fixed"])
        case "curve":
            return _sketch(buckets(found["fixed"], groups))
        case "crossing":
            return crossing(buckets(found["fixed"], groups))
        case _:
            return _lost(task, found)


def _at(task: Task, fixed: Shares) -> _Found:
    assert isinstance(task.question, NumberQuestion)
    share = fixed[int(task.parameters["length"])]
    low, high = share.interval
    summary = _("{right} of {n} sentences exactly right: {percent:.0f} %").format(
        right=share.right, n=share.n, percent=100 * share.value
    )
    clear = 100 * (high - low) / 2 <= task.question.tolerance
    return _Found(100 * share.value, 100 * low, 100 * high, clear, summary, share.n)


def _lost(task: Task, found: Mapping[str, Shares]) -> _Found:
    fixed, attention = found["fixed"], found["attention"]
    a, b = (int(length) for length in task.parameters["lengths"])
    lost = {name: difference(shares[a], shares[b]) for name, shares in found.items()}
    summary = _(
        "from {a} to {b} words: fixed C {f1:.0f} → {f2:.0f} %, attention {t1:.0f} → {t2:.0f} %"
    ).format(
        a=a,
        b=b,
        f1=100 * fixed[a].value,
        f2=100 * fixed[b].value,
        t1=100 * attention[a].value,
        t2=100 * attention[b].value,
    )
    drop = task.ask == "drop"
    delta, low, high = lost["fixed" if drop else "attention"]
    clear = low > 0 if drop else high < lost["fixed"][1]
    n = min(share.n for shares in found.values() for share in (shares[a], shares[b]))
    # A share can rise by chance where nothing is lost; no prediction below zero can be typed.
    return _Found(max(0.0, 100 * delta), 100 * low, 100 * high, clear, summary, n)


def _sketch(grouped: Sequence[Bucket]) -> _Found:
    shares = [bucket.share for bucket in grouped]
    lows, highs = zip(*(share.interval for share in shares), strict=True)
    summary = _("fixed C: {shares} %").format(
        shares=" → ".join(f"{100 * share.value:.0f}" for share in shares)
    )
    return _Found(
        tuple(100 * share.value for share in shares),
        None,
        None,
        lows[0] > highs[-1],
        summary,
        min(share.n for share in shares),
        tuple(100 * low for low in lows),
        tuple(100 * high for high in highs),
    )


def crossing(grouped: Sequence[Bucket]) -> _Found:
    """The first group below half; clear when its interval and those before keep off one half."""
    shares = [bucket.share for bucket in grouped]
    below = [index for index, share in enumerate(shares) if share.value < _HALF]
    first = below[0] if below else len(shares)
    clear = all(share.interval[0] > _HALF for share in shares[:first]) and all(
        share.interval[1] < _HALF for share in shares[first : first + 1]
    )
    summary = _("fixed C first falls below half at {span} words").format(
        span=_span(grouped[first]) if below else "–"
    )
    return _Found(first, None, None, clear, summary, min(share.n for share in shares))


def curve(found: Mapping[str, Shares], lengths: Sequence[int], regime: str) -> Curve:
    """Both networks over the lengths as far as measured, with intervals and the end of training."""
    names = {"fixed": _("one fixed C"), "attention": _("attention")}
    edge = TRAINED[regime]
    return Curve(
        title=_("Exact translations by sentence length, trained on 4–{edge} words").format(
            edge=edge
        ),
        x_title=_("source words"),
        y_title=_("exact match"),
        x=tuple(str(length) for length in lengths),
        series=tuple(
            Series(
                names[name],
                tuple(share.value for share in shares.values()),
                tuple(share.interval[0] for share in shares.values()),
                tuple(share.interval[1] for share in shares.values()),
                tuple(share.n for share in shares.values()),
            )
            for name, shares in found.items()
        ),
        edge=max(i for i, length in enumerate(lengths) if length <= edge),
    )


def table(found: Mapping[str, Shares], regime: str) -> Table:
    """The same by groups of lengths, in percent with intervals."""
    grouped = {name: buckets(shares, GROUPS[regime]) for name, shares in found.items()}
    rows = tuple(
        (_span(fixed), str(fixed.n), _percent(fixed.share), _percent(attention.share))
        for fixed, attention in zip(grouped["fixed"], grouped["attention"], strict=True)
    )
    return Table(
        _("By groups of lengths (95 % interval)"),
        (_("source words"), "n", _("one fixed C"), _("attention")),
        rows,
    )


def _span(bucket: Bucket) -> str:
    return f"{bucket.shortest}–{bucket.longest}"


def _percent(share: Share) -> str:
    low, high = share.interval
    return f"{100 * share.value:.1f} ({100 * low:.1f}–{100 * high:.1f})"


def as_data(found: Mapping[str, Shares], regime: str, seed: int) -> dict[str, Any]:
    """Everything that was measured, as JSON values; shares in 0..1."""
    edge = TRAINED[regime]

    def entry(shortest: int, longest: int, share: Share) -> dict[str, Any]:
        low, high = share.interval
        return {
            "shortest": shortest,
            "longest": longest,
            "n": share.n,
            "exact_match": share.value,
            "low": low,
            "high": high,
            "extrapolation": longest > edge,
        }

    return {
        "seed": seed,
        "trained_to": edge,
        "metric": "exact match of the greedy translation, 95 % Wilson interval",
        "networks": {
            name: {
                "buckets": [
                    entry(b.shortest, b.longest, b.share) for b in buckets(shares, GROUPS[regime])
                ],
                "lengths": [entry(length, length, share) for length, share in shares.items()],
            }
            for name, shares in found.items()
        },
    }
