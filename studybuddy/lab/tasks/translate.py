"""What is asked of one translated sentence, and of many (E3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import NumberQuestion, PositionQuestion, Question
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.tasks.drawing import asked_candidates, draw_pair
from studybuddy.lab.tasks.wording import length_text
from studybuddy.text.translation import Language

ALIGNED = 5.0
"""Tolerance of the share of content words on their gold link, in percentage points."""

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "brightest": "{network} translates “{source}”. When it writes “{word}” (word {place} of “{target}”), which source word gets the largest weight?",
        "length": "The source “{source}” has {n} words, the final mark included. How many words will its translation have, the final mark included?",
        "alignment": "{network} writes the gold translations of {n} unseen sentences of {lengths} words. Of how many percent of the content words is the brightest source word the one that the word translates? (Uniform weights would get {uniform} to {most} % by chance.)",
        "attention": "The network with attention",
        "bahdanau": "The network with attention in Bahdanau's order (s at t−1 scores)",
        "general": "The network with attention (score: general, s·W h_i)",
        "dot": "The network with attention (score: dot, s·h_i)",
        "location": "The network with location attention (the weights follow from s alone, it never looks at h_i)",
        "words": "words",
        "percent": "%",
    },
    "zh": {
        "brightest": "{network}翻译“{source}”。写出“{word}”（“{target}”的第 {place} 个词）时，哪个源词得到最大的权重？",
        "length": "源句“{source}”有 {n} 个词（含句末标点）。译文会有几个词（含句末标点）？",
        "alignment": "{network}写出 {n} 个新句子（{lengths} 个词）的标准译文。有百分之几的实词，权重最大的源词正是它所译的那个词？（若权重均匀，只能碰对约 {uniform}% 到 {most}%。）",
        "attention": "带注意力的网络",
        "bahdanau": "Bahdanau 式注意力网络（用 t−1 时刻的 s 打分）",
        "general": "带注意力的网络（双线性打分 s·W h_i）",
        "dot": "带注意力的网络（点积打分 s·h_i）",
        "location": "位置式注意力网络（权重只由 s 决定，从不看 h_i）",
        "words": "个词",
        "percent": "%",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt about the sentence that this seed draws, or about many."""
    text = _PROMPTS[language]
    shortest, longest = parameters["lengths"]
    network = text[parameters.get("model", "attention")]
    if ask == "alignment":
        prompt = text["alignment"].format(
            network=network,
            n=parameters["count"],
            lengths=length_text((shortest, longest), language),
            uniform=round(100 / longest),
            most=round(100 / shortest),
        )
        return prompt, NumberQuestion(0, 100, ALIGNED, text["percent"]), {}
    pair = draw_pair(shortest, longest, seed)
    drawn: dict[str, Any] = {"source": " ".join(pair.source)}
    if ask == "length":
        prompt = text["length"].format(source=drawn["source"], n=len(pair.source))
        return prompt, NumberQuestion(1, 2 * len(pair.source), 1, text["words"]), drawn
    place = _asked_word(pair, seed)
    drawn["word"] = place
    prompt = text["brightest"].format(
        network=network,
        source=drawn["source"],
        word=pair.target[place],
        place=place + 1,
        target=" ".join(pair.target),
    )
    return prompt, PositionQuestion(pair.source), drawn


def _asked_word(pair: SentencePair, seed: int) -> int:
    """A content word to ask about; one that stands elsewhere in the source where there is one."""
    at = dict(pair.sure)
    candidates = asked_candidates(pair)
    moved = [t for t in candidates if abs(at[t] - t) >= 2]
    options = moved or candidates
    return options[int(seeded("word", seed).random() * len(options))]
