"""Accuracy against sentence length for both networks (the bottleneck of one fixed C).

Fresh test sentences of 4 to 27 words; exact match of the greedy translation at each length.
Both networks were trained on 4 to 20 words: what happens beyond is extrapolation, not the
bottleneck, and the figure says where that begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studybuddy.catalogue.experiments import LONGEST, SHORTEST, TRAINED_TO
from studybuddy.catalogue.figures import Curve, Series, Table
from studybuddy.catalogue.predictions import NumberQuestion, Progress, Result, Task
from studybuddy.lab.cards import Bucket
from studybuddy.lab.evaluation import buckets, exact
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.corpus import sample
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import translate
from studybuddy.lab.statistics import Share, difference
from studybuddy.text.translation import _

Shares = dict[int, Share]


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Sweep the lengths and answer the task's question from the sweep."""
    report(Progress(0, LONGEST - SHORTEST + 2, _("loading the models")))
    models = {"fixed": load("fixed-20"), "attention": load("attention-20")}
    found = sweep(models, int(task.parameters["count"]), task.seed, report)
    answer, low, high, clear, summary, n = _answer(task, found)
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
            *(model_note(model.card) for model in models.values()),
            sample_note(n, task.seed),
            _("Beyond {edge} words neither was trained: there the fall is extrapolation.").format(
                edge=TRAINED_TO
            ),
        ),
        figures=(curve(found), table(found)),
        data=as_data(found, task.seed),
    )


def sweep(
    models: Mapping[str, Model],
    count: int,
    seed: int,
    report: Callable[[Progress], None],
    lengths: range = range(SHORTEST, LONGEST + 1),
) -> dict[str, Shares]:
    """Exact match of each network at each length, on the same `count` sentences."""
    total = len(lengths) + 1
    report(Progress(0, total, _("drawing sentences")))
    sentences = sample(lengths, count, "test", seed)
    found: dict[str, Shares] = {name: {} for name in models}
    for index, length in enumerate(lengths):
        report(Progress(index + 1, total, _("sentences of {length} words").format(length=length)))
        pairs = sentences[length]
        sources = [pair.source for pair in pairs]
        for name, model in models.items():
            found[name][length] = exact(translate(model.network, sources), pairs)
    report(Progress(total, total, _("done")))
    return found


def _answer(task: Task, found: Mapping[str, Shares]) -> tuple[float, float, float, bool, str, int]:
    """Key, its interval, whether the effect is outside its interval, a summary, and n."""
    fixed, attention = found["fixed"], found["attention"]
    assert isinstance(task.question, NumberQuestion)
    if task.ask == "at":
        share = fixed[int(task.parameters["length"])]
        low, high = share.interval
        summary = _("{right} of {n} sentences exactly right: {percent:.0f} %").format(
            right=share.right, n=share.n, percent=100 * share.value
        )
        clear = 100 * (high - low) / 2 <= task.question.tolerance
        return 100 * share.value, 100 * low, 100 * high, clear, summary, share.n
    a, b = (int(length) for length in task.parameters["lengths"])
    lost = {name: difference(shares[a], shares[b]) for name, shares in found.items()}
    fixed_lost, attention_lost = lost["fixed"], lost["attention"]
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
    asked = fixed_lost if task.ask == "drop" else attention_lost
    clear = fixed_lost[1] > 0 if task.ask == "drop" else attention_lost[2] < fixed_lost[1]
    n = min(share.n for shares in found.values() for share in (shares[a], shares[b]))
    return 100 * asked[0], 100 * asked[1], 100 * asked[2], clear, summary, n


def curve(found: Mapping[str, Shares]) -> Curve:
    """Both networks over the lengths, with intervals and the end of the training lengths."""
    lengths = sorted(found["fixed"])
    names = {"fixed": _("one fixed C"), "attention": _("attention")}
    return Curve(
        title=_("Exact translations by sentence length"),
        x_title=_("source words"),
        y_title=_("exact match"),
        x=tuple(str(length) for length in lengths),
        series=tuple(
            Series(
                names[name],
                tuple(shares[length].value for length in lengths),
                tuple(shares[length].interval[0] for length in lengths),
                tuple(shares[length].interval[1] for length in lengths),
                tuple(shares[length].n for length in lengths),
            )
            for name, shares in found.items()
        ),
        edge=lengths.index(TRAINED_TO) if TRAINED_TO in lengths else None,
    )


def table(found: Mapping[str, Shares]) -> Table:
    """The same by groups of lengths, in percent with intervals."""
    grouped = {name: buckets(shares) for name, shares in found.items()}
    rows = tuple(
        (_span(fixed), str(fixed.n), _percent(fixed.share), _percent(attention.share))
        for fixed, attention in zip(grouped["fixed"], grouped["attention"], strict=True)
    )
    return Table(
        _("By groups of lengths (95 % interval)"),
        (_("words"), "n", _("one fixed C"), _("attention")),
        rows,
    )


def _span(bucket: Bucket) -> str:
    if bucket.shortest == bucket.longest:
        return str(bucket.shortest)
    return f"{bucket.shortest}–{bucket.longest}"


def _percent(share: Share) -> str:
    low, high = share.interval
    return f"{100 * share.value:.1f} ({100 * low:.1f}–{100 * high:.1f})"


def as_data(found: Mapping[str, Shares], seed: int) -> dict[str, Any]:
    """Everything that was measured, as JSON values; shares in 0..1."""

    def entry(shortest: int, longest: int, share: Share) -> dict[str, Any]:
        low, high = share.interval
        return {
            "shortest": shortest,
            "longest": longest,
            "n": share.n,
            "exact_match": share.value,
            "low": low,
            "high": high,
            "extrapolation": longest > TRAINED_TO,
        }

    return {
        "seed": seed,
        "trained_to": TRAINED_TO,
        "metric": "exact match of the greedy translation, 95 % Wilson interval",
        "networks": {
            name: {
                "buckets": [entry(b.shortest, b.longest, b.share) for b in buckets(shares)],
                "lengths": [entry(length, length, share) for length, share in shares.items()],
            }
            for name, shares in found.items()
        },
    }
