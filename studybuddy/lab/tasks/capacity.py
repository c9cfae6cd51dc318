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
from studybuddy.lab.plan import LADDER, PLANS
from studybuddy.text.translation import Language

_POINTS = 10.0
_BITS = 3.0

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "needed": "Networks with one fixed C of {sizes} numbers, otherwise alike{but}, translate {n} unseen sentences of {a} words. Which is the smallest C with which at least {p} % come out without a single wrong word?",
        "curve": "Networks with one fixed C of {sizes} numbers, otherwise alike{but}, translate {n} unseen sentences of {a} words. Sketch how many percent come out without a single wrong word.",
        "bits": "A string of {a} random digits holds {a} · log2 10 = {held:.1f} bits. A network has learnt to copy such strings through {through}. How many bits of {n} unseen strings does its decoder recover, on average?",
        "fixed": "a fixed C of {size} numbers",
        "attention": "attention",
        "but": " (but for a larger encoder where C has {sizes}: the others' hands over {handed} numbers, too few to fill it)",
        "none": "none of them",
        "bit": "bits",
    },
    "zh": {
        "needed": "几个网络的固定 C 大小不同，分别是 {sizes} 维，其余相同{but}，翻译 {n} 个没见过的 {a} 词句子。至少 {p} % 一字不差，最小要多大的 C？",
        "curve": "几个网络的固定 C 大小不同，分别是 {sizes} 维，其余相同{but}，翻译 {n} 个没见过的 {a} 词句子。画出一字不差译对的百分比。",
        "bits": "{a} 个随机数字含 {a} · log2 10 = {held:.1f} 比特。一个网络学会了通过{through}抄写这样的数字串。对 {n} 个没见过的数字串，解码器平均恢复出多少比特？",
        "fixed": "一个 {size} 维的固定 C",
        "attention": "注意力",
        "but": "（只有 C 为 {sizes} 维的网络编码器更大：其余的编码器只交出 {handed} 个数，填不满它）",
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
    larger = comma.join(str(size) for size in LADDER if handed_over(size) > handed_over(LADDER[0]))
    but = text["but"].format(sizes=larger, handed=handed_over(LADDER[0])) if larger else ""
    prompt = text[ask].format(
        sizes=comma.join(sizes), but=but, n=n, a=length, p=parameters.get("percent")
    )
    if ask == "curve":
        return prompt, SketchQuestion(sizes, 0, 100, _POINTS, "%"), {}
    return prompt, ChoiceQuestion((*sizes, text["none"])), {}


def handed_over(size: int) -> int:
    """How many numbers the encoder of this rung of the ladder leaves, of which C is made."""
    sizes = PLANS[f"fixed-c{size}"].sizes
    return sizes.get("directions", 2) * sizes["hidden"]
