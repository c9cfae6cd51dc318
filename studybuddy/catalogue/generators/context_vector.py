"""The context vector by hand: C = Σ αᵢ·hᵢ, from given weights or from dot-product scores."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import Any

from studybuddy.catalogue.generators.fields import Listed, Number, OneOf
from studybuddy.catalogue.generators.notation import number, sub, vector
from studybuddy.catalogue.generators.task import Generator, Worked

Pair = Sequence[float]


def _draw(parameters: Mapping[str, Any], random: Random) -> dict[str, Any]:
    fixed = dict(parameters)
    if "given" not in fixed:
        both = ("weights", "scores")
        fixed["given"] = (
            "weights"
            if "weights" in fixed
            else "scores"
            if "query" in fixed
            else random.choice(both)
        )
    count = len(fixed.get("states", fixed.get("weights", (1, 2, 3))))
    if fixed["given"] == "weights":
        fixed.setdefault("weights", _tenths(random, count))
        top = 4
    else:
        fixed.setdefault("query", random.choice(([1, 0], [0, 1], [1, 1])))
        top = 2
    while "states" not in fixed:
        states = [[random.randint(0, top) for _axis in "xy"] for _state in range(count)]
        scores = {_dot(fixed.get("query", (1, 2)), state) for state in states}
        if len({tuple(state) for state in states}) == count and len(scores) > 1:
            fixed["states"] = states
    return fixed


def _tenths(random: Random, count: int) -> list[float]:
    """Positive shares of 1, in tenths."""
    cuts = [0, *sorted(random.sample(range(1, 10), count - 1)), 10]
    return [(high - low) / 10 for low, high in pairwise(cuts)]


def _also(parameters: Mapping[str, Any]) -> str | None:
    given, weights = parameters.get("given"), parameters.get("weights")
    if weights is not None and (given == "scores" or "query" in parameters):
        return "weights cannot be given together with a query: the scores decide them"
    if "query" in parameters and given == "weights":
        return 'query needs given = "scores"'
    if "query" in parameters and not any(parameters["query"]):
        return "the query is all zero: every score would be 0"
    if weights is not None and abs(sum(weights) - 1) > 1e-6:
        return f"the weights add up to {sum(weights):g}; they must add up to 1"
    states = parameters.get("states")
    if weights is not None and states is not None and len(weights) != len(states):
        return f"{len(weights)} weights for {len(states)} states: give one each"
    return None


def _dot(one: Pair, other: Pair) -> float:
    return one[0] * other[0] + one[1] * other[1]


def _work(parameters: Mapping[str, Any], language: str) -> Worked:
    zh = language == "zh"
    comma, stop = ("，", "。") if zh else (", ", ".")
    states: list[Pair] = parameters["states"]
    places = range(1, len(states) + 1)
    labels = tuple(f"α{sub(i)}" for i in places)
    listed = comma.join(f"h{sub(i)} = {vector(h)}" for i, h in zip(places, states, strict=True))
    asked: tuple[str, ...] = ()
    answers: list[float] = []
    steps: list[str] = []
    if parameters["given"] == "weights":
        weights = list(parameters["weights"])
        named = comma.join(f"{a} = {number(w)}" for a, w in zip(labels, weights, strict=True))
        prompt = (
            f"编码器的隐藏状态：{listed}。这一步的注意力权重：{named}。求上下文向量 C。"
            if zh
            else f"Encoder states: {listed}. Attention weights of this step: {named}. "
            "What is the context vector C?"
        )
    else:
        query: Pair = parameters["query"]
        scores = [_dot(query, h) for h in states]
        powers = [math.exp(score) for score in scores]
        weights = [power / math.fsum(powers) for power in powers]
        asked, answers = labels, list(weights)
        steps = _score_steps(query, states, scores, zh)
        helps = _helps(scores, comma)
        prompt = (
            f"解码器状态 s = {vector(query)}，编码器的隐藏状态：{listed}。用点积打分，"
            f"求注意力权重 {'、'.join(labels)} 和上下文向量 C。（{helps}；保留两三位小数）"
            if zh
            else f"Decoder state s = {vector(query)}; encoder states: {listed}. With dot-product "
            f"scores, what are the attention weights {', '.join(labels)} and the context vector C? "
            f"({helps}; two or three decimals will do)"
        )
    context = [
        math.fsum(w * h[axis] for w, h in zip(weights, states, strict=True)) for axis in (0, 1)
    ]
    terms = " + ".join(f"{number(w)}·{vector(h)}" for w, h in zip(weights, states, strict=True))
    head = "加权求和" if zh else "Weighted sum"
    colon = "：" if zh else ": "
    steps.append(f"{head}{colon}C = Σ αᵢ·hᵢ = {terms}{stop}")
    for axis in (0, 1):
        inner = " + ".join(
            f"{number(w)}·{number(h[axis])}" for w, h in zip(weights, states, strict=True)
        )
        name = f"第 {axis + 1} 维" if zh else f"Value {axis + 1}"
        steps.append(f"{name}{colon}{inner} = {number(context[axis])}{stop}")
    steps.append(f"C = {vector(context)}{stop}")
    places_of_c = ("C 的第 1 维", "C 的第 2 维") if zh else ("C, value 1", "C, value 2")
    return Worked(
        prompt, (*asked, *places_of_c), (*answers, *context), tuple(steps), tolerance=0.01
    )


def _score_steps(
    query: Pair, states: Sequence[Pair], scores: Sequence[float], zh: bool
) -> list[str]:
    """Scores, powers and weights, one line each."""
    comma, stop, colon = ("，", "。", "：") if zh else (", ", ".", ": ")
    powers = [math.exp(score) for score in scores]
    total = math.fsum(powers)
    places = range(1, len(states) + 1)
    dots = comma.join(
        f"e{sub(i)} = s·h{sub(i)} = {number(query[0])}·{number(h[0])} + "
        f"{number(query[1])}·{number(h[1])} = {number(e)}"
        for i, h, e in zip(places, states, scores, strict=True)
    )
    raised = comma.join(
        f"exp({number(e)}) ≈ {number(p)}" for e, p in zip(scores, powers, strict=True)
    )
    shares = comma.join(
        f"α{sub(i)} ≈ {number(p)} / {number(total)} ≈ {number(p / total)}"
        for i, p in zip(places, powers, strict=True)
    )
    return [
        f"{'打分' if zh else 'Scores'}{colon}{dots}{stop}",
        f"{'取指数' if zh else 'Powers'}{colon}{raised}{comma}Σ ≈ {number(total)}{stop}",
        f"{'归一化' if zh else 'Weights'}{colon}{shares}{stop}",
    ]


def _helps(scores: Sequence[float], comma: str) -> str:
    """The powers of e that the task needs, so that no calculator is needed for them."""
    return comma.join(f"exp({number(e)}) ≈ {number(math.exp(e))}" for e in sorted({*scores} - {0}))


_PAIR = Listed(Number(-10, 10), 2, 2)
GENERATOR = Generator(
    {
        "given": OneOf(("weights", "scores")),
        "states": Listed(_PAIR, 2, 5),
        "weights": Listed(Number(0, 1), 2, 5),
        "query": Listed(Number(-3, 3), 2, 2),
    },
    _draw,
    _work,
    _also,
)
