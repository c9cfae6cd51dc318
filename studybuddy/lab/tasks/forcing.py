"""What is asked of teacher forcing, free running, and one wrong word (E11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Question
from studybuddy.lab.tasks.wording import length_text, network_text
from studybuddy.text.translation import Language

LATER = 6
"""Words after the wrong one at which it is looked at again."""
LOST = 10
"""Percentage points of p(gold) from which on a loss has a name."""
_TOLERANCE = 5.0

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "gap": "{network} is asked about {n} unseen sentences of {lengths} words twice: fed with the true words before (teacher forcing), and fed with its own (free running). By how many percentage points fewer words are right, each at its own place, when it runs freely?",
        "wrong": "{network} is fed with the true words of {n} unseen translations ({lengths} source words), but for word {place}: in its stead it gets the wrong word that it holds likeliest there. What happens to the probability of the true words after it?",
        "exact": "{network} is asked about {n} unseen sentences of {lengths} words. In how many is every word right: more with teacher forcing, or more running freely?",
        "recovers": "it falls at the next word; {later} words after the wrong one it is back (less than {lost} points lost)",
        "lasts": "it falls at the next word, and {later} words after the wrong one it is still {lost} points lower or more",
        "nothing": "not even at the next word does it fall by {lost} points",
        "more": "more with teacher forcing",
        "fewer": "more running freely",
        "same": "in exactly as many",
        "points": "points",
    },
    "zh": {
        "gap": "{network}处理 {n} 个没见过的句子（每句 {lengths} 个词）两遍：一遍喂给它正确的前文（强制教学），一遍喂给它自己写出的前文（自由运行）。逐个位置比较，自由运行时写对的词少多少个百分点？",
        "wrong": "{network}逐词得到 {n} 个没见过的译文的正确前文（源句 {lengths} 个词），只有第 {place} 个词换成了它自己认为最可能的那个错词。此后正确词的概率会怎样？",
        "exact": "{network}处理 {n} 个没见过的句子，每句 {lengths} 个词。每个词都对的句子，是强制教学时多，还是自由运行时多？",
        "recovers": "下一个词处下降，到错词之后第 {later} 个词时已恢复（损失不到 {lost} 个百分点）",
        "lasts": "下一个词处下降，到错词之后第 {later} 个词时仍低 {lost} 个百分点以上",
        "nothing": "连下一个词处的下降也不到 {lost} 个百分点",
        "more": "强制教学时多",
        "fewer": "自由运行时多",
        "same": "恰好一样多",
        "points": "个百分点",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; the sentences follow from the seed."""
    text = _PROMPTS[language]
    prompt = text[ask].format(
        network=network_text(parameters["network"], language),
        n=parameters["count"],
        lengths=length_text(parameters["lengths"], language),
        place=parameters.get("place"),
    )
    if ask == "gap":
        return prompt, NumberQuestion(0, 100, _TOLERANCE, text["points"]), {}
    names = ("recovers", "lasts", "nothing") if ask == "wrong" else ("more", "fewer", "same")
    options = tuple(text[name].format(later=LATER, lost=LOST) for name in names)
    return prompt, ChoiceQuestion(options), {}
