"""Gradients at the words of a learner's own sentence (E5).

The untrained cells read the words of the small language instead of letters, and are asked as in the
experiment: how much of the gradient of the last step's answer reaches each word. No trained cell
knows these words, so the textbook's translators stand for what training makes of it: one hands over
its last state alone, the other may look at every word.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from studybuddy.catalogue.figures import Curve, Figure, Series
from studybuddy.catalogue.predictions import Progress, Result
from studybuddy.lab.batches import batch_of
from studybuddy.lab.experiments.gradient_figures import Found, SetUp
from studybuddy.lab.experiments.notes import model_note
from studybuddy.lab.gradients import (
    mean_over_seeds,
    sentence_gradients,
    translation_gradients,
    untrained,
)
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import translate
from studybuddy.lab.vocabulary import SOURCE
from studybuddy.text.translation import _

SEED_COUNT = 6
"""Untrained networks of each set-up."""
Words = tuple[str, ...]


def own_sentence(
    words: Words, setups: Sequence[SetUp], seed: int, report: Callable[[Progress], None]
) -> Result:
    """The gradient at every word: of untrained cells, and of the two translators."""
    total = len(setups) + 1
    found: Found = {}
    numbers = SOURCE.numbers(words)
    for done, setup in enumerate(setups):
        report(Progress(done, total, setup.name, _untrained_figures(words, found)))
        found[setup] = [_of_one(setup, numbers, seed, index) for index in range(SEED_COUNT)]
    report(Progress(len(setups), total, _("translating"), _untrained_figures(words, found)))
    models = {
        _("one fixed C, trained"): load("textbook-fixed"),
        _("attention, trained"): load("textbook-attention"),
    }
    written = {name: _written(model, words) for name, model in models.items()}
    trained = {name: _of_translator(models[name], words, written[name], seed) for name in models}
    report(Progress(total, total, _("done")))
    back = len(words) - 1
    first = ", ".join(
        f"{setup.name} {mean_over_seeds([row[-1] for row in rows]).value:.1f}"
        for setup, rows in found.items()
    )
    return Result(
        run="gradients",
        ask="own",
        seed=seed,
        answer=back,
        n=SEED_COUNT,
        summary=_("log10 of the gradient at “{word}”, {k} steps back: {told}").format(
            word=words[0], k=back, told=first
        ),
        notes=(
            _("gradient of the untrained cells: |d(y·v)/dx|; y the last step's logits, v random"),
            _("{kind}: mean of {n} networks each, 95 % interval, seed {seed}").format(
                kind=_("untrained"), n=SEED_COUNT, seed=seed
            ),
            _(
                "gradient of the translators: |d(Σ y·v)/dx| over all words that they write, v random; "
                "the two figures have different metrics, so compare shapes only"
            ),
            *(model_note(model.card) for model in models.values()),
            _("A large gradient is no used memory: see E6 for what is recalled."),
        ),
        figures=(*_untrained_figures(words, found), _translators(words, trained)),
        data={
            "source": list(words),
            "outputs": {model.card.name: list(written[name]) for name, model in models.items()},
            "metric": "log10 of |d(y·v)/dx| at each word, the last word first",
            "networks": [
                {"name": setup.name, "log10": [list(row) for row in rows]}
                for setup, rows in found.items()
            ],
            "translators": [
                {"name": model.card.name, "log10": list(trained[name])}
                for name, model in models.items()
            ],
        },
    )


def _of_one(setup: SetUp, numbers: Sequence[int], seed: int, index: int) -> tuple[float, ...]:
    drawn = (seed % 2**31) * SEED_COUNT + index
    network = untrained(
        setup.cell, drawn, gate_bias=setup.gate_bias, gain=setup.gain, symbols=len(SOURCE)
    )
    return sentence_gradients(network, numbers, drawn)


def _written(model: Model, words: Words) -> Words:
    return translate(model.network, [words])[0].words


def _of_translator(model: Model, words: Words, written: Words, seed: int) -> tuple[float, ...]:
    """A translator fed with its own words, whose number the sentence decides."""
    batch = batch_of([SentencePair(words, written, frozenset(), frozenset(), frozenset())])
    return translation_gradients(model.network, batch, seed)


def _untrained_figures(words: Words, found: Found) -> tuple[Figure, ...]:
    """The curve over the words; nothing before the first network is measured."""
    series: list[Series] = []
    for setup, rows in found.items():
        points = [mean_over_seeds(column) for column in zip(*rows, strict=True)]
        series.append(
            Series(
                setup.name,
                tuple(point.value for point in points),
                tuple(point.low for point in points),
                tuple(point.high for point in points),
                tuple(point.n for point in points),
            )
        )
    if not series:
        return ()
    return (_curve(_("Gradient at each word of your sentence"), words, series),)


def _translators(words: Words, trained: Mapping[str, tuple[float, ...]]) -> Curve:
    series = [Series(name, logs) for name, logs in trained.items()]
    return _curve(_("The same in two trained translators"), words, series)


def _curve(title: str, words: Words, series: Sequence[Series]) -> Curve:
    heights = [y for line in series for y in line.y]
    return Curve(
        title=title,
        x_title=_("steps back, word"),
        y_title=_("log10 of the gradient"),
        x=tuple(f"{back} {word}" for back, word in enumerate(reversed(words))),
        series=tuple(series),
        y_low=float(math.floor(min(heights))),
        y_high=float(max(math.ceil(max(heights)), 0)),
        percent=False,
    )
