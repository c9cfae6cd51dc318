"""How well the weights of many sentences agree with the gold alignment (E3, `alignment`)."""

from __future__ import annotations

from collections.abc import Callable

from studybuddy.catalogue.figures import Bars, Table
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.alignment import Alignment, Counts, baselines, counts_of, summed, weights_of
from studybuddy.lab.experiments.comparing import in_percent, parts, percent
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.models import Model
from studybuddy.text.translation import _


def answer(task: Task, model: Model, report: Callable[[Progress], None]) -> Result:
    """Measure the model's weights as an alignment and answer from the content words."""
    shortest, longest = task.parameters["lengths"]
    pairs = Unseen(task.seed).spread(
        range(shortest, longest + 1),
        int(task.parameters["count"]),
        lambda: report(Progress(0, 1, _("drawing sentences"))),
    )
    counted: list[Counts] = []
    for part in parts(pairs):
        report(Progress(len(counted), len(pairs), _("writing the gold translations")))
        rows = weights_of(model.network, part)
        counted += [counts_of(pair, row) for pair, row in zip(part, rows, strict=True)]
    report(Progress(len(pairs), len(pairs), _("done")))
    found, base = summed(counted), baselines(pairs)
    value, low, high = in_percent(found.content_mean)
    bars = Bars(
        _("Content words whose brightest source word is the gold one"),
        (model.card.name, _("word t at place t of the source"), _("uniform weights")),
        (found.content.value, base.diagonal, base.uniform),
        (found.content_mean[1], base.diagonal, base.uniform),
        (found.content_mean[2], base.diagonal, base.uniform),
        marked=0,
    )
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=value,
        n=found.n,
        low=low,
        high=high,
        clear=not low <= 100 * base.diagonal <= high,
        summary=_(
            "{value:.1f} % of {words} content words; by place alone {diagonal:.1f} %, by chance {uniform:.1f} %"
        ).format(
            value=value,
            words=found.content.n,
            diagonal=100 * base.diagonal,
            uniform=100 * base.uniform,
        ),
        notes=(
            model_note(model.card),
            sample_note(found.n, task.seed),
            _(
                "Teacher forced: the row that writes word t is scored, neither the one before nor after it."
            ),
            _(
                "AER = 1 − (|A∩S| + |A∩P|) / (|A| + |S|), sure links S, possible links P (Och & Ney 2003)."
            ),
            _(
                "For scale: .34 to .39 on real text (Luong et al. 2015). A low AER is not a better BLEU."
            ),
        ),
        figures=(bars, _table(found)),
        data={
            "content": [found.content.right, found.content.n],
            "all_words": [found.all_words.right, found.all_words.n],
            "possible": [found.possible.right, found.possible.n],
            "aer": list(found.aer),
            "mass": found.mass,
            "largest": found.largest,
            "diagonal": base.diagonal,
            "uniform": base.uniform,
        },
    )


def _table(found: Alignment) -> Table:
    value, low, high = found.aer
    rows = (
        (_("content words, brightest on their gold link"), percent(*found.content_mean) + " %"),
        (_("all words with a sure link"), percent(*_interval(found, "all_words")) + " %"),
        (_("all linked words, possible links too"), percent(*_interval(found, "possible")) + " %"),
        (_("alignment error rate (AER)"), f"{value:.3f} ({low:.3f}–{high:.3f})"),
        (_("mean weight on the sure links"), f"{found.mass:.2f}"),
        (_("mean largest weight"), f"{found.largest:.2f}"),
    )
    return Table(_("Alignment (95 % interval)"), (_("measure"), _("value")), rows)


def _interval(found: Alignment, name: str) -> tuple[float, float, float]:
    share = getattr(found, name)
    low, high = share.interval
    return share.value, low, high
