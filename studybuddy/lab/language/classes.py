"""Word classes of the small language: nouns and verbs with the words that can stand in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from studybuddy.lab.language import lexicon
from studybuddy.lab.language.lexicon import Noun, Verb

WordClass = Literal["noun", "verb"]


def _forms() -> dict[str, tuple[WordClass, tuple[str, ...]]]:
    """Each noun and verb form with its class and the forms of its own group that are like it."""
    found: dict[str, tuple[WordClass, tuple[str, ...]]] = {}

    def add(kind: WordClass, group: Sequence[str]) -> None:
        for word in group:
            found.setdefault(word, (kind, tuple(group)))

    nouns: tuple[tuple[Noun, ...], ...] = (lexicon.ANIMATE, lexicon.THINGS, lexicon.TOOLS)
    for group in nouns:
        add("noun", [noun.one for noun in group])
        add("noun", [noun.many for noun in group])
    for places in (lexicon.PLACES, lexicon.LANDMARKS):
        add("noun", [en for en, _zh in places])
    verbs: tuple[tuple[Verb, ...], ...] = (
        lexicon.INTRANSITIVE,
        lexicon.TRANSITIVE,
        lexicon.WITH_PEOPLE,
        lexicon.WITH_THINGS,
        lexicon.GIVING,
        lexicon.SAYING,
    )
    for members in verbs:
        for form in ("base", "third", "past"):
            add("verb", [getattr(verb, form) for verb in members])
    return found


_FORMS: Mapping[str, tuple[WordClass, tuple[str, ...]]] = _forms()


def class_of(word: str) -> WordClass | None:
    """Whether an English word is a noun or a verb of the language; None for all others."""
    return _FORMS[word][0] if word in _FORMS else None


def others_like(word: str) -> tuple[str, ...]:
    """The other words of its group in the same form: dogs has cats and birds, not book or saw."""
    return tuple(other for other in _FORMS[word][1] if other != word) if word in _FORMS else ()
