"""How many parameters one recurrent layer has: blocks × (inputs + hidden + biases) × hidden."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from studybuddy.catalogue.generators.fields import OneOf, Whole
from studybuddy.catalogue.generators.notation import whole
from studybuddy.catalogue.generators.task import Generator, Worked

#: Weight blocks of each cell: its gates, and its candidate state.
BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}
_BLOCKS_EN = {
    "RNN": "1 block: the new state",
    "GRU": "3 blocks: reset gate, update gate, candidate state",
    "LSTM": "4 blocks: forget gate, input gate, output gate, candidate state",
}
_BLOCKS_ZH = {
    "RNN": "1 组：新的隐藏状态",
    "GRU": "3 组：重置门、更新门、候选状态",
    "LSTM": "4 组：遗忘门、输入门、输出门、候选状态",
}


def _draw(parameters: Mapping[str, Any], random: Random) -> dict[str, Any]:
    drawn = {
        "cell": random.choice(("RNN", "GRU", "LSTM")),
        "inputs": random.choice((50, 64, 100, 128, 200, 256, 300)),
        "hidden": random.choice((50, 64, 100, 128, 200, 256, 512)),
        "biases": random.choice((1, 1, 2)),
    }
    return drawn | dict(parameters)


def _work(parameters: Mapping[str, Any], language: str) -> Worked:
    cell, biases = parameters["cell"], parameters["biases"]
    inputs, hidden = parameters["inputs"], parameters["hidden"]
    from_input, from_state, from_bias = inputs * hidden, hidden * hidden, biases * hidden
    block = from_input + from_state + from_bias
    total = BLOCKS[cell] * block
    times = f"{BLOCKS[cell]} × {whole(block)} = {whole(total)}"
    products = (
        f"{inputs}·{hidden} + {hidden}·{hidden} + {biases}·{hidden}"
        f" = {whole(from_input)} + {whole(from_state)} + {whole(from_bias)} = {whole(block)}"
    )
    if language == "zh":
        said = "一个偏置向量" if biases == 1 else "两个偏置向量（PyTorch 的写法）"
        prompt = (
            f"单层 {cell}，输入维度 D = {inputs}，隐藏维度 H = {hidden}，每组权重带{said}。"
            "一共有多少个参数？"
        )
        steps = (
            f"{cell} 有 {_BLOCKS_ZH[cell]}。",
            f"每组：D·H + H·H + {biases}·H = {products}。",
            f"合计：{times}。",
        )
        asked = ("参数个数",)
    else:
        said = "one bias vector" if biases == 1 else "two bias vectors, as in PyTorch"
        prompt = (
            f"One {cell} layer with input size D = {inputs} and hidden size H = {hidden}; "
            f"each block of weights has {said}. How many parameters are there?"
        )
        steps = (
            f"{'An' if cell != 'GRU' else 'A'} {cell} has {_BLOCKS_EN[cell]}.",
            f"Each block: D·H + H·H + {biases}·H = {products}.",
            f"Together: {times}.",
        )
        asked = ("parameters",)
    return Worked(prompt, asked, (float(total),), steps, tolerance=0.5)


GENERATOR = Generator(
    {
        "cell": OneOf(tuple(BLOCKS)),
        "inputs": Whole(1, 4096),
        "hidden": Whole(1, 4096),
        "biases": OneOf((1, 2)),
    },
    _draw,
    _work,
)
