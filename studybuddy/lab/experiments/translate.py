"""A sentence through both networks, with the attention weights over the gold alignment (E3).

The weights shown are those of the gold translation (teacher forced) where there is one, so that
row and word always belong together; for a learner's own sentence those of the output. Over many
sentences the weights are measured as an alignment (see `lab.alignment`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from studybuddy.catalogue.figures import Figure, Heatmap, Tokens
from studybuddy.catalogue.predictions import PositionQuestion, Progress, Result, Task
from studybuddy.lab.alignment import weights_of
from studybuddy.lab.experiments import aligning
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import Translation, translate
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.tasks.drawing import draw_pair
from studybuddy.text.translation import _

MARGIN = 0.1
"""The largest weight must lead by so much, else "the brightest cell" is no clear answer."""


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Answer the task's question about its sentence, or about many."""
    report(Progress(0, 2, _("loading the models")))
    name = str(task.parameters.get("model", "attention"))
    attending = load(HEADLINE_ATTENTION if name == "attention" else name)
    if task.ask == "alignment":
        return aligning.answer(task, attending, report)
    models = {"attention": attending, "fixed": load(HEADLINE_FIXED)}
    shortest, longest = task.parameters["lengths"]
    pair = draw_pair(shortest, longest, task.seed)
    report(Progress(1, 2, _("translating")))
    weights = weights_of(attending.network, [pair])[0]
    outputs = _translate(models, pair.source)
    report(Progress(2, 2, _("done")))
    place = task.parameters.get("word")
    odd: tuple[str, ...] = ()
    if task.ask == "length":
        answer = len(outputs["attention"].words)
        clear = True
        summary = _("{n} source words became {m} words").format(n=len(pair.source), m=answer)
    else:
        assert isinstance(task.question, PositionQuestion)
        assert isinstance(place, int)
        answer, clear, odd = _brightest_word(pair, place, weights[place])
        summary = _("{word} looks most at {source}: weight {weight:.2f}").format(
            word=pair.target[place], source=pair.source[answer], weight=weights[place][answer]
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


def _brightest_word(
    pair: SentencePair, place: int, row: Sequence[float]
) -> tuple[int, bool, tuple[str, ...]]:
    """The key, whether it is clear enough to be marked, and what to say when no link explains it."""
    answer = max(range(len(row)), key=row.__getitem__)
    others = [weight for index, weight in enumerate(row) if index != answer]
    linked = (place, answer) in pair.possible
    clear = linked and row[answer] - max(others, default=0.0) >= MARGIN
    if linked:
        return answer, clear, ()
    odd = (
        _("Here the brightest word is no gold link: attention is not alignment."),
        _("Nobody could foresee that, so this prediction is not marked."),
    )
    return answer, clear, odd


def run_own(
    source: tuple[str, ...], _task: Task | None, report: Callable[[Progress], None]
) -> Result:
    """Both networks on a sentence without a gold translation."""
    report(Progress(0, 2, _("loading the models")))
    models = {"attention": load(HEADLINE_ATTENTION), "fixed": load(HEADLINE_FIXED)}
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


def _translate(models: Mapping[str, Model], source: Sequence[str]) -> dict[str, Translation]:
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
        lines.append(Tokens(names[name], output.words, wrong_words(output.words, gold)))
    return lines


def wrong_words(words: tuple[str, ...], gold: tuple[str, ...] | None) -> frozenset[int]:
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
