"""The laboratory against its floors, measured in the same run, in turn, on one thread.

    python tests/bench/lab.py [--rounds 15] [--json]

Translation: the same encoder, decoder and attention written as plain torch modules, without
vocabularies, checks or a bound on the output. Length sweep: the batched decodes that it is made of,
on sentences drawn beforehand. Memory: importing torch.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn

from studybuddy.catalogue.predictions import Progress
from studybuddy.lab.language.corpus import sample
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.models import load
from studybuddy.lab.networks.decode import source_tensors, translate
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.length import swept
from studybuddy.lab.vocabulary import SOURCE, TARGET

torch.set_num_threads(1)


class Plain(nn.Module):
    """The attention network as a tutorial writes it: encoder, GRU cell, additive score, readout."""

    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        embedding, hidden, state = sizes["embedding"], sizes["hidden"], sizes["state"]
        self.source = nn.Embedding(len(SOURCE), embedding)
        self.encoder = nn.GRU(embedding, hidden, batch_first=True, bidirectional=True)
        self.first = nn.Linear(2 * hidden, state)
        self.target = nn.Embedding(len(TARGET), embedding)
        self.cell = nn.GRUCell(embedding, state)
        self.query = nn.Linear(state, sizes["attention"], bias=False)
        self.key = nn.Linear(2 * hidden, sizes["attention"])
        self.energy = nn.Linear(sizes["attention"], 1, bias=False)
        self.mix = nn.Linear(state + 2 * hidden, sizes["readout_size"])
        self.out = nn.Linear(sizes["readout_size"], len(TARGET))

    def forward(self, source: Tensor, steps: int) -> Tensor:
        """Greedy words (B, steps) for `source` (B, S)."""
        memory, last = self.encoder(self.source(source))
        state = torch.tanh(self.first(torch.cat([last[0], last[1]], 1)))
        keys = self.key(memory)
        word = torch.ones(len(source), dtype=torch.long)
        words = []
        for _step in range(steps):
            state = self.cell(self.target(word), state)
            energies = self.energy(torch.tanh(self.query(state)[:, None] + keys))[..., 0]
            weights = torch.softmax(energies, 1)
            context = (weights[:, None] @ memory)[:, 0]
            word = self.out(torch.tanh(self.mix(torch.cat([state, context], 1)))).argmax(1)
            words.append(word)
        return torch.stack(words, 1)


def seconds(action: Callable[[], object]) -> float:
    """How long it took."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def in_turn(rounds: int, *actions: Callable[[], object]) -> list[float]:
    """Median seconds of each action, all of them once a round."""
    for action in actions:
        action()
    times = [[seconds(action) for action in actions] for _round in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def translation(rounds: int) -> dict[str, float]:
    """One sentence of 18 words, and a thousand in batches of 100, over the plain modules."""
    model = load(HEADLINE_ATTENTION)
    plain = Plain(dict(model.card.sizes)).eval()
    pairs = sample([18], 1000, "test", 5)[18]
    sources = [pair.source for pair in pairs]
    hundreds = [sources[at : at + 100] for at in range(0, len(sources), 100)]

    def prepared(batch: list[tuple[str, ...]]) -> tuple[Tensor, int]:
        """The batch as numbers, and the steps until its last sentence has ended."""
        written = translate(model.network, batch)
        return source_tensors(batch)[0], max(len(out.words) for out in written) + 1

    one, steps = prepared(sources[:1])
    batches = [prepared(batch) for batch in hundreds]

    def floor_one() -> None:
        with torch.inference_mode():
            plain(one, steps).tolist()

    def floor_all() -> None:
        with torch.inference_mode():
            for batch, longest in batches:
                plain(batch, longest).tolist()

    def ours_all() -> None:
        for batch in hundreds:
            translate(model.network, batch)

    single_floor, single = in_turn(rounds, floor_one, lambda: translate(model.network, sources[:1]))
    all_floor, everything = in_turn(max(3, rounds // 4), floor_all, ours_all)
    return {
        "one_floor_ms": 1000 * single_floor,
        "one_ratio": single / single_floor,
        "thousand_floor_ms": 1000 * all_floor,
        "thousand_ratio": everything / all_floor,
    }


def sweep(rounds: int) -> dict[str, float]:
    """First point and whole of a sweep, over the decodes that it is made of."""
    networks = [load(name).network for name in (HEADLINE_FIXED, HEADLINE_ATTENTION)]
    task = prepare("length", "drop", {"count": 100}, 9, "en")
    lengths = swept(task.parameters)
    sources = {size: [pair.source for pair in Unseen(9).of(size, 100)] for size in lengths}
    firsts: list[float] = []

    def decode(size: int) -> None:
        for network in networks:
            translate(network, sources[size])

    def ours() -> None:
        began = time.perf_counter()
        seen: list[float] = []

        def report(progress: Progress) -> None:
            if progress.figures and not seen:
                seen.append(time.perf_counter() - began)

        run(task, report)
        firsts.extend(seen)

    first = lengths[0]
    one, all_of_them, whole = in_turn(
        max(3, rounds // 4),
        lambda: decode(first),
        lambda: [decode(size) for size in lengths],
        ours,
    )
    return {
        "bucket_ms": 1000 * one,
        "first_point_ratio": statistics.median(firsts) / one if firsts else float("nan"),
        "decodes_s": all_of_them,
        "sweep_ratio": whole / all_of_them,
    }


def memory() -> dict[str, float]:
    """Peak resident memory of a live run over that of importing torch alone, in MiB."""
    peak = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    live = (
        "from studybuddy.lab.run import run; from studybuddy.lab.tasks import prepare; "
        "run(prepare('length', 'drop', {'count': 100}, 1, 'en')); "
    )

    def mebibytes(code: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", code + peak], capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    floor, ours = mebibytes("import torch; "), mebibytes(live)
    return {"torch_mib": floor, "live_ratio": ours / floor}


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = {**translation(options.rounds), **sweep(options.rounds), **memory()}
    if options.json:
        print(json.dumps({name: round(value, 3) for name, value in found.items()}))
        return
    print(f"one sentence over plain modules          {found['one_ratio']:.2f}")
    print(f"1,000 sentences over plain modules       {found['thousand_ratio']:.2f}")
    print(f"sweep: first point over one decode       {found['first_point_ratio']:.2f}")
    print(f"sweep: whole over its decodes            {found['sweep_ratio']:.2f}")
    print(f"memory of a live run over torch          {found['live_ratio']:.2f}")


if __name__ == "__main__":
    main()
