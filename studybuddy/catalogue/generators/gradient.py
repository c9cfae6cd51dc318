"""A gradient carried back through k steps, each of which multiplies it by the factor r."""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random
from typing import Any

from studybuddy.catalogue.generators.fields import Number, Whole
from studybuddy.catalogue.generators.notation import minus, number, power
from studybuddy.catalogue.generators.task import Generator, Worked


def _draw(parameters: Mapping[str, Any], random: Random) -> dict[str, Any]:
    drawn = {
        "factor": random.choice((0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.05, 1.1, 1.2, 1.3, 1.5)),
        "steps": random.choice((10, 20, 30, 50)),
    }
    return drawn | dict(parameters)


def _work(parameters: Mapping[str, Any], language: str) -> Worked:
    factor, count = float(parameters["factor"]), int(parameters["steps"])
    answer = factor**count
    logarithm = minus(f"{math.log10(factor):.4f}")
    exponent = count * math.log10(factor)
    r = f"{factor:g}"
    label = f"{r}{power(count)}"
    turned = (
        f"{count} × ({logarithm}) = {minus(f'{exponent:.2f}')}",
        f"{label} = 10^({minus(f'{exponent:.2f}')}) ≈ {number(answer)}",
    )
    if language == "zh":
        prompt = (
            f"梯度沿时间往回传 {count} 步，每一步都乘以 {r}。最后还剩原来的多少倍？"
            f"（log₁₀ {r} ≈ {logarithm}；误差 5% 以内算对）"
        )
        told = _told(factor, "小于 1：越远越小，这就是梯度消失。", "等于 1：大小不变。",
                     "大于 1：越远越大，这就是梯度爆炸。")  # fmt: skip
        steps = (f"{count} 个因子连乘：{label}。", f"取对数：{turned[0]}。", f"还原：{turned[1]}。",
                 f"每步的因子{told}")  # fmt: skip
    else:
        prompt = (
            f"A gradient travels back through {count} time steps and is multiplied by {r} at "
            f"each. What factor is left of it at the end? "
            f"(log₁₀ {r} ≈ {logarithm}; right within 5 %)"
        )
        told = _told(factor, "below 1: the farther back, the smaller. The gradient vanishes.",
                     "exactly 1: the size stays.",
                     "above 1: the farther back, the larger. The gradient explodes.")  # fmt: skip
        steps = (f"{count} equal factors multiply to {label}.", f"By logarithms: {turned[0]}.",
                 f"And back: {turned[1]}.", f"The factor of one step is {told}")  # fmt: skip
    return Worked(prompt, (label,), (answer,), steps, relative=0.05)


def _told(factor: float, below: str, one: str, above: str) -> str:
    return below if factor < 1 else above if factor > 1 else one


GENERATOR = Generator({"factor": Number(0.1, 10), "steps": Whole(2, 100)}, _draw, _work)
