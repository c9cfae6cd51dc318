"""One card, one lesson page: from the lines of their section to the value of the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.decks.attributes import Braces, card_attributes
from studybuddy.decks.blocks import Block, read_blocks
from studybuddy.decks.bodies import read_parts
from studybuddy.decks.faults import Faults
from studybuddy.decks.model import KIND_OF_BODY, Card, Kind, Place
from studybuddy.decks.outline import Section
from studybuddy.text.translation import Language

SECONDS: dict[Kind, int] = {
    "recall": 15,
    "cloze": 20,
    "choice": 20,
    "order": 40,
    "short": 180,
    "compute": 90,
    "diagram": 240,
    "experiment": 120,
    "compose": 420,
}
LONGEST_CARD = 2_000
"""Lines of a card; more would keep the Markdown parser busy for seconds."""
_HOOK = re.compile(r"\s*(?:Remember|记忆)\s*[:：]\s*")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a card stands: the file as messages name it, deck, topic, page id and language."""

    file: str
    deck: str
    topic: str
    page: str
    language: Language


def read_card_lines(
    lines: Sequence[str],
    first_line: int,
    heading: str,
    braces: Braces,
    name: str,
    where: Surroundings,
    digest: bytes,
    faults: Faults,
) -> Card | None:
    """The card whose heading is lines[0], line `first_line` of the file.

    None when it is broken; what is wrong is reported to `faults`.
    """
    own = Faults(where.file)
    if len(lines) > LONGEST_CARD:
        faults.error(first_line, f"the card has more than {LONGEST_CARD:,} lines: shorten it")
        return None
    attributes = card_attributes(braces, where.deck, first_line, own)
    blocks = read_blocks(lines[1:], first_line + 1)
    hint, blocks = _take_hook(blocks)
    parts = read_parts(attributes.kind, blocks, first_line, own)
    card = None
    if parts is not None:
        front = "\n\n".join(text for text in (heading, _source(parts.lead)) if text)
        back = _source(parts.rest)
        kind = KIND_OF_BODY[type(parts.body)]
        if not front:
            own.error(first_line, "the card has no question: write it after ###")
        if kind == "recall" and not back:
            own.error(first_line, "the card has no answer: write it below the question")
        card = Card(
            id=f"{where.deck}/{name}",
            body=parts.body,
            deck=where.deck,
            topic=where.topic,
            page=where.page,
            language=where.language,
            front=front,
            back=back,
            place=Place(where.file, first_line),
            digest=digest,
            hint=hint,
            core=attributes.core,
            covers=attributes.covers,
            marks=attributes.marks,
            seconds=attributes.seconds or SECONDS[kind],
            source=attributes.source,
            was=attributes.was,
        )
    faults.found.extend(own.found)
    return None if own.broken else card


def _take_hook(blocks: list[Block]) -> tuple[str, list[Block]]:
    """The memory hook (the first quote that begins with its word) and the other blocks."""
    for index, block in enumerate(blocks):
        if block.type == "quote":
            match = _HOOK.match(block.text)
            if match is not None:
                return block.text[match.end() :].strip(), blocks[:index] + blocks[index + 1 :]
    return "", blocks


def _source(blocks: Sequence[Block]) -> str:
    return "\n\n".join(block.source for block in blocks if block.source)


def prose_of(lines: Sequence[str], parts: Sequence[Section]) -> str:
    """The prose of a lesson page: the lines of its sections without their headings."""
    kept: list[str] = []
    for part in parts:
        kept.extend(lines[part.first + (part.level > 0) : part.end])
    return "\n".join(kept).strip("\n").rstrip()
