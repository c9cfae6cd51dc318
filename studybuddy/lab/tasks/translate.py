"""An experiment's question made concrete from a seed. No network runs and torch is not needed.

The same (run, ask, parameters, seed, language) always gives the same task; the next seed gives
other sentences. The key is found by `lab.run` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.experiments import TRAINED_TO, with_defaults
from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Question, Task
from studybuddy.catalogue.registry import experiment_problem
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.corpus import sample, seeded
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.text.translation import Language

POINTS = 10.0
"""Tolerance of a share in percentage points: about the interval's half-width at n = 100."""
FEW_POINTS = 5.0

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "drop": "Two networks translate {n} unseen sentences of each length. From {a} to {b} words, "
        "how many percentage points of exact translations does the network with one fixed C lose?",
        "keeps": "Two networks translate {n} unseen sentences of each length. From {a} to {b} words, "
        "how many percentage points of exact translations does the network with attention lose?",
        "at": "How many percent of {n} unseen sentences of {a} words does the network with one "
        "fixed C translate without a single wrong word?",
        "beyond": " (Both were trained on at most {edge} words: beyond that is extrapolation.)",
        "brightest": "The network with attention translates “{source}”. When it writes “{word}” "
        "(word {place} of “{target}”), which source word gets the largest weight?",
        "length": "The source “{source}” has {n} words, the final mark included. How many words "
        "will its translation have, the final mark included?",
        "points": "points",
        "percent": "%",
        "words": "words",
    },
    "zh": {
        "drop": "两个网络翻译每种长度各 {n} 个没见过的句子。从 {a} 个词到 {b} 个词，"
        "只有一个固定 C 的网络，完全译对的比例下降多少个百分点？",
        "keeps": "两个网络翻译每种长度各 {n} 个没见过的句子。从 {a} 个词到 {b} 个词，"
        "带注意力的网络，完全译对的比例下降多少个百分点？",
        "at": "{n} 个没见过的 {a} 词句子中，只有一个固定 C 的网络能一字不差地译对百分之几？",
        "beyond": "（两个网络训练时最长 {edge} 个词：超出部分属于外推。）",
        "brightest": "带注意力的网络翻译“{source}”。写出“{word}”"
        "（“{target}”的第 {place} 个词）时，哪个源词得到最大的权重？",
        "length": "源句“{source}”有 {n} 个词（含句末标点）。译文会有几个词（含句末标点）？",
        "points": "个百分点",
        "percent": "%",
        "words": "个词",
    },
}


def prepare(
    run: str, ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> Task:
    """The question of an `experiment` card for this seed.

    Raises StudyBuddyError when the catalogue has no such run, question or parameter.
    """
    problem = experiment_problem(run, ask, parameters)
    if problem is not None:
        raise StudyBuddyError(problem)
    full = with_defaults(run, ask, parameters)
    maker = _sweep if run == "length" else _sentence
    prompt, question, drawn = maker(ask, full, seed, language)
    return Task(run, ask, seed, language, prompt, question, {**full, **drawn})


def _sweep(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    text = _PROMPTS[language]
    first, last = parameters.get("lengths", [parameters.get("length"), None])
    prompt = text[ask].format(n=parameters["count"], a=first, b=last)
    if max(first, last or 0) > TRAINED_TO:
        prompt += text["beyond"].format(edge=TRAINED_TO)
    if ask == "at":
        return prompt, NumberQuestion(0, 100, POINTS, text["percent"]), {}
    tolerance = POINTS if ask == "drop" else FEW_POINTS
    return prompt, NumberQuestion(0, 100, tolerance, text["points"]), {}


def _sentence(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    text = _PROMPTS[language]
    shortest, longest = parameters["lengths"]
    pair = draw_pair(shortest, longest, seed)
    drawn: dict[str, Any] = {"source": " ".join(pair.source)}
    if ask == "length":
        prompt = text["length"].format(source=drawn["source"], n=len(pair.source))
        return prompt, NumberQuestion(1, 2 * len(pair.source), 1, text["words"]), drawn
    place = _asked_word(pair, seed)
    drawn["word"] = place
    prompt = text["brightest"].format(
        source=drawn["source"],
        word=pair.target[place],
        place=place + 1,
        target=" ".join(pair.target),
    )
    return prompt, ChoiceQuestion(_options(pair.source)), drawn


def draw_pair(shortest: int, longest: int, seed: int) -> SentencePair:
    """The test sentence that a task of this seed is about, with its gold alignment."""
    for attempt in range(100):
        random = seeded("task", seed, attempt)
        length = shortest + int(random.random() * (longest - shortest + 1))
        pairs = sample([length], 1, "test", int(random.random() * 2**52))[length]
        if pairs and _candidates(pairs[0]):
            return pairs[0]
    raise StudyBuddyError(f"no sentence of {shortest} to {longest} words could be drawn")


def _candidates(pair: SentencePair) -> list[int]:
    """Content words of the translation, each written once, that are linked to one source word."""
    linked: dict[int, list[int]] = {}
    for target, source in pair.sure:
        linked.setdefault(target, []).append(source)
    return [
        t
        for t in sorted(pair.content)
        if pair.target.count(pair.target[t]) == 1 and len(linked.get(t, [])) == 1
    ]


def _asked_word(pair: SentencePair, seed: int) -> int:
    """A content word to ask about; one that stands elsewhere in the source where there is one."""
    at = dict(pair.sure)
    candidates = _candidates(pair)
    moved = [t for t in candidates if abs(at[t] - t) >= 2]
    options = moved or candidates
    return options[int(seeded("word", seed).random() * len(options))]


def _options(source: tuple[str, ...]) -> tuple[str, ...]:
    """The source words; one that occurs again bears the number of its occurrence."""
    seen: dict[str, int] = {}
    options: list[str] = []
    for word in source:
        seen[word] = seen.get(word, 0) + 1
        options.append(f"{word} ({seen[word]})" if source.count(word) > 1 else word)
    return tuple(options)
