"""What is asked of C's size: how much is needed, and how many bits get through (E7)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    Question,
    SketchQuestion,
)
from studybuddy.lab.plan import LADDER
from studybuddy.text.translation import Language

_POINTS = 10.0
_BITS = 3.0

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "needed": "Networks with one fixed C of {sizes} numbers, all else equal, translate {n} unseen sentences of {a} words. Which is the smallest C with which at least {p} % come out without a single wrong word?",
        "curve": "Networks with one fixed C of {sizes} numbers, all else equal, translate {n} unseen sentences of {a} words. Sketch how many percent come out without a single wrong word.",
        "bits": "A string of {a} random digits holds {a} · log2 10 = {held:.1f} bits. A network has learnt to copy such strings through {through}. How many bits of {n} unseen strings does its decoder recover, on average?",
        "fixed": "a fixed C of {size} numbers",
        "attention": "attention",
        "none": "none of them",
        "bit": "bits",
    },
    "zh": {
        "needed": "几个网络只有固定 C 的大小不同，分别是 {sizes} 维，翻译 {n} 个没见过的 {a} 词句子。至少 {p} % 一字不差，最小要多大的 C？",
        "curve": "几个网络只有固定 C 的大小不同，分别是 {sizes} 维，翻译 {n} 个没见过的 {a} 词句子。画出一字不差译对的百分比。",
        "bits": "{a} 个随机数字含 {a} · log2 10 = {held:.1f} 比特。一个网络学会了通过{through}抄写这样的数字串。对 {n} 个没见过的数字串，解码器平均恢复出多少比特？",
        "fixed": "一个 {size} 维的固定 C",
        "attention": "注意力",
        "none": "都不够",
        "bit": "比特",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; sentences and strings follow from the seed."""
    text = _PROMPTS[language]
    length, n = int(parameters["length"]), parameters["count"]
    if ask == "bits":
        size = str(parameters["size"])
        held = length * math.log2(10)
        through = text["attention"] if size == "attention" else text["fixed"].format(size=size)
        prompt = text["bits"].format(a=length, n=n, held=held, through=through)
        return prompt, NumberQuestion(0, round(held, 1), _BITS, text["bit"]), {}
    comma = "、" if language == "zh" else ", "
    sizes = tuple(str(size) for size in LADDER)
    prompt = text[ask].format(sizes=comma.join(sizes), n=n, a=length, p=parameters.get("percent"))
    if ask == "curve":
        return prompt, SketchQuestion(sizes, 0, 100, _POINTS, "%"), {}
    return prompt, ChoiceQuestion((*sizes, text["none"])), {}
