"""Which words C kept: known falls give a known verdict, and a missing effect is said."""

from __future__ import annotations

from random import Random

import pytest

from studybuddy.catalogue.predictions import SketchQuestion, Task, fits_question
from studybuddy.lab.experiments import words
from studybuddy.lab.experiments.words import difference_of, of_third
from studybuddy.lab.models import load
from studybuddy.lab.plan import HEADLINE_FIXED
from studybuddy.lab.probing import Probe
from studybuddy.lab.run import run
from studybuddy.lab.tasks import prepare

SETTINGS = {"count": 100, "length": 8}


def _probes(
    falls: tuple[float, float, float], noise: float = 0.5, sentences: int = 60
) -> list[Probe]:
    """A noun in each third of each sentence, with falls around these means."""
    random = Random(1)
    return [
        Probe(sentence, "noun", third, third, 2 - third, -0.1 * fall, fall + random.gauss(0, noise))
        for sentence in range(sentences)
        for third, fall in enumerate(falls)
    ]


def _task(ask: str = "lost") -> Task:
    return prepare("words", ask, SETTINGS, 1, "en")


def test_the_third_with_the_least_fall_is_the_key() -> None:
    model = load(HEADLINE_FIXED)
    for falls, least in (((1.0, 3.0, 5.0), 0), ((5.0, 3.0, 1.0), 2), ((5.0, 1.0, 5.0), 1)):
        result = words._result(_task(), model, _probes(falls), 60)
        assert (result.answer, result.clear) == (least, True)


def test_the_verdict_says_plainly_whether_first_words_are_lost_first() -> None:
    model = load(HEADLINE_FIXED)
    for falls, said in (
        ((1.0, 3.0, 5.0), "the first words are lost first"),
        ((5.0, 3.0, 1.0), "NOT lost first"),
        ((3.0, 3.0, 3.0), "cannot be told apart"),
    ):
        assert said in words._result(_task(), model, _probes(falls), 60).summary


def test_thirds_that_cannot_be_told_apart_are_not_marked() -> None:
    model = load(HEADLINE_FIXED)
    assert not words._result(_task(), model, _probes((3.0, 3.0, 3.0), 2.0), 60).clear
    assert not words._result(_task("curve"), model, _probes((3.0, 3.0, 3.0)), 60).clear


def test_only_nouns_count_one_value_a_sentence() -> None:
    found = [
        Probe(0, "noun", 0, 0, 0, -1.0, 2.0),
        Probe(0, "noun", 1, 0, 0, -1.0, 4.0),
        Probe(0, "verb", 2, 0, 0, -1.0, 99.0),
        Probe(1, "noun", 0, 0, 0, -1.0, 5.0),
        Probe(1, "noun", 7, 2, 2, -1.0, 1.0),
    ]
    assert of_third(found, 0, lambda probe: probe.fall) == [3.0, 5.0]
    assert of_third(found, 1, lambda probe: probe.fall) == []
    assert difference_of(found, 0, 2, lambda probe: probe.fall, 1)[0] == 4.0


@pytest.mark.parametrize("change", ["drop", "replace"])
def test_a_run_measures_the_textbooks_network(change: str) -> None:
    task = prepare("words", "lost", {**SETTINGS, "change": change}, 2, "zh")
    result = run(task)
    assert fits_question(task.question, result.answer)
    means = [third[0] for third in result.data["fall"]]
    assert means[int(result.answer)] == min(means)  # type: ignore[arg-type]
    assert set(result.models) == {"textbook-fixed"}
    assert result.n == 100
    assert "seed 2" in "\n".join(result.notes)


def test_a_sketch_is_the_probability_of_each_third() -> None:
    task = prepare("words", "curve", SETTINGS, 2, "en")
    result = run(task)
    assert isinstance(task.question, SketchQuestion)
    assert isinstance(result.answer, tuple)
    assert fits_question(task.question, result.answer)
    assert result.answer == pytest.approx([100 * third[0] for third in result.data["probability"]])
    assert result == run(task)
