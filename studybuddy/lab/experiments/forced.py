"""Attention weights overruled: does the word that is written change (E4)?

One step of each of many unseen sentences, the gold words given before it. What is measured is the
change of the right word's log probability: greedy text alone exaggerates. Attention that can be
overruled without any change explains nothing (Jain & Wallace 2019), so that is counted too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import torch

from studybuddy.catalogue.figures import Figure, Table, Tokens
from studybuddy.catalogue.predictions import Progress, Result, Task
from studybuddy.lab.experiments.comparing import (
    Interval,
    in_percent,
    number_text,
    parts,
    share_text,
)
from studybuddy.lab.experiments.notes import model_note, sample_note
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.models import Model, load
from studybuddy.lab.networks.decode import write
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.overruling import (
    HOWS,
    at_one_step,
    everywhere,
    falls_everywhere,
    orders,
    top,
    up_to_step,
    weights_for,
)
from studybuddy.lab.plan import HEADLINE_ATTENTION
from studybuddy.lab.statistics import Share, mean_interval
from studybuddy.lab.tasks.forced import Overruled, example, overruled
from studybuddy.lab.vocabulary import TARGET
from studybuddy.text.translation import _

NOTHING = 0.01
"""Nats: a smaller change of log p counts as none."""
_TOP = 5
_SPARE = 1.3
"""Sentences drawn for each one asked: a few have no two content words."""


@dataclass(slots=True)
class Effect:
    """What one way of overruling did, a value a sentence."""

    fall: list[float] = field(default_factory=list)
    all_steps: list[float] = field(default_factory=list)
    gold: int = 0
    other: int = 0
    changed: int = 0
    same: int = 0

    def shares(self) -> tuple[Share, Share, Share]:
        """Steps whose likeliest word is the right one, the translation of the forced word, another."""
        n = len(self.fall)
        return Share(self.gold, n), Share(self.other, n), Share(n - self.gold - self.other, n)


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Overrule the weights in all three ways and answer from the asked one."""
    report(Progress(0, 1, _("loading the models")))
    model = load(HEADLINE_ATTENTION)
    count = int(task.parameters["count"])
    shortest, longest = (int(length) for length in task.parameters["lengths"])
    chosen: list[tuple[SentencePair, Overruled]] = []
    drawn = Unseen(task.seed).spread(
        range(shortest, longest + 1),
        int(count * _SPARE) + 1,
        lambda: report(Progress(0, 1, _("drawing sentences"))),
    )
    for pair in drawn:
        step = overruled(pair, task.seed)
        if step is not None:
            chosen.append((pair, step))
    # Taken evenly, so that long sentences are not the ones left out.
    chosen = [chosen[i * len(chosen) // count] for i in range(min(count, len(chosen)))]
    effects = {how: Effect() for how in HOWS}
    done = 0
    for part in parts([pair for pair, _step in chosen]):
        steps = [step for _pair, step in chosen[done : done + len(part)]]
        report(
            Progress(done, len(chosen), _("overruling the weights"), _tables(effects, task.seed))
        )
        measure(model.network, part, steps, task.seed, effects)
        done += len(part)
    report(Progress(done, done, _("done")))
    return _result(task, model, effects)


def measure(
    network: Translator,
    pairs: Sequence[SentencePair],
    steps: Sequence[Overruled],
    seed: int,
    effects: Mapping[str, Effect],
) -> None:
    """Add what happens to these sentences, each at its step, to the effects."""
    before = up_to_step(network, pairs, [step.step for step in steps])
    order = orders(pairs, before.own.shape[1], seed)
    rows = torch.arange(len(pairs))
    was, likeliest = before.shares[rows, before.gold], before.shares.argmax(dim=-1)
    plain = [out.words for out in write(network, before.given, before.lengths)]
    words = [step.word for step in steps]
    translations = torch.tensor(TARGET.numbers(step.translation for step in steps))
    for how, effect in effects.items():
        weights = weights_for(how, before, words, order)
        now = at_one_step(network, before, weights)
        best = now.argmax(dim=-1)
        effect.fall += (was - now[rows, before.gold]).tolist()
        effect.gold += int((best == before.gold).sum())
        effect.other += int((best == translations).sum())
        effect.changed += int((best != likeliest).sum())
        effect.all_steps += falls_everywhere(network, how, before, words, order)
        outputs = everywhere(network, how, before, words, order)
        effect.same += sum(out == own for out, own in zip(outputs, plain, strict=True))


def _result(task: Task, model: Model, effects: Mapping[str, Effect]) -> Result:
    how = str(task.parameters.get("how", "word"))
    effect = effects[how]
    n = len(effect.fall)
    fall = mean_interval(effect.fall, task.seed)
    answer: float
    low: float | None = None
    high: float | None = None
    clear = True
    match task.ask:
        case "word":
            shares = effect.shares()
            answer = max(range(len(shares)), key=lambda i: shares[i].right)
            clear = shares[int(answer)].interval[0] > 0.5
        case "fall":
            answer, low, high = max(0.0, fall[0]), fall[1], fall[2]
            clear = low > 0
        case _:
            counted = effect.changed if task.ask == "changed" else effect.same
            answer, low, high = in_percent(_of(Share(counted, n)))
    nothing = sum(abs(value) < NOTHING for value in effect.fall)
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
            "{how}: log p of the right word falls by {fall} nats; another word becomes likeliest at {changed:.0f} % of the steps"
        ).format(how=_name(how), fall=number_text(*fall), changed=100 * effect.changed / max(1, n)),
        notes=(
            model_note(model.card),
            sample_note(n, task.seed),
            _("Nothing changes (less than {nats} nats) at {k} of {n} steps.").format(
                nats=NOTHING, k=nothing, n=n
            ),
            _("The likeliest word stays the same at {k} of {n} steps.").format(
                k=n - effect.changed, n=n
            ),
            _("The gold words are given before the step; the state s_t is not overruled."),
        ),
        figures=(*_tables(effects, task.seed), *_example(task, model.network)),
        data={
            "effects": {
                name: {
                    "fall": list(mean_interval(each.fall, task.seed)),
                    "fall_everywhere": list(mean_interval(each.all_steps, task.seed)),
                    "gold": each.gold,
                    "forced_word": each.other,
                    "changed": each.changed,
                    "same_output": each.same,
                    "nothing": sum(abs(value) < NOTHING for value in each.fall),
                    "n": len(each.fall),
                }
                for name, each in effects.items()
            }
        },
    )


def _of(share: Share) -> Interval:
    low, high = share.interval
    return share.value, low, high


def _name(how: str) -> str:
    return {
        "word": _("all on another word"),
        "uniform": _("uniform"),
        "shuffled": _("shuffled"),
    }[how]


def _tables(effects: Mapping[str, Effect], seed: int) -> tuple[Figure, ...]:
    """Both tables of what was measured so far; nothing before there is anything."""
    if not all(effect.fall for effect in effects.values()):
        return ()
    one = tuple(
        (
            _name(how),
            number_text(*mean_interval(effect.fall, seed), 2),
            *(share_text(share) for share in effect.shares()),
        )
        for how, effect in effects.items()
    )
    every = tuple(
        (
            _name(how),
            number_text(*mean_interval(effect.all_steps, seed), 2),
            share_text(Share(effect.same, len(effect.fall))),
        )
        for how, effect in effects.items()
    )
    n = len(effects["word"].fall)
    return (
        Table(
            _(
                "Weights overruled at one step: what is likeliest, in % (95 % interval, n = {n})"
            ).format(n=n),
            (_("weights"), _("fall of log p"), _("right word"), _("forced word"), _("another")),
            one,
        ),
        Table(
            _("Overruled at every step (95 % interval, n = {n})").format(n=n),
            (_("weights"), _("fall of log p a word"), _("same output, %")),
            every,
        ),
    )


def _example(task: Task, network: Translator) -> tuple[Figure, ...]:
    """The task's sentence and the likeliest words at its step, as it is and overruled."""
    shortest, longest = (int(length) for length in task.parameters["lengths"])
    pair, step = example(shortest, longest, task.seed)
    before = up_to_step(network, [pair], [step.step])
    order = orders([pair], before.own.shape[1], task.seed)
    found = {_("its own weights"): top(before.shares[0], _TOP)}
    for how in HOWS:
        weights = weights_for(how, before, [step.word], order)
        found[_name(how)] = top(at_one_step(network, before, weights)[0], _TOP)
    columns = [[f"{word} {100 * share:.1f}" for word, share in words] for words in found.values()]
    return (
        Tokens(_("source"), pair.source),
        Tokens(_("written so far"), pair.target[: step.step]),
        Table(
            _("The likeliest words at this step, in %; the forced word is “{word}”").format(
                word=pair.source[step.word]
            ),
            tuple(found),
            tuple(zip(*columns, strict=True)),
        ),
    )
