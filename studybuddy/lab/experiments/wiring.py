"""C given to the decoder at every step, against C as its first state only.

Both networks have the same encoder, the same size of C and the same training. Words are fed from
the reference, so that each place is judged by itself and not by the mistakes before it. The
run also checks what the drawing of the first wiring says: one C, bit for bit the same at each
step (a network that puts its own state in C's place from step 2 on would be found out).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from studybuddy.catalogue.figures import Curve, Figure, Series, Table
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.contexts import Contexts, contexts
from studybuddy.lab.evaluation import exact
from studybuddy.lab.experiments.comparing import (
    Interval,
    at_place,
    in_percent,
    parts,
    right_words,
    share_text,
    unseen_pairs,
    written,
)
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model, load
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.statistics import Share, mean_interval
from studybuddy.lab.tasks.drawing import draw_pair
from studybuddy.text.translation import _

EVERY, FIRST, ALIKE = range(3)
SMALL = 3.0
"""Percentage points: an interval within so much of 0 shows that there is no difference."""
FEWEST = 20
"""Sentences that must reach a place for it to be drawn."""
_SHOWN = 3
"""Numbers of a context vector that the table prints."""


@dataclass(frozen=True, slots=True)
class Wired:
    """What one wiring did: right words place by place, and whole sentences written by itself."""

    hits: list[list[bool]]
    exact: Share


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Compare the wirings, or look at C step by step."""
    report(Progress(0, 1, _("loading the models")))
    models = {"every": load(HEADLINE_FIXED), "first": load("init")}
    if task.ask == "identical":
        return _identical(task, models["every"])
    length = int(task.parameters["length"])
    pairs = unseen_pairs(
        models["every"].data, (length, length), int(task.parameters["count"]), task.seed
    )
    found = measure(models, pairs, report)
    seen = contexts(models["every"], pairs[0])
    if not seen.identical:
        raise StudyBuddyError(_("the fixed C changed between two steps: this is not one C"))
    ahead = in_percent(late_difference(found, task.seed))
    summary = _(
        "last third of the words right: C at every step {a:.1f} %, first state only {b:.1f} %; difference {d:.1f} points ({l:.1f} to {h:.1f})"
    ).format(
        a=100 * _late(found["every"]),
        b=100 * _late(found["first"]),
        d=ahead[0],
        l=ahead[1],
        h=ahead[2],
    )
    common: dict[str, Any] = {
        "run": task.run,
        "ask": task.ask,
        "seed": task.seed,
        "n": len(pairs),
        "summary": summary,
        "notes": (
            *(model_note(model.card) for model in models.values()),
            sample_note(len(pairs), task.seed),
            _("Fed with the true words before; exact match is that of the network's own output."),
            _("C at every step: bit for bit the same vector at each of {n} steps.").format(
                n=len(seen.vectors)
            ),
        ),
        "figures": (curve(found), table(found)),
        "data": as_data(found),
    }
    if task.ask == "curve":
        shares = [at_place(found["first"].hits, place - 1) for place in task.parameters["places"]]
        bounds = [share.interval for share in shares]
        return Result(
            answer=tuple(100 * share.value for share in shares),
            lows=tuple(100 * low for low, _high in bounds),
            highs=tuple(100 * high for _low, high in bounds),
            clear=all(share.n >= FEWEST for share in shares),
            **common,
        )
    key, clear = verdict(ahead)
    return Result(answer=key, clear=clear, **common)


def measure(
    models: dict[str, Model], pairs: Sequence[SentencePair], report: Callable[[Progress], None]
) -> dict[str, Wired]:
    """Both wirings on the same sentences."""
    found: dict[str, Wired] = {}
    total = len(models) * len(pairs)
    for index, (name, model) in enumerate(models.items()):
        hits: list[list[bool]] = []
        right = Share(0, 0)
        for some in parts(pairs):
            figures: tuple[Figure, ...] = (curve(found),) if found else ()
            report(
                Progress(index * len(pairs) + len(hits), total, _("feeding the decoder"), figures)
            )
            hits += right_words(model, some)
            right += exact(written(model, some), some)
        found[name] = Wired(hits, right)
    report(Progress(total, total, _("done"), (curve(found),)))
    return found


def late_difference(found: dict[str, Wired], seed: int) -> Interval:
    """Share of the last third's words right with C at every step, minus with the first state only."""
    both = zip(found["every"].hits, found["first"].hits, strict=True)
    return mean_interval([_third(a) - _third(b) for a, b in both], seed)


def _third(row: Sequence[bool]) -> float:
    last = row[-max(1, len(row) // 3) :]
    return sum(last) / len(last)


def _late(wired: Wired) -> float:
    return sum(map(_third, wired.hits)) / len(wired.hits)


def verdict(ahead: Interval) -> tuple[int, bool]:
    """Which wiring is ahead, in percentage points; alike where the interval holds 0."""
    value, low, high = ahead
    if low > 0 or high < 0:
        return (EVERY if value > 0 else FIRST), True
    return ALIKE, low > -SMALL and high < SMALL


def _identical(task: Task, fixed: Model) -> Result:
    """Compare C of the first step with that of each later one; C_t of attention beside it."""
    shortest, longest = task.parameters["lengths"]
    pair = draw_pair(shortest, longest, task.seed)
    attention = load(HEADLINE_ATTENTION)
    seen = {"fixed": contexts(fixed, pair), "attention": contexts(attention, pair)}
    largest = {name: max(each.apart) for name, each in seen.items()}
    key = 0 if seen["fixed"].identical else 1 if largest["fixed"] < 0.1 else 2
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=key,
        n=1,
        summary=_(
            "{n} steps: C differs from that of step 1 by at most {a:g}; attention's C_t by up to {b:.2f}"
        ).format(n=len(seen["fixed"].vectors), a=largest["fixed"], b=largest["attention"]),
        notes=(
            model_note(fixed.card),
            model_note(attention.card),
            sample_note(1, task.seed),
            _("C at every step: bit for bit the same vector at each of {n} steps.").format(
                n=len(seen["fixed"].vectors)
            )
            if seen["fixed"].identical
            else _("C changed between two steps."),
        ),
        figures=(_step_table(seen, pair),),
        data={
            "source": list(pair.source),
            "identical": seen["fixed"].identical,
            "largest_difference": largest,
            "sizes": {name: len(each.vectors[0]) for name, each in seen.items()},
        },
    )


def _step_table(seen: dict[str, Contexts], pair: SentencePair) -> Table:
    """The first numbers of C and of C_t at each step, and how far each is from step 1."""
    words = (*pair.target, "<end>")
    rows = []
    for t, word in enumerate(words):
        cells = [str(t + 1), word]
        for each in seen.values():
            numbers = " ".join(f"{value:+.2f}" for value in each.vectors[t][:_SHOWN])
            cells += [f"{numbers} …", f"{each.apart[t]:.2f}"]
        rows.append(tuple(cells))
    return Table(
        _("The context vector step by step"),
        (
            _("step"),
            _("word"),
            _("fixed C"),
            _("from step 1"),
            _("attention C_t"),
            _("from step 1"),
        ),
        tuple(rows),
    )


def _names() -> dict[str, str]:
    return {"every": _("C at every step"), "first": _("C as first state only")}


def curve(found: dict[str, Wired]) -> Curve:
    """Right words by place in the translation."""
    size = max(len(row) for wired in found.values() for row in wired.hits)
    hits = next(iter(found.values())).hits
    places = [t for t in range(size) if at_place(hits, t).n >= FEWEST] or [0]
    series = []
    for name, wired in found.items():
        shares = [at_place(wired.hits, t) for t in places]
        series.append(
            Series(
                _names()[name],
                tuple(share.value for share in shares),
                tuple(share.interval[0] for share in shares),
                tuple(share.interval[1] for share in shares),
                tuple(share.n for share in shares),
            )
        )
    return Curve(
        title=_("Right words by place in the translation"),
        x_title=_("place in the translation"),
        y_title=_("words right"),
        x=tuple(str(t + 1) for t in places),
        series=tuple(series),
    )


def table(found: dict[str, Wired]) -> Table:
    """Words right in all and at the end, and whole sentences."""
    rows = []
    for name, wired in found.items():
        words = [hit for row in wired.hits for hit in row]
        rows.append(
            (
                _names()[name],
                share_text(Share(sum(words), len(words))),
                f"{100 * _late(wired):.1f}",
                share_text(wired.exact),
            )
        )
    return Table(
        _("Two wirings (95 % interval)"),
        (_("wiring"), _("words right %"), _("last third %"), _("exact %")),
        tuple(rows),
    )


def as_data(found: dict[str, Wired]) -> dict[str, Any]:
    """Everything that was measured, as JSON values; shares in 0..1."""
    return {
        name: {
            "by_place": [at_place(wired.hits, t).value for t in range(max(map(len, wired.hits)))],
            "last_third": _late(wired),
            "exact_match": wired.exact.value,
        }
        for name, wired in found.items()
    }
