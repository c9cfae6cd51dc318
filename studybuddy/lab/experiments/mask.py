"""Padding with and without a mask (E13).

A short sentence is read alone, then beside a long one, so that its row is padded. The encoder reads
each sentence within its own length, and padded states are zeros; without a mask they are scored
like words, and the softmax gives them weight. With it their score is −inf and their weight exactly 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from studybuddy.catalogue.figures import Heatmap, Table
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.batches import Batch, batch_of
from studybuddy.lab.experiments.comparing import in_percent, number_text, parts, share_text
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import write
from studybuddy.lab.networks.translator import Given, Translator
from studybuddy.lab.plan import HEADLINE_ATTENTION
from studybuddy.lab.statistics import Share, mean_interval
from studybuddy.lab.tasks.mask import sentences
from studybuddy.text.translation import _

_PAD = "·"


@dataclass(slots=True)
class Seen:
    """With the mask on or off: what a sentence gains or loses by the one beside it.

    A value a sentence: `pads`, the mean weight on its padding; `moved`, the largest change of
    the log probability of one of its gold words; `fall`, the mean fall of these. `changed` counts
    translations that are not what they are alone, `most` is the largest weight on padding.
    """

    pads: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    fall: list[float] = field(default_factory=list)
    changed: int = 0
    most: float = 0.0


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Read the sentences alone and beside a long one, with and without the mask."""
    report(Progress(0, 1, _("loading the models")))
    name = str(task.parameters["model"])
    model = load(HEADLINE_ATTENTION if name == "attention" else name)
    drawing = Progress(0, 1, _("drawing sentences"))
    short, long = sentences(task.parameters, task.seed, lambda: report(drawing))
    found = {"on": Seen(), "off": Seen()}
    done = 0
    for part in parts(short):
        report(Progress(done, len(short), _("decoding")))
        compare(model.network, part, long, found)
        done += len(part)
    report(Progress(done, done, _("done")))
    return _result(task, model, found, short[0], long)


def unmasked(given: Given) -> Given:
    """The same with every place counted as a word."""
    memory = given.memory
    return given._replace(memory=memory._replace(mask=torch.ones_like(memory.mask)))


def compare(
    network: Translator, short: Sequence[SentencePair], long: SentencePair, found: dict[str, Seen]
) -> None:
    """Add what these sentences (of one length) show, to both entries of `found`."""
    size, most = len(short[0].source), len(short)
    alone, beside = batch_of(short), batch_of([*short, long])
    lengths = alone.lengths.tolist()
    with torch.inference_mode():
        by_itself = network.read(alone.source, alone.lengths)
        shares, _weights = _gold(network, by_itself, alone)
        outputs = [out.words for out in write(network, by_itself, lengths)]
        padded = network.read(beside.source, beside.lengths)
        for name, given in (("on", padded), ("off", unmasked(padded))):
            now, weights = _gold(network, given, beside)
            assert weights is not None
            seen = found[name]
            written = write(network, given, beside.lengths.tolist())
            for row in range(most):
                words = len(short[row].target)
                pads = weights[row, :words, size:].sum(dim=-1)  # (T)
                change = shares[row, :words] - now[row, :words]
                seen.pads.append(float(pads.mean()))
                seen.most = max(seen.most, float(pads.max()))
                seen.fall.append(float(change.mean()))
                seen.moved.append(float(change.abs().max()))
                seen.changed += written[row].words != outputs[row]


def _gold(network: Translator, given: Given, batch: Batch) -> tuple[Tensor, Tensor | None]:
    """Log probability of each gold word (B, T), teacher forced, and the weights (B, T, S)."""
    logits, weights = network(given, batch.before)
    shares = logits.log_softmax(dim=-1).gather(-1, batch.words[..., None])
    return shares.squeeze(-1), weights


def _result(
    task: Task, model: Model, found: dict[str, Seen], shown: SentencePair, long: SentencePair
) -> Result:
    n = len(found["on"].pads)
    pads = mean_interval(found["off"].pads, task.seed)
    clear = True
    match task.ask:
        case "pads":
            answer, low, high = in_percent(pads)
            clear = low > 0
        case "sum":
            kept = [1 - value for value in found["on"].pads]
            answer, low, high = in_percent(mean_interval(kept, task.seed))
        case _:
            share = Share(found[str(task.parameters["mask"])].changed, n)
            answer, low, high = in_percent((share.value, *share.interval))
    on, off = found["on"], found["off"]
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=n,
        low=low,
        high=high,
        clear=clear,
        summary=_(
            "without a mask {pads:.1f} % of the weight falls on padding and {off:.0f} % of the translations change; with it {most:g} % and {on:.0f} %"
        ).format(
            pads=100 * pads[0],
            off=100 * off.changed / max(1, n),
            most=100 * on.most,
            on=100 * on.changed / max(1, n),
        ),
        notes=(
            model_note(model.card),
            sample_note(n, task.seed),
            _("With the mask the largest weight on any padding is {most:g}.").format(most=on.most),
            _(
                "With the mask no log probability moves by more than {moved:.1g} nats: rounding."
            ).format(moved=max(on.moved)),
            _(
                "The network was trained with the mask: padding is nothing that it has learned to avoid."
            ),
        ),
        figures=(_table(found, task.seed), *_heatmaps(model.network, shown, long)),
        data={
            name: {
                "pads": list(mean_interval(seen.pads, task.seed)),
                "largest_on_pads": seen.most,
                "changed": seen.changed,
                "fall": list(mean_interval(seen.fall, task.seed)),
                "moved": max(seen.moved),
                "n": n,
            }
            for name, seen in found.items()
        },
    )


def _table(found: dict[str, Seen], seed: int) -> Table:
    names = {"on": _("with the mask"), "off": _("without a mask")}
    rows = tuple(
        (
            names[name],
            number_text(*in_percent(mean_interval(seen.pads, seed))),
            share_text(Share(seen.changed, len(seen.pads))),
            _fall(seen, seed),
        )
        for name, seen in found.items()
    )
    return Table(
        _("Beside a long sentence (95 % interval)"),
        (
            "",
            _("weight on padding, %"),
            _("translations that change, %"),
            _("fall of log p a word"),
        ),
        rows,
    )


def _fall(seen: Seen, seed: int) -> str:
    """The mean fall; what rounds to zero has no sign."""
    value, low, high = (round(each, 3) + 0.0 for each in mean_interval(seen.fall, seed))
    return number_text(value, low, high, 3)


def _heatmaps(network: Translator, shown: SentencePair, long: SentencePair) -> list[Heatmap]:
    """The shown sentence's weights without and with the mask; padding stands as dots."""
    batch = batch_of([shown, long])
    columns = (*shown.source, *[_PAD] * (len(long.source) - len(shown.source)))
    titles = {True: _("Weights without a mask; · is padding"), False: _("The same with the mask")}
    found = []
    with torch.inference_mode():
        given = network.read(batch.source, batch.lengths)
        for off, title in titles.items():
            _logits, weights = network(unmasked(given) if off else given, batch.before)
            values = weights[0, : len(shown.target)].tolist()
            rows = tuple(tuple(row) for row in values)
            found.append(Heatmap(title, shown.target, columns, rows, shown.sure))
    return found
