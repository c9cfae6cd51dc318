"""Whole sentences, from 3 words to more than 40: clauses joined in ways that both languages have."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from studybuddy.lab.language.clauses import clause, question
from studybuddy.lab.language.derivation import Draw, Phrase, Word, one_to_one

Links = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SentencePair:
    """An English sentence, its Chinese translation, and the gold alignment.

    Links are (target index, source index). `sure` are those the derivation made, one to many
    included: "saw" is 看见 and 了, "my" is 我 and 的, a classifier belongs to the noun that chose it.
    `possible` holds them and the near misses that no reader would call wrong: an article with its
    noun, a classifier with its number, "that" with its verb, and the 的 behind an adjective, for
    which English has no word, with the adjective or its noun. `content` are the target indices
    of nouns, verbs, adjectives, pronouns and adverbs.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    sure: Links
    possible: Links
    content: frozenset[int]


def draw_sentence(random: Random, length: int) -> SentencePair:
    """A sentence whose source has about `length` words, the final mark included."""
    room = max(0, length - 4)
    if room <= 10 and random.random() < 0.12:
        draw = Draw(random, room)
        return _finish(draw, question(draw), "?", "？")
    draw = Draw(random, 0)
    parts = 1
    while room - 6 * parts > 4 and parts < 6 and random.random() < 0.25 + room / 40:
        parts += 1
    phrase = Phrase()
    share = (room - 4 * (parts - 1)) // parts
    for index in range(parts):
        draw.room += share
        if index:
            en, zh = draw.pick((("and", "而且"), ("but", "但是")))
            comma, joint = one_to_one(draw, ",", "，"), one_to_one(draw, en, zh)
            phrase.en += comma.en + joint.en
            phrase.zh += comma.zh + joint.zh
        unit = _unit(draw)
        phrase.en += unit.en
        phrase.zh += unit.zh
    return _finish(draw, phrase, ".", "。")


def _unit(draw: Draw) -> Phrase:
    """A clause, or two that depend on each other; a reason goes first in Chinese."""
    if not draw.wants(5, 0.25):
        return clause(draw)
    kind = draw.below(4)
    first, second = clause(draw), clause(draw)
    link = (draw.link(),)
    comma = one_to_one(draw, ",", "，")
    if kind == 0:  # the reason behind: "A because B" is 因为 B ， 所以 A
        return Phrase(
            [*first.en, Word("because", link), *second.en],
            [
                *(Word("因为", link), *second.zh),
                *(Word("，", (), link), Word("所以", link), *first.zh),
            ],
        )
    opening, before, after = (
        ("because", "因为", "所以"),
        ("if", "如果", "那么"),
        ("although", "虽然", "但是"),
    )[kind - 1]
    return Phrase(
        [Word(opening, link), *first.en, *comma.en, *second.en],
        [Word(before, link), *first.zh, *comma.zh, Word(after, link), *second.zh],
    )


def _finish(draw: Draw, phrase: Phrase, en: str, zh: str) -> SentencePair:
    mark = one_to_one(draw, en, zh)
    return _align(phrase.en + mark.en, phrase.zh + mark.zh)


def _align(source: list[Word], target: list[Word]) -> SentencePair:
    """Turn shared link numbers into pairs of indices."""
    sure: set[tuple[int, int]] = set()
    possible: set[tuple[int, int]] = set()
    surely: dict[int, list[int]] = {}
    nearly: dict[int, list[int]] = {}
    for j, word in enumerate(source):
        for link in word.sure:
            surely.setdefault(link, []).append(j)
        for link in word.possible:
            nearly.setdefault(link, []).append(j)
    for t, word in enumerate(target):
        for link in word.sure:
            sure.update((t, j) for j in surely.get(link, ()))
            possible.update((t, j) for j in nearly.get(link, ()))
        for link in word.possible:
            possible.update((t, j) for j in surely.get(link, ()))
    return SentencePair(
        tuple(word.text for word in source),
        tuple(word.text for word in target),
        frozenset(sure),
        frozenset(sure | possible),
        frozenset(t for t, word in enumerate(target) if word.content),
    )
