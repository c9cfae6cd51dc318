"""What a live training shows: the curves of its loss and exact match, and what attention looks at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from studybuddy.catalogue.figures import Curve, Series
from studybuddy.pictures.chart import GLYPHS, SERIES_ROLES
from studybuddy.pictures.curve import curve_picture
from studybuddy.pictures.heatmap import heatmap_picture
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, Segment
from studybuddy.text.translation import _
from studybuddy.text.width import crop

if TYPE_CHECKING:
    from studybuddy.lab.live import Point, Snapshot

_BETWEEN = 7
"""Rows of both curves that are no part of their charts."""


def chosen_points(steps: Sequence[int], room: int) -> list[int]:
    """At most `room` places of `steps`, the first and the last among them, evenly apart in steps.

    So that the axis is one of steps, however many of them lay between two measurements.
    """
    if len(steps) <= 1 or room < 2:
        return [0] if steps else []
    first, last = steps[0], steps[-1]
    wanted = (first + place * (last - first) / (room - 1) for place in range(room))
    return sorted({_nearest(steps, step) for step in wanted})


def _nearest(steps: Sequence[int], wanted: float) -> int:
    after = min(bisect_left(steps, wanted), len(steps) - 1)
    before = max(0, after - 1)
    return before if wanted - steps[before] < steps[after] - wanted else after


def curves_picture(
    shown: Sequence[Snapshot], names: Sequence[str], width: int, height: int
) -> Picture:
    """Exact match above, loss below, over the steps; together at most `height` rows.

    `names` are the seeds.
    """
    if not shown:
        return ()
    measured = min((snapshot.history for snapshot in shown), key=len)
    points = chosen_points([point.step for point in measured], max(4, width - 8))
    x = tuple(str(measured[place].step) for place in points)

    def lines(value: Callable[[Point], float]) -> tuple[Series, ...]:
        return tuple(
            Series(name, tuple(value(snapshot.history[place]) for place in points))
            for name, snapshot in zip(names, shown, strict=True)
        )

    legend = _legend(names) if len(shown) > 1 else ()
    room = max(6, height - _BETWEEN - len(legend))
    losses = lines(lambda point: point.loss)
    exact = Curve(_("exact match"), "", "", x, lines(lambda point: point.exact.value))
    loss = Curve(
        _("loss, nats a letter"),
        _("steps"),
        "",
        x,
        losses,
        y_high=max(0.1, *(max(line.y) for line in losses)),
        percent=False,
    )
    above = curve_picture(exact, width, values=False, height=room - room // 2)
    below = curve_picture(loss, width, values=False, height=room // 2)
    # Each ends with a legend of its own, of one row: these names are short.
    return (*above[:-1], *below[:-1], *legend)


def _legend(names: Sequence[str]) -> Picture:
    """Which glyph is which seed."""
    row = [Segment(f"{_('seed')}  ", "dim")]
    for place, name in enumerate(names):
        row.append(Segment(f"{GLYPHS[place]} {name}   ", SERIES_ROLES[place]))
    return (tuple(row),)


def attention_picture(snapshot: Snapshot | None, width: int, height: int) -> Picture:
    """The weights on one unseen string; a sentence where attention is off."""
    if snapshot is None:
        return ()
    if snapshot.heatmap is None:
        text = _("Attention is off: there are no weights.")
        return tuple(wrap_segments([Segment(text, "dim")], width))
    return heatmap_picture(snapshot.heatmap, width)[: max(1, height)]


def numbers_picture(snapshot: Snapshot | None, width: int, diagonal: str) -> Picture:
    """The newest numbers in a line; `diagonal` names where the weights should lie."""
    if snapshot is None:
        return ((Segment(_("The network is starting …"), "gold"),),)
    told = [
        _("step {n}").format(n=snapshot.step),
        _("loss {loss:.3f}").format(loss=snapshot.loss),
        _("exact {percent:.0f} % (n = {n})").format(
            percent=100 * snapshot.exact.value, n=snapshot.exact.n
        ),
    ]
    if snapshot.diagonal is not None:
        told.append(f"{diagonal} {100 * snapshot.diagonal.value:.0f} %")
    return ((Segment(crop(" · ".join(told), width), "strong"),),)
