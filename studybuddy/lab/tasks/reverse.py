"""What is asked of a network that learns to turn strings round while one watches (E12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Question
from studybuddy.lab.language.corpus import seeded
from studybuddy.text.translation import Language

MOST_STEPS = 500
TOLERANCE = 50.0
REACHED = 0.9
"""The diagonal is there when so many rows are largest on it."""
PICTURES = ("down", "up", "column", "spread")
"""What the weights may look like, rows the letters written from top to bottom."""

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "reverse": "A small network with attention learns to write strings of letters in reverse (abcd → dcba). ",
        "copy": "A small network with attention learns to copy strings of letters (abcd → abcd). ",
        "diagonal": "In its attention heatmap rows are the letters written, from top to bottom, and columns the letters read, from left to right. Which picture appears?",
        "step": "After how many training steps (64 strings each, learning rate {rate}) do {percent} % of the rows of its attention heatmap have their largest weight on the letter that they come from? {seeds}",
        "one": "(One network; measured every {every} steps.)",
        "several": "(The middle one of {n} networks with different seeds; measured every {every} steps.)",
        "down": "a diagonal from top left to bottom right",
        "up": "a diagonal from top right to bottom left",
        "column": "one bright column: every row looks at the same letter",
        "spread": "no line: the weights stay spread over all letters",
        "steps": "steps",
    },
    "zh": {
        "reverse": "一个带注意力的小网络学习把字母串倒过来写（abcd → dcba）。",
        "copy": "一个带注意力的小网络学习照抄字母串（abcd → abcd）。",
        "diagonal": "在注意力热图中，行是依次写出的字母（从上到下），列是读入的字母（从左到右）。会出现什么图样？",
        "step": "训练多少步之后（每步 64 个字母串，学习率 {rate}），注意力热图中有 {percent}% 的行，其最大权重落在该字母的来源上？{seeds}",
        "one": "（一个网络；每 {every} 步测一次。）",
        "several": "（{n} 个不同种子的网络，取中间那个；每 {every} 步测一次。）",
        "down": "从左上到右下的对角线",
        "up": "从右上到左下的对角线",
        "column": "一条亮的竖线：每一行都看同一个字母",
        "spread": "没有线：权重一直分散在所有字母上",
        "steps": "步",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; the order of the pictures is drawn, the strings follow from the seed."""
    text = _PROMPTS[language]
    task = text[str(parameters["task"])]
    if ask == "diagonal":
        random = seeded("pictures", seed)
        pictures = sorted(PICTURES, key=lambda name: (random.random(), name))
        question = ChoiceQuestion(tuple(text[name] for name in pictures))
        return task + text["diagonal"], question, {"pictures": pictures}
    seeds = text["one" if parameters["seeds"] == 1 else "several"].format(
        n=parameters["seeds"], every=25
    )
    prompt = task + text["step"].format(
        rate=parameters["rate"], percent=round(100 * REACHED), seeds=seeds
    )
    return prompt, NumberQuestion(0, MOST_STEPS, TOLERANCE, text["steps"]), {}
