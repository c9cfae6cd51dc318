"""Questions come from their seed alone, in both languages, without torch."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.corpus import split_of
from studybuddy.lab.tasks import draw_pair, prepare
from studybuddy.text.translation import Language

ALL = [
    ("length", "drop"),
    ("length", "keeps"),
    ("length", "at"),
    ("translate", "brightest"),
    ("translate", "length"),
]


@pytest.mark.parametrize(("run", "ask"), ALL)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_seed_gives_the_same_task(run: str, ask: str, language: Language) -> None:
    task = prepare(run, ask, {}, 7, language)
    assert task == prepare(run, ask, {}, 7, language)
    assert task.language == language
    assert "{" not in task.prompt
    assert any("\u4e00" <= letter <= "\u9fff" for letter in task.prompt) or language == "en"


def test_another_seed_asks_about_another_sentence() -> None:
    sources = {
        prepare("translate", "brightest", {}, seed, "en").parameters["source"] for seed in range(12)
    }
    assert len(sources) >= 11


def test_the_two_languages_ask_about_the_same_sentence() -> None:
    for seed in range(5):
        english, chinese = (
            prepare("translate", "brightest", {}, seed, lang) for lang in ("en", "zh")
        )
        assert english.parameters == chinese.parameters
        assert english.question == chinese.question


def test_the_sentence_is_a_test_sentence_of_the_asked_length() -> None:
    for seed in range(20):
        pair = draw_pair(6, 9, seed)
        assert 6 <= len(pair.source) <= 9
        assert split_of(pair.source) == "test"


def test_options_are_the_source_words_each_told_apart() -> None:
    for seed in range(30):
        task = prepare("translate", "brightest", {"lengths": [10, 16]}, seed, "en")
        assert isinstance(task.question, ChoiceQuestion)
        assert len(set(task.question.options)) == len(task.question.options)
        assert len(task.question.options) == len(task.parameters["source"].split())


def test_the_asked_word_is_a_content_word_with_one_gold_link() -> None:
    for seed in range(30):
        task = prepare("translate", "brightest", {}, seed, "en")
        pair = draw_pair(6, 12, seed)
        place = task.parameters["word"]
        assert place in pair.content
        assert len([link for link in pair.sure if link[0] == place]) == 1


def test_beyond_the_trained_lengths_the_prompt_says_so() -> None:
    assert "extrapolation" in prepare("length", "drop", {"lengths": [8, 26]}, 0, "en").prompt
    assert "外推" in prepare("length", "at", {"length": 24}, 0, "zh").prompt
    assert "extrapolation" not in prepare("length", "drop", {}, 0, "en").prompt


def test_numbers_have_a_range_and_a_tolerance() -> None:
    for ask, tolerance in (("drop", 10), ("keeps", 5), ("at", 10)):
        question = prepare("length", ask, {}, 0, "en").question
        assert isinstance(question, NumberQuestion)
        assert (question.low, question.high, question.tolerance) == (0, 100, tolerance)


@pytest.mark.parametrize(
    ("run", "ask", "parameters"),
    [("nothing", "drop", {}), ("length", "nothing", {}), ("length", "drop", {"lengths": [9, 2]})],
)
def test_what_the_catalogue_does_not_have_is_refused(
    run: str, ask: str, parameters: dict[str, object]
) -> None:
    with pytest.raises(StudyBuddyError):
        prepare(run, ask, parameters, 0, "en")


def test_tasks_are_prepared_without_torch() -> None:
    code = (
        "import sys; sys.modules['torch'] = None; sys.modules['safetensors'] = None\n"
        "from studybuddy.lab.tasks import prepare\n"
        "import studybuddy.lab.run, studybuddy.lab.own, studybuddy.lab.commands\n"
        "print(prepare('translate', 'brightest', {}, 3, 'zh').parameters['source'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip().endswith((".", "?"))
