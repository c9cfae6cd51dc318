"""Greedy search against a beam of two, on a probability tree of two steps."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from studybuddy.catalogue.generators.fields import Listed, Number
from studybuddy.catalogue.generators.notation import number
from studybuddy.catalogue.generators.task import Generator, Worked

_FIRST = "ABCD"
_SECOND = "uvwx"
_WIDTH = 2


def _shares(random: Random, largest: int) -> list[float]:
    """Three shares of 1 in twentieths, no two alike, of which `largest` is the largest."""
    others = [
        (one, 20 - largest - one)
        for one in range(1, largest)
        if 0 < 20 - largest - one < largest and one != 20 - largest - one
    ]
    shares = [largest, *random.choice(others)]
    random.shuffle(shares)
    return [share / 20 for share in shares]


def _draw(parameters: Mapping[str, Any], random: Random) -> dict[str, Any]:
    if parameters:
        return {name: parameters[name] for name in ("first", "second")}
    while True:
        first = _shares(random, random.randint(9, 12))
        second = [
            _shares(
                random, random.randint(8, 11) if share == max(first) else random.randint(11, 17)
            )
            for share in first
        ]
        drawn = {"first": first, "second": second}
        if _also(drawn) is None:
            return drawn


def _also(parameters: Mapping[str, Any]) -> str | None:
    """The tree must be whole, and no search may meet a draw on its way."""
    if not parameters:
        return None
    if set(parameters) != {"first", "second"}:
        return "first and second must be given together, or neither"
    first, second = parameters["first"], parameters["second"]
    if len(second) != len(first):
        return "second needs one list for each value of first"
    for shares in (first, *second):
        if sum(shares) > 1 + 1e-9:
            return f"the probabilities {list(shares)} add up to more than 1"
        if len(set(shares)) < len(shares):
            return f"the probabilities {list(shares)} hold a draw: let them differ"
    if round(_greedy(parameters)[1], 9) == round(_beam(parameters)[1], 9):
        kept = [path for path, _share in _kept(parameters)]
        ends = sorted((first[i] * max(second[i]) for i in kept), reverse=True)
        if len(ends) > 1 and round(ends[0], 9) == round(ends[1], 9):
            return "two sentences come out equally likely: let them differ"
    return None


def _greedy(parameters: Mapping[str, Any]) -> tuple[str, float]:
    """The sentence and its probability when the likeliest token is taken at each step."""
    first, second = parameters["first"], parameters["second"]
    i = first.index(max(first))
    j = second[i].index(max(second[i]))
    return _FIRST[i] + _SECOND[j], first[i] * second[i][j]


def _kept(parameters: Mapping[str, Any]) -> list[tuple[int, float]]:
    """The first tokens that survive in the beam, likeliest first."""
    shares = enumerate(parameters["first"])
    return sorted(shares, key=lambda pair: pair[1], reverse=True)[:_WIDTH]


def _beam(parameters: Mapping[str, Any]) -> tuple[str, float]:
    """The likeliest sentence of those that start with a survivor."""
    ends = [
        (_FIRST[i] + _SECOND[j], share * each)
        for i, share in _kept(parameters)
        for j, each in enumerate(parameters["second"][i])
    ]
    return max(ends, key=lambda end: end[1])


def _work(parameters: Mapping[str, Any], language: str) -> Worked:
    first, second = parameters["first"], parameters["second"]
    zh = language == "zh"
    comma, colon = ("，", "：") if zh else (", ", ": ")

    def listed(letters: str, shares: list[float]) -> str:
        return comma.join(f"{a} {number(p)}" for a, p in zip(letters, shares, strict=False))

    after = "在 {a} 之后" if zh else "after {a}"
    tree = "\n".join(
        f"- {after.format(a=a)}{colon}{listed(_SECOND, shares)}"
        for a, shares in zip(_FIRST, second, strict=False)
    )
    greedy, greedy_p = _greedy(parameters)
    beam, beam_p = _beam(parameters)
    one = first[_FIRST.index(greedy[0])]
    two = greedy_p / one
    kept = [_FIRST[i] for i, _share in _kept(parameters)]
    ends = comma.join(
        f"P({a}{_SECOND[j]}) = {number(share)} × {number(each)} = {number(share * each, 4)}"
        for (i, share), a in zip(_kept(parameters), kept, strict=True)
        for j, each in [max(enumerate(second[i]), key=lambda pair: pair[1])]
    )
    if zh:
        prompt = (
            "一个两步的解码树，每一步的条件概率如下：\n\n"
            f"- 第一步：{listed(_FIRST, first)}\n{tree}\n\n"
            "贪心搜索得到的序列，概率是多少？束宽为 2 的束搜索得到的序列，概率又是多少？"
        )
        gain = (
            f"第一步不是最大的 {beam[0]} 反而通向更好的整句：贪心走错一步就回不了头。"
            if beam != greedy
            else "这一次两者找到的是同一个序列：束更宽，并不保证找到更好的。"
        )
        steps = (
            f"贪心：第一步取概率最大的 {greedy[0]}（{number(one)}），再取 {greedy[1]}"
            f"（{number(two)}），P({greedy}) = {number(one)} × {number(two)} = {number(greedy_p, 4)}。",
            f"束搜索：第一步留下 {'、'.join(kept)}；各自最好的延续是 {ends}。",
            f"取最大的：P({beam}) = {number(beam_p, 4)}。",
            gain,
        )
        asked = ("贪心", "束宽 2")
    else:
        prompt = (
            "A decoder has two steps, with these conditional probabilities:\n\n"
            f"- first step: {listed(_FIRST, first)}\n{tree}\n\n"
            "How probable is the sequence that greedy search finds, "
            "and how probable the one of a beam of width 2?"
        )
        gain = (
            f"{beam[0]} looked worse at the first step and leads to the better sequence: "
            "greedy search cannot go back."
            if beam != greedy
            else "Both find the same sequence this time: the beam has no guarantee to do better."
        )
        steps = (
            f"Greedy takes {greedy[0]} ({number(one)}), then {greedy[1]} ({number(two)}): "
            f"P({greedy}) = {number(one)} × {number(two)} = {number(greedy_p, 4)}.",
            f"The beam keeps {' and '.join(kept)}; their best ends are {ends}.",
            f"The larger one is P({beam}) = {number(beam_p, 4)}.",
            gain,
        )
        asked = ("greedy", "beam 2")
    return Worked(prompt, asked, (greedy_p, beam_p), steps, tolerance=0.005)


_SHARES = Listed(Number(0.001, 1), 2, 4)
GENERATOR = Generator({"first": _SHARES, "second": Listed(_SHARES, 2, 4)}, _draw, _work, _also)
