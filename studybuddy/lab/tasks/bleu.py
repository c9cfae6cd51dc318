"""What is asked of BLEU: a spoilt translation against its reference, and a network's (E16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Question
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.bleu import FORMULA, counts
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.language.lexicon import CHINESE
from studybuddy.lab.tasks.drawing import draw_pair
from studybuddy.lab.tasks.wording import length_text, network_text
from studybuddy.text.translation import Language

_POINTS = 10.0
_FEW_POINTS = 5.0
APART = 0.05
"""Two spoilt translations are asked about when their BLEU differs by so much."""
_TRIES = 200
Words = tuple[str, ...]

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "sentence": "Reference: {reference}\n\nOutput: {first}\n\nWhat is the BLEU of this output, from 0 to 100? {formula}, clipped counts, BP = e^(1 − r/c) if the output is shorter.",
        "higher": "Reference: {reference}\n\nOutput A: {first}\n\nOutput B: {second}\n\nWhich output has the higher BLEU? {formula}.",
        "corpus": "{network} translates {n} unseen sentences of {lengths} words. What is the corpus BLEU of its outputs, from 0 to 100? {formula}, counts added up over all sentences.",
        "a": "output A",
        "b": "output B",
    },
    "zh": {
        "sentence": "参考译文：{reference}\n\n系统输出：{first}\n\n这个输出的 BLEU 是多少（0 到 100）？{formula}，计数要截断；输出比参考短时 BP = e^(1 − r/c)。",
        "higher": "参考译文：{reference}\n\n输出 A：{first}\n\n输出 B：{second}\n\n哪个输出的 BLEU 更高？{formula}。",
        "corpus": "{network}翻译 {n} 个没见过的句子，每句 {lengths} 个词。输出的语料级 BLEU 是多少（0 到 100）？{formula}，计数在全部句子上累加。",
        "a": "输出 A",
        "b": "输出 B",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; reference and spoilt translations are drawn from the seed."""
    text = _PROMPTS[language]
    if ask == "corpus":
        prompt = text["corpus"].format(
            network=network_text(parameters["network"], language),
            n=parameters["count"],
            lengths=length_text(parameters["lengths"], language),
            formula=FORMULA,
        )
        return prompt, NumberQuestion(0, 100, _FEW_POINTS), {}
    shortest, longest = parameters["lengths"]
    pair, outputs = draw_outputs(ask, shortest, longest, seed)
    drawn: dict[str, Any] = {
        "source": " ".join(pair.source),
        "reference": list(pair.target),
        "outputs": [list(output) for output in outputs],
    }
    told = [" ".join(output) for output in outputs]
    prompt = text[ask].format(
        reference=" ".join(pair.target), first=told[0], second=told[-1], formula=FORMULA
    )
    if ask == "sentence":
        return prompt, NumberQuestion(0, 100, _POINTS), drawn
    return prompt, ChoiceQuestion((text["a"], text["b"])), drawn


def draw_outputs(
    ask: str, shortest: int, longest: int, seed: int
) -> tuple[SentencePair, tuple[Words, ...]]:
    """A pair, and one output with one or two faults, or two outputs whose BLEU differs clearly.

    The two are one with another word at the end, which may turn the meaning round, and one with
    two words in the middle exchanged, which breaks more words in a row.
    """
    for attempt in range(_TRIES):
        random = seeded("bleu", ask, seed, attempt)
        pair = draw_pair(shortest, longest, seed + attempt * 7919)
        if ask == "sentence":
            output = pair.target
            for _fault in range(1 + int(random.random() * 2)):
                output = spoilt(output, random)
            if output != pair.target and counts(output, pair.target).bleu > 0:
                return pair, (output,)
            continue
        ending, middle = other_end(pair, random), exchanged(pair.target, random)
        if ending is None or middle is None:
            continue
        a, b = (counts(output, pair.target).bleu for output in (ending, middle))
        if abs(a - b) >= APART:
            both = (ending, middle)
            return pair, both if random.random() < 0.5 else both[::-1]
    raise StudyBuddyError(f"no sentence of {shortest} to {longest} words could be spoilt")


def spoilt(words: Words, random: Random) -> Words:
    """The words with one fault of a translator: one lost, repeated, replaced, or two exchanged."""
    kind, place = int(random.random() * 4), int(random.random() * len(words))
    if kind == 0:
        return words[:place] + words[place + 1 :]
    if kind == 1:
        return (*words[:place], words[place], *words[place:])
    if kind == 2:
        return (*words[:place], _other(words, random), *words[place + 1 :])
    return exchanged(words, random) or words


def other_end(pair: SentencePair, random: Random) -> Words | None:
    """Another word for the last content word, where that stands just before the final mark."""
    place = len(pair.target) - 2
    if place not in pair.content:
        return None
    return (*pair.target[:place], _other(pair.target, random), *pair.target[place + 1 :])


def exchanged(words: Words, random: Random) -> Words | None:
    """Two neighbouring words in the middle exchanged; None when they are alike or too few."""
    if len(words) < 6:
        return None
    place = 2 + int(random.random() * (len(words) - 5))
    if words[place] == words[place + 1]:
        return None
    return (*words[:place], words[place + 1], words[place], *words[place + 2 :])


def _other(words: Sequence[str], random: Random) -> str:
    """A word of the language that the sentence does not have; no punctuation."""
    known = [word for word in sorted(CHINESE) if word not in words and word.isalpha()]
    return known[int(random.random() * len(known))]
