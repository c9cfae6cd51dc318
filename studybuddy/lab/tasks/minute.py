"""What is asked of a sentence that grows from 5 to 20 words (E17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import NumberQuestion, Question
from studybuddy.lab.language.growing import families
from studybuddy.lab.plan import HEADLINE_SIZE
from studybuddy.text.translation import Language

SHARE = 10.0
"""Tolerance in percent."""
_VECTORS = 2.0
_MOST_NUMBERS, _MOST_VECTORS = 4096, 60

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "size": "“{short}” (5 words) is read into one fixed C of {size} numbers. It grows to “{long}” (20 words). How many numbers does C hold now?",
        "contexts": "“{short}” (5 words) grows to “{long}” (20 words). How many context vectors C_t does the network with attention make while it writes the translation, the step that writes the end included?",
        "keeps": "{n} unseen sentences of 5 words, such as “{short}”, grow to 20 words, such as “{long}”. After that, of how many percent does the network with one fixed C ({size} numbers) still translate the first clause word for word?",
        "numbers": "numbers",
        "vectors": "vectors",
        "percent": "%",
    },
    "zh": {
        "size": "“{short}”（5 个词）被编码成一个固定的 C，共 {size} 个数。它加长成“{long}”（20 个词）。现在 C 有多少个数？",
        "contexts": "“{short}”（5 个词）加长成“{long}”（20 个词）。带注意力的网络写译文时一共算出多少个上下文向量 C_t（写结束符的那一步也算）？",
        "keeps": "{n} 个 5 词的新句子（如“{short}”）加长到 20 个词（如“{long}”）。加长以后，只有一个固定 C（{size} 个数）的网络，还能把第一个分句一字不差译出来的占百分之几？",
        "numbers": "个",
        "vectors": "个",
        "percent": "%",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt about the sentence that this seed grows."""
    text = _PROMPTS[language]
    short, _middle, long = families(1, seed)[0]
    drawn = {"source": " ".join(long.source)}
    prompt = text[ask].format(
        short=" ".join(short.source),
        long=drawn["source"],
        size=HEADLINE_SIZE,
        n=parameters.get("count"),
    )
    match ask:
        case "size":
            return prompt, NumberQuestion(1, _MOST_NUMBERS, 0, text["numbers"]), drawn
        case "contexts":
            return prompt, NumberQuestion(1, _MOST_VECTORS, _VECTORS, text["vectors"]), drawn
        case _:
            return prompt, NumberQuestion(0, 100, SHARE, text["percent"]), drawn
