"""Which source words C has kept, by their place in the sentence (E14).

The textbook says: in a network that reads from left to right the first words are lost first. The
run measures it on such a network, nouns only, so that places differ in nothing but place. It says so when
the textbook is wrong here. The place in the translation matters as well: C is handed over once,
and the decoder must keep the words that it writes last the longest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from studybuddy.catalogue.figures import Bars, Curve, Series, Table
from studybuddy.catalogue.predictions import Progress, Result, Task, Value
from studybuddy.lab.experiments.comparing import in_percent, number_text, parts
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.models import Model, load
from studybuddy.lab.probing import THIRDS, Probe, probes
from studybuddy.lab.statistics import mean_interval
from studybuddy.lab.tasks.words import sentences
from studybuddy.text.translation import _

_FEWEST = 10
"""Words below which a cell of a table stays empty."""


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Change the nouns and verbs of the sentences one at a time and compare the thirds."""
    report(Progress(0, 1, _("loading the models")))
    model = load(str(task.parameters["model"]))
    drawing = Progress(0, 1, _("drawing sentences"))
    pairs = sentences(task.parameters, task.seed, lambda: report(drawing))
    found: list[Probe] = []
    done = 0
    for part in parts(pairs):
        figures = (_falls(found, task.seed),) if found else ()
        report(Progress(done, len(pairs), _("changing one word at a time"), figures))
        found += probes(model.network, part, str(task.parameters["change"]), task.seed, done)
        done += len(part)
    report(Progress(done, done, _("done")))
    return _result(task, model, found, len(pairs))


def of_third(found: Sequence[Probe], third: int, value: Callable[[Probe], float]) -> list[float]:
    """The nouns of a third of the source: one mean a sentence, so that the values are independent."""
    by_sentence: dict[int, list[float]] = {}
    for probe in found:
        if probe.kind == "noun" and probe.third == third:
            by_sentence.setdefault(probe.sentence, []).append(value(probe))
    return [math.fsum(values) / len(values) for values in by_sentence.values()]


def difference_of(
    found: Sequence[Probe], first: int, second: int, value: Callable[[Probe], float], seed: int
) -> tuple[float, float, float]:
    """How much more the first third has than the second, within sentences that have nouns in both."""
    means: dict[int, dict[int, list[float]]] = {}
    for probe in found:
        if probe.kind == "noun" and probe.third in (first, second):
            means.setdefault(probe.sentence, {}).setdefault(probe.third, []).append(value(probe))
    apart = [
        math.fsum(thirds[first]) / len(thirds[first])
        - math.fsum(thirds[second]) / len(thirds[second])
        for thirds in means.values()
        if len(thirds) == 2
    ]
    return mean_interval(apart, seed)


def _fall(probe: Probe) -> float:
    return probe.fall


def _probability(probe: Probe) -> float:
    return math.exp(probe.kept)


def _result(task: Task, model: Model, found: Sequence[Probe], n: int) -> Result:
    falls = [mean_interval(of_third(found, i, _fall), task.seed) for i in range(THIRDS)]
    kept = [mean_interval(of_third(found, i, _probability), task.seed) for i in range(THIRDS)]
    least = min(range(THIRDS), key=lambda i: falls[i][0])
    apart = [difference_of(found, i, least, _fall, task.seed) for i in range(THIRDS) if i != least]
    clear = all(low > 0 for _value, low, _high in apart)
    first_last = difference_of(found, 0, 2, _fall, task.seed)
    answer: Value = least
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()
    if task.ask == "curve":
        _value, low, high = difference_of(found, 0, 2, _probability, task.seed)
        clear = low > 0 or high < 0
        answer, lows, highs = (
            tuple(each) for each in zip(*(in_percent(third) for third in kept), strict=True)
        )
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=n,
        clear=clear,
        summary=_verdict(first_last),
        notes=(
            model_note(model.card),
            sample_note(n, task.seed),
            _("First third minus last third: {apart} nats, within the same sentences.").format(
                apart=number_text(*first_last, 2)
            ),
            _("The key compares nouns with nouns only; verbs stand in the table."),
            _("Words written late are hard for this decoder too: see the last table."),
        ),
        figures=(_falls(found, task.seed), _curve(kept), _classes(found, task.seed), _cells(found)),
        data={
            "fall": [list(third) for third in falls],
            "probability": [list(third) for third in kept],
            "first_minus_last": list(first_last),
            "words": len(found),
        },
        lows=lows,
        highs=highs,
    )


def _verdict(first_last: tuple[float, float, float]) -> str:
    """Whether "the first words are lost first" holds on this model, in a sentence."""
    _value, low, high = first_last
    if high < 0:
        return _("the first third is kept less than the last: the first words are lost first")
    if low > 0:
        return _(
            "the first third is kept better than the last: here the first words are NOT lost first"
        )
    return _(
        "first and last third cannot be told apart: “first words are lost first” is not seen here"
    )


def _thirds() -> tuple[str, ...]:
    return (_("first third"), _("middle third"), _("last third"))


def _falls(found: Sequence[Probe], seed: int) -> Bars:
    falls = [mean_interval(of_third(found, i, _fall), seed) for i in range(THIRDS)]
    shown = [third if not math.isnan(third[0]) else (0.0, 0.0, 0.0) for third in falls]
    top = max(1.0, *(math.ceil(high) for _value, _low, high in shown))
    values, low, high = (tuple(each) for each in zip(*shown, strict=True))
    return Bars(
        _("Fall of log p of a noun's own translation when the noun is changed (nats)"),
        _thirds(),
        values,
        low,
        high,
        y_low=min(0.0, *low),
        y_high=float(top),
        percent=False,
    )


def _curve(kept: Sequence[tuple[float, float, float]]) -> Curve:
    values, low, high = (tuple(each) for each in zip(*kept, strict=True))
    return Curve(
        _("Probability of a noun's translation by the noun's place in the source"),
        _("place in the source"),
        _("mean probability"),
        _thirds(),
        (Series(_("nouns"), values, low, high),),
    )


def _classes(found: Sequence[Probe], seed: int) -> Table:
    """Nouns and verbs apart: fall and probability by third of the source."""
    rows = []
    for kind, name in (("noun", _("nouns")), ("verb", _("verbs"))):
        for third, label in enumerate(_thirds()):
            words = [probe for probe in found if probe.kind == kind and probe.third == third]
            if len(words) < _FEWEST:
                rows.append((name, label, str(len(words)), "–", "–"))
                continue
            fall = mean_interval([probe.fall for probe in words], seed)
            kept = mean_interval([_probability(probe) for probe in words], seed)
            rows.append(
                (
                    name,
                    label,
                    str(len(words)),
                    number_text(*fall, 2),
                    number_text(*in_percent(kept), 0),
                )
            )
    return Table(
        _("Nouns and verbs by place in the source (95 % interval)"),
        ("", _("place"), "n", _("fall in nats"), _("probability, %")),
        tuple(rows),
    )


def _cells(found: Sequence[Probe]) -> Table:
    """Probability of a noun's translation by place in the source and place in the translation."""
    rows = []
    for third, label in enumerate(_thirds()):
        cells = []
        for target in range(THIRDS):
            words = [
                _probability(probe)
                for probe in found
                if probe.kind == "noun" and probe.third == third and probe.target_third == target
            ]
            mean = 100 * math.fsum(words) / max(1, len(words))
            cells.append(f"{mean:.0f} (n {len(words)})" if len(words) >= _FEWEST else "–")
        rows.append((label, *cells))
    return Table(
        _("Probability in %, rows by place in the source, columns by place in the translation"),
        (_("noun in the source"), *_thirds()),
        tuple(rows),
    )
