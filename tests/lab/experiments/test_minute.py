"""A sentence that grows: C keeps its size, C_t are as many as words, and the loss is counted."""

from __future__ import annotations

import pytest

from studybuddy.catalogue.figures import Curve
from studybuddy.catalogue.predictions import Progress, Result, Task, fits_question
from studybuddy.lab.experiments.minute import first_clause_kept
from studybuddy.lab.language.growing import families
from studybuddy.lab.plan import HEADLINE_SIZE
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare


@pytest.fixture(scope="module")
def keeps() -> tuple[Task, Result, list[Progress]]:
    told: list[Progress] = []
    task = prepare("minute", "keeps", {"count": 40}, 4, "en")
    return task, run(task, told.append), told


def test_the_first_clause_is_looked_for_at_the_front_of_the_output() -> None:
    first = families(1, 2)[0][0]
    clause = first.target[:-1]
    assert first_clause_kept((*clause, "，", "而且"), first)
    assert not first_clause_kept(clause[:-1], first)
    assert not first_clause_kept(("我", *clause), first)


def test_c_keeps_its_size_whatever_the_sentence() -> None:
    result = run(prepare("minute", "size", {}, 3, "zh"))
    assert result.answer == HEADLINE_SIZE
    assert result.data["sizes"] == [HEADLINE_SIZE] * 3
    assert result.clear


def test_there_is_a_context_vector_for_each_word_that_is_written_and_for_the_end() -> None:
    task = prepare("minute", "contexts", {}, 3, "en")
    result = run(task)
    outputs = result.data["outputs"]["attention"]
    assert result.data["vectors"] == [len(words) + 1 for words in outputs]
    assert result.answer == len(outputs[-1]) + 1
    assert result.answer > result.data["vectors"][0]
    assert fits_question(task.question, result.answer)


def test_the_key_is_the_share_of_first_clauses_that_survive(
    keeps: tuple[Task, Result, list[Progress]],
) -> None:
    task, result, _told = keeps
    right, n = result.data["kept"]["fixed"][-1]
    assert n == result.n == 40
    assert result.answer == pytest.approx(100 * right / n)
    assert fits_question(task.question, result.answer)
    assert result.low is not None
    assert result.high is not None
    assert result.low <= 100 * right / n <= result.high


def test_attention_keeps_what_fixed_c_loses(keeps: tuple[Task, Result, list[Progress]]) -> None:
    kept = keeps[1].data["kept"]
    assert kept["fixed"][0][0] == kept["attention"][0][0] == 40
    assert kept["fixed"][-1][0] < kept["attention"][-1][0]
    assert keeps[1].clear


def test_the_curve_grows_while_it_runs(keeps: tuple[Task, Result, list[Progress]]) -> None:
    shown = [step.figures[0] for step in keeps[2] if step.figures]
    assert shown
    assert isinstance(shown[0], Curve)
    assert len(shown[0].series[0].y) < len(shown[-1].series[0].y) == 3  # type: ignore[union-attr]


def test_the_stages_are_those_of_the_prompt_and_repeatable() -> None:
    task = prepare("minute", "contexts", {}, 5, "en")
    assert task.parameters["source"] in task.prompt
    assert run(task) == run(task)
    assert prepare("minute", "contexts", {}, 6, "en").parameters != task.parameters
