"""The bars that no card can tell: gradients through time, beam against greedy, learning live.

Each is measured anew: on untrained networks, on the bundled ones, and on ones trained here.
"""

from __future__ import annotations

from collections.abc import Iterator

from studybuddy.lab.bars import Bar
from studybuddy.lab.data import DATA
from studybuddy.lab.experiments.beam import SAME
from studybuddy.lab.gradients import factor_per_step, log_gradients, mean_over_seeds, untrained
from studybuddy.lab.live import MEASURE_EVERY, LiveTraining
from studybuddy.lab.models import load
from studybuddy.lab.networks.search import beam
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.recall_models import load_recall
from studybuddy.lab.recall_plan import SEEDS, mixed_name
from studybuddy.lab.statistics import Share
from studybuddy.text.translation import _

DRAWN = 6
"""Untrained networks of each kind."""
BEAMED = (6, 10, 14, 18)
"""Lengths of the sentences that are searched."""
BEAMED_COUNT = 25
WIDTH = 5
LIVE_SEEDS = (0, 1, 2)
MOST_LIVE = 500
DIAGONAL_BY = 200


def run_bars(seed: int) -> Iterator[Bar]:
    """Every bar of the runs, one after the other as it is measured."""
    yield from gradient_bars(seed)
    yield from beam_bars(seed)
    yield from live_bars()


def gradient_bars(seed: int) -> Iterator[Bar]:
    """The factor by which a step back multiplies the gradient, as a mean over networks."""
    drawn = range(DRAWN * seed, DRAWN * (seed + 1))
    for text, cell, bias, gain, least, most in (
        (_("RNN, default weights"), "rnn", 0, None, 0.0, 0.6),
        (_("GRU, default gates"), "gru", 0, None, 0.0, 0.7),
        (_("LSTM, default gates"), "lstm", 0, None, 0.0, 0.7),
        (_("GRU, gate opened by 2"), "gru", 2, None, 0.85, 1.0),
        (_("LSTM, gate opened by 2"), "lstm", 2, None, 0.85, 1.0),
        (_("tanh RNN, g = 2"), "rnn", 0, 2.0, 1.1, 2.0),
    ):
        rows = [log_gradients(untrained(cell, n, gate_bias=bias, gain=gain), n) for n in drawn]
        yield _factor(text, rows, least, most)
    for cell in ("gru", "lstm"):
        networks = [load_recall(mixed_name(cell, each)).network for each in SEEDS]
        rows = [log_gradients(network, n) for n, network in zip(drawn, networks, strict=False)]
        yield _factor(_("{cell}, trained").format(cell=cell.upper()), rows, 0.85, 1.1)


def _factor(name: str, rows: list[tuple[float, ...]], least: float, most: float) -> Bar:
    mean = mean_over_seeds([factor_per_step(row) for row in rows])
    told = _("{name}: each step back multiplies the gradient by {mean} ({low}–{high}, n {n})")
    bound = f"≥ {least}" if least else f"≤ {most}"
    numbers = {"mean": f"{mean.value:.3f}", "low": f"{mean.low:.3f}", "high": f"{mean.high:.3f}"}
    return Bar(
        told.format(name=name, n=mean.n, **numbers) + f", {bound}", least <= mean.value <= most
    )


def beam_bars(seed: int) -> Iterator[Bar]:
    """A wider beam may not find what the network holds less likely than the greedy output."""
    drawn = DATA["grammar"].sample(BEAMED, BEAMED_COUNT, "test", seed)
    for name in (HEADLINE_FIXED, HEADLINE_ATTENTION):
        network = load(name).network
        right = n = 0
        for pair in (pair for pairs in drawn.values() for pair in pairs):
            greedy, wide = (
                beam(network, pair.source, width)[0].log_probability for width in (1, WIDTH)
            )
            right += wide >= greedy - SAME
            n += 1
        share = Share(right, n)
        text = _(
            "{name}, beam {width} as likely as greedy or likelier: {share:.1%} (n {n}), ≥ 99 %"
        )
        yield Bar(text.format(name=name, width=WIDTH, share=share.value, n=n), share.value >= 0.99)


def live_bars() -> Iterator[Bar]:
    """A fresh network that learns to reverse: the anti-diagonal, then exact match."""
    for seed in LIVE_SEEDS:
        training = LiveTraining(seed)
        diagonal = exact = None
        for step in range(MEASURE_EVERY, MOST_LIVE + 1, MEASURE_EVERY):
            now = training.advance(MEASURE_EVERY)
            if diagonal is None and now.diagonal is not None and now.diagonal.value >= 0.9:
                diagonal = step
            if now.exact.value >= 0.95:
                exact = step
                break
        text = _(
            "learning to reverse, seed {seed}: anti-diagonal after {diagonal} steps (≤ {by}), "
            "95 % exact after {exact} (≤ {most})"
        ).format(
            seed=seed, diagonal=diagonal or "-", by=DIAGONAL_BY, exact=exact or "-", most=MOST_LIVE
        )
        yield Bar(text, diagonal is not None and diagonal <= DIAGONAL_BY and exact is not None)
