"""Softmax without a calculator: the scores are logarithms of small whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from studybuddy.catalogue.generators.fields import Listed, Whole
from studybuddy.catalogue.generators.notation import sub
from studybuddy.catalogue.generators.task import Generator, Worked


def _draw(parameters: Mapping[str, Any], random: Random) -> dict[str, Any]:
    if "values" in parameters:
        return {"values": list(parameters["values"])}
    while True:
        values = random.sample(range(1, 8), 3)
        if sum(values) <= 12:
            return {"values": values}


def _work(parameters: Mapping[str, Any], language: str) -> Worked:
    values: list[int] = list(parameters["values"])
    total = sum(values)
    places = range(1, len(values) + 1)
    labels = tuple(f"α{sub(i)}" for i in places)
    scores = [f"e{sub(i)} = ln {value}" for i, value in zip(places, values, strict=True)]
    powers = [
        f"exp(e{sub(i)}) = exp(ln {value}) = {value}"
        for i, value in zip(places, values, strict=True)
    ]
    added = " + ".join(map(str, values))
    shares = [f"{label} = {v}/{total}" for label, v in zip(labels, values, strict=True)]
    if language == "zh":
        prompt = (
            f"解码器给 {len(values)} 个编码器隐藏状态打出的分数是 {'，'.join(scores)}。"
            f"经过 softmax，注意力权重 {'、'.join(labels)} 各是多少？不用计算器，写分数即可。"
        )
        steps = (
            "exp 与 ln 互逆：" + "，".join(powers) + "。",
            f"求和：Σ exp(eⱼ) = {added} = {total}。",
            f"归一化 αᵢ = exp(eᵢ) / Σ exp(eⱼ)：{'，'.join(shares)}。",
            f"检查：权重都为正，加起来等于 {total}/{total} = 1。",
        )
    else:
        prompt = (
            f"The decoder scores {len(values)} encoder states: {', '.join(scores)}. "
            f"What attention weights {', '.join(labels)} does softmax make of them? "
            "No calculator is needed; fractions are fine."
        )
        steps = (
            "exp undoes ln: " + ", ".join(powers) + ".",
            f"Their sum: Σ exp(eⱼ) = {added} = {total}.",
            f"Normalise, αᵢ = exp(eᵢ) / Σ exp(eⱼ): {', '.join(shares)}.",
            f"Check: all weights are positive and add up to {total}/{total} = 1.",
        )
    return Worked(prompt, labels, tuple(v / total for v in values), steps, tolerance=0.005)


GENERATOR = Generator({"values": Listed(Whole(1, 50), 2, 6)}, _draw, _work)
