"""Two wirings of C: what enters the decoder, and which words it gets right."""

from __future__ import annotations

import pytest
import torch

from studybuddy.catalogue.figures import Table
from studybuddy.catalogue.predictions import Result, SketchQuestion, Task
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.contexts import contexts
from studybuddy.lab.experiments import wiring
from studybuddy.lab.models import load
from studybuddy.lab.networks.fixed import FixedContext
from studybuddy.lab.networks.translator import Step
from studybuddy.lab.plan import HEADLINE_ATTENTION, HEADLINE_FIXED
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.drawing import draw_pair


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[Task, Result]]:
    settings = {"late": {"count": 40}, "curve": {"count": 40}, "identical": {}}
    tasks = {ask: prepare("wiring", ask, each, 2, "en") for ask, each in settings.items()}
    return {ask: (task, run(task)) for ask, task in tasks.items()}


def test_one_c_enters_at_every_step_and_attention_has_another_each_time() -> None:
    pair = draw_pair(8, 12, 1)
    fixed, attention = (contexts(load(name), pair) for name in (HEADLINE_FIXED, HEADLINE_ATTENTION))
    assert fixed.identical
    assert len(fixed.vectors) == len(pair.target) + 1
    assert set(fixed.apart) == {0.0}
    assert not attention.identical
    assert max(attention.apart) > 0.1


def test_a_decoder_that_puts_its_state_in_place_of_c_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As a known textbook does at inference; the step still reports the C that it was given."""
    plain = FixedContext.step

    def drifting(
        self: FixedContext,
        given: object,
        state: torch.Tensor,
        word: torch.Tensor,
        forced: object = None,
    ) -> Step:
        other = given._replace(context=given.context + 0.01 * state.mean())  # type: ignore[attr-defined]
        return plain(self, other, state, word)._replace(context=given.context)  # type: ignore[attr-defined]

    monkeypatch.setattr(FixedContext, "step", drifting)
    assert not contexts(load(HEADLINE_FIXED), draw_pair(6, 9, 1)).identical
    with pytest.raises(StudyBuddyError, match="not one C"):
        run(prepare("wiring", "late", {"count": 40}, 2, "en"))
    assert run(prepare("wiring", "identical", {}, 2, "en")).answer != 0


def test_identical_is_reported_with_the_number_of_steps(
    results: dict[str, tuple[Task, Result]],
) -> None:
    _task, result = results["identical"]
    assert result.answer == 0
    assert result.data["identical"] is True
    table = result.figures[0]
    assert isinstance(table, Table)
    steps = f"{len(table.rows)} steps"
    assert any("bit for bit" in note and steps in note for note in result.notes)
    assert any("bit for bit" in note for note in results["late"][1].notes)


def test_a_sketch_has_the_places_of_the_prompt_and_lies_in_its_intervals(
    results: dict[str, tuple[Task, Result]],
) -> None:
    task, result = results["curve"]
    assert isinstance(task.question, SketchQuestion)
    assert isinstance(result.answer, tuple)
    assert len(result.answer) == len(result.lows) == len(result.highs) == len(task.question.x)
    by_place = result.data["first"]["by_place"]
    for x, value, low, high in zip(
        task.question.x, result.answer, result.lows, result.highs, strict=True
    ):
        assert low <= value <= high
        assert value == pytest.approx(100 * by_place[int(x) - 1])


def test_the_verdict_follows_the_interval() -> None:
    assert wiring.verdict((20.0, 10.0, 30.0)) == (wiring.EVERY, True)
    assert wiring.verdict((-20.0, -30.0, -10.0)) == (wiring.FIRST, True)
    assert wiring.verdict((1.0, -1.0, 2.0)) == (wiring.ALIKE, True)
    assert wiring.verdict((4.0, -1.0, 9.0)) == (wiring.ALIKE, False)


def test_the_last_third_by_hand() -> None:
    """Six words each, the last two count: 2/2 and 1/2 against 0/2 and 1/2."""
    every = wiring.Wired([[False] * 4 + [True] * 2, [True] * 5 + [False]], wiring.Share(0, 2))
    first = wiring.Wired([[True] * 4 + [False] * 2, [True] * 5 + [False]], wiring.Share(0, 2))
    value, _low, _high = wiring.late_difference({"every": every, "first": first}, 0)
    assert value == pytest.approx(0.5)


def test_the_key_is_what_the_data_say_and_a_run_is_repeatable(
    results: dict[str, tuple[Task, Result]],
) -> None:
    task, result = results["late"]
    ahead = result.data["every"]["last_third"] - result.data["first"]["last_third"]
    assert (result.answer == wiring.EVERY) <= (ahead > 0)
    assert (result.answer == wiring.FIRST) <= (ahead < 0)
    assert run(task) == result
