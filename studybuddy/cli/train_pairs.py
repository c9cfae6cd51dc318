"""`studybuddy train --pairs`: the three networks on the learner's own parallel text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from studybuddy.cli.output import ProgressLine, print_json, say, talk
from studybuddy.cli.pairs_report import LABEL, about, report_lines
from studybuddy.errors import FINE
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _
from studybuddy.text.width import pad

if TYPE_CHECKING:
    from studybuddy.lab.pairs.corpus import Corpus
    from studybuddy.lab.pairs.report import Report
    from studybuddy.lab.pairs.run import PairsEvent, PairsTask

JSON_VERSION = 1
_OPTIONS = (
    click.option(
        "--pairs",
        metavar="FILE.tsv",
        type=click.Path(path_type=Path),
        help="Your own text: UTF-8, a sentence, TAB, its translation on each line.",
    ),
    click.option(
        "--source-units",
        type=click.Choice(["words", "characters"]),
        help="With --pairs: what a token of the first column is; decided by its script without.",
    ),
    click.option(
        "--target-units",
        type=click.Choice(["words", "characters"]),
        help="The same for the second column.",
    ),
    click.option(
        "--minutes", type=float, help="With --pairs: about how long all training may take."
    ),
    click.option(
        "--translate", metavar="SENTENCE", help="With --pairs: ask the networks trained on it."
    ),
)
_Command = TypeVar("_Command", bound=Callable[..., Any])


def pairs_options(command: _Command) -> _Command:
    """Give a command the options of training on one's own text."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def train_own_text(
    models: Path,
    out: Path | None,
    *,
    pairs: Path | None,
    translate: str | None,
    as_json: bool,
    **settings: Any,
) -> int:
    """Do what the options ask for: train and report, or translate a sentence."""
    from studybuddy.lab.pairs.run import PairsTask, folder_for

    if pairs is None:
        raise click.UsageError("these options belong to --pairs FILE.tsv.")
    folder = out or folder_for(pairs, models)
    if translate is not None:
        translate_with_pairs(folder, translate, as_json=as_json)
    else:
        train_on_pairs(PairsTask(pairs, folder, **settings), as_json=as_json)
    return FINE


def train_on_pairs(task: PairsTask, *, as_json: bool) -> None:
    """Train, test and report. Progress goes to stderr; Ctrl+C keeps what was learned."""
    from studybuddy.lab.pairs.run import train_pairs

    live = _Live()
    try:
        with closing(train_pairs(task)) as events:
            for event in events:
                live.show(event)
                if event.report is not None:
                    live.close()
                    _report(event.report, task, as_json)
    except KeyboardInterrupt:
        live.close()
        talk(_("stopped; the same command goes on from here"))
        raise
    finally:
        live.close()


def translate_with_pairs(folder: Path, text: str, *, as_json: bool) -> None:
    """What each network of the folder makes of a sentence."""
    from studybuddy.lab.pairs.settings import NETWORKS
    from studybuddy.lab.threads import ready

    ready()
    from studybuddy.lab.pairs.saved import load_pairs_model

    written = {
        network.name: load_pairs_model(folder, network.name).translate(text) for network in NETWORKS
    }
    if as_json:
        print_json({"schema": JSON_VERSION, "source": clean(text), "written": written})
        return
    for network in NETWORKS:
        say(f"{pad(network.about, LABEL)}{clean(written[network.name])}")


class _Live:
    """One line redrawn on a terminal; elsewhere a line at each measurement."""

    def __init__(self) -> None:
        self._line = ProgressLine()
        self._live = sys.stderr.isatty()
        self._told = ""

    def show(self, event: PairsEvent) -> None:
        """Tell of an event."""
        if event.stage == "training" and event.progress is not None:
            if event.progress.ended:
                return
            message = _training_line(event)
            if self._live:
                self._line.show(event.progress.step, event.progress.steps, message)
            elif event.progress.check and event.progress.check.step == event.progress.step:
                self._once(f"{event.progress.step}/{event.progress.steps} {message}")
            return
        told = _told(event)
        if told:
            self._once(told)

    def close(self) -> None:
        """Take the live line away."""
        self._line.close()

    def _once(self, told: str) -> None:
        if told != self._told:
            self._line.close()
            talk(told)
        self._told = told


def _told(event: PairsEvent) -> str:
    match event.stage:
        case "read":
            assert event.corpus is not None
            return _corpus_line(event.corpus)
        case "planned":
            return _("{steps} steps for each network").format(steps=event.steps)
        case "trained" if event.model is not None:
            card = event.model.card
            return _(
                "{name}: validation loss {loss:.3f} at step {best}, {n:,} parameters, {minutes:.1f} min"
            ).format(
                name=about(event.name),
                loss=card.validation_loss,
                best=card.best_step,
                n=card.parameters,
                minutes=card.seconds / 60,
            )
        case "testing":
            return _("{name}: translating {n} test sentences").format(
                name=about(event.name), n=event.total
            )
    return ""


def _training_line(event: PairsEvent) -> str:
    progress = event.progress
    assert progress is not None
    parts = [about(event.name)]
    if progress.training == progress.training:
        parts.append(_("loss {loss:.3f}").format(loss=progress.training))
    if progress.check is not None:
        parts.append(_("validation {loss:.3f}").format(loss=progress.check.validation))
    if event.seconds_left is not None:
        left = event.seconds_left
        parts.append(
            _("{n:.0f} min left for all").format(n=left / 60)
            if left >= 90
            else _("{n:.0f} s left for all").format(n=left)
        )
    return " · ".join(parts)


def _corpus_line(corpus: Corpus) -> str:
    counts = corpus.counts
    return _(
        "{pairs:,} pairs ({train:,} to train on, {validation:,} to validate, {test:,} test sentences "
        "with {references:,} translations); left out: {repeated:,} repeated, {long:,} too long, "
        "{wordless:,} without words, {further:,} further translations"
    ).format(
        pairs=counts.pairs,
        train=counts.train,
        validation=counts.validation,
        test=counts.test,
        references=counts.references,
        repeated=counts.repeated,
        long=counts.long,
        further=counts.further,
        wordless=counts.wordless + counts.empty,
    )


def _report(report: Report, task: PairsTask, as_json: bool) -> None:
    if as_json:
        plain = {"schema": JSON_VERSION, "folder": str(task.folder), **report.plain()}
        print_json(plain)
        return
    for line in report_lines(report):
        say(line)
    say()
    say(_("saved in {folder}").format(folder=clean(str(task.folder))))
