"""A decoder walked word by word: everything that one step computes, from the state to the words.

The source words stand one a row with score, its exponential and its weight, so that the softmax
can be followed by hand; a vector is a strip of columns whose height is the number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from studybuddy.catalogue.figures import DecoderStep, Decoding, Table
from studybuddy.pictures.chart import Scale, plain_number
from studybuddy.pictures.lines import NARROWEST, merged, one_line, text_rows
from studybuddy.pictures.rows import Picture, PictureRow, Role, Segment
from studybuddy.pictures.table import table_picture
from studybuddy.text.translation import _
from studybuddy.text.width import cell_width, crop, pad, pad_left

COLUMNS = "▁▂▃▄▅▆▇█"
_BAR_AT_MOST = 24
_WORD_AT_MOST = 14


def decoding_picture(figure: Decoding, width: int, at: int = 0) -> Picture:
    """One step of the decoder in rows of at most `width` cells; `at` beyond the ends is the end."""
    width = max(width, NARROWEST)
    rows: list[PictureRow] = [*text_rows(figure.title, width, "strong")]
    if not figure.steps:
        return (*rows, (Segment(_("(no words)"), "dim"),))
    at = min(max(0, at), len(figure.steps) - 1)
    step = figure.steps[at]
    rows += _line_of_steps(figure, at, width)
    text = _("Step {n} of {count}: it reads “{before}” and writes “{word}”.")
    told = text.format(
        n=at + 1, count=len(figure.steps), before=one_line(step.before), word=one_line(step.word)
    )
    rows += [*text_rows(told, width), ()]
    rows += _vector(_("state s_{t}").format(t=at + 1), step.state, width)
    if step.weights:
        rows += [(), *_attention(figure, step, width), ()]
    else:
        rows += [(), *text_rows(_("No attention: the same C at every step."), width, "dim"), ()]
    rows += _vector(_("context C_{t}").format(t=at + 1), step.context, width)
    rows += [(), *text_rows(_("The next word, by probability"), width, "heading")]
    words = [one_line(word) for word, _share in step.distribution]
    shares = [share for _word, share in step.distribution]
    chosen = words.index(one_line(step.word)) if one_line(step.word) in words else None
    rows += _bar_rows(words, shares, [[f"{share:.3f}"] for share in shares], (), chosen, width)
    return tuple(rows)


def decoding_table(figure: Decoding, width: int) -> Picture:
    """All steps, one a row: what is read and written, how likely, and what is looked at most."""
    headings = [_("step"), _("reads"), _("writes"), "p"]
    attends = any(step.weights for step in figure.steps)
    if attends:
        headings += [_("looks most at"), _("weight")]
    rows: list[tuple[str, ...]] = []
    for number, step in enumerate(figure.steps, 1):
        shares = dict(step.distribution)
        chance = f"{shares[step.word]:.3f}" if step.word in shares else "–"
        row = [str(number), step.before, step.word, chance]
        if attends:
            row += _brightest(figure, step)
        rows.append(tuple(row))
    return table_picture(Table(figure.title, tuple(headings), tuple(rows)), width)


def _brightest(figure: Decoding, step: DecoderStep) -> list[str]:
    weights = step.weights[: len(figure.source)]
    if not weights:
        return ["–", "–"]
    best = max(range(len(weights)), key=weights.__getitem__)
    return [figure.source[best], f"{weights[best]:.3f}"]


def _line_of_steps(figure: Decoding, at: int, width: int) -> Picture:
    """The words written, the present one in brackets, as many around it as fit."""
    words = [one_line(step.word) or "·" for step in figure.steps]
    words[at] = f"[{words[at]}]"
    first = last = at
    used = cell_width(words[at])
    while True:
        room = width - used - 4
        left = cell_width(words[first - 1]) + 1 if first else None
        right = cell_width(words[last + 1]) + 1 if last + 1 < len(words) else None
        if right is not None and right <= room and (left is None or last - at <= at - first):
            last, used = last + 1, used + right
        elif left is not None and left <= room:
            first, used = first - 1, used + left
        elif right is not None and right <= room:
            last, used = last + 1, used + right
        else:
            break
    before = "… " if first else ""
    after = " …" if last + 1 < len(words) else ""
    row = [
        Segment(before + " ".join([*words[first:at], ""]), "dim"),
        Segment(crop(words[at], max(4, width - 4)), "gold"),
        Segment(" ".join(["", *words[at + 1 : last + 1]]) + after, "dim"),
    ]
    return (merged(row),)


def _vector(name: str, values: Sequence[float], width: int) -> list[PictureRow]:
    """A heading and a strip of columns, the middle height being 0."""
    if not values:
        return []
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0) or 1.0
    told = _("{name}: {n} numbers from {low} to {high}").format(
        name=name, n=len(values), low=plain_number(min(values)), high=plain_number(max(values))
    )
    text = "".join(_column(value / largest) for value in values)
    strips = [text[start : start + width] for start in range(0, len(text), width)]
    return [*text_rows(told, width, "heading"), *((Segment(strip, "series1"),) for strip in strips)]


def _column(share: float) -> str:
    """A column for a number in -1..1."""
    if not math.isfinite(share):
        return "?"
    return COLUMNS[min(len(COLUMNS) - 1, int((min(1.0, max(-1.0, share)) + 1) / 2 * len(COLUMNS)))]


def _attention(figure: Decoding, step: DecoderStep, width: int) -> list[PictureRow]:
    """Score, exponential and weight of each source word, and the weight as a bar."""
    words = [one_line(word) for word in figure.source]
    weights = [*step.weights, *[0.0] * len(words)][: len(words)]
    scores = [*step.scores, *[math.nan] * len(words)][: len(words)]
    finite = [score for score in scores if math.isfinite(score)]
    top = max(finite, default=0.0)
    cells = [
        [
            _fixed(score, 2),
            _fixed(math.exp(score - top) if score <= top else math.nan, 3),
            _fixed(weight, 3),
        ]
        for score, weight in zip(scores, weights, strict=True)
    ]
    best = max(range(len(weights)), key=weights.__getitem__) if weights else None
    rows = [*text_rows(_("attention over the source words"), width, "heading")]
    headings = (_("score e"), "exp(e−max)", _("weight"))
    rows += _bar_rows(words, weights, cells, headings, best, width)
    sum_of = math.fsum(math.exp(score - top) for score in finite)
    if finite:
        text = _("softmax: weight = exp(e−max) / {sum}, the sum of the column").format(
            sum=_fixed(sum_of, 3)
        )
        rows += text_rows(text, width, "dim")
    return rows


def _fixed(number: float, digits: int) -> str:
    return f"{number:.{digits}f}" if math.isfinite(number) else "–"


def _bar_rows(
    words: Sequence[str],
    shares: Sequence[float],
    cells: Sequence[Sequence[str]],
    headings: Sequence[str],
    best: int | None,
    width: int,
) -> list[PictureRow]:
    """Words, their numbers in columns, and a bar; columns that have no room are left out from the left."""
    label = min(max(map(cell_width, words), default=0), _WORD_AT_MOST, width // 3) + 2
    count = len(cells[0]) if cells else 0
    widths = [
        max(map(cell_width, [*headings[c : c + 1], *(row[c] for row in cells)]))
        for c in range(count)
    ]
    first = 0
    while first < count - 1 and label + sum(w + 1 for w in widths[first:]) + 6 > width:
        first += 1
    used = label + sum(w + 1 for w in widths[first:]) + 2
    room = max(0, min(_BAR_AT_MOST, width - used))
    scale = Scale(0.0, 1.0)
    rows: list[PictureRow] = []
    if headings and count:
        text = "".join(" " + pad_left(headings[c], widths[c]) for c in range(first, count))
        rows.append((Segment(crop(" " * label + text, width), "dim"),))
    for i, word in enumerate(words):
        lead = pad(("* " if i == best else "  ") + crop(word, label - 2), label)
        numbers = "".join(" " + pad_left(cells[i][c], widths[c]) for c in range(first, count))
        bar = "█" * round(scale.share(shares[i]) * room)
        role: Role = "strong" if i == best else "plain"
        rows.append(
            merged([Segment(crop(lead + numbers, width), role), Segment("  " + bar, "series1")])
        )
    return rows
