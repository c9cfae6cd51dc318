"""The three networks side by side, as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _
from studybuddy.text.width import pad, pad_left

if TYPE_CHECKING:
    from studybuddy.lab.pairs.report import Report
    from studybuddy.lab.pairs.scoring import Score

LABEL = 22
_COLUMN = 19


def about(name: str) -> str:
    """What a network is called."""
    from studybuddy.lab.pairs.settings import NETWORKS

    return next((network.about for network in NETWORKS if network.name == name), name)


def report_lines(report: Report) -> list[str]:
    """The report as lines of at most 80 cells; only the samples' own text may be longer."""
    networks = report.networks
    corpus = report.corpus

    def row(label: str, cells: list[str]) -> str:
        return pad(label, LABEL) + "".join(pad_left(cell, _COLUMN) for cell in cells)

    lines = [
        _(
            "source: {units}, {n:,} of {types:,} kept; {known:.1%} of the test's tokens known"
        ).format(
            units=_units(corpus.source.units),
            n=len(corpus.source.vocabulary),
            types=corpus.source.types,
            known=corpus.source.known,
        ),
        _(
            "target: {units}, {n:,} of {types:,} kept; {known:.1%} of the test's tokens known"
        ).format(
            units=_units(corpus.target.units),
            n=len(corpus.target.vocabulary),
            types=corpus.target.types,
            known=corpus.target.known,
        ),
        "",
        row("", [about(each.name) for each in networks]),
        row(_("parameters"), [f"{each.card.parameters:,}" for each in networks]),
        row(
            _("best step, of"),
            [f"{each.card.best_step:,} / {each.card.steps:,}" for each in networks],
        ),
        row(_("validation loss"), [f"{each.card.validation_loss:.3f}" for each in networks]),
        row(_("minutes"), [f"{each.card.seconds / 60:.1f}" for each in networks]),
        row("BLEU", [_score(each.bleu) for each in networks]),
        row("chrF", [_score(each.chrf) for each in networks]),
    ]
    for place, bucket in enumerate(report.buckets):
        label = _("BLEU {a}–{b} (n {n})").format(a=bucket.shortest, b=bucket.longest, n=bucket.n)
        lines.append(row(label, [_score(each.buckets[place]) for each in networks]))
    lines += [
        row(_("words unknown (⁇)"), [f"{each.unknown:.1%}" for each in networks]),
        "",
        *(
            _("{better} − {worse}: {value:+.1f} BLEU [{low:+.1f}, {high:+.1f}]{doubt}").format(
                better=about(gap.better),
                worse=about(gap.worse),
                value=gap.value,
                low=gap.low,
                high=gap.high,
                doubt="" if gap.clear else " · " + _("no clear difference"),
            )
            for gap in report.gaps
        ),
        "",
        _("In brackets: 95 % intervals from 1,000 resampled test sets; lengths in source tokens."),
        f"BLEU {report.bleu_signature}",
        f"chrF {report.chrf_signature}",
    ]
    for sample in report.samples:
        lines += ["", clean(sample.source), f"  = {clean(' | '.join(sample.references[:3]))}"]
        lines += [f"  {pad(about(name), 17)}{clean(text)}" for name, text in sample.written.items()]
    return lines


def _units(units: str) -> str:
    return _("words") if units == "words" else _("characters")


def _score(score: Score) -> str:
    return f"{score.value:.1f} [{score.low:.1f}, {score.high:.1f}]"
