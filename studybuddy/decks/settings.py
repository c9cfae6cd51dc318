"""deck.toml: the deck's id, titles, order of topics, and the shares of its exam."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studybuddy.decks.attributes import IDENTIFIER
from studybuddy.decks.faults import Faults, quoted
from studybuddy.decks.fences import TomlError, line_of_key, read_toml
from studybuddy.decks.model import KINDS
from studybuddy.decks.source import read_source
from studybuddy.text.translation import LANGUAGES, Language

FORMAT = 1
FILE = "deck.toml"
_KEYS = ("format", "id", "topics", "title", "language", "blueprint", "formats")


@dataclass(frozen=True, slots=True)
class Settings:
    """What deck.toml says; `topics` is None when it names none that can be used.

    `lines` is where keys and topics stand, for messages of whoever reads on.
    """

    id: str
    topics: tuple[str, ...] | None
    titles: Mapping[Language, str]
    language: Language | None
    blueprint: Mapping[str, float]
    formats: Mapping[str, float]
    lines: tuple[str, ...] = field(repr=False, default=())

    def line_of(self, *words: str) -> int:
        """The first line that holds the first of these words that is anywhere; else line 1."""
        return _line_of(self.lines, *words)


def _line_of(lines: Sequence[str], *words: str) -> int:
    for word in words:
        pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        for number, line in enumerate(lines, start=1):
            if pattern.search(line.partition("#")[0]):
                return number
    return 1


def read_settings(raw: bytes, faults: Faults) -> Settings | None:
    """The settings; None when there is no deck without them (no TOML, no id, another format)."""
    source = read_source(raw, faults)
    try:
        table = read_toml("\n".join(source.lines))
    except TomlError as error:
        faults.error(error.line, error.message)
        return None
    return _Reader(table, source.lines, faults).settings()


@dataclass(slots=True)
class _Reader:
    table: dict[str, Any]
    lines: tuple[str, ...]
    faults: Faults

    def settings(self) -> Settings | None:
        for key in self.table:
            if key not in _KEYS:
                self._fault(f"{quoted(key)} is unknown: use one of {', '.join(_KEYS)}", key)
        if self.table.get("format") != FORMAT:
            self._fault(f"the deck's format must be {FORMAT}: write format = {FORMAT}", "format")
            return None
        name = self.table.get("id")
        if not isinstance(name, str) or not IDENTIFIER.fullmatch(name):
            self._fault(
                'the deck needs an id of the characters a-z, 0-9 and -: write id = "some-id"', "id"
            )
            return None
        topics = self._topics()
        language = self._language()
        return Settings(
            id=name,
            topics=topics,
            titles=self._titles(language),
            language=language,
            blueprint=self._shares("blueprint", topics, "topic"),
            formats=self._shares("formats", KINDS, "kind"),
            lines=self.lines,
        )

    def _fault(self, message: str, *words: str) -> None:
        self.faults.error(_line_of(self.lines, *words), message)

    def _fault_in(self, table: str, key: str, message: str) -> None:
        """A fault of a key below the heading [table]."""
        index = line_of_key(self.lines, table, key)
        line = _line_of(self.lines, table) if index is None else index + 1
        self.faults.error(line, message)

    def _topics(self) -> tuple[str, ...] | None:
        value = self.table.get("topics")
        if not isinstance(value, list) or not value:
            self._fault(
                'the deck names no topics: write topics = ["first", "second"] in their order',
                "topics",
            )
            return None
        topics: list[str] = []
        for name in value:
            if not isinstance(name, str) or not IDENTIFIER.fullmatch(name):
                self._fault(
                    f"the topic {quoted(str(name))} is no id: use the characters a-z, 0-9 and -",
                    str(name),
                    "topics",
                )
            elif name in topics:
                self._fault(f"the topic {quoted(name)} is named twice: keep one", name, "topics")
            else:
                topics.append(name)
        return tuple(topics) or None

    def _language(self) -> Language | None:
        value = self.table.get("language")
        found = next((each for each in LANGUAGES if each == value), None)
        if value is not None and found is None:
            self._fault(f"language must be one of {', '.join(LANGUAGES)}: mend it", "language")
        return found

    def _titles(self, language: Language | None) -> dict[Language, str]:
        value = self.table.get("title")
        if isinstance(value, str) and value:
            return dict.fromkeys([language] if language else LANGUAGES, " ".join(value.split()))
        if not isinstance(value, dict):
            self._fault('the deck has no title: write [title] and below it en = "…"', "title")
            return {}
        titles: dict[Language, str] = {}
        for key, title in value.items():
            known = next((each for each in LANGUAGES if each == key), None)
            if known is None or not isinstance(title, str) or not title:
                self._fault_in(
                    "title",
                    key,
                    f"the title {quoted(key)} is none: use the keys {', '.join(LANGUAGES)} "
                    "and texts",
                )
            else:
                titles[known] = " ".join(title.split())
        return titles

    def _shares(self, key: str, names: Sequence[str] | None, what: str) -> dict[str, float]:
        """A table of shares in percent; what is no share or names nothing is left out."""
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            self._fault(f"{key} must be a table: write [{key}] and its lines below", key)
            return {}
        shares: dict[str, float] = {}
        for name, share in value.items():
            if names is not None and name not in names:
                self._fault_in(
                    key,
                    name,
                    f"{key}: there is no {what} {quoted(name)}: use one of {', '.join(names)}",
                )
            elif isinstance(share, bool) or not isinstance(share, int | float):
                self._fault_in(key, name, f"{key}: {name} must be a number of percent: mend it")
            elif not 0 <= share <= 100:
                self._fault_in(key, name, f"{key}: {name} must be 0 to 100 percent: mend it")
            else:
                shares[name] = float(share)
        if shares and abs(sum(shares.values()) - 100) > 0.5:
            self.faults.warn(
                _line_of(self.lines, key),
                f"the shares of {key} sum to {sum(shares.values()):g} and not to 100: mend them",
            )
        return shares
