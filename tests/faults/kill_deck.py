"""The deck that the killed sittings are about: every kind of card, predictions most of all.

A card's question begins with its kind in capitals and its number, so that a driver
can tell from a screen which card stands on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

NAME = "killed"
EXPERIMENTS, QUICK, LONG = 24, 16, 8

_DECK = f"""format = 1
id = "{NAME}"
language = "en"
topics = ["only"]
[title]
en = "Sittings that are killed"
"""
_DRAWING = "```mermaid\nflowchart LR\na --> b\nb --> c\n```"
_BODIES = {
    "experiment": '```experiment\nrun = "translate"\nask = "length"\nlengths = [6, 8]\n```',
    "recall": "Recalled.",
    "choice": "- [x] right of {n}\n- [ ] wrong of {n}\n- [ ] worse of {n}",
    "cloze": "The ==encoder== reads, the ==decoder== writes.",
    "diagram": _DRAWING,
    "order": "1. begin of {n}\n2. middle of {n}\n3. end of {n}",
    "short": "- the one point",
    "compute": '```compute\ngenerator = "gradient-product"\nfactor = 0.9\nsteps = 50\n```',
    "compose": f"{_DRAWING}\n\n- the one point",
}
_NAMED = {"order", "short", "compose"}


@dataclass(frozen=True, slots=True)
class Material:
    """A card as a driver must know it: `lines` are its options or steps, as the deck lists them."""

    card: str
    kind: str
    number: str
    lines: tuple[str, ...] = ()


def _material(kind: str, number: int) -> Material:
    name = f"{number:02d}"
    lines = {"choice": ("right", "wrong", "worse"), "order": ("begin", "middle", "end")}
    return Material(
        f"{NAME}/{kind}-{name}",
        kind,
        name,
        tuple(f"{line} of {name}" for line in lines.get(kind, ())),
    )


def _materials() -> list[Material]:
    """In the order of the lesson: of three cards one is to be predicted, while there are any."""
    quick = ("recall", "choice", "cloze", "diagram")
    long = ("order", "short", "compute", "compose")
    others = [_material(kind, number) for number in range(QUICK) for kind in quick]
    for place, kind in enumerate([kind for _ in range(LONG) for kind in long]):
        others.insert(3 * place + 2, _material(kind, place // len(long)))
    for number in range(EXPERIMENTS):
        others.insert(3 * number, _material("experiment", number))
    return others


CARDS = {material.card: material for material in _materials()}
_SHOWN = re.compile(rf"\b({'|'.join(kind.upper() for kind in _BODIES)}) (\d\d) asks")


def card_on(text: str) -> str | None:
    """The id of the card whose question stands in a text."""
    found = _SHOWN.search(text)
    return f"{NAME}/{found[1].lower()}-{found[2]}" if found else None


def write_deck(home: Path) -> None:
    """Put the deck into a new home, and an empty one in place of the bundled deck."""
    folder = home / "decks" / NAME
    folder.mkdir(parents=True)
    (home / "decks" / "seq2seq").mkdir()
    (folder / "deck.toml").write_text(_DECK, encoding="utf-8")
    text = "---\ntopic: only\ntitle: The only topic\n---\n\n## Page {#page}\n"
    for each in CARDS.values():
        named = f" .{each.kind}" if each.kind in _NAMED else ""
        identifier = each.card.partition("/")[2]
        text += f"\n### {each.kind.upper()} {each.number} asks {{#{identifier}{named}}}\n"
        text += f"\n{_BODIES[each.kind].format(n=each.number)}\n"
    (folder / "only.md").write_text(text, encoding="utf-8")
