"""The bars hold what reaches them, and name what does not."""

from __future__ import annotations

from dataclasses import replace

from studybuddy.lab.bars import Bar, Measured, bars
from studybuddy.lab.cards import Bucket, Measure
from studybuddy.lab.plan import HEADLINE_FIXED

ALIGNED = {
    "content words on a gold link": Measure(0.995, 0.99, 0.999, 2000),
    "words on a gold link": Measure(0.93, 0.92, 0.94, 5000),
    "alignment error rate": Measure(0.05, 0.04, 0.06, 5000),
}


def _shares(*percent: int, spans: tuple[tuple[int, int], ...]) -> tuple[Bucket, ...]:
    return tuple(
        Bucket(a, b, 10 * share, 1000) for (a, b), share in zip(spans, percent, strict=True)
    )


TWENTY = ((4, 7), (8, 11), (12, 15), (16, 19), (20, 20))


def _pair(fixed_16: int = 20, attention: int = 100) -> dict[str, Measured]:
    return {
        HEADLINE_FIXED: Measured(_shares(99, 90, 50, fixed_16, 5, spans=TWENTY), {}),
        "attention": Measured(_shares(*[attention] * 5, spans=TWENTY), ALIGNED),
    }


def _missed(found: list[Bar]) -> list[str]:
    return [bar.text for bar in found if not bar.reached]


def test_a_pair_as_it_should_be_reaches_every_bar() -> None:
    found = bars(_pair())
    assert len(found) == 7
    assert _missed(found) == []


def test_a_fixed_c_that_is_too_good_misses_its_bar_and_the_gap() -> None:
    missed = _missed(bars(_pair(fixed_16=40)))
    assert len(missed) == 2
    assert "16–19" in missed[0]
    assert "60.0 points" in missed[1]


def test_attention_below_its_bar_is_named() -> None:
    assert any("up to 20" in text for text in _missed(bars(_pair(attention=99))))


def test_weak_alignment_is_named() -> None:
    found = _pair()
    weak = {**ALIGNED, "words on a gold link": Measure(0.87, 0.86, 0.88, 5000)}
    found["attention"] = replace(found["attention"], measures=weak)
    assert [text.split(":")[0] for text in _missed(bars(found))] == [
        "attention, words on a gold link"
    ]


def test_a_ladder_that_falls_is_noticed() -> None:
    rising = {
        f"fixed-c{size}": Measured(_shares(share, spans=((4, 20),)), {})
        for size, share in ((16, 10), (32, 30), (64, 50), (128, 60), (256, 70))
    }
    assert _missed(bars(rising)) == []
    falling = {**rising, "fixed-c128": Measured(_shares(40, spans=((4, 20),)), {})}
    assert len(_missed(bars(falling))) == 1


def test_bits_must_grow_with_c_outside_their_intervals() -> None:
    def digits(*bits: float) -> dict[str, Measured]:
        return {
            f"digits-c{size}": Measured(
                (), {"bits recovered of 8 digits": Measure(value, value - 1, value + 1, 100)}
            )
            for size, value in zip((2, 4, 8, 16), bits, strict=True)
        }

    assert _missed(bars(digits(12, 20, 27, 34))) == []
    assert len(_missed(bars(digits(12, 20, 21, 34)))) == 1


def test_reversal_must_gain_four_bits_on_every_seed() -> None:
    def model(bits: float) -> Measured:
        return Measured((), {"bits recovered of 10 digits": Measure(bits, bits, bits, 100)})

    found = {"copy-normal": model(15), "copy-reversed": model(20)}
    assert _missed(bars(found)) == []
    found |= {"copy-normal-seed1": model(15), "copy-reversed-seed1": model(18)}
    assert len(_missed(bars(found))) == 1


def test_nothing_measured_no_bars() -> None:
    assert bars({}) == []
