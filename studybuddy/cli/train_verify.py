"""`studybuddy train --verify`: every bundled model measured again, against its card and the bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studybuddy.cli.output import print_json, say, talk
from studybuddy.errors import FINE, WRONG_INPUT
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.lab.bars import Measured

JSON_VERSION = 1


def verify_models(names: Sequence[str], seed: int, *, as_json: bool = False) -> int:
    """Measure the models on fresh sentences, print what was found, and the bars.

    Returns the exit code: not fine when a card lies by more than its interval or a bar is missed.
    """
    from studybuddy.lab.bars import bars
    from studybuddy.lab.commands import NAMES, verify

    found: dict[str, Measured] = {}
    lies: dict[str, list[str]] = {}
    for name in names:
        talk(_("measuring {name} on fresh sentences").format(name=name))
        measured, contradictions = verify(name, seed=seed)
        found[name], lies[name] = measured, contradictions
        if not as_json:
            _tell(name, measured, contradictions)
    reached = bars(found)
    if set(names) == set(NAMES):
        from studybuddy.lab.run_bars import run_bars

        talk(_("measuring gradients, beams and live training"))
        reached.extend(run_bars(seed))
    if as_json:
        print_json(
            {
                "schema": JSON_VERSION,
                "seed": seed,
                "models": {name: _plain(each, lies[name]) for name, each in found.items()},
                "bars": [{"text": bar.text, "reached": bar.reached} for bar in reached],
            }
        )
    elif reached:
        say()
        say(_("Bars"))
        for bar in reached:
            say(f"  {'✓' if bar.reached else '✗'} {bar.text}")
    fine = not any(lies.values()) and all(bar.reached for bar in reached)
    return FINE if fine else WRONG_INPUT


def _tell(name: str, measured: Measured, contradictions: Sequence[str]) -> None:
    from studybuddy.lab.measure_names import measure_name

    shares = "  ".join(
        f"{_span(bucket.shortest, bucket.longest)}: {bucket.share.value:.1%}"
        for bucket in measured.buckets
    )
    say(f"{name}  {shares}")
    for each, measure in measured.measures.items():
        told = f"{measure.value:.4g} ({measure.low:.4g}–{measure.high:.4g}, n {measure.n})"
        say(f"  {measure_name(each)}: {told}")
    for sentence in contradictions:
        say(f"  ✗ {sentence}")
    if not contradictions:
        say("  ✓ " + _("holds what its card says"))


def _span(shortest: int, longest: int) -> str:
    return str(shortest) if shortest == longest else f"{shortest}–{longest}"


def _plain(measured: Measured, contradictions: Sequence[str]) -> dict[str, object]:
    return {
        "buckets": [
            {
                "shortest": bucket.shortest,
                "longest": bucket.longest,
                "exact_match": bucket.share.value,
                "interval_95": list(bucket.share.interval),
                "n": bucket.n,
            }
            for bucket in measured.buckets
        ],
        "measures": {
            name: {"value": each.value, "low": each.low, "high": each.high, "n": each.n}
            for name, each in measured.measures.items()
        },
        "contradictions": list(contradictions),
    }
