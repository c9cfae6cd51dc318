"""What the bundled models must reach, checked on any measurement of them.

Each bar is a number that a fresh measurement is held against; nothing here knows torch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log2

from studybuddy.lab.cards import Bucket, Card, Measure
from studybuddy.lab.measure_names import measure_name
from studybuddy.lab.plan import (
    DIGIT_LADDER,
    FURTHER_SEEDS,
    HEADLINE_ATTENTION,
    HEADLINE_FIXED,
    LADDER,
)
from studybuddy.lab.recall_plan import CHANCE, fixed_name, mixed_name
from studybuddy.lab.statistics import Share, difference
from studybuddy.text.translation import _


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one model: exact match by bucket, and other measures by name."""

    buckets: tuple[Bucket, ...]
    measures: Mapping[str, Measure]

    def share(self, shortest: int, longest: int) -> Share:
        """Exact match over the buckets within these lengths."""
        total = Share(0, 0)
        for bucket in self.buckets:
            if shortest <= bucket.shortest and bucket.longest <= longest:
                total += bucket.share
        return total


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what was found, what is asked, and whether it is reached."""

    text: str
    reached: bool


def measured(card: Card) -> Measured:
    """What a card claims."""
    return Measured(card.buckets, card.measures)


def bars(found: Mapping[str, Measured]) -> list[Bar]:
    """Every bar whose models are among `found`."""
    checks = (_headline, _wiring, _long, _alignment, _ladder, _digits, _reversal, _recall)
    return [bar for check in checks for bar in check(found)]


_SEEDS = ("", *(f"-seed{seed}" for seed in FURTHER_SEEDS))
"""How the names of the headline pair's trainings end."""


def _percent(text: str, share: Share, least: float = 0.0, most: float = 1.0) -> Bar:
    low, high = share.interval
    bound = f"≥ {least:.1%}" if least > 0 else f"≤ {most:.1%}"
    told = f"{text}: {share.value:.2%} ({low:.1%}–{high:.1%}, n {share.n}), {bound}"
    return Bar(told, least <= share.value <= most)


def _headline(found: Mapping[str, Measured]) -> Iterator[Bar]:
    for end in _SEEDS:
        fixed, attention = found.get(HEADLINE_FIXED + end), found.get(HEADLINE_ATTENTION + end)
        if fixed is None or attention is None:
            continue
        name = f"{HEADLINE_ATTENTION}{end}"
        yield _percent(_("{name}, up to 20 words").format(name=name), attention.share(4, 20), 0.998)
        name = f"{HEADLINE_FIXED}{end}"
        yield _percent(_("{name}, 4–7 words").format(name=name), fixed.share(4, 7), 0.98)
        yield _percent(_("{name}, 16–19 words").format(name=name), fixed.share(16, 19), most=0.35)
        gap = 100 * (attention.share(16, 19).value - fixed.share(16, 19).value)
        text = _("gap to attention at 16–19 words{seed}: {gap:.1f} points, ≥ 65")
        yield Bar(text.format(seed=end.replace("-", " "), gap=gap), gap >= 65)


def _wiring(found: Mapping[str, Measured]) -> Iterator[Bar]:
    every, init = found.get(HEADLINE_FIXED), found.get("init")
    if every is not None and init is not None:
        delta, low, _high = difference(every.share(4, 20), init.share(4, 20))
        text = _(
            "C at every step above C at the start only: {points:.1f} points (at least {low:.1f})"
        )
        yield Bar(text.format(points=100 * delta, low=100 * low), low > 0)


def _long(found: Mapping[str, Measured]) -> Iterator[Bar]:
    attention, fixed = found.get("attention-40"), found.get("fixed-40")
    if attention is None or fixed is None:
        return
    for shortest, longest, least in ((4, 20, 0.995), (21, 31, 0.98), (32, 40, 0.95)):
        text = _("attention-40, {a}–{b} words").format(a=shortest, b=longest)
        yield _percent(text, attention.share(shortest, longest), least)
    shares = [bucket.share for bucket in fixed.buckets]
    falls = all(difference(after, before)[1] <= 0 for before, after in pairwise(shares))
    yield Bar(_("fixed-40 never rises with length beyond its interval"), falls)
    gaps = [
        100 * (attention.share(b.shortest, b.longest).value - b.share.value)
        for b in fixed.buckets
        if b.shortest >= 24
    ]
    text = _("fixed-40 below attention-40 from 24 words on: {gap:.1f} points at least, ≥ 60")
    yield Bar(text.format(gap=min(gaps)), min(gaps) >= 60)


def _alignment(found: Mapping[str, Measured]) -> Iterator[Bar]:
    model = found.get(HEADLINE_ATTENTION)
    if model is None:
        return
    for name, least, most in (
        ("content words on a gold link", 0.99, 1.0),
        ("words on a gold link", 0.90, 1.0),
        ("alignment error rate", 0.0, 0.10),
    ):
        measure = model.measures[name]
        bound = f"≥ {least}" if least else f"≤ {most}"
        text = f"{HEADLINE_ATTENTION}, {measure_name(name)}: {measure.value:.4f} "
        text += f"({measure.low:.4f}–{measure.high:.4f}, n {measure.n}), {bound}"
        spread = [
            f"{further.removeprefix('-')} {found[HEADLINE_ATTENTION + further].measures[name].value:.4f}"
            for further in _SEEDS[1:]
            if HEADLINE_ATTENTION + further in found
        ]
        text += "".join(f"; {told}" for told in spread)
        yield Bar(text, least <= measure.value <= most)
    others = {
        name: found[name].measures["alignment error rate"]
        for name in ("additive", "general", "dot", "location")
        if name in found
    }
    if len(others) == 4:
        location = others.pop("location")
        worst = all(location.low > other.high for other in others.values())
        yield Bar(_("location aligns worst of the four scores, outside every interval"), worst)


def _ladder(found: Mapping[str, Measured]) -> Iterator[Bar]:
    if not all(f"fixed-c{size}" in found for size in LADDER):
        return
    shares = {size: found[f"fixed-c{size}"].share(4, 20) for size in LADDER}
    told = ", ".join(f"{size}: {share.value:.1%}" for size, share in shares.items())
    steps = all(
        difference(shares[small], shares[large])[1] <= 0 for small, large in pairwise(LADDER)
    )
    yield Bar(_("a larger C is never worse beyond its interval ({told})").format(told=told), steps)
    apart = all(
        difference(shares[large], shares[small])[1] > 0 for small, large in ((16, 64), (64, 256))
    )
    yield Bar(_("C = 16 < 64 < 256 outside the intervals"), apart)


def _digits(found: Mapping[str, Measured]) -> Iterator[Bar]:
    if all(f"digits-c{size}" in found for size in DIGIT_LADDER):
        most = [
            max(found[f"digits-c{size}"].measures.values(), key=lambda measure: measure.value)
            for size in DIGIT_LADDER
        ]
        told = " < ".join(f"{measure.value:.1f}" for measure in most)
        apart = all(small.high < large.low for small, large in pairwise(most))
        yield Bar(_("bits through C = 2, 4, 8, 16 on digits: {told}").format(told=told), apart)
    if "digits-attention" in found:
        bits = found["digits-attention"].measures["bits recovered of 16 digits"].value
        share = bits / (16 * log2(10))
        text = _("digits-attention recovers {share:.1%} of 16 digits, ≥ 98 %")
        yield Bar(text.format(share=share), share >= 0.98)


def _reversal(found: Mapping[str, Measured]) -> Iterator[Bar]:
    for end in _SEEDS:
        normal, turned = found.get(f"copy-normal{end}"), found.get(f"copy-reversed{end}")
        if normal is None or turned is None:
            continue
        name = "bits recovered of 10 digits"
        gain = turned.measures[name].value - normal.measures[name].value
        text = _("bits gained at 10 digits by reading backwards{seed}: {gain:.1f}, ≥ 4")
        yield Bar(text.format(seed=end.replace("-", " "), gain=gain), gain >= 4)


def _recall(found: Mapping[str, Measured]) -> Iterator[Bar]:
    for cell in ("gru", "lstm"):
        if mixed := found.get(mixed_name(cell)):
            text = _("{name}, lags 1 to 20").format(name=mixed_name(cell))
            yield _percent(text, mixed.share(1, 20), 0.99)
        if far := found.get(fixed_name(cell, 40)):
            text = _("{name}, lag 40").format(name=fixed_name(cell, 40))
            yield _percent(text, far.share(40, 40), 0.99)
    if plain := found.get(fixed_name("rnn", 40)):
        low, high = plain.share(40, 40).interval
        text = _("recall-rnn-40 stays at chance at lag 40: {low:.1%}–{high:.1%}")
        yield Bar(text.format(low=low, high=high), low <= CHANCE <= high)
