"""Questions come from their seed alone, in both languages, without torch."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studybuddy.catalogue.experiments.sentences import SENTENCES
from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, SketchQuestion
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.corpus import split_of
from studybuddy.lab.tasks import prepare
from studybuddy.lab.tasks.drawing import draw_pair
from studybuddy.text.translation import Language

ALL = [(experiment.name, ask) for experiment in SENTENCES for ask in experiment.asks]
ABOUT_A_SENTENCE = [(run, ask) for run, ask in ALL if (run, ask) != ("translate", "alignment")]
OPTIONS = [
    (experiment.name, ask, name, value)
    for experiment in SENTENCES
    for ask, parameters in experiment.asks.items()
    for name, parameter in parameters.items()
    for value in getattr(parameter, "values", ())
]


def _chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@pytest.mark.parametrize(("run", "ask"), ALL)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_seed_gives_the_same_task(run: str, ask: str, language: Language) -> None:
    task = prepare(run, ask, {}, 7, language)
    assert task == prepare(run, ask, {}, 7, language)
    assert task.language == language
    assert "{" not in task.prompt
    assert _chinese(task.prompt) or language == "en"
    assert task.prompt.rstrip()[-1] in "?.)？。）"


@pytest.mark.parametrize(("run", "ask", "name", "value"), OPTIONS)
def test_every_option_has_its_own_words_in_both_languages(
    run: str, ask: str, name: str, value: str
) -> None:
    for language in ("en", "zh"):
        task = prepare(run, ask, {name: value}, 7, language)  # type: ignore[arg-type]
        assert task.parameters[name] == value
        assert "{" not in task.prompt


@pytest.mark.parametrize(("run", "ask"), ABOUT_A_SENTENCE)
def test_another_seed_asks_about_another_sentence(run: str, ask: str) -> None:
    if run == "length":
        return
    prompts = {prepare(run, ask, {}, seed, "en").prompt for seed in range(6)}
    assert len(prompts) >= 5


@pytest.mark.parametrize(("run", "ask"), ALL)
def test_the_two_languages_ask_the_same(run: str, ask: str) -> None:
    english, chinese = (prepare(run, ask, {}, 4, language) for language in ("en", "zh"))
    assert english.parameters == chinese.parameters
    assert type(english.question) is type(chinese.question)
    match english.question, chinese.question:
        case NumberQuestion() as a, NumberQuestion() as b:
            assert (a.low, a.high, a.tolerance) == (b.low, b.high, b.tolerance)
        case ChoiceQuestion(options), ChoiceQuestion(others):
            assert len(options) == len(others) == len(set(options)) == len(set(others))
        case SketchQuestion() as a, SketchQuestion() as b:
            assert len(a.x) == len(b.x)
            assert (a.low, a.high, a.tolerance) == (b.low, b.high, b.tolerance)
        case a, b:
            assert a == b


def test_the_sentence_is_a_test_sentence_of_the_asked_length() -> None:
    for seed in range(20):
        pair = draw_pair(6, 9, seed)
        assert 6 <= len(pair.source) <= 9
        assert split_of(pair.source) == "test"


@pytest.mark.parametrize(("run", "ask"), ABOUT_A_SENTENCE)
def test_every_shown_sentence_is_unseen(run: str, ask: str) -> None:
    for seed in range(3):
        parameters = prepare(run, ask, {}, seed, "en").parameters
        for name in ("source", "donor"):
            if name in parameters:
                assert split_of(str(parameters[name]).split()) == "test"


def test_the_asked_word_is_a_content_word_with_one_gold_link() -> None:
    for seed in range(30):
        task = prepare("translate", "brightest", {}, seed, "en")
        pair = draw_pair(6, 12, seed)
        place = task.parameters["word"]
        assert place in pair.content
        assert len([link for link in pair.sure if link[0] == place]) == 1


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
    asked = repr(ALL)
    code = (
        "import sys; sys.modules['torch'] = None; sys.modules['safetensors'] = None\n"
        "from studybuddy.lab.tasks import prepare\n"
        "import studybuddy.lab.run, studybuddy.lab.own, studybuddy.lab.commands\n"
        f"for run, ask in {asked}: prepare(run, ask, {{}}, 3, 'zh')\n"
        "print(prepare('translate', 'brightest', {}, 3, 'zh').parameters['source'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip().endswith((".", "?"))
