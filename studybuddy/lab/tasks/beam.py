"""What is asked of beams of several widths (E10)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, Question
from studybuddy.lab.tasks.wording import length_text, network_text
from studybuddy.text.translation import Language

_WIDTHS = (1, 2, 5, 10, 50)

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "gain": "{network} translates {n} unseen sentences of {lengths} words, first greedily (width 1), then with ever wider beams. Which widening raises the mean log probability of its outputs most?",
        "wider": "{network} translates {n} unseen sentences of {lengths} words with beams of width {widths}. Are its translations the better the wider the beam is?",
        "none": "none: greedy search finds nothing less likely",
        "always": "yes: each wider beam gives likelier outputs and a higher BLEU",
        "sometimes": "no: the outputs get likelier, but from some width on BLEU no longer rises",
        "never": "no: the outputs do not even get likelier",
    },
    "zh": {
        "gain": "{network}翻译 {n} 个没见过的句子，每句 {lengths} 个词：先用贪心（束宽 1），再把束逐渐加宽。哪一次加宽，使输出的平均对数概率提高得最多？",
        "wider": "{network}翻译 {n} 个没见过的句子，每句 {lengths} 个词，束宽分别取 {widths}。束越宽，译文就越好吗？",
        "none": "都没有：贪心找到的输出已经不输给宽束",
        "always": "是：束每加宽一次，输出概率更大，BLEU 也更高",
        "sometimes": "不是：输出的概率越来越大，但到某个束宽之后 BLEU 不再提高",
        "never": "不是：连输出的概率也没有变大",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; the sentences follow from the seed."""
    text = _PROMPTS[language]
    widths = [width for width in _WIDTHS if width <= int(parameters["widest"])]
    comma = "、" if language == "zh" else ", "
    prompt = text[ask].format(
        network=network_text(parameters["network"], language),
        n=parameters["count"],
        lengths=length_text(parameters["lengths"], language),
        widths=comma.join(map(str, widths)),
    )
    if ask == "gain":
        steps = [f"{a} → {b}" for a, b in pairwise(widths)]
        options = (*steps, text["none"])
    else:
        options = (text["always"], text["sometimes"], text["never"])
    return prompt, ChoiceQuestion(options), {"widths": widths}
