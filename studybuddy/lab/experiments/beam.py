"""Greedy search against wider and wider beams: what they find, and what it is worth.

Model score and translation quality are two things. A wider beam finds outputs that the network
holds likelier; whether those are better is measured apart, by corpus BLEU and exact match, on
the same sentences. One search serves both rankings: plain, and divided by length.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from studybuddy.catalogue.figures import Table, Tree
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab import bleu
from studybuddy.lab.experiments.comparing import (
    Interval,
    headline,
    number_text,
    percent,
    share_text,
    unseen_pairs,
)
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model
from studybuddy.lab.networks.scoring import log_probabilities
from studybuddy.lab.networks.search import Hypothesis, beam_tree, search
from studybuddy.lab.statistics import Share, mean_interval
from studybuddy.text.translation import _

SAME = 1e-4
"""Nats within which two log probabilities are one: batches of other sizes round otherwise."""
NO_GAIN = 0.05
"""Nats a sentence: whose interval ends below has shown that there is nothing to be gained."""
NO_BETTER = 0.01
"""BLEU (a point): the same for a step between two widths."""


@dataclass(slots=True)
class Found:
    """What one width found of each sentence, by plain score and by score a word."""

    plain: list[Hypothesis] = field(default_factory=list)
    normalised: list[Hypothesis] = field(default_factory=list)


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Search with each width and answer from what was found."""
    report(Progress(0, 1, _("loading the models")))
    model = headline(task.parameters["network"])
    pairs = unseen_pairs(
        model.data, task.parameters["lengths"], int(task.parameters["count"]), task.seed
    )
    widths = [int(width) for width in task.parameters["widths"]]
    gold = gold_scores(model, pairs)
    found = measure(model, pairs, widths, gold, task.seed, report)
    answer, clear, summary = answered(task, found, pairs)
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=len(pairs),
        clear=clear,
        summary=summary,
        notes=(
            model_note(model.card),
            sample_note(len(pairs), task.seed),
            _(
                "Log p: summed over a sentence, the end included, in nats; “a word”: divided by its length before choosing."
            ),
            _(
                "Search error: the reference is likelier than what was found, so the search missed it."
            ),
            _(
                "{formula}, over the whole corpus, one reference, no smoothing (Papineni et al. 2002)"
            ).format(formula=bleu.FORMULA),
        ),
        figures=(table(found, pairs, gold, task.seed), tree(model, pairs, found)),
        data=as_data(found, pairs, gold),
    )


def gold_scores(model: Model, pairs: Sequence[SentencePair]) -> list[float]:
    """The log probability that the network gives to each reference."""
    scores = log_probabilities(model.network, pairs).sum(dim=1).tolist()
    return [float(score) for score in scores]


def measure(
    model: Model,
    pairs: Sequence[SentencePair],
    widths: Sequence[int],
    gold: Sequence[float],
    seed: int,
    report: Callable[[Progress], None],
) -> dict[int, Found]:
    """Search every sentence with every width; the table is shown as it grows."""
    found: dict[int, Found] = {}
    total = len(widths) * len(pairs)
    shown: tuple[Table, ...] = ()
    for index, width in enumerate(widths):
        here = Found()
        for i, pair in enumerate(pairs):
            report(
                Progress(
                    index * len(pairs) + i, total, _("width {k}").format(k=width), figures=shown
                )
            )
            searched = search(model.network, pair.source, width, normalise=True)
            here.plain.append(searched.ranked(False)[0][1])
            here.normalised.append(searched.ranked(True)[0][1])
        found[width] = here
        shown = (table(found, pairs, gold, seed),)
    report(Progress(total, total, _("done"), figures=shown))
    return found


def gains(found: Mapping[int, Found]) -> list[list[float]]:
    """By how much each widening raised the log probability of each sentence."""
    widths = sorted(found)
    return [
        [
            0.0
            if abs(b.log_probability - a.log_probability) < SAME
            else b.log_probability - a.log_probability
            for a, b in zip(found[first].plain, found[second].plain, strict=True)
        ]
        for first, second in pairwise(widths)
    ]


def answered(
    task: Task, found: Mapping[int, Found], pairs: Sequence[SentencePair]
) -> tuple[int, bool, str]:
    """Key, whether the effect lies outside its interval, and a summary."""
    steps = gains(found)
    total = mean_interval([sum(row) for row in zip(*steps, strict=True)], task.seed)
    widths = sorted(found)
    first, last = found[widths[0]], found[widths[-1]]
    summary = _(
        "width {a} → {b}: log p {p:.2f} → {q:.2f}, exact {e:.0f} → {f:.0f} %, BLEU {u:.1f} → {v:.1f}"
    ).format(
        a=widths[0],
        b=widths[-1],
        p=_mean([each.log_probability for each in first.plain]),
        q=_mean([each.log_probability for each in last.plain]),
        e=100 * exact(first.plain, pairs).value,
        f=100 * exact(last.plain, pairs).value,
        u=100 * bleu.corpus_bleu(counted(first.plain, pairs)),
        v=100 * bleu.corpus_bleu(counted(last.plain, pairs)),
    )
    if task.ask == "gain":
        return *most_gain(steps, total, task.seed), summary
    better = [
        bleu.bleu_difference(
            counted(found[b].plain, pairs), counted(found[a].plain, pairs), task.seed
        )
        for a, b in pairwise(widths)
    ]
    return *always_better(total, better), summary


def most_gain(steps: Sequence[Sequence[float]], total: Interval, seed: int) -> tuple[int, bool]:
    """Which widening gained most; the option after the last one where none gained."""
    if total[1] <= 0:
        return len(steps), total[2] < NO_GAIN
    order = sorted(range(len(steps)), key=lambda k: sum(steps[k]), reverse=True)
    ahead = [a - b for a, b in zip(steps[order[0]], steps[order[1]], strict=True)]
    return order[0], mean_interval(ahead, seed)[1] > 0


def always_better(total: Interval, better: Sequence[Interval]) -> tuple[int, bool]:
    """0: every widening raised BLEU; 1: the score rose and BLEU did not; 2: not even the score.

    The first needs an interval above 0 at each widening, the second one widening that is shown
    to gain less than a point of BLEU.
    """
    if total[1] <= 0:
        return 2, total[2] < NO_GAIN
    if all(low > 0 for _delta, low, _high in better):
        return 0, True
    return 1, any(high < NO_BETTER for _delta, _low, high in better)


def exact(found: Sequence[Hypothesis], pairs: Sequence[SentencePair]) -> Share:
    """How many outputs equal their reference."""
    right = sum(each.words == pair.target for each, pair in zip(found, pairs, strict=True))
    return Share(right, len(pairs))


def counted(found: Sequence[Hypothesis], pairs: Sequence[SentencePair]) -> list[bleu.Counts]:
    """n-gram counts of each output."""
    return [bleu.counts(each.words, pair.target) for each, pair in zip(found, pairs, strict=True)]


def search_errors(
    found: Sequence[Hypothesis], pairs: Sequence[SentencePair], gold: Sequence[float]
) -> int:
    """Sentences whose reference the network holds likelier than the output that was found."""
    return sum(
        each.words != pair.target and score > each.log_probability + SAME
        for each, pair, score in zip(found, pairs, gold, strict=True)
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def table(
    found: Mapping[int, Found], pairs: Sequence[SentencePair], gold: Sequence[float], seed: int
) -> Table:
    """A row a width: score, BLEU and exact match, then the same chosen by score a word."""
    rows = []
    for width, here in found.items():
        scores = [each.log_probability for each in here.plain]
        rows.append(
            (
                str(width),
                number_text(*mean_interval(scores, seed), digits=2),
                percent(*bleu.bleu_interval(counted(here.plain, pairs), seed)),
                share_text(exact(here.plain, pairs)),
                percent(*bleu.bleu_interval(counted(here.normalised, pairs), seed)),
                share_text(exact(here.normalised, pairs)),
                str(search_errors(here.plain, pairs, gold)),
            )
        )
    return Table(
        _("Beams on {n} sentences (95 % interval)").format(n=len(pairs)),
        (
            _("width"),
            _("log p"),
            _("BLEU"),
            _("exact %"),
            _("BLEU, a word"),
            _("exact %, a word"),
            _("search errors"),
        ),
        tuple(rows),
    )


def tree(model: Model, pairs: Sequence[SentencePair], found: Mapping[int, Found]) -> Tree:
    """A search of width 2: the shortest sentence where it found something else than greedy."""
    differ = [
        pair
        for pair, one, two in zip(pairs, found[1].plain, found[2].plain, strict=True)
        if one.words != two.words
    ]
    pair = min(differ or pairs, key=lambda pair: len(pair.source))
    title = _("Beam of width 2: {source}").format(source=" ".join(pair.source))
    return beam_tree(model.network, pair.source, 2, title=title)


def as_data(
    found: Mapping[int, Found], pairs: Sequence[SentencePair], gold: Sequence[float]
) -> dict[str, Any]:
    """Everything that was measured, as JSON values; shares in 0..1."""
    return {
        "widths": {
            str(width): {
                "log_probability": _mean([each.log_probability for each in here.plain]),
                "bleu": bleu.corpus_bleu(counted(here.plain, pairs)),
                "exact_match": exact(here.plain, pairs).value,
                "bleu_normalised": bleu.corpus_bleu(counted(here.normalised, pairs)),
                "exact_match_normalised": exact(here.normalised, pairs).value,
                "search_errors": search_errors(here.plain, pairs, gold),
                "words": _mean([len(each.words) for each in here.plain]),
            }
            for width, here in found.items()
        },
        "reference_words": _mean([len(pair.target) for pair in pairs]),
        "normalisation": "log p divided by the words, the end counted",
        "bleu": bleu.FORMULA + ", corpus, one reference, no smoothing",
    }
