"""What is asked of reading the source backwards (E9)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Question
from studybuddy.lab.tasks.wording import length_text
from studybuddy.text.translation import Language

_BITS = 2.0

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "digits": "Networks read {a} random digits from left to right, keep the last state h_n alone, and write the digits in the same order; others are alike but read from the last digit to the first. Three of each were trained. By how many bits of the {held:.1f} does reading backwards raise what the decoder recovers of {n} unseen strings?",
        "ends": "The same networks copy {a} digits, reading forwards or backwards ({n} unseen strings, fed with the true digits before). Which digits gain from reading backwards: the first {k} that are written, or the last {k}?",
        "grammar": "A network with a one-way encoder hands its last state to the decoder (C = h_n). It translates {n} unseen English sentences of {lengths} words into the small language's Chinese, fed with the true words before. In copying, the first symbols gain when the source is read backwards. Here, of the first {k} words of each translation, are more right?",
        "distance": "A network reads {a} digits one after the other and then writes them in the same order. The distance of a digit is the number of steps from reading it to writing it. What does reading backwards do to the mean distance?",
        "first": "the first",
        "last": "the last",
        "neither": "neither, or both alike",
        "more": "yes, more",
        "fewer": "no, fewer",
        "alike": "neither: no difference outside its interval",
        "shorter": "it gets shorter",
        "unchanged": "it does not change",
        "longer": "it gets longer",
        "bit": "bits",
    },
    "zh": {
        "digits": "一些网络从左到右读 {a} 个随机数字，只留下最后的状态 h_n，再按原来的顺序写出；另一些完全相同，只是从最后一个数字倒着读。两种各训练三个。共 {held:.1f} 比特，对 {n} 个没见过的数字串，倒着读使解码器恢复的比特增加多少？",
        "ends": "同样的网络抄写 {a} 个数字，正着读或倒着读（{n} 个没见过的数字串，前文都喂正确的数字）。倒着读使哪些数字写得更准：最先写出的 {k} 个，还是最后写出的 {k} 个？",
        "grammar": "编码器只从左到右读，最后的状态交给解码器（C = h_n）。网络把 {n} 个没见过的英文句子（{lengths} 个词）译成小语言的中文，前文都喂正确的词。抄写时把源串倒着读，最先写出的符号会更准。这里每句译文的前 {k} 个词，也会写对得更多吗？",
        "distance": "网络逐个读入 {a} 个数字，再按同样的顺序写出。一个数字的距离，是从读到它到写出它的步数。倒着读使平均距离怎样变化？",
        "first": "最先写出的",
        "last": "最后写出的",
        "neither": "都没有，或者一样多",
        "more": "会更多",
        "fewer": "会更少",
        "alike": "都不是：差别没有超出误差区间",
        "shorter": "变短",
        "unchanged": "不变",
        "longer": "变长",
        "bit": "比特",
    },
}
_OPTIONS = {
    "ends": ("first", "last", "neither"),
    "grammar": ("more", "fewer", "alike"),
    "distance": ("shorter", "unchanged", "longer"),
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; sentences and strings follow from the seed."""
    text = _PROMPTS[language]
    length = parameters.get("length")
    lengths = parameters.get("lengths")
    prompt = text[ask].format(
        a=length,
        n=parameters.get("count"),
        k=parameters.get("words"),
        held=bits(int(length)) if length else 0.0,
        lengths=length_text(lengths, language) if lengths else "",
    )
    if ask == "digits":
        held = round(bits(int(parameters["length"])), 1)
        return prompt, NumberQuestion(-held, held, _BITS, text["bit"]), {}
    return prompt, ChoiceQuestion(tuple(text[name] for name in _OPTIONS[ask])), {}


def bits(length: int) -> float:
    """What a string of random digits holds."""
    return length * math.log2(10)
