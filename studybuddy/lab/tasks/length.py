"""What is asked of a sweep over sentence lengths (E1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    Question,
    SketchQuestion,
)
from studybuddy.text.translation import Language

POINTS = 10.0
"""Tolerance of a share in percentage points: about the interval's half-width at n = 100."""
FEW_POINTS = 5.0
SKETCHED = 12.0
"""Tolerance of a sketched curve, on average."""

TRAINED: Mapping[str, int] = {"20": 20, "40": 40}
"""By regime: the longest sentence that both networks were trained on."""
GROUPS: Mapping[str, tuple[tuple[int, int], ...]] = {
    "20": ((4, 7), (8, 11), (12, 15), (16, 20), (21, 23), (24, 27)),
    "40": ((4, 9), (10, 15), (16, 21), (22, 27), (28, 33), (34, 40)),
}
"""By regime: the lengths that a point of the sketch puts together."""
_STRIDE: Mapping[str, int] = {"20": 2, "40": 3}

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "drop": "Two networks translate {n} unseen sentences of each length. From {a} to {b} words, how many percentage points of exact translations does the network with one fixed C lose?",
        "keeps": "Two networks translate {n} unseen sentences of each length. From {a} to {b} words, how many percentage points of exact translations does the network with attention lose?",
        "at": "How many percent of {n} unseen sentences of {a} words does the network with one fixed C translate without a single wrong word?",
        "curve": "The network with one fixed C translates {n} unseen sentences of each length, from {a} to {b} words. Sketch how many percent of each group of lengths have no wrong word.",
        "crossing": "The network with one fixed C translates {n} unseen sentences of each length, from {a} to {b} words. Which is the first group of lengths of which it gets less than half without a wrong word?",
        "beyond": " (Both were trained on at most {edge} words: beyond that is extrapolation.)",
        "trained": " (Both were trained on 4 to {edge} words.)",
        "never": "none: it stays above half",
        "words": "{a}–{b} words",
        "points": "points",
        "percent": "%",
    },
    "zh": {
        "drop": "两个网络翻译每种长度各 {n} 个没见过的句子。从 {a} 个词到 {b} 个词，只有一个固定 C 的网络，完全译对的比例下降多少个百分点？",
        "keeps": "两个网络翻译每种长度各 {n} 个没见过的句子。从 {a} 个词到 {b} 个词，带注意力的网络，完全译对的比例下降多少个百分点？",
        "at": "{n} 个没见过的 {a} 词句子中，只有一个固定 C 的网络能一字不差地译对百分之几？",
        "curve": "只有一个固定 C 的网络翻译 {a} 到 {b} 个词的句子，每种长度各 {n} 个没见过的。画出每组长度中一字不差译对的百分比。",
        "crossing": "只有一个固定 C 的网络翻译 {a} 到 {b} 个词的句子，每种长度各 {n} 个没见过的。从哪一组长度开始，一字不差译对的不到一半？",
        "beyond": "（两个网络训练时最长 {edge} 个词：超出部分属于外推。）",
        "trained": "（两个网络训练时的句长是 4 到 {edge} 个词。）",
        "never": "没有：始终过半",
        "words": "{a}–{b} 个词",
        "points": "个百分点",
        "percent": "%",
    },
}


def swept(parameters: Mapping[str, Any]) -> tuple[int, ...]:
    """The lengths that a run measures, the shortest first: a grid, and those that are asked about."""
    regime = str(parameters["regime"])
    groups = GROUPS[regime]
    grid = set(range(groups[0][0], groups[-1][1] + 1, _STRIDE[regime]))
    return tuple(sorted(grid | set(asked(parameters))))


def asked(parameters: Mapping[str, Any]) -> list[int]:
    """The lengths that the question names."""
    if "lengths" in parameters:
        return [int(length) for length in parameters["lengths"]]
    return [int(parameters["length"])] if "length" in parameters else []


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt of a sweep; nothing is drawn, the sentences follow from the seed."""
    text = _PROMPTS[language]
    regime = str(parameters["regime"])
    groups, edge = GROUPS[regime], TRAINED[regime]
    first, *more = asked(parameters) or [groups[0][0], groups[-1][1]]
    last = more[0] if more else first
    prompt = text[ask].format(n=parameters["count"], a=first, b=last)
    prompt += text["beyond" if last > edge else "trained"].format(edge=edge)
    question: Question
    match ask:
        case "at":
            question = NumberQuestion(0, 100, POINTS, text["percent"])
        case "curve":
            names = tuple(f"{a}–{b}" for a, b in groups)
            question = SketchQuestion(names, 0, 100, SKETCHED, text["percent"])
        case "crossing":
            spans = (text["words"].format(a=a, b=b) for a, b in groups)
            question = ChoiceQuestion((*spans, text["never"]))
        case _:
            tolerance = POINTS if ask == "drop" else FEW_POINTS
            question = NumberQuestion(0, 100, tolerance, text["points"])
    return prompt, question, {}
