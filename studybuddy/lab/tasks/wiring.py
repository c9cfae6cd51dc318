"""What is asked of two wirings of C: at every step, or as the first state only (E15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, Question, SketchQuestion
from studybuddy.lab.plan import HEADLINE_SIZE
from studybuddy.lab.tasks.drawing import draw_pair
from studybuddy.text.translation import Language

_TOLERANCE = 10.0

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "late": "Two networks, alike but for the wiring of C ({size} numbers): one gives C to the decoder at every step, the other as its first state only. Both write {n} unseen translations of sentences of {a} words, fed with the true words before. In the last third of a translation, which is right more often?",
        "curve": "A decoder is given C ({size} numbers) as its first state only. It writes {n} unseen translations of sentences of {a} words, fed with the true words before. Sketch how many percent of its words are right at each place.",
        "identical": "The network with one fixed C ({size} numbers) translates “{source}”, and C enters the decoder at every step. What enters at step 1, and what at the last step?",
        "every": "the one with C at every step",
        "first": "the one with C as its first state only",
        "alike": "both alike: no difference outside its interval",
        "same": "the same vector, bit for bit",
        "near": "nearly the same vector: the decoder changes it a little",
        "other": "another vector: each step has a C of its own",
    },
    "zh": {
        "late": "两个网络只有 C（{size} 维）的接法不同：一个在每一步都把 C 送进解码器，另一个只用 C 作解码器的初始状态。源句 {a} 个词，{n} 个没见过的译文，前文都喂正确的词。在译文的后三分之一，哪个网络写对的词更多？",
        "curve": "解码器只在初始状态得到 C（{size} 维）。源句 {a} 个词，{n} 个没见过的译文，前文都喂正确的词。画出它在译文各个位置上写对的百分比。",
        "identical": "只有一个固定 C（{size} 维）的网络翻译“{source}”，每一步都把 C 送进解码器。第 1 步和最后一步送进去的，分别是什么？",
        "every": "每一步都得到 C 的",
        "first": "只在初始状态得到 C 的",
        "alike": "一样多：差别没有超出误差区间",
        "same": "同一个向量，每一位都相同",
        "near": "几乎相同的向量：解码器每步把它改动一点",
        "other": "不同的向量：每一步都有自己的 C",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; of `identical` also the sentence that this seed draws."""
    text = _PROMPTS[language]
    drawn: dict[str, Any] = {}
    if ask == "identical":
        shortest, longest = parameters["lengths"]
        drawn["source"] = " ".join(draw_pair(shortest, longest, seed).source)
    else:
        drawn["places"] = places(int(parameters["length"]))
    prompt = text[ask].format(
        size=HEADLINE_SIZE,
        n=parameters.get("count"),
        a=parameters.get("length"),
        source=drawn.get("source"),
    )
    if ask == "curve":
        x = tuple(str(place) for place in drawn["places"])
        return prompt, SketchQuestion(x, 0, 100, _TOLERANCE, "%"), drawn
    names = ("every", "first", "alike") if ask == "late" else ("same", "near", "other")
    return prompt, ChoiceQuestion(tuple(text[name] for name in names)), drawn


def places(length: int) -> list[int]:
    """Five places of the translation, from 1 to a little before the source's length."""
    last = max(5, length - 2)
    return [1 + round(k * (last - 1) / 4) for k in range(5)]
