"""`studybuddy train`: rebuild a bundled network from nothing, or measure the bundled ones again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import ProgressLine, say, talk
from studybuddy.errors import FINE, WRONG_INPUT
from studybuddy.text.translation import _


@click.command("train")
@click.argument("name", default="all")
@click.option("--seed", type=int, help="Another seed than the bundled models'.")
@click.option("--steps", type=int, help="Fewer or more steps than theirs.")
@click.option("--threads", type=int, default=1, show_default=True, help="Threads of torch.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for weights and card.")
@click.option("--verify", is_flag=True, help="Train nothing; measure the bundled models again.")
@click.pass_obj
def train_command(
    context: Context,
    name: str,
    seed: int | None,
    steps: int | None,
    threads: int,
    out: Path | None,
    verify: bool,
) -> int:
    """Train NAME (or all) from nothing and compare it with the bundled one.

    Ctrl+C keeps what was learned: the same command goes on from there.
    """
    from studybuddy.lab.commands import NAMES

    context.speak()
    names = NAMES if name == "all" else (name,)
    if verify:
        return _verify(names, 1 if seed is None else seed)
    return _train(names, out or context.locations.models, seed or 0, steps, threads)


def _train(names: tuple[str, ...], out: Path, seed: int, steps: int | None, threads: int) -> int:
    from studybuddy.lab.commands import train

    line = ProgressLine()
    try:
        for event in train(names, out, seed=seed, steps=steps, threads=threads):
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


def _verify(names: tuple[str, ...], seed: int) -> int:
    from studybuddy.lab.commands import verify

    broken = False
    for name in names:
        talk(_("measuring {name} on fresh sentences").format(name=name))
        found = verify(name, seed=seed)
        broken = broken or bool(found)
        say(f"{name}: {_('holds what its card says') if not found else ''}".rstrip())
        for sentence in found:
            say(f"  {sentence}")
    return WRONG_INPUT if broken else FINE
