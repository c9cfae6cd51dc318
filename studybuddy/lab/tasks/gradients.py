"""What is asked of gradients over time (E5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
)
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.recall_plan import CELLS
from studybuddy.text.translation import Language

ASKED_DISTANCE = 20
TOLERANCE = 0.06
LOW_GAINS = ("0.9", "1.1", "1.3")

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "default": "Three untrained networks of equal parameter count have PyTorch's default initial weights. Order them by the gradient of their answer with respect to an input {k} steps back, the largest first.",
        "open": "Three untrained networks of equal parameter count. The bias of the gate that keeps (update gate of the GRU, forget gate of the LSTM) is raised by {bias}; the RNN has no such gate. Order them by the gradient of their answer with respect to an input {k} steps back, the largest first.",
        "trained": "Three networks of equal parameter count were trained to recall the first symbol of a string after 1 to 20 others; all three can do it now. Order them by the gradient of their answer with respect to an input {k} steps back, the largest first.",
        "rate": "By what factor does one step further back multiply the gradient of the answer, in {network}? (Below 1 it vanishes, above 1 it explodes.)",
        "explode": "The recurrent weights W_h of an untrained tanh RNN are g times an orthogonal matrix, so that a linear RNN would multiply the gradient by exactly g at each step. From which g on does the tanh RNN's gradient grow over time?",
        "none": "from none of them: tanh cannot explode",
        "from": "from g = {g} on",
        "rnn": "an untrained tanh RNN (PyTorch's default weights)",
        "gru": "an untrained GRU (PyTorch's default weights)",
        "lstm": "an untrained LSTM (PyTorch's default weights)",
        "rnn orthogonal": "an untrained tanh RNN whose W_h is {gain} times an orthogonal matrix",
        "gru open": "an untrained GRU whose update gate's bias is raised by {bias}, so that it keeps more",
        "lstm open": "an untrained LSTM whose forget gate's bias is raised by {bias}, so that it keeps more",
        "rnn trained": "a tanh RNN trained to recall the first symbol after 1 to 20 others",
        "gru trained": "a GRU trained to recall the first symbol after 1 to 20 others",
        "lstm trained": "an LSTM trained to recall the first symbol after 1 to 20 others",
    },
    "zh": {
        "default": "三个未训练的网络，参数量相等，初始权重都是 PyTorch 默认值。输出对 {k} 步之前的输入的梯度谁最大？由大到小排列。",
        "open": "三个未训练的网络，参数量相等。“保留”门的偏置加 {bias}（GRU 的更新门、LSTM 的遗忘门）；普通 RNN 没有这样的门。输出对 {k} 步之前的输入的梯度谁最大？由大到小排列。",
        "trained": "三个参数量相等的网络，都训练过：隔 1 到 20 个符号回忆字符串的第一个符号，现在三个都会。输出对 {k} 步之前的输入的梯度谁最大？由大到小排列。",
        "rate": "在{network}中，每往回一步，输出的梯度要乘以多少？（小于 1 会消失，大于 1 会爆炸。）",
        "explode": "一个未训练的 tanh RNN，循环权重 W_h 是 g 乘以正交矩阵；若是线性 RNN，每步梯度恰好乘以 g。从哪个 g 起，这个 tanh RNN 的梯度会随时间增大？",
        "none": "都不会：有 tanh 就不会爆炸",
        "from": "从 g = {g} 起",
        "rnn": "未训练的 tanh RNN（PyTorch 默认权重）",
        "gru": "未训练的 GRU（PyTorch 默认权重）",
        "lstm": "未训练的 LSTM（PyTorch 默认权重）",
        "rnn orthogonal": "未训练的 tanh RNN（W_h 为 {gain} 乘以正交矩阵）",
        "gru open": "未训练、更新门偏置加 {bias}（保留更多）的 GRU",
        "lstm open": "未训练、遗忘门偏置加 {bias}（保留更多）的 LSTM",
        "rnn trained": "训练过（隔 1 到 20 个符号回忆第一个符号）的 tanh RNN",
        "gru trained": "训练过（隔 1 到 20 个符号回忆第一个符号）的 GRU",
        "lstm trained": "训练过（隔 1 到 20 个符号回忆第一个符号）的 LSTM",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; of a ranking the order in which the cells are listed is drawn."""
    text = _PROMPTS[language]
    if ask == "order":
        random = seeded("gradients", seed)
        cells = sorted(CELLS, key=lambda cell: (random.random(), cell))
        prompt = text[parameters["state"]].format(k=ASKED_DISTANCE, bias=parameters["bias"])
        return prompt, RankingQuestion(tuple(cell.upper() for cell in cells)), {"cells": cells}
    if ask == "rate":
        network = text[parameters["network"]].format(**parameters)
        question = NumberQuestion(0.0, 1.6, TOLERANCE)
        return text["rate"].format(network=network), question, {}
    gains = [*LOW_GAINS, parameters["higher"]]
    options = (*(text["from"].format(g=gain) for gain in gains), text["none"])
    return text["explode"], ChoiceQuestion(options), {"gains": gains}
