"""`studybuddy models`: the networks that are bundled, and what their cards say of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studybuddy.cli.context import Context
from studybuddy.cli.output import print_json, say, talk
from studybuddy.errors import FINE, WRONG_INPUT, StudyBuddyError
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.lab.cards import Card

JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A model in a folder: its card, the bytes of its weights, and whether it is bundled."""

    card: Card
    size: int
    bundled: bool


@click.command("models")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def models_command(context: Context, as_json: bool) -> int:
    """List the networks: size, training, exact match by sentence length.

    Reads the model cards alone; `studybuddy train --verify` measures the networks again.
    """
    context.speak()
    found: list[Entry] = []
    problems: list[str] = []
    places = ((context.locations.bundled_models, True), (context.locations.models, False))
    for folder, bundled in places:
        for each in _entries(folder, bundled):
            if isinstance(each, Entry):
                found.append(each)
            else:
                problems.append(str(each))
    if as_json:
        print_json({"schema": JSON_VERSION, "models": [_as_data(entry) for entry in found]})
    else:
        for entry in found:
            _print(entry)
        total = sum(entry.size for entry in found)
        say(_("{n} models, {size:.1f} MB").format(n=len(found), size=total / 1e6))
    for problem in problems:
        talk(problem)
    return WRONG_INPUT if problems else FINE


def _entries(folder: Path, bundled: bool) -> Iterator[Entry | StudyBuddyError]:
    """Each model of a folder by name; a card that cannot be read is the sentence that says why."""
    from studybuddy.lab.cards import read_card

    for file in sorted(folder.glob("*.safetensors")):
        if ".checkpoint." in file.name:
            continue
        try:
            yield Entry(read_card(file.with_suffix(".json")), file.stat().st_size, bundled)
        except StudyBuddyError as problem:
            yield problem
        except OSError as problem:
            yield StudyBuddyError(f"{file}: {problem.strerror}")


def _lengths(card: Card) -> tuple[int, int] | None:
    """The source lengths that it was trained on, where its recipe says them."""
    shortest, longest = card.recipe.get("shortest"), card.recipe.get("longest")
    if isinstance(shortest, int) and isinstance(longest, int):
        return shortest, longest
    return None


def _as_data(entry: Entry) -> dict[str, Any]:
    card = entry.card
    lengths = _lengths(card)
    return {
        "name": card.name,
        "kind": card.kind,
        "bundled": entry.bundled,
        "parameters": card.parameters,
        "trained_lengths": None if lengths is None else list(lengths),
        "steps": card.steps,
        "seed": card.seed,
        "timing": card.timing,
        "bytes": entry.size,
        "buckets": [
            {
                "shortest": bucket.shortest,
                "longest": bucket.longest,
                "n": bucket.n,
                "exact_match": bucket.share.value,
                "low": bucket.share.interval[0],
                "high": bucket.share.interval[1],
            }
            for bucket in card.buckets
        ],
    }


def _print(entry: Entry) -> None:
    from studybuddy.cli.figures import print_picture
    from studybuddy.cli.terminal import text_width
    from studybuddy.lab.experiments.notes import timing_text
    from studybuddy.pictures.prose import wrap_segments
    from studybuddy.pictures.rows import Picture, Segment

    card, lengths = entry.card, _lengths(entry.card)
    told = [
        _("{count:,} parameters").format(count=card.parameters),
        _("trained on {a} to {b} words").format(a=lengths[0], b=lengths[1]) if lengths else "",
        _("{steps} steps, seed {seed}").format(steps=card.steps, seed=card.seed),
        _("{size:.2f} MB").format(size=entry.size / 1e6),
        "" if entry.bundled else _("trained by you"),
    ]
    shares = [
        f"{_span(bucket.shortest, bucket.longest)} {100 * bucket.share.value:.0f} %"
        for bucket in card.buckets
    ]
    lines = [
        " · ".join(each for each in told if each),
        timing_text(card),
        _("exact match by words: {shares}").format(shares=", ".join(shares)) if shares else "",
    ]
    rows: Picture = ((Segment(card.name, "heading"), Segment(f"  {card.kind}", "dim")),)
    for each in lines:
        if each:
            wrapped = wrap_segments([Segment(each)], max(20, text_width() - 2))
            rows = (*rows, *((Segment("  "), *row) for row in wrapped))
    print_picture((*rows, ()))


def _span(shortest: int, longest: int) -> str:
    return str(shortest) if shortest == longest else f"{shortest}–{longest}"
