"""Reading the source backwards where the translation moves words (a part of E9).

The small language puts a relative clause before its noun, time and place before the verb, a
reason first. So the first Chinese word need not be the first English one, and reading backwards
brings some words nearer and takes others away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from studybuddy.catalogue.figures import Curve, Series, Table
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.evaluation import exact
from studybuddy.lab.experiments.comparing import (
    Interval,
    at_place,
    in_percent,
    number_text,
    parts,
    right_words,
    share_text,
    unseen_pairs,
    written,
)
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import load
from studybuddy.lab.statistics import Share, mean_interval
from studybuddy.text.translation import _

FORWARDS, BACKWARDS = "normal", "reversed"
Hits = list[list[bool]]
FEWEST = 20
"""Sentences that must reach a place for it to be drawn."""
SMALL = 5.0
"""Percentage points: an interval within so much of 0 shows that there is no difference."""


def grammar(task: Task, report: Callable[[Progress], None]) -> Result:
    """The textbook's network on the small language, both ways: do the first words gain?"""
    names = {FORWARDS: "textbook-fixed", BACKWARDS: "textbook-reversed"}
    models = {way: load(name) for way, name in names.items()}
    pairs = unseen_pairs(
        models[FORWARDS].data, task.parameters["lengths"], int(task.parameters["count"]), task.seed
    )
    size = int(task.parameters["words"])
    hits: dict[str, Hits] = {way: [] for way in models}
    shares = {way: Share(0, 0) for way in models}
    total = 2 * len(pairs)
    for index, (way, model) in enumerate(models.items()):
        for some in parts(pairs):
            report(Progress(index * len(pairs) + len(hits[way]), total, _("translating")))
            hits[way] += right_words(model, some)
            shares[way] += exact(written(model, some), some)
    report(Progress(total, total, _("done")))
    first, last, whole = (
        in_percent(gained(hits, cut, task.seed))
        for cut in (slice(0, size), slice(-size, None), slice(None))
    )
    key, clear = grammar_verdict(first)
    begun = sum(_share(row[:size]) for row in hits[FORWARDS]) / len(pairs)
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=key,
        n=len(pairs),
        clear=clear,
        summary=_(
            "first {k} words right forwards {s:.0f} %; backwards {a:+.1f} points ({l:+.1f} to {h:+.1f}), last {k} {b:+.1f}, all {c:+.1f}"
        ).format(k=size, s=100 * begun, a=first[0], l=first[1], h=first[2], b=last[0], c=whole[0]),
        notes=(
            *(model_note(model.card) for model in models.values()),
            sample_note(len(pairs), task.seed),
            _("The translation moves words, so its first word need not be the first one read."),
            _(
                "The first words are right {s:.0f} % of the time forwards: so much is left to gain."
            ).format(s=100 * begun),
            _("One training each: a small difference in all words or exact matches may be chance."),
        ),
        figures=(places_curve(hits), _grammar_table(shares, (first, last, whole), size, pairs)),
        data={
            "gained_points": {"first": list(first), "last": list(last), "all": list(whole)},
            "first_words_right_forwards": begun,
            "exact_match": {way: share.value for way, share in shares.items()},
        },
    )


def gained(hits: Mapping[str, Hits], cut: slice, seed: int) -> Interval:
    """By how much the share of right words in this part of each translation rises backwards."""
    both = zip(hits[FORWARDS], hits[BACKWARDS], strict=True)
    return mean_interval([_share(b[cut]) - _share(a[cut]) for a, b in both], seed)


def _share(row: Sequence[bool]) -> float:
    return sum(row) / max(1, len(row))


def grammar_verdict(ahead: Interval) -> tuple[int, bool]:
    """0: more right backwards, in percentage points; 1: fewer; 2: no difference outside it."""
    value, low, high = ahead
    if low > 0 or high < 0:
        return (0 if value > 0 else 1), True
    return 2, low > -SMALL and high < SMALL


def moved(pairs: Sequence[SentencePair]) -> Share:
    """Of neighbouring gold links, how many go backwards in the source: 0 where order is kept."""
    turned = total = 0
    for pair in pairs:
        places = [source for _target, source in sorted(pair.sure)]
        turned += sum(b < a for a, b in pairwise(places))
        total += max(0, len(places) - 1)
    return Share(turned, total)


def places_curve(hits: Mapping[str, Hits]) -> Curve:
    """Right words by place in the translation, both ways."""
    names = {FORWARDS: _("read forwards"), BACKWARDS: _("read backwards")}
    size = max(len(row) for row in hits[FORWARDS])
    places = [t for t in range(size) if at_place(hits[FORWARDS], t).n >= FEWEST] or [0]
    series = []
    for way, rows in hits.items():
        shares = [at_place(rows, t) for t in places]
        series.append(
            Series(
                names[way],
                tuple(share.value for share in shares),
                tuple(share.interval[0] for share in shares),
                tuple(share.interval[1] for share in shares),
                tuple(share.n for share in shares),
            )
        )
    return Curve(
        title=_("Right words by place, fed with the true ones before"),
        x_title=_("place written"),
        y_title=_("words right"),
        x=tuple(str(t + 1) for t in places),
        series=tuple(series),
    )


def _grammar_table(
    shares: Mapping[str, Share],
    gains: tuple[Interval, Interval, Interval],
    size: int,
    pairs: Sequence[SentencePair],
) -> Table:
    """What reading backwards gains of the words, exact matches, and how much order is changed."""
    names = (
        _("first {k} words right, gained (points)").format(k=size),
        _("last {k} words right, gained (points)").format(k=size),
        _("all words right, gained (points)"),
    )
    rows = [(name, number_text(*gain)) for name, gain in zip(names, gains, strict=True)]
    rows += [
        (_("exact %, read forwards"), share_text(shares[FORWARDS])),
        (_("exact %, read backwards"), share_text(shares[BACKWARDS])),
        (_("links that jump back in the source %"), share_text(moved(pairs))),
    ]
    return Table(
        _("The small language, one-way encoder, C = h_n (95 % interval)"),
        ("", _("value")),
        tuple(rows),
    )
