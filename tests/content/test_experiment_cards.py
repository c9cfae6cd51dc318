"""The chapter's experiments: each is asked, in both languages, and says what it is about."""

from __future__ import annotations

import re

import pytest

from studybuddy.catalogue.experiments import EXPERIMENTS
from studybuddy.decks.library import Library
from studybuddy.decks.model import Card, Experiment
from studybuddy.locations import find_locations
from studybuddy.pictures.prose import prose_picture
from studybuddy.study.present import front_of

(DECK,) = Library([(find_locations({}).bundled_decks, True)]).load().decks
CARDS = {
    language: [card for topic in topics for card in topic.cards]
    for language, topics in DECK.topics.items()
}
PROSE = {
    language: {page.id: page.prose for topic in topics for page in topic.pages}
    for language, topics in DECK.topics.items()
}
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
EACH = pytest.mark.parametrize("name", list(EXPERIMENTS))
HALF_A_SCREEN = 12


def asking(language: str, name: str | None = None) -> list[Card]:
    """The cards that ask about an experiment, or about any."""
    return [
        card
        for card in CARDS[language]
        if isinstance(card.body, Experiment) and name in (None, card.body.run)
    ]


def test_all_seventeen_experiments_are_known() -> None:
    codes = {experiment.code for experiment in EXPERIMENTS.values()}
    assert codes == {f"E{number}" for number in range(1, 18)}


@BOTH
@EACH
def test_every_experiment_is_asked(language: str, name: str) -> None:
    assert asking(language, name)


@EACH
def test_the_misconceptions_of_an_experiment_are_spoken_to_by_its_cards(name: str) -> None:
    spoken = {code for card in asking("en", name) for code in card.covers}
    assert set(EXPERIMENTS[name].kills) <= spoken


@BOTH
def test_every_misconception_of_the_chapter_has_a_card(language: str) -> None:
    spoken = {code for card in CARDS[language] for code in card.covers}
    assert {f"M{number}" for number in range(1, 37)} <= spoken


@BOTH
def test_a_page_prepares_each_prediction_and_words_follow_each_run(language: str) -> None:
    for card in asking(language):
        assert PROSE[language][card.page], card.id
        assert card.back, card.id
        assert card.hint, card.id


@BOTH
def test_no_card_types_in_what_a_run_measures(language: str) -> None:
    for card in asking(language):
        assert not re.search(r"\d\s*(%|percent|points|bits|个百分点|比特|nat)", card.back), card.id


@BOTH
def test_question_and_task_leave_half_a_small_screen_for_the_answer(language: str) -> None:
    for card in asking(language):
        for seed in range(4):
            task = front_of(card, seed).task
            assert task is not None
            rows = [*prose_picture(card.front, 76), (), *prose_picture(task.prompt, 76)]
            assert len(rows) <= HALF_A_SCREEN, (card.id, seed)


def test_no_two_cards_ask_the_same() -> None:
    asked = [
        (card.body.run, card.body.ask, str(sorted(card.body.parameters.items())))
        for card in asking("en")
        if isinstance(card.body, Experiment)
    ]
    assert len(set(asked)) == len(asked)
