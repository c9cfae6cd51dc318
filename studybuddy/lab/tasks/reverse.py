"""What is asked of a network that learns while you look (E12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Question
from studybuddy.lab.language.corpus import seeded
from studybuddy.text.translation import Language

MOST_STEPS = 500
"""A training that has not succeeded by then ends."""
STEP_TOLERANCE = 50.0
PICTURES = ("down", "up", "last", "even")
"""The options of `diagonal`: from the first letter read on, from the last one back, two traps.

The seed decides the order in which they stand, so that no place is the right one.
"""

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "reverse": "A new network with attention learns to write a string of letters backwards. ",
        "copy": "A new network with attention learns to copy a string of letters. ",
        "diagonal": "In the heatmap each row is a letter written, from the top, each column a letter "
        "read, from the left. Where are the brightest cells once it can do it?",
        "step": "It takes steps of 64 strings, with learning rate {rate}. After how many steps are "
        "90 % of the rows of unseen strings brightest on the letter they must copy?",
        "several": " (The median of {seeds} seeds.)",
        "down": "on the diagonal from top left to bottom right",
        "up": "on the diagonal from top right to bottom left",
        "last": "all in the column of the last letter read",
        "even": "nowhere: all cells are about as grey",
        "unit": "steps",
    },
    "zh": {
        "reverse": "一个全新的带注意力的网络，学着把一串字母倒过来写。",
        "copy": "一个全新的带注意力的网络，学着照抄一串字母。",
        "diagonal": "热图中每一行是写出的一个字母（从上往下），每一列是读入的一个字母（从左往右）。"
        "等它学会以后，最亮的格子在哪里？",
        "step": "每一步用 64 个字符串，学习率 {rate}。要多少步，没见过的字符串中才有 90% 的行，"
        "最亮的格子落在它该抄的那个字母上？",
        "several": "（取 {seeds} 个种子的中位数。）",
        "down": "在从左上到右下的对角线上",
        "up": "在从右上到左下的对角线上",
        "last": "都在最后读入的那个字母那一列",
        "even": "哪里都不亮：各格差不多一样灰",
        "unit": "步",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; of `diagonal` the order of the options is drawn.

    Strings and first weights follow from the seed.
    """
    text = _PROMPTS[language]
    prompt = text[parameters["task"]] + text[ask].format(rate=parameters["rate"])
    if ask == "diagonal":
        random = seeded("pictures", seed)
        pictures = sorted(PICTURES, key=lambda picture: (random.random(), picture))
        options = tuple(text[picture] for picture in pictures)
        return prompt, ChoiceQuestion(options), {"pictures": pictures}
    seeds = int(parameters["seeds"])
    if seeds > 1:
        prompt += text["several"].format(seeds=seeds)
    return prompt, NumberQuestion(0, MOST_STEPS, STEP_TOLERANCE, text["unit"]), {}
