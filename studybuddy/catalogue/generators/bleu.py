"""BLEU by hand on one sentence pair, by a formula that the task names.

Papineni, Roukos, Ward and Zhu (2002), "BLEU: a method for automatic evaluation of machine
translation": clipped n-gram precisions, their geometric mean, a brevity penalty. The variant
"d2l" (Zhang et al., "Dive into Deep Learning", section on sequence-to-sequence learning)
weights pₙ by the power 1/2ⁿ instead.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any

from studybuddy.catalogue.generators.fields import OneOf, Sentence, Whole
from studybuddy.catalogue.generators.notation import number, sub
from studybuddy.catalogue.generators.task import Generator, Worked

_REFERENCES = (
    "the cat sat on the mat",
    "the old man reads a long letter to the child",
    "she gave the book to her friend yesterday",
    "we will meet at the station in the morning",
    "the small dog runs after the red ball",
    "he writes a long letter every week",
    "the students read the paper before the lecture",
    "a bird sings in the tree near the house",
)
_SUBSTITUTES = {
    "sat": "sits", "old": "elderly", "letter": "note", "friend": "colleague", "meet": "wait",
    "small": "little", "runs": "goes", "writes": "sends", "week": "day", "read": "study",
    "lecture": "class", "sings": "calls", "house": "garden", "reads": "has", "gave": "brought",
}  # fmt: skip
Gram = tuple[str, ...]


def _grams(sentence: str, n: int) -> Counter[Gram]:
    words = sentence.lower().split()
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def _matches(candidate: str, reference: str, n: int) -> tuple[int, int]:
    """Clipped matches and all n-grams of the candidate."""
    grams, allowed = _grams(candidate, n), _grams(reference, n)
    return sum(min(count, allowed[gram]) for gram, count in grams.items()), sum(grams.values())


def _also(parameters: Mapping[str, Any]) -> str | None:
    candidate, reference = parameters.get("candidate"), parameters.get("reference")
    if candidate is None and reference is None:
        return None
    if candidate is None or reference is None:
        return "candidate and reference must be given together, or neither"
    for n in range(1, parameters.get("order", 2) + 1):
        if len(reference.split()) < n or _matches(candidate, reference, n)[0] == 0:
            return f"candidate and reference share no sequence of {n} words: BLEU would be 0"
    return None


def _draw(parameters: Mapping[str, Any], random: Random) -> dict[str, Any]:
    order = 2 if "candidate" in parameters else random.choice((2, 2, 3, 4))
    drawn = {"order": order, "formula": "papineni"} | dict(parameters)
    while "candidate" not in drawn:
        reference = random.choice(_REFERENCES)
        candidate = _edited(reference, random)
        pair = {"candidate": candidate, "reference": reference}
        if candidate != reference and _also(drawn | pair) is None:
            drawn |= pair
    return drawn


def _edited(reference: str, random: Random) -> str:
    """The reference with one or two mistakes of a translator: lost, repeated, replaced words."""
    words = reference.split()
    for _mistake in range(random.choice((1, 2))):
        place = random.randrange(1, len(words))
        kind = random.choice(("lost", "lost", "repeated", "replaced"))
        if kind == "lost" and len(words) > 4:
            del words[place]
        elif kind == "repeated" and len(words) < len(reference.split()) + 1:
            words.insert(place, words[place - 1])
        else:
            words = _replaced(words, random)
    return " ".join(words)


def _replaced(words: list[str], random: Random) -> list[str]:
    places = [i for i, word in enumerate(words) if word in _SUBSTITUTES]
    chosen = random.choice(places) if places else -1
    return [_SUBSTITUTES[word] if i == chosen else word for i, word in enumerate(words)]


def _work(parameters: Mapping[str, Any], language: str) -> Worked:
    zh, order = language == "zh", int(parameters["order"])
    d2l = parameters["formula"] == "d2l"
    candidate, reference = parameters["candidate"], parameters["reference"]
    c, r = len(candidate.split()), len(reference.split())
    counts = [_matches(candidate, reference, n) for n in range(1, order + 1)]
    precisions = [hits / total for hits, total in counts]
    penalty = math.exp(min(0.0, 1 - r / c))
    weights = [0.5 ** (n + 1) if d2l else 1 / order for n in range(order)]
    bleu = penalty * math.prod(p**w for p, w in zip(precisions, weights, strict=True))
    names = tuple(f"p{sub(n)}" for n in range(1, order + 1))
    label = f"BLEU-{order}"
    if d2l:
        product = "·".join(f"{name}^(1/{2 ** (n + 1)})" for n, name in enumerate(names))
        formula = f"{label} = BP·{product}"
    else:
        formula = (
            f"{label} = BP·({'·'.join(names)})^(1/{order})" if order > 1 else f"{label} = BP·p₁"
        )
    rule = "BP = exp(min(0, 1 − r/c))"
    short = f"exp(1 − {r}/{c}) = {number(penalty)}" if c < r else "1"
    values = "，".join if zh else ", ".join
    inserted = values(f"{name} = {number(p)}" for name, p in zip(names, precisions, strict=True))
    clipped = _clipped(candidate, reference, zh)
    lines = [
        f"{n}-gram{'：' if zh else ': '}"
        + (f"{total} 个里命中 {hits} 个，" if zh else f"{hits} of {total} are in the reference, ")
        + f"{name} = {hits}/{total} = {number(hits / total)}{'。' if zh else '.'}"
        for n, (name, (hits, total)) in enumerate(zip(names, counts, strict=True), 1)
    ]
    if zh:
        known = "d2l 教材的公式" if d2l else "Papineni 等（2002）的公式"
        prompt = (
            f"译文：{candidate}\n\n参考译文：{reference}\n\n"
            f"按 {known}求 {'、'.join(names)}、长度惩罚 BP 和 {label}：{formula}，"
            f"其中 {rule}，c 是译文词数，r 是参考译文词数。"
        )
        last = (
            f"长度：c = {c}，r = {r}，BP = {short}。",
            f"代入 {inserted}：{formula} = {number(bleu)}。",
        )
    else:
        known = "d2l's formula" if d2l else "the formula of Papineni et al. (2002)"
        prompt = (
            f"Translation: {candidate}\n\nReference: {reference}\n\n"
            f"By {known}, what are {', '.join(names)}, the brevity penalty BP and {label}? "
            f"{formula}, where {rule}, with c words in the translation and r in the reference."
        )
        last = (
            f"Lengths: c = {c}, r = {r}, BP = {short}.",
            f"With {inserted}: {formula} = {number(bleu)}.",
        )
    return Worked(
        prompt,
        (*names, "BP", label),
        (*precisions, penalty, bleu),
        (*lines, *clipped, *last),
        tolerance=0.0055,
    )


def _clipped(candidate: str, reference: str, zh: bool) -> tuple[str, ...]:
    """A line for each word whose count is clipped, where there is one."""
    said, allowed = _grams(candidate, 1), _grams(reference, 1)
    told = "“{w}”出现 {n} 次，参考译文里只有 {m} 次，最多算 {m} 次。" if zh else (
        "“{w}” stands {n} times in the translation and {m} in the reference: it counts {m}."
    )  # fmt: skip
    return tuple(
        told.format(w=gram[0], n=count, m=allowed[gram])
        for gram, count in said.items()
        if 0 < allowed[gram] < count
    )


GENERATOR = Generator(
    {
        "candidate": Sentence(2, 12),
        "reference": Sentence(2, 12),
        "order": Whole(1, 4),
        "formula": OneOf(("papineni", "d2l")),
    },
    _draw,
    _work,
    _also,
)
