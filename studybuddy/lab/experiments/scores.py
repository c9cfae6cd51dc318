"""Four score functions, all else equal: loss, exact match, alignment, time.

Each network was trained from one seed, so two that are near each other may owe it to chance: a
pair whose difference on the same sentences has 0 inside its interval counts as a tie. A fifth
row has the additive score in Bahdanau's order, which changes more than the score.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from studybuddy.catalogue.figures import Bars, Table
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.alignment import summed
from studybuddy.lab.experiments.comparing import (
    Interval,
    number_text,
    percent,
    share_text,
    unseen_pairs,
)
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.experiments.scored import (
    Scored,
    alignment_difference,
    exact_difference,
    measure,
)
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import load
from studybuddy.lab.statistics import mean_interval
from studybuddy.lab.tasks.scores import SCORES
from studybuddy.text.translation import _

BOTH, BEYOND, FEWER, WITHIN = range(4)
SMALL = 0.1
"""A share: an interval within so much of 0 shows that there is no difference."""


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Measure the networks and answer the task's question."""
    report(Progress(0, 1, _("loading the models")))
    if task.ask == "location":
        return _location(task, report)
    models = {name: load(name) for name in (*SCORES, "bahdanau")}
    pairs = unseen_pairs(
        models["additive"].data,
        task.parameters["lengths"],
        int(task.parameters["count"]),
        task.seed,
    )
    found = measure(models, pairs, report, table)
    items = [str(item) for item in task.parameters["items"]]
    by_alignment = task.parameters["measure"] == "aer"
    order, ties = ranking(found, items, by_alignment, task.seed)
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=tuple(order),
        n=len(pairs),
        ties=ties,
        clear=len(ties) < len(list(combinations(items, 2))),
        summary=", ".join(
            f"{items[place]} {_value(found[items[place]], by_alignment)}" for place in order
        ),
        notes=(
            *(model_note(model.card) for model in models.values()),
            sample_note(len(pairs), task.seed),
            _("One training each: scores whose difference has 0 in its interval are tied."),
            _("In Luong et al. 2015 general was below dot by BLEU: one paper's result, no law."),
            _("AER counts sure and possible gold links; a low AER is no better translation."),
            _("ms: processor time a sentence, decoded together; it differs from run to run."),
        ),
        figures=(table(found), bars(found, by_alignment)),
        data=as_data(found),
    )


def ranking(
    found: Mapping[str, Scored], items: Sequence[str], by_alignment: bool, seed: int
) -> tuple[list[int], tuple[tuple[int, int], ...]]:
    """The places of the items, best first, and the pairs that cannot be told apart."""

    def worth(place: int) -> float:
        here = found[items[place]]
        return -summed(here.counts).aer[0] if by_alignment else here.exact.value

    order = sorted(range(len(items)), key=lambda place: (-worth(place), place))
    compare = alignment_difference if by_alignment else exact_difference
    ties = []
    for a, b in combinations(order, 2):
        _delta, low, high = compare(found[items[a]], found[items[b]], seed)
        if low <= 0 <= high:
            ties.append((a, b))
    return order, tuple(ties)


def _value(scored: Scored, by_alignment: bool) -> str:
    if by_alignment:
        return _("AER {aer:.1f} %").format(aer=100 * summed(scored.counts).aer[0])
    return f"{100 * scored.exact.value:.0f} %"


def _location(task: Task, report: Callable[[Progress], None]) -> Result:
    """Location beside additive, on trained lengths and beyond them."""
    models = {name: load(name) for name in ("additive", "location")}
    found: dict[str, dict[str, Scored]] = {}
    pairs: list[SentencePair] = []
    for part in ("lengths", "beyond"):
        pairs = unseen_pairs(
            models["additive"].data, task.parameters[part], int(task.parameters["count"]), task.seed
        )
        found[part] = measure(models, pairs, report, table)
    behind = {
        part: exact_difference(here["additive"], here["location"], task.seed)
        for part, here in found.items()
    }
    key, clear = verdict(behind["lengths"], behind["beyond"])
    shares = {(part, name): here[name].exact for part, here in found.items() for name in here}
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=key,
        n=len(pairs),
        clear=clear,
        summary=_(
            "exact: {a:.0f} % additive, {b:.0f} % location; beyond the trained lengths {c:.0f} % and {d:.0f} %"
        ).format(
            a=100 * shares["lengths", "additive"].value,
            b=100 * shares["lengths", "location"].value,
            c=100 * shares["beyond", "additive"].value,
            d=100 * shares["beyond", "location"].value,
        ),
        notes=(
            *(model_note(model.card) for model in models.values()),
            sample_note(len(pairs), task.seed),
            _(
                "Beyond the trained lengths both extrapolate; location has hardly trained weights there."
            ),
            _("One training each."),
        ),
        figures=(_location_table(task, found),),
        data={part: as_data(here) for part, here in found.items()},
    )


def verdict(within: Interval, beyond: Interval) -> tuple[int, bool]:
    """Where location is behind additive; clear where each interval leaves out 0 or stays near it."""
    behind = [interval[1] > 0 for interval in (within, beyond)]
    key = {(False, False): BOTH, (False, True): BEYOND, (True, True): FEWER}.get(
        (behind[0], behind[1]), WITHIN
    )
    clear = all(
        low > 0 or (low > -SMALL and high < SMALL) for _delta, low, high in (within, beyond)
    )
    return key, clear


def _location_table(task: Task, found: Mapping[str, Mapping[str, Scored]]) -> Table:
    rows = []
    for part, here in found.items():
        first, last = task.parameters[part]
        rows += [
            (f"{first}–{last}", name, share_text(scored.exact), number_text(*_loss(scored), 3))
            for name, scored in here.items()
        ]
    return Table(
        _("Location beside additive (95 % interval)"),
        (_("source words"), _("score"), _("exact %"), _("loss a word")),
        tuple(rows),
    )


def _loss(scored: Scored) -> Interval:
    return mean_interval(scored.losses, 0)


def table(found: Mapping[str, Scored]) -> Table:
    """A row a network."""
    rows = []
    for name, scored in found.items():
        aligned = summed(scored.counts)
        title = _("additive, Bahdanau's order") if name == "bahdanau" else name
        rows.append(
            (
                title,
                number_text(*_loss(scored), 3),
                share_text(scored.exact),
                percent(*aligned.aer),
                share_text(aligned.content),
                f"{aligned.largest:.2f}",
                f"{1000 * scored.seconds / max(1, len(scored.right)):.1f}",
            )
        )
    return Table(
        _("Score functions, one training each (95 % interval)"),
        (
            _("score"),
            _("loss a word"),
            _("exact %"),
            _("AER %"),
            _("content words on gold %"),
            _("largest weight"),
            _("ms"),
        ),
        tuple(rows),
    )


def bars(found: Mapping[str, Scored], by_alignment: bool) -> Bars:
    """What was ranked, with its interval."""
    values = [
        summed(scored.counts).aer if by_alignment else (scored.exact.value, *scored.exact.interval)
        for scored in found.values()
    ]
    return Bars(
        _("Alignment error rate (lower is better)") if by_alignment else _("Exact match"),
        tuple(found),
        tuple(value for value, _low, _high in values),
        tuple(low for _value, low, _high in values),
        tuple(high for _value, _low, high in values),
    )


def as_data(found: Mapping[str, Scored]) -> dict[str, Any]:
    """Everything that was measured but the time, as JSON values; shares in 0..1."""
    plain: dict[str, Any] = {}
    for name, scored in found.items():
        aligned = summed(scored.counts)
        plain[name] = {
            "loss": _loss(scored)[0],
            "exact_match": scored.exact.value,
            "aer": list(aligned.aer),
            "content_on_gold": aligned.content.value,
            "largest_weight": aligned.largest,
        }
    return plain
