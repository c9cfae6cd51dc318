"""Another sentence's C: counted by hand, and what the bundled networks do with it."""

from __future__ import annotations

import pytest
import torch

from studybuddy.catalogue.predictions import Progress, Result, Task, fits_question
from studybuddy.lab.experiments.swap import outcome, outputs, same_length
from studybuddy.lab.models import load
from studybuddy.lab.networks.decode import translate
from studybuddy.lab.networks.fixed import FixedContext
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare

A, B, C = ("a",), ("b",), ("c",)
SETTINGS = {"count": 40, "lengths": [5, 9]}


@pytest.fixture(scope="module")
def donor() -> tuple[Task, Result]:
    task = prepare("swap", "fixed", SETTINGS, 4, "en")
    return task, run(task)


def test_outputs_are_counted_as_own_donors_or_neither() -> None:
    found = outcome([(A, B, A), (A, B, B), (A, B, C), (A, B, C)])
    assert (found.original, found.donor, found.neither, found.n) == (1, 1, 2, 4)


def test_pairs_that_come_out_alike_tell_nothing() -> None:
    found = outcome([(A, A, A), (A, B, B)])
    assert (found.original, found.donor, found.n) == (0, 1, 1)


def test_pairs_are_of_equal_length_and_different() -> None:
    pairs = same_length(5, 9, 33, 7)
    assert len(pairs) == 33
    assert all(len(a) == len(b) and a != b for a, b in pairs)
    assert {len(a) for a, _b in pairs} == set(range(5, 10))
    assert pairs == same_length(5, 9, 33, 7) != same_length(5, 9, 33, 8)


def test_the_donors_c_gives_the_donors_output_and_the_own_c_ones_own() -> None:
    network = load(HEADLINE_FIXED).network
    assert isinstance(network, FixedContext)
    pairs = same_length(6, 8, 12, 1)
    for own, other, mixed in outputs(
        network, pairs, lambda a, b: network.from_context(a.memory, b.context)
    ):
        assert mixed == other
        assert own != other
        assert own == [out.words for out in translate(network, [a for a, _b in pairs])]
    for own, _other, mixed in outputs(network, pairs, lambda a, _b: a):
        assert mixed == own


def test_the_run_finds_b_for_bs_c_and_neither_for_nothing(donor: tuple[Task, Result]) -> None:
    _task, result = donor
    outcomes = result.data["outcomes"]
    assert result.answer == 1
    assert result.clear
    assert outcomes["donor"]["donor"] == outcomes["donor"]["n"]
    for nothing in ("zero", "noise", "mean"):
        assert outcomes[nothing]["neither"] > 0.8 * outcomes[nothing]["n"]


def test_attention_follows_its_states_not_its_first_state(donor: tuple[Task, Result]) -> None:
    outcomes = donor[1].data["outcomes"]
    assert outcomes["state"]["original"] > outcomes["state"]["donor"]
    assert outcomes["memory"]["donor"] > outcomes["memory"]["original"]


@pytest.mark.parametrize(
    ("ask", "extra", "key"),
    [
        ("attention_state", {}, "state"),
        ("attention_memory", {}, "memory"),
        ("fixed", {"given": "mean"}, "mean"),
        ("share", {"swapped": "context"}, "donor"),
        ("share", {"swapped": "state"}, "state"),
    ],
)
def test_each_question_is_answered_from_its_own_row(
    ask: str, extra: dict[str, str], key: str
) -> None:
    task = prepare("swap", ask, {**SETTINGS, **extra}, 4, "zh")
    result = run(task)
    row = result.data["outcomes"][key]
    counts = [row["original"], row["donor"], row["neither"]]
    assert fits_question(task.question, result.answer)
    if ask == "share":
        asked = row["original"] if key == "state" else row["donor"]
        assert result.answer == pytest.approx(100 * asked / row["n"])
    else:
        assert counts[int(result.answer)] == max(counts)  # type: ignore[arg-type]
        assert result.clear == (max(counts) > 0.65 * row["n"])


def test_the_task_shows_two_sentences_of_one_length_and_the_run_decodes_them(
    donor: tuple[Task, Result],
) -> None:
    task, result = donor
    source, other = (str(task.parameters[name]).split() for name in ("source", "donor"))
    assert len(source) == len(other)
    assert source != other
    assert task.parameters["source"] in task.prompt
    assert result.data["example"]["donor"] == result.data["example"]["fixed B"]


def test_noise_follows_from_the_seed_and_progress_is_told() -> None:
    task = prepare("swap", "fixed", {**SETTINGS, "given": "noise"}, 5, "en")
    told: list[Progress] = []
    torch.manual_seed(0)
    first = run(task, told.append)
    torch.manual_seed(1)
    assert run(task).data == first.data
    assert len(told) > 6
    assert set(first.models) == {HEADLINE_FIXED, HEADLINE_ATTENTION}
