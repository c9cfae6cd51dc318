"""What is asked of a decoder that is given another sentence's C (E2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Question
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.tasks.wording import length_text
from studybuddy.text.translation import Language

SHARE = 8.0
"""Tolerance of a share in percent."""

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "example": "A: “{source}” B: “{donor}” ",
        "donor": "The network with one fixed C has read A. Before it writes, its C is replaced by that of B. What does it write?",
        "zero": "The network with one fixed C has read A. Before it writes, every number of its C is set to 0. What does it write?",
        "noise": "The network with one fixed C has read A. Before it writes, its C is replaced by random numbers with the mean and spread of real ones. What does it write?",
        "mean": "The network with one fixed C has read A. Before it writes, its C is replaced by the mean C of many sentences. What does it write?",
        "attention_state": "The network with attention keeps all states h_i of A, but its decoder starts from the first state that belongs to B. What does it write?",
        "attention_memory": "The network with attention starts from the first state that belongs to A, but all states h_i that it attends to are those of B. What does it write?",
        "context": "The network with one fixed C is given B's C in place of A's. Of how many percent of the pairs does it write, word for word, what it writes for B?",
        "state": "The network with attention keeps all states h_i of A, but its decoder starts from the first state that belongs to B. Of how many percent of the pairs does it still write, word for word, what it writes for A?",
        "memory": "The network with attention starts from the first state that belongs to A, but all states h_i that it attends to are those of B. Of how many percent of the pairs does it write, word for word, what it writes for B?",
        "many": " (Decided by {n} unseen pairs of equal length, {lengths} words.)",
        "A": "what it writes for A",
        "B": "what it writes for B",
        "neither": "mostly neither of the two",
        "percent": "%",
    },
    "zh": {
        "example": "A：“{source}” B：“{donor}” ",
        "donor": "只有一个固定 C 的网络读了 A。写之前，把它的 C 换成 B 的 C。它会写出什么？",
        "zero": "只有一个固定 C 的网络读了 A。写之前，把它的 C 全部置 0。它会写出什么？",
        "noise": "只有一个固定 C 的网络读了 A。写之前，把它的 C 换成均值和方差与真实 C 相同的随机数。它会写出什么？",
        "mean": "只有一个固定 C 的网络读了 A。写之前，把它的 C 换成许多句子的平均 C。它会写出什么？",
        "attention_state": "带注意力的网络保留 A 的全部隐藏状态 h_i，但解码器的初始状态换成 B 的。它会写出什么？",
        "attention_memory": "带注意力的网络，解码器的初始状态是 A 的，但注意力所看的全部隐藏状态 h_i 换成 B 的。它会写出什么？",
        "context": "把只有一个固定 C 的网络的 C 由 A 的换成 B 的。有百分之几的句对，它写出的与它翻译 B 时一字不差？",
        "state": "带注意力的网络保留 A 的全部隐藏状态 h_i，但解码器的初始状态换成 B 的。有百分之几的句对，它写出的仍与它翻译 A 时一字不差？",
        "memory": "带注意力的网络，解码器的初始状态是 A 的，但注意力所看的全部隐藏状态 h_i 换成 B 的。有百分之几的句对，它写出的与它翻译 B 时一字不差？",
        "many": "（以 {n} 对等长的新句子为准，每句 {lengths} 个词。）",
        "A": "它翻译 A 时写的",
        "B": "它翻译 B 时写的",
        "neither": "多半两者都不是",
        "percent": "%",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt about two sentences of one length."""
    text = _PROMPTS[language]
    shortest, longest = parameters["lengths"]
    source, donor = _two(shortest, longest, seed)
    key = parameters["given"] if ask == "fixed" else parameters.get("swapped", ask)
    drawn = {"source": " ".join(source), "donor": " ".join(donor)}
    prompt = text["example"].format(**drawn) + text[key]
    prompt += text["many"].format(
        n=parameters["count"], lengths=length_text((shortest, longest), language)
    )
    if ask == "share":
        return prompt, NumberQuestion(0, 100, SHARE, text["percent"]), drawn
    return prompt, ChoiceQuestion((text["A"], text["B"], text["neither"])), drawn


def _two(shortest: int, longest: int, seed: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two test sentences of one length."""
    random = seeded("swap", seed)
    length = shortest + int(random.random() * (longest - shortest + 1))
    pairs = Unseen(int(random.random() * 2**52)).of(length, 2)
    if len(pairs) < 2:
        raise StudyBuddyError(f"no two sentences of {length} words could be drawn")
    return pairs[0].source, pairs[1].source
