"""The comparisons' questions: from their seed alone, in both languages, in range, without torch."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from studybuddy.catalogue.experiments.comparisons import COMPARISONS
from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    RankingQuestion,
    SketchQuestion,
)
from studybuddy.lab.data import DATA
from studybuddy.lab.experiments.comparing import unseen_pairs
from studybuddy.lab.language.corpus import split_of
from studybuddy.lab.tasks import prepare
from studybuddy.text.translation import Language

ASKS = [(experiment.name, ask) for experiment in COMPARISONS for ask in experiment.asks]


@pytest.mark.parametrize(("run", "ask"), ASKS)
def test_a_task_follows_from_its_seed_in_both_languages(run: str, ask: str) -> None:
    languages: tuple[Language, ...] = ("en", "zh")
    english, chinese = (prepare(run, ask, {}, 5, language) for language in languages)
    assert english == prepare(run, ask, {}, 5, "en")
    assert english.parameters == chinese.parameters
    assert type(english.question) is type(chinese.question)
    for task in (english, chinese):
        assert task.prompt
        assert "{" not in task.prompt
    assert json.loads(json.dumps(dict(english.parameters))) == dict(english.parameters)
    letters = [letter for letter in chinese.prompt if "\u4e00" <= letter <= "\u9fff"]
    assert len(letters) > 10
    if run != "bleu":
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in english.prompt)


@pytest.mark.parametrize(("run", "ask"), ASKS)
def test_a_question_can_be_answered_and_offers_no_option_twice(run: str, ask: str) -> None:
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        match prepare(run, ask, {}, 3, language).question:
            case ChoiceQuestion(options) | RankingQuestion(options):
                assert len(set(options)) == len(options) >= 2
                assert all(option and "{" not in option for option in options)
            case NumberQuestion(low, high, tolerance):
                assert low < high
                assert 0 < tolerance < (high - low) / 2
            case SketchQuestion(x, low, high):
                assert len(set(x)) == len(x) >= 3
                assert low < high
            case other:
                pytest.fail(f"no such question here: {other}")


def test_unseen_pairs_are_test_pairs_of_the_asked_lengths() -> None:
    for name in ("grammar", "digits"):
        pairs = unseen_pairs(DATA[name], (8, 11), 30, 4)
        assert len(pairs) == len({pair.source for pair in pairs}) == 30
        assert {len(pair.source) for pair in pairs} == {8, 9, 10, 11}
        assert all(split_of(pair.source) == "test" for pair in pairs)
        assert pairs == unseen_pairs(DATA[name], (8, 11), 30, 4)
        assert pairs != unseen_pairs(DATA[name], (8, 11), 30, 5)


def test_tasks_are_prepared_without_torch() -> None:
    code = (
        "import sys; sys.modules['torch'] = None; sys.modules['safetensors'] = None\n"
        "from studybuddy.catalogue.experiments.comparisons import COMPARISONS\n"
        "from studybuddy.lab.tasks import prepare\n"
        "for each in COMPARISONS:\n"
        "    for ask in each.asks: prepare(each.name, ask, {}, 1, 'zh')\n"
        "print('prepared')"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "prepared"
