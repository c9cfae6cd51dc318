"""The same sentence in 5, 10 and 20 words: what stays the same and what is lost (E17).

The sentence grows by whole clauses (`language.growing`), so the first clause and its translation
stand unchanged at the front of every stage, and what became of it can be read off word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch

from studybuddy.catalogue.figures import Curve, Figure, Series, Table, Tokens
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.experiments.comparing import in_percent, parts
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.experiments.translate import wrong_words
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.language.growing import STAGES, families
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import Translation, source_tensors, translate
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.statistics import Share
from studybuddy.text.translation import _

Kept = dict[str, list[Share]]
"""By network: of how many families the first clause comes out whole, at each stage."""


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Translate the sentence at each of its lengths, with both networks."""
    report(Progress(0, 1, _("loading the models")))
    models = {"fixed": load(HEADLINE_FIXED), "attention": load(HEADLINE_ATTENTION)}
    drawing = Progress(0, 1, _("drawing sentences"))
    grown = families(int(task.parameters.get("count", 1)), task.seed, lambda: report(drawing))
    stages = grown[0]
    written = {
        name: translate(model.network, [pair.source for pair in stages], weights=True)
        for name, model in models.items()
    }
    sizes = _sizes(models["fixed"], stages)
    vectors = [len(output.weights or ()) for output in written["attention"]]
    kept = _kept(models, grown, report) if task.ask == "keeps" else {}
    return _result(task, models, stages, written, sizes, vectors, kept, len(grown))


def first_clause_kept(output: Sequence[str], first: SentencePair) -> bool:
    """Whether an output begins with the translation of the first clause, its mark left out."""
    clause = first.target[:-1]
    return tuple(output[: len(clause)]) == clause


def _kept(
    models: Mapping[str, Model],
    grown: Sequence[tuple[SentencePair, ...]],
    report: Callable[[Progress], None],
) -> Kept:
    """How often the first clause survives, at each stage."""
    kept: Kept = {name: [] for name in models}
    done = 0
    for stage in range(len(STAGES)):
        for name, model in models.items():
            share = Share(0, 0)
            pairs = [family[stage] for family in grown]
            firsts = iter(family[0] for family in grown)
            for part in parts(pairs):
                figures = (_curve(kept),) if done >= len(models) else ()
                report(Progress(done, len(STAGES) * len(models), _("decoding"), figures))
                outputs = translate(model.network, [pair.source for pair in part])
                right = sum(
                    first_clause_kept(out.words, first)
                    for out, first in zip(outputs, firsts, strict=False)
                )
                share += Share(right, len(part))
            kept[name].append(share)
            done += 1
    report(Progress(done, done, _("done"), (_curve(kept),)))
    return kept


def _sizes(model: Model, stages: Sequence[SentencePair]) -> list[int]:
    """How many numbers C holds, counted on C itself."""
    sizes = []
    for pair in stages:
        with torch.inference_mode():
            context = model.network.read(*source_tensors([pair.source])).context
        assert context is not None
        sizes.append(context.shape[1])
    return sizes


def _result(
    task: Task,
    models: Mapping[str, Model],
    stages: Sequence[SentencePair],
    written: Mapping[str, Sequence[Translation]],
    sizes: Sequence[int],
    vectors: Sequence[int],
    kept: Kept,
    n: int,
) -> Result:
    low: float | None = None
    high: float | None = None
    clear = True
    answer: float
    match task.ask:
        case "size":
            answer = sizes[-1]
            summary = _("C holds {a}, {b} and {c} numbers at 5, 10 and 20 words").format(
                **dict(zip("abc", sizes, strict=True))
            )
        case "contexts":
            answer = vectors[-1]
            summary = _("{a}, {b} and {c} context vectors at 5, 10 and 20 words").format(
                **dict(zip("abc", vectors, strict=True))
            )
        case _:
            first, last = kept["fixed"][0], kept["fixed"][-1]
            answer, low, high = in_percent((last.value, *last.interval))
            clear = last.interval[1] < first.interval[0]
            summary = _(
                "the first clause comes out whole in {a:.0f}, {b:.0f} and {c:.0f} % (fixed C) at 5, 10 and 20 words"
            ).format(
                **dict(zip("abc", (100 * share.value for share in kept["fixed"]), strict=True))
            )
    figures: list[Figure] = [_table(stages, written, sizes, vectors)]
    if kept:
        figures.append(_curve(kept))
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=n,
        low=low,
        high=high,
        clear=clear,
        summary=summary,
        notes=(
            *(model_note(model.card) for model in models.values()),
            sample_note(n, task.seed),
            _("The sentence grows by whole clauses; its first clause stays what it was."),
            _("Each step that writes makes a C_t of its own, the step that writes the end too."),
        ),
        figures=(*figures, *_lines(stages, written)),
        data={
            "sources": [list(pair.source) for pair in stages],
            "references": [list(pair.target) for pair in stages],
            "outputs": {
                name: [list(output.words) for output in outputs]
                for name, outputs in written.items()
            },
            "sizes": list(sizes),
            "vectors": list(vectors),
            "kept": {
                name: [[share.right, share.n] for share in shares] for name, shares in kept.items()
            },
        },
    )


def _table(
    stages: Sequence[SentencePair],
    written: Mapping[str, Sequence[Translation]],
    sizes: Sequence[int],
    vectors: Sequence[int],
) -> Table:
    """What there is of C and C_t at each length, and how many words come out wrong."""
    rows = []
    for stage, pair in enumerate(stages):
        wrong = {
            name: len(wrong_words(outputs[stage].words, pair.target))
            for name, outputs in written.items()
        }
        rows.append(
            (
                str(len(pair.source)),
                str(sizes[stage]),
                str(vectors[stage]),
                f"{wrong['fixed']} / {len(pair.target)}",
                f"{wrong['attention']} / {len(pair.target)}",
            )
        )
    return Table(
        _("One sentence grows"),
        (
            _("source words"),
            _("numbers in C"),
            _("vectors C_t"),
            _("wrong words, fixed C"),
            _("wrong words, attention"),
        ),
        tuple(rows),
    )


def _curve(kept: Kept) -> Curve:
    names = {"fixed": _("one fixed C"), "attention": _("attention")}
    return Curve(
        _("First clause translated word for word"),
        _("source words"),
        _("share of the sentences"),
        tuple(str(stage) for stage in STAGES),
        tuple(
            Series(
                names[name],
                tuple(share.value for share in shares),
                tuple(share.interval[0] for share in shares),
                tuple(share.interval[1] for share in shares),
                tuple(share.n for share in shares),
            )
            for name, shares in kept.items()
        ),
    )


def _lines(
    stages: Sequence[SentencePair], written: Mapping[str, Sequence[Translation]]
) -> list[Figure]:
    """Each stage, its reference and both outputs, with the words that differ marked."""
    names = {"fixed": _("with one fixed C"), "attention": _("with attention")}
    lines: list[Figure] = []
    for stage, pair in enumerate(stages):
        title = _("{n} words").format(n=len(pair.source))
        lines += [Tokens(title, pair.source), Tokens(_("reference"), pair.target)]
        for name, outputs in written.items():
            words = outputs[stage].words
            lines.append(Tokens(names[name], words, wrong_words(words, pair.target)))
    return lines
