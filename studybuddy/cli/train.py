"""`studybuddy train`: rebuild a bundled network from nothing, or measure the bundled ones again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import ProgressLine, say, talk
from studybuddy.cli.train_pairs import pairs_options, train_own_text
from studybuddy.errors import FINE
from studybuddy.text.translation import _


@click.command("train")
@click.argument("name", default="all")
@click.option("--seed", type=int, help="Another seed than the bundled model's.")
@click.option("--steps", type=int, help="Fewer or more steps than it had.")
@click.option("--threads", type=int, default=1, show_default=True, help="Threads of torch.")
@click.option("--device", default="cpu", show_default=True, help="Where torch computes.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for weights and card.")
@click.option("--verify", is_flag=True, help="Train nothing; measure the bundled models again.")
@click.option(
    "--json", "as_json", is_flag=True, help="With --verify or --pairs: one JSON document."
)
@pairs_options
@click.pass_obj
def train_command(
    context: Context,
    /,
    name: str,
    seed: int | None,
    steps: int | None,
    threads: int,
    device: str,
    out: Path | None,
    verify: bool,
    as_json: bool,
    **own_text: Any,
) -> int:
    """Train NAME (or all) from nothing and compare it with the bundled one.

    With --pairs three networks are trained on your own text instead and compared with each other.
    Ctrl+C keeps what was learned: the same command goes on from there. `studybuddy models` lists
    the names.
    """
    from studybuddy.lab.commands import names_of

    context.speak()
    if any(value is not None for value in own_text.values()):
        if name != "all" or verify:
            raise click.UsageError("--pairs takes no NAME and no --verify.")
        return train_own_text(
            context.locations.models,
            out,
            as_json=as_json,
            seed=seed or 0,
            steps=steps,
            threads=threads,
            device=device,
            **own_text,
        )
    names = names_of(name)
    if verify:
        from studybuddy.cli.train_verify import verify_models

        return verify_models(names, 1 if seed is None else seed, as_json=as_json)
    if as_json:
        raise click.UsageError("--json belongs to --verify and --pairs.")
    out = out or context.locations.models
    return _train(names, out, seed=seed, steps=steps, threads=threads, device=device)


def _train(
    names: Sequence[str],
    out: Path,
    *,
    seed: int | None,
    steps: int | None,
    threads: int,
    device: str,
) -> int:
    from studybuddy.lab.commands import train

    line = ProgressLine()
    try:
        for event in train(names, out, seed=seed, steps=steps, threads=threads, device=device):
            if event.finished:
                line.close()
                say(f"{event.name}: {event.message}")
                for each in event.lines:
                    say(f"  {each}")
                continue
            told = f"{event.name} · {event.message}{_left(event.seconds_left)}"
            if sys.stderr.isatty():
                line.show(event.step, event.steps, told)
            else:
                talk(f"{event.step}/{event.steps} {told}")
    finally:
        line.close()
    return FINE


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return " · " + _("{minutes:.0f} min left").format(minutes=seconds / 60)
