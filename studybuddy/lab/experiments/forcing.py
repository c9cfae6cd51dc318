"""Teacher forcing against free running, and what one wrong word does to the words after it.

Three ways to feed the decoder on the same sentences: with the gold words, with its own, and with
the gold words but for one. Each gives p(gold) at every place. A perplexity is printed for the
first alone: fed with its own words a network scores other conditions at each step, and a number
made of those is no perplexity (free running is judged by exact match and BLEU).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from studybuddy.catalogue.figures import Curve, Series, Table
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab import bleu
from studybuddy.lab.batches import batch_of
from studybuddy.lab.experiments.comparing import (
    Interval,
    headline,
    in_percent,
    parts,
    percent,
    share_text,
    unseen_pairs,
    written,
)
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.feeding import Fed, fed, one_wrong, own_words
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model
from studybuddy.lab.statistics import Share, mean_interval
from studybuddy.lab.tasks.forcing import LATER, LOST
from studybuddy.text.translation import _

NO_GAP = 3.0
"""Percentage points: an interval that ends below shows that there is no gap to speak of."""
FEWEST = 20
"""Sentences that must reach a place for it to be drawn and asked about."""


@dataclass(frozen=True, slots=True)
class Found:
    """All three ways on the same sentences, and the greedy outputs."""

    forced: Fed
    free: Fed
    wrong: Fed
    outputs: list[tuple[str, ...]]


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Feed the network in the three ways and answer from the curves."""
    report(Progress(0, 1, _("loading the models")))
    model = headline(task.parameters["network"])
    pairs = unseen_pairs(
        model.data, task.parameters["lengths"], int(task.parameters["count"]), task.seed
    )
    place = int(task.parameters.get("place", 2)) - 1
    found = measure(model, pairs, place, report)
    answer, low, high, clear, summary = answered(task, found, pairs, place)
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=len(pairs),
        low=low,
        high=high,
        clear=clear,
        summary=summary,
        notes=(
            model_note(model.card),
            sample_note(len(pairs), task.seed),
            _(
                "p(gold) running freely is that of the gold word after the network's own words; 0 once it has ended."
            ),
            _("Places and words count the end, which is a word to the decoder."),
            _("Perplexity is a number of teacher forcing alone; a free run has none."),
        ),
        figures=(curve(found, place), table(found, pairs, task.seed)),
        data=as_data(found, pairs, place),
    )


def measure(
    model: Model,
    pairs: Sequence[SentencePair],
    place: int,
    report: Callable[[Progress], None],
) -> Found:
    """p(gold) by place in the three ways of feeding; the wrong word stands at `place` (from 0).

    The curve is shown as it grows.
    """
    found: Found | None = None
    done = 0
    shown: tuple[Curve, ...] = ()
    for some in parts(pairs):
        report(Progress(done, len(pairs), _("feeding the decoder"), shown))
        batch = batch_of(some, model.data.source, model.data.target)
        outputs = [translation.words for translation in written(model, some)]
        report(Progress(done, len(pairs), _("feeding the decoder"), shown))
        here = Found(
            fed(model, batch, batch.before),
            fed(model, batch, own_words(model, batch, outputs), outputs),
            fed(model, batch, one_wrong(model, batch, place)),
            outputs,
        )
        found = (
            here
            if found is None
            else Found(
                found.forced + here.forced,
                found.free + here.free,
                found.wrong + here.wrong,
                found.outputs + here.outputs,
            )
        )
        done += len(some)
        shown = (curve(found, place),)
    report(Progress(done, len(pairs), _("done"), shown))
    assert found is not None
    return found


def answered(
    task: Task, found: Found, pairs: Sequence[SentencePair], place: int
) -> tuple[float, float | None, float | None, bool, str]:
    """Key, its interval, whether the effect lies outside its interval, and a summary."""
    if task.ask == "gap":
        value, low, high = in_percent(gap(found, task.seed))
        summary = _("words right: teacher forced {a:.1f} %, running freely {b:.1f} %").format(
            a=100 * _words_right(found.forced), b=100 * _words_right(found.free)
        )
        return value, low, high, low > 0 or high < NO_GAP, summary
    if task.ask == "exact":
        forced, free = all_right(found.forced), exact(found, pairs)
        key = 2 if forced.right == free.right else 0 if forced.right > free.right else 1
        summary = _(
            "every word right: {a} of {n} teacher forced, {b} running freely; as long as nothing is wrong, both are fed with the same words"
        ).format(a=forced.right, b=free.right, n=free.n)
        return key, None, None, True, summary
    near, late = (in_percent(fall(found, place + ahead, task.seed)) for ahead in (1, LATER))
    key, clear = verdict(near, late)
    clear = clear and len(found.forced.at(place + LATER)) >= FEWEST
    summary = _(
        "p(gold) falls by {a:.1f} points ({b:.1f} to {c:.1f}) at the next word, by {d:.1f} ({e:.1f} to {f:.1f}) {k} words after the wrong one"
    ).format(a=near[0], b=near[1], c=near[2], d=late[0], e=late[1], f=late[2], k=LATER)
    return key, None, None, clear, summary


def verdict(near: Interval, late: Interval) -> tuple[int, bool]:
    """0: lost and back; 1: lost for good; 2: nothing lost. Clear outside both intervals."""

    def apart(interval: Interval) -> bool:
        return not interval[1] <= LOST <= interval[2]

    if near[0] < LOST:
        return 2, apart(near)
    return (0 if late[0] < LOST else 1), apart(near) and apart(late)


def gap(found: Found, seed: int) -> Interval:
    """The share of words right, teacher forced minus running freely, averaged over sentences."""
    return mean_interval(
        [a - b for a, b in zip(found.forced.right, found.free.right, strict=True)],
        seed,
    )


def fall(found: Found, place: int, seed: int) -> Interval:
    """By how much one wrong word lowers p(gold) at a place (from 0)."""
    both = zip(found.forced.at(place), found.wrong.at(place), strict=True)
    return mean_interval([forced - wrong for forced, wrong in both], seed)


def all_right(ways: Fed) -> Share:
    """In how many sentences every word was the likeliest."""
    return Share(sum(all(row) for row in ways.hits), len(ways.hits))


def exact(found: Found, pairs: Sequence[SentencePair]) -> Share:
    """How many greedy outputs equal their reference."""
    right = sum(words == pair.target for words, pair in zip(found.outputs, pairs, strict=True))
    return Share(right, len(pairs))


def _words_right(ways: Fed) -> float:
    return sum(ways.right) / len(ways.right)


def curve(found: Found, place: int) -> Curve:
    """p(gold) by place in the three ways."""
    names = {
        _("teacher forced"): found.forced,
        _("one wrong word at {place}").format(place=place + 1): found.wrong,
        _("running freely"): found.free,
    }
    size = max(len(row) for row in found.forced.chances)
    places = [t for t in range(size) if len(found.forced.at(t)) >= FEWEST] or [0]
    series = []
    for name, ways in names.items():
        points = [mean_interval(ways.at(t), t) for t in places]
        series.append(
            Series(
                name,
                tuple(point[0] for point in points),
                tuple(point[1] for point in points),
                tuple(point[2] for point in points),
                tuple(len(ways.at(t)) for t in places),
            )
        )
    return Curve(
        title=_("Probability of the gold word"),
        x_title=_("place in the translation"),
        y_title=_("mean p(gold)"),
        x=tuple(str(t + 1) for t in places),
        series=tuple(series),
    )


def table(found: Found, pairs: Sequence[SentencePair], seed: int) -> Table:
    """Words right, whole sentences right and, where it exists, the perplexity; BLEU of the outputs."""
    counted = [
        bleu.counts(words, pair.target) for words, pair in zip(found.outputs, pairs, strict=True)
    ]
    words = [mean_interval(ways.right, seed) for ways in (found.forced, found.free)]
    return Table(
        _("Two ways of feeding (95 % interval)"),
        (_("fed with"), _("words right %"), _("sentences right %"), _("BLEU"), _("perplexity")),
        (
            (
                _("the gold words"),
                percent(*words[0]),
                share_text(all_right(found.forced)),
                "–",
                f"{found.forced.perplexity:.3f}",
            ),
            (
                _("its own words"),
                percent(*words[1]),
                share_text(exact(found, pairs)),
                percent(*bleu.bleu_interval(counted, seed)),
                _("has none"),
            ),
        ),
    )


def as_data(found: Found, pairs: Sequence[SentencePair], place: int) -> dict[str, Any]:
    """Everything that was measured, as JSON values; shares in 0..1, places from 1."""
    size = max(len(row) for row in found.forced.chances)

    def means(ways: Fed) -> list[float]:
        return [sum(ways.at(t)) / len(ways.at(t)) for t in range(size)]

    return {
        "wrong_word_at": place + 1,
        "chances": {
            "forced": means(found.forced),
            "free": means(found.free),
            "one_wrong": means(found.wrong),
        },
        "n": [len(found.forced.at(t)) for t in range(size)],
        "words_right": {
            "forced": _words_right(found.forced),
            "free": _words_right(found.free),
        },
        "sentences_right": {
            "forced": all_right(found.forced).value,
            "free": exact(found, pairs).value,
        },
        "perplexity_teacher_forced": found.forced.perplexity,
    }
