"""What a decoder writes when what it is given comes from another sentence (E2).

A and B are unseen sentences of one length. "What it writes for B" is the network's own greedy
output for B, right or wrong. Of a fixed C the decoder gets nothing else from the source, so with
B's C it must write B's output: the run shows that this is so, and what zeros, noise and a mean do.
The attention network has two ways in: its first state, and the states h_i that it attends to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from studybuddy.catalogue.figures import Figure, Table, Tokens
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.experiments.comparing import in_percent, share_text
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import source_tensors, write
from studybuddy.lab.networks.fixed import FixedContext
from studybuddy.lab.networks.translator import Given, Translator
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.statistics import Share
from studybuddy.text.translation import _

Words = tuple[str, ...]
Swapped = Callable[[Given, Given], Given]
"""From what A and what B give the decoder to what it is given."""
_PART = 32
"""Pairs decoded at once."""
_FIXED = ("donor", "zero", "noise", "mean")
_ASKED: Mapping[str, str] = {
    "attention_state": "state",
    "attention_memory": "memory",
    "context": "donor",
}
"""From asks and parameters to the intervention that answers them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of n outputs: how many are A's own, B's own, and neither."""

    original: int
    donor: int
    neither: int

    @property
    def n(self) -> int:
        """All of them."""
        return self.original + self.donor + self.neither

    def shares(self) -> tuple[Share, Share, Share]:
        """In the order of the question's options."""
        n = self.n
        return Share(self.original, n), Share(self.donor, n), Share(self.neither, n)


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Swap what the decoders are given, for the task's two sentences and for many more."""
    report(Progress(0, 1, _("loading the models")))
    models = {"fixed": load(HEADLINE_FIXED), "attention": load(HEADLINE_ATTENTION)}
    shortest, longest = (int(length) for length in task.parameters["lengths"])
    drawing = Progress(0, 1, _("drawing sentences"))
    count = int(task.parameters["count"])
    pairs = same_length(shortest, longest, count, task.seed, lambda: report(drawing))
    report(Progress(0, 1, _("decoding")))
    example = tuple(tuple(str(task.parameters[name]).split()) for name in ("source", "donor"))
    swaps = _swaps(models["fixed"].network, pairs, task.seed)
    found: dict[str, Outcome] = {}
    shown: dict[str, Words] = {}
    total = len(swaps) * (len(pairs) // _PART + 2)
    done = 0
    for name, (model, swap) in swaps.items():
        network = models[model].network
        own, other, mixed = next(outputs(network, [(example[0], example[1])], swap))
        shown |= {f"{model} A": own[0], f"{model} B": other[0], name: mixed[0]}
        rows: list[tuple[Words, Words, Words]] = []
        for part in outputs(network, pairs, swap):
            done += 1
            report(Progress(done, total, _("decoding"), (_table(found),) if found else ()))
            rows += zip(*part, strict=True)
        found[name] = outcome(rows)
    report(Progress(total, total, _("done"), (_table(found),)))
    return _result(task, models, found, shown, example)


def same_length(
    shortest: int,
    longest: int,
    count: int,
    seed: int,
    tick: Callable[[], None] = lambda: None,
) -> list[tuple[Words, Words]]:
    """`count` pairs of different unseen sentences, the two of a pair of equal length."""
    stream = Unseen(seed)
    lengths = range(shortest, longest + 1)
    each = -(-count // len(lengths))
    drawn = {length: stream.of(length, 2 * each, tick) for length in lengths}
    pairs = [
        (found[2 * i].source, found[2 * i + 1].source)
        for i in range(each)
        for found in drawn.values()
        if 2 * i + 1 < len(found)
    ]
    return sorted(pairs[:count], key=lambda pair: len(pair[0]))


def outputs(
    network: Translator, pairs: Sequence[tuple[Words, Words]], swap: Swapped
) -> Iterator[tuple[list[Words], list[Words], list[Words]]]:
    """Part by part: what the network writes for A, for B, and with what is swapped."""
    for start in range(0, len(pairs), _PART):
        part = pairs[start : start + _PART]
        first, lengths = source_tensors([a for a, _b in part])
        second, _lengths = source_tensors([b for _a, b in part])
        with torch.inference_mode():
            a, b = network.read(first, lengths), network.read(second, lengths)
            sizes = lengths.tolist()
            yield (
                [out.words for out in write(network, a, sizes)],
                [out.words for out in write(network, b, sizes)],
                [out.words for out in write(network, swap(a, b), sizes)],
            )


def outcome(rows: Sequence[tuple[Words, Words, Words]]) -> Outcome:
    """Count outputs for A, for B and swapped; pairs whose own outputs are equal tell nothing."""
    told = [row for row in rows if row[0] != row[1]]
    original = sum(mixed == own for own, _other, mixed in told)
    donor = sum(mixed == other for _own, other, mixed in told)
    return Outcome(original, donor, len(told) - original - donor)


def _swaps(
    fixed: Translator, pairs: Sequence[tuple[Words, Words]], seed: int
) -> dict[str, tuple[str, Swapped]]:
    """The interventions: which network, and what its decoder is given."""
    assert isinstance(fixed, FixedContext)
    contexts = _contexts(fixed, pairs)  # (2n, C)
    mean, spread = contexts.mean(dim=0), contexts.std(dim=0)
    generator = torch.Generator().manual_seed(seed % 2**63)

    def given(make: Callable[[Tensor, Tensor], Tensor]) -> tuple[str, Swapped]:
        def swap(a: Given, b: Given) -> Given:
            assert a.context is not None
            assert b.context is not None
            return fixed.from_context(a.memory, make(a.context, b.context))

        return "fixed", swap

    return {
        "donor": given(lambda _a, b: b),
        "zero": given(lambda a, _b: torch.zeros_like(a)),
        "noise": given(lambda a, _b: mean + spread * torch.randn(a.shape, generator=generator)),
        "mean": given(lambda a, _b: mean.expand_as(a)),
        "state": ("attention", lambda a, b: a._replace(first=b.first)),
        "memory": ("attention", lambda a, b: b._replace(first=a.first)),
    }


def _contexts(fixed: FixedContext, pairs: Sequence[tuple[Words, Words]]) -> Tensor:
    """C of all sentences (2n, C)."""
    numbers, lengths = source_tensors([words for pair in pairs for words in pair])
    with torch.inference_mode():
        context = fixed.read(numbers, lengths).context
    assert context is not None
    return context


def _result(
    task: Task,
    models: Mapping[str, Model],
    found: Mapping[str, Outcome],
    shown: Mapping[str, Words],
    example: Sequence[Words],
) -> Result:
    key = str(task.parameters.get("given", task.parameters.get("swapped", task.ask)))
    key = _ASKED.get(key, key)
    asked = found[key]
    shares = asked.shares()
    answer: float
    low: float | None = None
    high: float | None = None
    if task.ask == "share":
        share = shares[0] if key == "state" else shares[1]
        answer, low, high = in_percent((share.value, *share.interval))
        clear = True
    else:
        answer = max(range(len(shares)), key=lambda i: shares[i].right)
        clear = shares[int(answer)].interval[0] > 0.5
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=asked.n,
        low=low,
        high=high,
        clear=clear,
        summary=_("{a:.0f} % A's own output, {b:.0f} % B's own, {c:.0f} % neither").format(
            **dict(zip("abc", (100 * share.value for share in shares), strict=True))
        ),
        notes=(
            *(model_note(model.card) for model in models.values()),
            sample_note(asked.n, task.seed),
            _("C holds {size} numbers for a sentence of any length.").format(
                size=models["fixed"].card.sizes["context"]
            ),
            _(
                "The decoder with a fixed C gets nothing else of the source: B's C gives B's output."
            ),
            _("Noise has the mean and the standard deviation of each number of {n} real C.").format(
                n=2 * int(task.parameters["count"])
            ),
        ),
        figures=(_table(found), *_lines(key, shown, example)),
        data={
            "example": {name: list(words) for name, words in shown.items()},
            "outcomes": {
                name: {
                    "original": each.original,
                    "donor": each.donor,
                    "neither": each.neither,
                    "n": each.n,
                }
                for name, each in found.items()
            },
        },
    )


def _name(swap: str) -> str:
    return {
        "donor": _("fixed C: B's C"),
        "zero": _("fixed C: zeros"),
        "noise": _("fixed C: noise"),
        "mean": _("fixed C: mean C"),
        "state": _("attention: first state of B"),
        "memory": _("attention: all h_i of B"),
    }[swap]


def _table(found: Mapping[str, Outcome]) -> Table:
    return Table(
        _("Which sentence is written? Percent of pairs (95 % interval)"),
        (_("given"), "n", _("A's"), _("B's"), _("neither")),
        tuple(
            (_name(name), str(each.n), *(share_text(share) for share in each.shares()))
            for name, each in found.items()
        ),
    )


def _lines(key: str, shown: Mapping[str, Words], example: Sequence[Words]) -> list[Figure]:
    """The task's two sentences, what is written for each, and what with the asked swap first."""
    order = (*_FIXED, "state", "memory")
    swaps = [key, *(name for name in order if name != key)]
    model = "fixed" if key in _FIXED else "attention"
    return [
        Tokens("A", example[0]),
        Tokens("B", example[1]),
        Tokens(_("written for A"), shown[f"{model} A"]),
        Tokens(_("written for B"), shown[f"{model} B"]),
        *(Tokens(_name(name), shown[name]) for name in swaps),
    ]
