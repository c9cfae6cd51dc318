"""What is asked of single source words that are changed (E14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studybuddy.catalogue.predictions import ChoiceQuestion, Question, SketchQuestion
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.language.unseen import Unseen
from studybuddy.text.translation import Language

SKETCHED = 12.0
"""Tolerance of a sketched probability in percentage points, on average."""

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "lost": "{network}In {n} unseen sentences of {length} words like “{source}”, one noun at a time is {change}. The less the probability of its own translation falls, the less of the word was kept. In which third of the source is least kept?",
        "curve": "{network}It is given {n} unseen sentences of {length} words like “{source}”. With the gold words before it, how probable is the translation of a noun that stands in the first, middle, last third of the source? Sketch the mean in percent.",
        "textbook-fixed": "The textbook's network reads left to right, and C is its last hidden state, given to the decoder once.",
        "textbook-reversed": "The textbook's network, but it reads from the last word to the first; C is its last hidden state, given to the decoder once.",
        "textbook-attention": "The textbook's network reads left to right, with attention to all its states.",
        "drop": "left out",
        "replace": "replaced by another noun",
        "0": "the first third",
        "1": "the middle third",
        "2": "the last third",
        "percent": "%",
    },
    "zh": {
        "lost": "{network}取 {n} 个 {length} 词的新句子，如“{source}”，每次把一个名词{change}。它自己译文的概率下降得越少，说明这个词留下的信息越少。源句的哪三分之一留下的最少？",
        "curve": "{network}给它 {n} 个 {length} 词的新句子，如“{source}”。前文都给正确的词，位于源句前、中、后三分之一的名词，其译文的平均概率各是百分之几？画出来。",
        "textbook-fixed": "教科书上的网络从左到右读，C 就是最后一个隐藏状态，只在开头交给解码器一次。",
        "textbook-reversed": "教科书上的网络，但从最后一个词倒着读到第一个；C 是最后一个隐藏状态，只在开头交给解码器一次。",
        "textbook-attention": "教科书上的网络从左到右读，但对全部隐藏状态做注意力。",
        "drop": "删掉",
        "replace": "换成另一个名词",
        "0": "前三分之一",
        "1": "中间三分之一",
        "2": "后三分之一",
        "percent": "%",
    },
}


def sentences(
    parameters: Mapping[str, Any], seed: int, tick: Callable[[], None] = lambda: None
) -> list[SentencePair]:
    """The unseen sentences of the asked length; the first is shown."""
    found = Unseen(seed).of(int(parameters["length"]), int(parameters["count"]), tick)
    if not found:
        raise StudyBuddyError(f"no sentences of {parameters['length']} words could be drawn")
    return found


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt, with one of the sentences as an example."""
    text = _PROMPTS[language]
    source = " ".join(sentences({**parameters, "count": 1}, seed)[0].source)
    space = " " if language == "en" else ""
    prompt = text[ask].format(
        network=text[parameters["model"]] + space,
        n=parameters["count"],
        length=parameters["length"],
        source=source,
        change=text[parameters["change"]],
    )
    thirds = tuple(text[str(third)] for third in range(3))
    drawn = {"source": source}
    if ask == "lost":
        return prompt, ChoiceQuestion(thirds), drawn
    return prompt, SketchQuestion(thirds, 0, 100, SKETCHED, text["percent"]), drawn
