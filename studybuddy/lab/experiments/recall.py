"""Which lags the trained cells bridge (E6): first letters named, against chance.

Each lag of the first curve has a network of its own, trained on that lag alone; the second is of
networks that were trained on lags 1 to 20 mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from studybuddy.catalogue.figures import Curve, Series, Table
from studybuddy.catalogue.predictions import NumberQuestion, Progress, Result, Task
from studybuddy.lab.cards import Card
from studybuddy.lab.recall_models import MIXED_LAGS, load_recall
from studybuddy.lab.recall_plan import CELLS, CHANCE, FIXED_LAGS, MIXED, fixed_name, mixed_name
from studybuddy.lab.recalling import recalled, strings
from studybuddy.lab.statistics import Share, difference
from studybuddy.lab.tasks.recall import NETWORKS, SOLVED
from studybuddy.text.translation import _

Shares = dict[int, Share]
"""First letters named, by lag."""


def run(task: Task, report: Callable[[Progress], None]) -> Result:
    """Ask every network its strings and answer the question from the shares."""
    count = int(task.parameters["count"])
    fixed: dict[str, Shares] = {network: {} for network in NETWORKS}
    mixed: dict[str, Shares] = {cell: {} for cell in CELLS}
    total = len(NETWORKS) * len(FIXED_LAGS) + len(CELLS) * len(MIXED_LAGS)
    done = 0
    for lag in FIXED_LAGS:
        words = strings(lag, count, "test", task.seed)
        for network in NETWORKS:
            model = load_recall(model_name(network, lag))
            fixed[network][lag] = recalled(model.network, words)
            done += 1
            report(Progress(done, total, _("lag {lag}").format(lag=lag)))
        report(Progress(done, total, _("lag {lag}").format(lag=lag), (fixed_curve(fixed),)))
    for lag in MIXED_LAGS:
        words = strings(lag, count, "test", task.seed)
        for cell in CELLS:
            mixed[cell][lag] = recalled(load_recall(mixed_name(cell)).network, words)
            done += 1
            report(Progress(done, total, _("trained on mixed lags, lag {lag}").format(lag=lag)))
    answer, low, high, clear, ties, summary, n = _answer(task, fixed)
    cards = [load_recall(model_name(network, FIXED_LAGS[-1])).card for network in NETWORKS]
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
        notes=_notes(cards, count, task.seed),
        figures=(fixed_curve(fixed), table(fixed), mixed_curve(mixed)),
        data={
            "chance": CHANCE,
            "metric": "first letters named, 95 % Wilson interval",
            "trained on that lag alone": {name: _plain(found) for name, found in fixed.items()},
            "trained on lags 1 to 20": {name: _plain(found) for name, found in mixed.items()},
        },
        ties=ties,
    )


def model_name(network: str, lag: int) -> str:
    """The bundled model of a network as the question names it: "gru default" at a lag."""
    cell, _space, gates = network.partition(" ")
    return fixed_name(cell, lag, default_gates=gates == "default")


def longest(shares: Mapping[int, Share]) -> tuple[int, bool]:
    """How many of the lags, from the shortest on, are solved; and whether each is so clearly.

    A lag is clear when its interval lies on one side of `SOLVED`.
    """
    solved, clear = 0, True
    for lag in sorted(shares):
        low, high = shares[lag].interval
        clear = clear and not low <= SOLVED <= high
        if shares[lag].value < SOLVED:
            break
        solved += 1
    return solved, clear


def ranked(
    shares: Sequence[Share],
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """The order, most first, and the pairs that cannot be told apart."""
    order = sorted(range(len(shares)), key=lambda i: -shares[i].value)
    ties: list[tuple[int, int]] = []
    for a, b in combinations(range(len(shares)), 2):
        _delta, low, high = difference(shares[a], shares[b])
        if low <= 0 <= high:
            ties.append((a, b))
    return tuple(order), tuple(ties)


def _answer(
    task: Task, fixed: Mapping[str, Shares]
) -> tuple[Any, float | None, float | None, bool, tuple[tuple[int, int], ...], str, int]:
    """Key, its interval, whether it is clear, ties, a summary, and n."""
    if task.ask == "ranking":
        lag = int(task.parameters["lag"])
        items = list(task.parameters["items"])
        shares = [fixed[network][lag] for network in items]
        order, ties = ranked(shares)
        told = ", ".join(f"{_named(items[i])} {100 * shares[i].value:.0f} %" for i in order)
        every = len(items) * (len(items) - 1) // 2
        n = min(share.n for share in shares)
        return order, None, None, len(ties) < every, ties, told, n
    network = str(task.parameters["network"])
    if task.ask == "longest":
        solved, clear = longest(fixed[network])
        told = ", ".join(f"{lag}: {100 * fixed[network][lag].value:.0f} %" for lag in FIXED_LAGS)
        summary = _("{network} at lag {told}").format(network=_named(network), told=told)
        n = min(share.n for share in fixed[network].values())
        return solved, None, None, clear, (), summary, n
    assert isinstance(task.question, NumberQuestion)
    share = fixed[network][int(task.parameters["lag"])]
    low, high = share.interval
    summary = _("{network}: {right} of {n} letters named").format(
        network=_named(network), right=share.right, n=share.n
    )
    clear = 100 * (high - low) <= 2 * task.question.tolerance
    return 100 * share.value, 100 * low, 100 * high, clear, (), summary, share.n


def _notes(cards: Sequence[Card], count: int, seed: int) -> tuple[str, ...]:
    counts = [card.parameters for card in cards]
    return (
        _("n = up to {n} different strings a lag, seed {seed}; none was trained on").format(
            n=count, seed=seed
        ),
        _("{low:,} to {high:,} parameters each, {steps} steps, the best of rates {rates}").format(
            low=min(counts),
            high=max(counts),
            steps=cards[0].steps,
            rates=", ".join(f"{rate:g}" for rate in cards[0].recipe.get("rates", ())),
        ),
        _("opened: +3 on the gate that keeps, before training; chance is {chance:.1%}").format(
            chance=CHANCE
        ),
        _(
            "Lags 1 to {edge} mixed teach every cell, the RNN too: short lags show it what to keep, "
            "and it holds the letter in a state that no longer moves. Lags past {edge} were never "
            "trained on."
        ).format(edge=MIXED[1]),
    )


def _named(network: str) -> str:
    names = {
        "rnn": _("RNN"),
        "gru": _("GRU, opened"),
        "lstm": _("LSTM, opened"),
        "gru default": _("GRU, default"),
        "lstm default": _("LSTM, default"),
    }
    return names[network]


def _series(name: str, shares: Shares) -> Series:
    found = list(shares.values())
    return Series(
        name,
        tuple(share.value for share in found),
        tuple(share.interval[0] for share in found),
        tuple(share.interval[1] for share in found),
        tuple(share.n for share in found),
    )


def _against_chance(lags: Sequence[int]) -> Series:
    return Series(_("chance"), (CHANCE,) * len(lags))


def fixed_curve(fixed: Mapping[str, Shares]) -> Curve:
    """Networks trained on one lag each, over that lag."""
    return Curve(
        title=_("Trained on one lag alone: first letters named"),
        x_title=_("lag"),
        y_title=_("named"),
        x=tuple(map(str, FIXED_LAGS)),
        series=(
            *(_series(_named(network), shares) for network, shares in fixed.items()),
            _against_chance(FIXED_LAGS),
        ),
    )


def mixed_curve(mixed: Mapping[str, Shares]) -> Curve:
    """Networks trained on lags 1 to 20 mixed, within and beyond them."""
    return Curve(
        title=_("Trained on lags {a} to {b} mixed, default gates").format(a=MIXED[0], b=MIXED[1]),
        x_title=_("lag"),
        y_title=_("named"),
        x=tuple(map(str, MIXED_LAGS)),
        series=(
            *(_series(cell.upper(), shares) for cell, shares in mixed.items()),
            _against_chance(MIXED_LAGS),
        ),
        edge=MIXED_LAGS.index(MIXED[1]),
    )


def table(fixed: Mapping[str, Shares]) -> Table:
    """The first curve in percent with intervals."""
    return Table(
        _("Trained on one lag alone, named in % (95 % interval)"),
        (_("network"), *(_("lag {lag}").format(lag=lag) for lag in FIXED_LAGS)),
        tuple(
            (_named(network), *(_percent(shares[lag]) for lag in FIXED_LAGS))
            for network, shares in fixed.items()
        ),
    )


def _percent(share: Share) -> str:
    low, high = share.interval
    return f"{100 * share.value:.0f} ({100 * low:.0f}–{100 * high:.0f})"


def _plain(shares: Shares) -> list[dict[str, Any]]:
    return [
        {
            "lag": lag,
            "right": share.right,
            "n": share.n,
            "share": share.value,
            "low": share.interval[0],
            "high": share.interval[1],
        }
        for lag, share in shares.items()
    ]
