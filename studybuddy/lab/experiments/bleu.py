"""BLEU by hand: one spoilt sentence, two that are compared, and a network's whole corpus.

Corpus BLEU adds the counts of all sentences up before it divides. The BLEU of one sentence is shown
to be worked through, and flagged as noisy: a single word in its middle moves it by tens of
points, and without a match of four words it is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from studybuddy.catalogue.figures import Figure, Table, Tokens
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab import bleu
from studybuddy.lab.experiments.comparing import (
    headline,
    in_percent,
    parts,
    percent,
    share_text,
    unseen_pairs,
    written,
)
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.statistics import Share, mean_interval
from studybuddy.text.translation import _

Words = tuple[str, ...]


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Count the n-grams that the task asks about."""
    if task.ask == "corpus":
        return _corpus(task, report)
    report(Progress(0, 1, _("counting n-grams")))
    reference = tuple(task.parameters["reference"])
    outputs = [tuple(output) for output in task.parameters["outputs"]]
    report(Progress(1, 1, _("done")))
    counted = [bleu.counts(output, reference) for output in outputs]
    scores = [each.bleu for each in counted]
    names = [_("output")] if len(outputs) == 1 else [_("output A"), _("output B")]
    answer = 100 * scores[0] if task.ask == "sentence" else max(range(2), key=scores.__getitem__)
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=1,
        clear=len(set(scores)) == len(scores),
        summary="; ".join(
            _("{name}: BLEU {score:.1f}").format(name=name, score=100 * score)
            for name, score in zip(names, scores, strict=True)
        ),
        notes=(*_formula_notes(), _noisy_note()),
        figures=_figures(reference, outputs, names, counted),
        data=_data(reference, outputs, counted),
    )


def run_own(output: Words, task: Task | None, report: Callable[[Progress], None]) -> Result:
    """A learner's own output against the task's reference, which need not use its words."""
    assert task is not None
    reference = tuple(task.parameters["reference"])
    report(Progress(1, 1, _("done")))
    counted = bleu.counts(output, reference)
    return Result(
        run=task.run,
        ask="own",
        seed=task.seed,
        answer=100 * counted.bleu,
        n=1,
        summary=_("{name}: BLEU {score:.1f}").format(
            name=_("your output"), score=100 * counted.bleu
        ),
        notes=(*_formula_notes(), _noisy_note()),
        figures=_figures(reference, [output], [_("your output")], [counted]),
        data=_data(reference, [output], [counted]),
    )


def _formula_notes() -> tuple[str, ...]:
    return (
        _("{formula}, one reference, no smoothing (Papineni et al. 2002)").format(
            formula=bleu.FORMULA
        ),
        _("BLEU counts words in a row; it does not know what they mean."),
    )


def _noisy_note() -> str:
    return _("The BLEU of a single sentence is noisy: judge systems by a corpus.")


def _figures(
    reference: Words,
    outputs: Sequence[Words],
    names: Sequence[str],
    counted: Sequence[bleu.Counts],
) -> tuple[Figure, ...]:
    """The sentences, then for each output its n-grams, BP and BLEU."""
    lines: list[Figure] = [Tokens(_("reference"), reference)]
    tables: list[Figure] = []
    for output, name, each in zip(outputs, names, counted, strict=True):
        lines.append(Tokens(name, output, unmatched(output, reference)))
        tables.append(count_table(name, each))
    return (*lines, *tables)


def unmatched(output: Words, reference: Words) -> frozenset[int]:
    """Places of the words that no match of a single word is left for."""
    left = bleu.grams(reference, 1)
    missing = set()
    for place, word in enumerate(output):
        if left[(word,)] > 0:
            left[(word,)] -= 1
        else:
            missing.add(place)
    return frozenset(missing)


def count_table(name: str, counted: bleu.Counts) -> Table:
    """Matches, totals and precision of each order, then lengths, BP and BLEU."""
    rows = [
        (f"p{n}", f"{match} / {total}", f"{precision:.3f}")
        for n, (match, total, precision) in enumerate(
            zip(counted.matches, counted.totals, counted.precisions, strict=True), 1
        )
    ]
    rows += [
        (
            "BP",
            _("c = {c}, r = {r}").format(c=counted.output, r=counted.reference),
            f"{counted.penalty:.3f}",
        ),
        ("BLEU", bleu.FORMULA.removeprefix("BLEU-4 = "), f"{counted.bleu:.3f}"),
    ]
    return Table(name, ("", _("counted"), _("value")), tuple(rows))


def _data(
    reference: Words, outputs: Sequence[Words], counted: Sequence[bleu.Counts]
) -> dict[str, Any]:
    return {
        "formula": bleu.FORMULA,
        "reference": list(reference),
        "outputs": [
            {
                "words": list(output),
                "matches": list(each.matches),
                "totals": list(each.totals),
                "penalty": each.penalty,
                "bleu": each.bleu,
            }
            for output, each in zip(outputs, counted, strict=True)
        ],
    }


def _corpus(task: Task, report: Callable[[Progress], None]) -> Result:
    """Corpus BLEU of a headline network, beside the mean of its sentences' BLEU."""

    report(Progress(0, 1, _("loading the models")))
    model = headline(task.parameters["network"])
    pairs = unseen_pairs(
        model.data, task.parameters["lengths"], int(task.parameters["count"]), task.seed
    )
    outputs: list[Words] = []
    for some in parts(pairs):
        report(Progress(len(outputs), len(pairs), _("translating")))
        outputs += [translation.words for translation in written(model, some)]
    report(Progress(len(pairs), len(pairs), _("done")))
    counted = [
        bleu.counts(output, pair.target) for output, pair in zip(outputs, pairs, strict=True)
    ]
    value, low, high = in_percent(bleu.bleu_interval(counted, task.seed))
    single = mean_interval([each.bleu for each in counted], task.seed)
    right = Share(
        sum(output == pair.target for output, pair in zip(outputs, pairs, strict=True)),
        len(pairs),
    )
    rows = (
        (_("corpus BLEU"), f"{value:.1f} ({low:.1f}–{high:.1f})"),
        (_("mean of the sentences' BLEU"), percent(*single)),
        (_("exact match"), share_text(right)),
    )
    worst = min(range(len(pairs)), key=lambda i: counted[i].bleu)
    total = sum(counted, bleu.NOTHING)
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=value,
        n=len(pairs),
        low=low,
        high=high,
        clear=high - low <= 4 * task.question.tolerance,  # type: ignore[union-attr]
        summary=_("corpus BLEU {a:.1f}, exact {b:.0f} %").format(a=value, b=100 * right.value),
        notes=(
            model_note(model.card),
            sample_note(len(pairs), task.seed),
            *_formula_notes(),
            _noisy_note(),
        ),
        figures=(
            Table(
                _("{n} sentences (95 % interval)").format(n=len(pairs)), ("", _("percent")), rows
            ),
            count_table(_("all sentences together"), total),
            *_worst(pairs[worst], outputs[worst]),
        ),
        data={
            "formula": bleu.FORMULA,
            "corpus_bleu": value / 100,
            "mean_sentence_bleu": single[0],
            "exact_match": right.value,
            "matches": list(total.matches),
            "totals": list(total.totals),
            "penalty": total.penalty,
        },
    )


def _worst(pair: SentencePair, output: Words) -> tuple[Tokens, Tokens]:
    return (
        Tokens(_("reference of the sentence with the lowest BLEU"), pair.target),
        Tokens(_("its output"), output, unmatched(output, pair.target)),
    )
