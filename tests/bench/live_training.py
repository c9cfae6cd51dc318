"""Live training: steps until the (anti)diagonal and exact match reach their bars, seed by seed.

    python tests/bench/live_training.py [--seeds 3] [--task reverse] [--rate 0.01] [--steps 500] [--json]

Bars: 90 % of the largest weights on the diagonal within 200 steps, 95 % exact within 500.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")


def one(seed: int, task: str, rate: float, steps: int) -> dict[str, Any]:
    """First step of each bar, and steps a second of processor time."""
    from studybuddy.lab.live import MEASURE_EVERY, LiveTraining

    training = LiveTraining(seed, rate, True, "copy" if task == "copy" else "reverse")
    diagonal = exact = None
    begun = time.process_time()
    for _part in range(0, steps, MEASURE_EVERY):
        now = training.advance(MEASURE_EVERY)
        assert now.diagonal is not None
        if diagonal is None and now.diagonal.value >= 0.9:
            diagonal = now.step
        if exact is None and now.exact.value >= 0.95:
            exact = now.step
        if diagonal is not None and exact is not None:
            break
    seconds = time.process_time() - begun
    return {
        "seed": seed,
        "diagonal_step": diagonal,
        "exact_step": exact,
        "steps_per_second": round(now.step / seconds, 1),
        "parameters": training.parameters,
    }


def main() -> None:
    """Print a line a seed, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--task", choices=("reverse", "copy"), default="reverse")
    parser.add_argument("--rate", type=float, default=1e-2)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    from studybuddy.lab.threads import ready

    ready()
    found = [one(seed, options.task, options.rate, options.steps) for seed in range(options.seeds)]
    if options.json:
        print(json.dumps(found))
        return
    for each in found:
        print(
            f"{options.task}, seed {each['seed']}: diagonal >= 90 % at {each['diagonal_step']}, "
            f"exact >= 95 % at {each['exact_step']} "
            f"({each['steps_per_second']} steps a second, {each['parameters']} numbers)"
        )


if __name__ == "__main__":
    main()
