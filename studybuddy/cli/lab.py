"""`studybuddy lab`: run an experiment of the catalogue live, and print or save its figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import print_json, say
from studybuddy.errors import StudyBuddyError
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.catalogue.experiments import Experiment
    from studybuddy.study.trial import Trial

JSON_VERSION = 1

_EXAMPLES = """\b
Examples:
  studybuddy lab                                        what there is to run
  studybuddy lab length --set lengths=8,18 --set count=100 --seed 3
  studybuddy lab translate --text "the old man bought three books ." --svg heat.svg
  studybuddy lab translate --text "the old man bought a book ." --steps --model bahdanau
  studybuddy lab gradients --text "the old man bought a book ." --set state=open
  studybuddy lab bleu --seed 3                          a reference and an output of it
  studybuddy lab bleu --seed 3 --text "…"               your own output of that reference
"""


@click.command("lab", epilog=_EXAMPLES)
@click.argument("name", required=False)
@click.option("--ask", "asked", metavar="QUESTION", help="Which question; the first without it.")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="A parameter of the question."
)
@click.option("--seed", type=click.IntRange(0, 2**53), default=1, show_default=True)
@click.option("--count", type=int, metavar="N", help="The same as --set count=N.")
@click.option(
    "--text",
    metavar="TEXT",
    help="A sentence of your own (translate, gradients); with bleu, your output for the reference.",
)
@click.option("--steps", is_flag=True, help="With translate: the decoder word by word.")
@click.option("--model", metavar="MODEL", help="With --steps: which network.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option(
    "--svg",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Save the figures as a drawing.",
)
@click.pass_obj
def lab_command(
    context: Context,
    name: str | None,
    asked: str | None,
    settings: tuple[str, ...],
    seed: int,
    count: int | None,
    text: str | None,
    steps: bool,
    model: str | None,
    as_json: bool,
    svg: Path | None,
) -> None:
    """Run the bundled networks live on sentences that were in no training.

    Without NAME the experiments are listed. Progress goes to stderr.
    """
    spoken = context.speak()
    if name is None:
        _list(as_json)
        return
    experiment = _experiment(name)
    _refuse_mixed(experiment, text=text, steps=steps, model=model, asked=asked, settings=settings)
    language = context.card_language(spoken)
    from studybuddy.cli import lab_runs

    if steps:
        lab_runs.show_steps(text, model, seed, as_json=as_json, svg=svg)
        return
    if count is not None:
        settings = (*settings, f"count={count}")
    trial = _trial(experiment, asked, settings, seed, text)
    lab_runs.show_run(trial, language, as_json=as_json, svg=svg)


def _refuse_mixed(
    experiment: Experiment,
    *,
    text: str | None,
    steps: bool,
    model: str | None,
    asked: str | None,
    settings: Sequence[str],
) -> None:
    """Options that belong to others. Raises a usage error."""
    own = experiment.own
    if text is not None and own is None:
        raise click.UsageError(f"--text belongs to {_takers()}.")
    if steps and experiment.name != "translate":
        raise click.UsageError("--steps belongs to `lab translate`.")
    if model is not None and not steps:
        raise click.UsageError("--model belongs to --steps.")
    alone = steps or (text is not None and own is not None and not own.asks)
    if alone and (asked is not None or settings):
        raise click.UsageError(
            "--steps, and a sentence of your own to translate, take no question or parameter."
        )
    if text is not None and own is not None and own.asks and asked not in (None, *own.asks):
        raise click.UsageError(f"--text goes with --ask {' or '.join(own.asks)}.")


def _takers() -> str:
    from studybuddy.catalogue.experiments import EXPERIMENTS

    names = [f"`lab {each.name}`" for each in EXPERIMENTS.values() if each.own is not None]
    return ", ".join(names[:-1]) + " and " + names[-1]


def _experiment(name: str) -> Experiment:
    from difflib import get_close_matches

    from studybuddy.catalogue.experiments import EXPERIMENTS

    if name in EXPERIMENTS:
        return EXPERIMENTS[name]
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


def _trial(
    experiment: Experiment,
    asked: str | None,
    settings: Sequence[str],
    seed: int,
    text: str | None,
) -> Trial:
    """The run that the options describe. Raises StudyBuddyError naming what is wrong with one."""
    from studybuddy.catalogue.experiments import with_defaults
    from studybuddy.catalogue.experiments.values import read_settings
    from studybuddy.study.trial import Trial

    ask = next(iter(experiment.asks)) if asked is None else asked
    if ask not in experiment.asks:
        raise StudyBuddyError(
            _("{name} has no question {ask}; there are {asks}.").format(
                name=experiment.name, ask=clean(ask)[:64], asks=", ".join(experiment.asks)
            )
        )
    pairs: dict[str, str] = {}
    for setting in settings:
        key, sign, value = setting.partition("=")
        if not sign:
            raise click.UsageError(f"--set {clean(setting)[:64]!r}: write it as KEY=VALUE.")
        pairs[key.strip()] = value
    values = read_settings(experiment.asks[ask], pairs)
    trial = Trial(experiment.name, ask, with_defaults(experiment.name, ask, values), seed)
    if text is None:
        return trial
    if not text.strip():
        raise StudyBuddyError(_("--text is empty: type at least one word."))
    return trial.with_text(text)


def _list(as_json: bool) -> None:
    from studybuddy.catalogue.experiments import EXPERIMENTS
    from studybuddy.catalogue.experiments.values import range_text

    if as_json:
        listed = [
            {
                "name": each.name,
                "code": each.code,
                "about": each.about(),
                "misconceptions": list(each.kills),
                "own": each.own.kind if each.own is not None else None,
                "asks": list(each.asks),
                "parameters": {
                    ask: {
                        name: {"range": range_text(parameter), "default": parameter.default}
                        for name, parameter in parameters.items()
                    }
                    for ask, parameters in each.asks.items()
                },
            }
            for each in EXPERIMENTS.values()
        ]
        print_json({"schema": JSON_VERSION, "experiments": listed})
        return
    for each in EXPERIMENTS.values():
        say(f"{each.code:<4} {each.name:<10} {each.about()}")
        for ask, parameters in each.asks.items():
            told = ", ".join(f"{key} {range_text(value)}" for key, value in parameters.items())
            say(f"{'':<15} --ask {ask}" + (f"   --set {told}" if told else ""))
        if each.own is not None:
            own = _("your own sentence") if each.own.kind == "sentence" else _("your own output")
            say(f"{'':<15} --text …   {own}")
