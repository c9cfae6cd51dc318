"""What is asked of the score functions (E8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, Question, RankingQuestion
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.tasks.wording import length_text
from studybuddy.text.translation import Language

SCORES = ("additive", "general", "dot", "location")

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "aer": "Four networks with attention differ in their score function alone; each was trained once, for as many steps. On {n} unseen sentences of {lengths} words, whose largest weights agree best with the gold alignment (lowest alignment error rate first)?",
        "exact": "Four networks with attention differ in their score function alone; each was trained once, for as many steps. Which translates most of {n} unseen sentences of {lengths} words without a single wrong word (most first)?",
        "location": "The score “location” is (W s_t)_i: it looks at the place i and the decoder's state, never at h_i. Trained on at most 20 words, does this network translate as many sentences exactly as the one with the additive score, on {lengths} words and on {beyond} words ({n} each)?",
        "additive": "additive: v·tanh(W s + U h)",
        "general": "general: s·W h",
        "dot": "dot: s·h",
        "places": "location: (W s)_i",
        "both": "as many on both",
        "beyond": "as many on {lengths} words, fewer on {beyond} words",
        "fewer": "fewer on both",
        "within": "fewer on {lengths} words, as many on {beyond} words",
    },
    "zh": {
        "aer": "四个带注意力的网络只有打分函数不同，各训练一次，步数相同。在 {n} 个没见过的句子（{lengths} 个词）上，谁的最大权重与标准对齐最一致（对齐错误率 AER 最低的排最前）？",
        "exact": "四个带注意力的网络只有打分函数不同，各训练一次，步数相同。在 {n} 个没见过的句子（{lengths} 个词）中，谁一字不差译对的最多（最多的排最前）？",
        "location": "“位置”打分是 (W s_t)_i：只看位置 i 和解码器状态，从不看 h_i。这个网络训练时最长 20 个词。与加性打分的网络相比，它在 {lengths} 个词和 {beyond} 个词的句子（各 {n} 句）上，完全译对的一样多吗？",
        "additive": "加性：v·tanh(W s + U h)",
        "general": "双线性（general）：s·W h",
        "dot": "点积：s·h",
        "places": "位置：(W s)_i",
        "both": "两种长度上都一样多",
        "beyond": "{lengths} 个词时一样多，{beyond} 个词时更少",
        "fewer": "两种长度上都更少",
        "within": "{lengths} 个词时更少，{beyond} 个词时一样多",
    },
}
_NAMES = {"additive": "additive", "general": "general", "dot": "dot", "location": "places"}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; the order in which the scores are listed is drawn."""
    text = _PROMPTS[language]
    told = {
        "n": parameters["count"],
        "lengths": length_text(parameters["lengths"], language),
        "beyond": length_text(parameters["beyond"], language) if "beyond" in parameters else "",
    }
    if ask == "location":
        options = tuple(text[name].format(**told) for name in ("both", "beyond", "fewer", "within"))
        return text["location"].format(**told), ChoiceQuestion(options), {}
    random = seeded("scores", seed)
    items = sorted(SCORES, key=lambda name: (random.random(), name))
    question = RankingQuestion(tuple(text[_NAMES[name]] for name in items))
    return text[str(parameters["measure"])].format(**told), question, {"items": items}
