"""The braces after a heading: `{#id .class key=value key="two words"}`.

`mdit_py_plugins.attrs` reads almost the same, but no comma in a bare value
(`covers=S1,M3`), so the few lines of grammar are here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studybuddy.decks.faults import Faults, quoted
from studybuddy.decks.model import KINDS, Kind

IDENTIFIER = re.compile(r"[a-z0-9-]{1,64}")
_PART = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s{}"]*)
      | \.(?P<class>[^\s{}"]*)
      | (?P<key>[A-Za-z_-]+)=(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s{}"]+))
    )(?=\s|$)""",
    re.VERBOSE,
)
#: How many opening braces of a heading are tried, from the right.
_TRIED = 16
_EXTENSION = "extension"
_KEYS = ("covers", "marks", "seconds", "source", "was")
_MOST_MARKS = 100.0
_MOST_SECONDS = 3600


@dataclass(slots=True)
class Braces:
    """What stands in the braces: every id, every class, every key's value, as written."""

    ids: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardAttributes:
    """What the braces say of a card; `kind` None: the first block says it; `seconds` 0: unsaid."""

    kind: Kind | None = None
    core: bool = True
    covers: tuple[str, ...] = ()
    marks: float = 1.0
    seconds: int = 0
    source: str = ""
    was: tuple[str, ...] = ()


def split_heading(heading: str, line: int, faults: Faults) -> tuple[str, Braces]:
    """The heading's text without the braces at its end, and what they hold."""
    if not heading.endswith("}"):
        return heading, Braces()
    at = len(heading)
    first = len(heading)
    for _tried in range(_TRIED):
        at = heading.rfind("{", 0, at)
        if at < 0:
            break
        first = at
        braces = _read(heading[at + 1 : -1], line, faults)
        if braces is not None:
            return heading[:at].rstrip(), braces
    if "{#" in heading or "{." in heading:
        first = max(heading.rfind("{#"), heading.rfind("{."))
        faults.error(
            line,
            f"the braces {quoted(heading[first:])} cannot be read: "
            'write {#id .class key=value key="two words"}',
        )
        return heading[:first].rstrip(), Braces()
    return heading, Braces()


def _read(text: str, line: int, faults: Faults) -> Braces | None:
    """The parts of the text between the braces; None when it is no list of attributes."""
    braces = Braces()
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _PART.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match["key"] is None:
            (braces.ids if match["id"] is not None else braces.classes).append(
                match["id"] if match["id"] is not None else match["class"]
            )
            continue
        bare = match["bare"]
        value = bare if bare is not None else re.sub(r"\\(.)", r"\1", match["quoted"])
        if match["key"] in braces.values:
            faults.error(line, f"{match['key']}= is written twice: keep one")
        braces.values[match["key"]] = value
    return braces if braces.ids or braces.classes or braces.values else None


def identifier(braces: Braces, what: str, line: int, faults: Faults) -> str:
    """The one id of a heading; empty when it is missing or bad, which is reported."""
    if not braces.ids:
        faults.error(line, f"the {what} has no id: write {{#some-id}} at the end of its heading")
        return ""
    if len(braces.ids) > 1:
        faults.error(line, f"the {what} has {len(braces.ids)} ids: keep one")
        return ""
    if not IDENTIFIER.fullmatch(braces.ids[0]):
        faults.error(
            line,
            f"the id {quoted(braces.ids[0])} is not one: "
            "use 1 to 64 of the characters a-z, 0-9 and -",
        )
        return ""
    return braces.ids[0]


def card_attributes(braces: Braces, deck: str, line: int, faults: Faults) -> CardAttributes:
    """The attributes of a card, checked; `was` holds ids with their deck."""
    for key in braces.values:
        if key not in _KEYS:
            faults.error(
                line, f"the attribute {quoted(key)} is unknown: use one of {', '.join(_KEYS)}"
            )
    kinds: list[Kind] = []
    for name in braces.classes:
        kind = next((each for each in KINDS if each == name), None)
        if kind is not None:
            kinds.append(kind)
        elif name != _EXTENSION:
            faults.error(
                line, f"the kind {quoted('.' + name)} is unknown: use one of .{', .'.join(KINDS)}"
            )
    if len(kinds) > 1:
        faults.error(line, f"the card has the kinds {' and '.join(kinds)}: keep one")
    values = braces.values
    return CardAttributes(
        kind=kinds[0] if kinds else None,
        core=_EXTENSION not in braces.classes,
        covers=_listed(values.get("covers", "")),
        marks=_number(values, "marks", 1.0, _MOST_MARKS, line, faults),
        seconds=int(_number(values, "seconds", 0.0, _MOST_SECONDS, line, faults)),
        source=values.get("source", ""),
        was=_earlier_ids(values.get("was", ""), deck, line, faults),
    )


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part for part in (each.strip() for each in value.split(",")) if part)


def _number(
    values: dict[str, str], key: str, default: float, most: float, line: int, faults: Faults
) -> float:
    """A number above 0 and at most `most`; `seconds` are whole."""
    text = values.get(key)
    if text is None:
        return default
    pattern = r"[0-9]{1,6}" if key == "seconds" else r"[0-9]{1,6}(\.[0-9]{1,6})?"
    if not re.fullmatch(pattern, text, re.ASCII) or not 0 < float(text) <= most:
        faults.error(
            line, f"{key}={quoted(text)} is not a number above 0 and at most {most:g}: mend it"
        )
        return default
    return float(text)


def _earlier_ids(value: str, deck: str, line: int, faults: Faults) -> tuple[str, ...]:
    found = []
    for part in _listed(value):
        names = part.split("/")
        if len(names) > 2 or not all(IDENTIFIER.fullmatch(name) for name in names):
            faults.error(line, f"was={quoted(part)} is no card's id: write the earlier id")
            continue
        found.append(part if len(names) == 2 else f"{deck}/{part}")
    return tuple(found)
