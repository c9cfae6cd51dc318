"""One sentence through both networks, with the attention weights over the gold alignment.

The weights shown are those of the gold translation (teacher forced) where there is one, so that
row and word always belong together; for a learner's own sentence those of the output.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

import torch

from studybuddy.catalogue.figures import Figure, Heatmap, Tokens
from studybuddy.catalogue.predictions import ChoiceQuestion, Progress, Result, Task
from studybuddy.lab.batches import batch_of
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import Translation, translate
from studybuddy.lab.tasks import draw_pair
from studybuddy.text.translation import _

MARGIN = 0.1
"""The largest weight must lead by so much, else "the brightest cell" is no clear answer."""


def forced_weights(model: Model, pair: SentencePair) -> tuple[tuple[float, ...], ...]:
    """Weights (T, S) while the network is given the gold words; the row of the end is left out."""
    batch = batch_of([pair])
    with torch.inference_mode():
        given = model.network.read(batch.source, batch.lengths)
        _logits, weights = model.network(given, batch.before)  # (1, T + 1, S)
    assert weights is not None
    return tuple(tuple(row) for row in weights[0, :-1].tolist())


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Translate the task's sentence and answer its question from the network."""
    report(Progress(0, 2, _("loading the models")))
    models = {"attention": load("attention-20"), "fixed": load("fixed-20")}
    shortest, longest = task.parameters["lengths"]
    pair = draw_pair(shortest, longest, task.seed)
    report(Progress(1, 2, _("translating")))
    weights = forced_weights(models["attention"], pair)
    outputs = _translate(models, pair.source)
    report(Progress(2, 2, _("done")))
    place = task.parameters.get("word")
    odd: tuple[str, ...] = ()
    if task.ask == "length":
        answer = len(outputs["attention"].words)
        clear = True
        summary = _("{n} source words became {m} words").format(n=len(pair.source), m=answer)
    else:
        assert isinstance(task.question, ChoiceQuestion)
        assert isinstance(place, int)
        row = weights[place]
        answer = max(range(len(row)), key=row.__getitem__)
        others = [weight for index, weight in enumerate(row) if index != answer]
        linked = (place, answer) in pair.possible
        if not linked:
            odd = (
                _("Here the brightest word is no gold link: attention is not alignment."),
                _("Nobody could foresee that, so this prediction is not marked."),
            )
        clear = linked and row[answer] - max(others, default=0.0) >= MARGIN
        summary = _("{word} looks most at {source}: weight {weight:.2f}").format(
            word=pair.target[place], source=task.question.options[answer], weight=row[answer]
        )
    heatmap = Heatmap(
        title=_("Attention weights; gold links boxed"),
        rows=pair.target,
        columns=pair.source,
        values=weights,
        gold=pair.sure,
        marked=place,
    )
    hits = sum(
        any((t, best) in pair.possible for best in _brightest(row)) for t, row in enumerate(weights)
    )
    return Result(
        run=task.run,
        ask=task.ask,
        seed=task.seed,
        answer=answer,
        n=1,
        clear=clear,
        summary=summary,
        notes=(
            *odd,
            *(model_note(model.card) for model in models.values()),
            sample_note(1, task.seed),
            _("Rows are the words written, columns the source words; each row sums to 1."),
            _("{hits} of {n} rows are brightest on a gold link, sure or possible").format(
                hits=hits, n=len(weights)
            ),
        ),
        figures=(heatmap, *_lines(pair.source, outputs, pair.target)),
        data=_data(pair.source, outputs, weights, pair),
    )


def run_own(source: tuple[str, ...], report: Callable[[Progress], None]) -> Result:
    """Both networks on a sentence without a gold translation."""
    report(Progress(0, 2, _("loading the models")))
    models = {"attention": load("attention-20"), "fixed": load("fixed-20")}
    report(Progress(1, 2, _("translating")))
    outputs = _translate(models, source)
    report(Progress(2, 2, _("done")))
    words = outputs["attention"].words
    weights = (outputs["attention"].weights or ())[: len(words)]
    heatmap = Heatmap(_("Attention weights"), words, source, weights)
    return Result(
        run="translate",
        ask="own",
        seed=0,
        answer=len(words),
        n=1,
        summary=" ".join(words),
        notes=(
            *(model_note(model.card) for model in models.values()),
            _("Your own sentence has no gold translation: judge the words yourself."),
        ),
        figures=(heatmap, *_lines(source, outputs, None)),
        data=_data(source, outputs, weights, None),
    )


def _translate(models: dict[str, Model], source: Sequence[str]) -> dict[str, Translation]:
    return {
        name: translate(model.network, [source], weights=True)[0] for name, model in models.items()
    }


def _brightest(row: Sequence[float]) -> list[int]:
    return [index for index, weight in enumerate(row) if weight == max(row)]


def _lines(
    source: tuple[str, ...], outputs: dict[str, Translation], gold: tuple[str, ...] | None
) -> list[Figure]:
    """Source, reference and both outputs; words that differ from the reference are marked."""
    lines: list[Figure] = [Tokens(_("source"), source)]
    if gold is not None:
        lines.append(Tokens(_("reference"), gold))
    names = {"attention": _("with attention"), "fixed": _("with one fixed C")}
    for name, output in outputs.items():
        lines.append(Tokens(names[name], output.words, _wrong(output.words, gold)))
    return lines


def _wrong(words: tuple[str, ...], gold: tuple[str, ...] | None) -> frozenset[int]:
    """Positions of the output that differ from the reference's word at the same place."""
    if gold is None:
        return frozenset()
    both = enumerate(zip_longest(words, gold))
    return frozenset(index for index, (out, ref) in both if out != ref and out is not None)


def _data(
    source: Sequence[str],
    outputs: dict[str, Translation],
    weights: Sequence[Sequence[float]],
    pair: SentencePair | None,
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "source": list(source),
        "outputs": {name: list(output.words) for name, output in outputs.items()},
        "weights": [list(row) for row in weights],
    }
    if pair is not None:
        data["reference"] = list(pair.target)
        data["gold"] = sorted([list(link) for link in pair.sure])
        data["possible"] = sorted([list(link) for link in pair.possible])
        data["exact"] = {name: output.words == pair.target for name, output in outputs.items()}
    return data
