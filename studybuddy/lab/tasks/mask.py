"""What is asked of padding with and without a mask (E13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studybuddy.catalogue.predictions import NumberQuestion, Question
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.language.unseen import Unseen
from studybuddy.text.translation import Language

SHARE = 10.0
"""Tolerance in percent."""

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "attention": "(Network: additive attention.)",
        "bahdanau": "(Network: additive attention in Bahdanau's order.)",
        "general": "(Network: attention with the general score.)",
        "dot": "(Network: attention with the dot score.)",
        "pads": "In one batch “{source}” ({length} words) stands beside a sentence of {beside} words and is padded to its length. The mask is switched off. How many percent of the attention weight fall on the padding, on average?",
        "sum": "In one batch “{source}” ({length} words) stands beside a sentence of {beside} words and is padded to its length. With the mask: to how many percent do the weights of its {length} real words add up at each step?",
        "off": "Sentences of {length} words like “{source}” are translated alone, then once more beside a sentence of {beside} words, without a mask. Of how many percent does the translation change?",
        "on": "Sentences of {length} words like “{source}” are translated alone, then once more beside a sentence of {beside} words, with the mask. Of how many percent does the translation change?",
        "many": " ({n} unseen sentences.) ",
        "percent": "%",
    },
    "zh": {
        "attention": "（网络：加性注意力。）",
        "bahdanau": "（网络：Bahdanau 式的加性注意力。）",
        "general": "（网络：双线性打分的注意力。）",
        "dot": "（网络：点积打分的注意力。）",
        "pads": "同一批里，“{source}”（{length} 个词）与一个 {beside} 个词的句子放在一起，被填充到同样长。关掉掩码。平均有百分之几的注意力权重落在填充位上？",
        "sum": "同一批里，“{source}”（{length} 个词）与一个 {beside} 个词的句子放在一起，被填充到同样长。使用掩码时，每一步它的 {length} 个真实词的权重之和是百分之几？",
        "off": "像“{source}”这样 {length} 个词的句子，先单独翻译，再与一个 {beside} 个词的句子同批翻译，不用掩码。有百分之几的译文会变？",
        "on": "像“{source}”这样 {length} 个词的句子，先单独翻译，再与一个 {beside} 个词的句子同批翻译，使用掩码。有百分之几的译文会变？",
        "many": "（{n} 个新句子。）",
        "percent": "%",
    },
}


def sentences(
    parameters: Mapping[str, Any], seed: int, tick: Callable[[], None] = lambda: None
) -> tuple[list[SentencePair], SentencePair]:
    """The short sentences, the one shown first, and the long one beside them."""
    stream = Unseen(seed)
    short = stream.of(int(parameters["length"]), int(parameters["count"]), tick)
    long = stream.of(int(parameters["beside"]), 1)
    if not short or not long:
        raise StudyBuddyError("no sentences of these lengths could be drawn")
    return short, long[0]


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt about a short sentence beside a long one."""
    text = _PROMPTS[language]
    shown = Unseen(seed).of(int(parameters["length"]), 1)[0]
    source = " ".join(shown.source)
    prompt = text[str(parameters.get("mask", ask))] + text["many"] + text[parameters["model"]]
    prompt = prompt.format(
        source=source,
        length=parameters["length"],
        beside=parameters["beside"],
        n=parameters["count"],
    )
    return prompt, NumberQuestion(0, 100, SHARE, text["percent"]), {"source": source}
