"""`studybuddy lab`: run an experiment of the catalogue live, and print its figures."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import ProgressLine, print_json, say
from studybuddy.errors import StudyBuddyError
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.catalogue.figures import Figure
    from studybuddy.catalogue.predictions import Result, Task

JSON_VERSION = 1


@click.command("lab")
@click.argument("name", required=False)
@click.option("--ask", "asked", metavar="QUESTION", help="Which question; the first without it.")
@click.option("--seed", type=click.IntRange(0, 2**53), default=1, show_default=True)
@click.option("--count", type=int, metavar="N", help="Sentences of each length.")
@click.option("--text", metavar="SENTENCE", help="With translate: a sentence of your own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def lab_command(
    context: Context,
    name: str | None,
    asked: str | None,
    seed: int,
    count: int | None,
    text: str | None,
    as_json: bool,
) -> None:
    """Run both networks live on sentences that were in no training.

    Without NAME the experiments are listed. Progress goes to stderr.
    """
    settings = context.speak()
    if name is None:
        _list(as_json)
        return
    if text is not None and name != "translate":
        raise click.UsageError("--text belongs to `lab translate`.")
    if text is not None:
        task, result = None, _run_own(text)
    else:
        from studybuddy.lab.tasks import prepare

        _check_name(name)
        parameters = {} if count is None else {"count": count}
        task = prepare(
            name, asked or _first_ask(name), parameters, seed, context.card_language(settings)
        )
        result = _run(task)
    if as_json:
        print_json(as_data(result, task))
    else:
        _print(result, task)


def _check_name(name: str) -> None:
    from difflib import get_close_matches

    from studybuddy.catalogue.experiments import EXPERIMENTS

    if name in EXPERIMENTS:
        return
    near = get_close_matches(name, EXPERIMENTS, n=1)
    if near:
        raise StudyBuddyError(
            _("There is no experiment {name}; did you mean {near}?").format(
                name=clean(name)[:64], near=near[0]
            )
        )
    raise StudyBuddyError(
        _("There is no experiment {name}; there are {names}.").format(
            name=clean(name)[:64], names=", ".join(EXPERIMENTS)
        )
    )


def _first_ask(name: str) -> str:
    from studybuddy.catalogue.experiments import EXPERIMENTS

    return next(iter(EXPERIMENTS[name].asks))


def _list(as_json: bool) -> None:
    from studybuddy.catalogue.experiments import EXPERIMENTS

    if as_json:
        listed = [
            {"name": each.name, "about": each.about(), "asks": list(each.asks)}
            for each in EXPERIMENTS.values()
        ]
        print_json({"schema": JSON_VERSION, "experiments": listed})
        return
    for each in EXPERIMENTS.values():
        say(f"{each.name:<10} {each.about()}")
        say(f"{'':<10} --ask {' | '.join(each.asks)}")


def _run(task: Task) -> Result:
    from studybuddy.lab.run import run

    line = ProgressLine()
    try:
        return run(task, lambda step: line.show(step.done, step.total, step.message))
    finally:
        line.close()


def _run_own(text: str) -> Result:
    from studybuddy.lab.run import translate_own

    line = ProgressLine()
    try:
        return translate_own(text, lambda step: line.show(step.done, step.total, step.message))
    finally:
        line.close()


def as_data(result: Result, task: Task | None) -> dict[str, Any]:
    """The run as plain data: key, sample, interval, what was measured, and the figures."""
    return {
        "schema": JSON_VERSION,
        "experiment": result.run,
        "ask": result.ask,
        "seed": result.seed,
        "parameters": dict(task.parameters) if task is not None else {},
        "prompt": task.prompt if task is not None else None,
        "answer": result.answer,
        "n": result.n,
        "low": result.low,
        "high": result.high,
        "clear": result.clear,
        "summary": result.summary,
        "notes": list(result.notes),
        "data": dict(result.data),
        "figures": [_figure(figure) for figure in result.figures],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    plain = {"figure": type(figure).__name__.lower(), **asdict(figure)}
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in plain.items()
    }


def _print(result: Result, task: Task | None) -> None:
    from studybuddy.cli.figures import print_picture
    from studybuddy.cli.terminal import text_width
    from studybuddy.pictures.figures import figure_picture
    from studybuddy.pictures.prose import prose_picture, wrap_segments
    from studybuddy.pictures.rows import Segment

    width = text_width()
    if task is not None:
        print_picture(prose_picture(task.prompt, width))
        say()
    if result.summary:
        print_picture(tuple(wrap_segments([Segment(result.summary, "strong")], width)))
    for figure in result.figures:
        say()
        print_picture(figure_picture(figure, width))
    say()
    for note in result.notes:
        print_picture(tuple(wrap_segments([Segment(note, "dim")], width)))
