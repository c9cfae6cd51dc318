"""The bundled chapter: complete by the notes' rows, the same in both languages, fairly graded."""

from __future__ import annotations

from collections import Counter

import pytest

from studybuddy.decks.check import check_library
from studybuddy.decks.library import Library
from studybuddy.decks.model import KINDS, Compose, Compute, Diagram, Experiment
from studybuddy.grading.diagrams.grade import grade_drawing
from studybuddy.grading.diagrams.shorthand import parse_shorthand
from studybuddy.locations import find_locations
from studybuddy.pictures.prose import prose_picture
from studybuddy.study.present import front_of
from studybuddy.text.width import cell_width

LIBRARY = Library([(find_locations({}).bundled_decks, True)])
(DECK,) = LIBRARY.load().decks
CARDS = {
    language: {card.id: card for topic in topics for card in topic.cards}
    for language, topics in DECK.topics.items()
}
PAGES = {
    language: [page for topic in topics for page in topic.pages]
    for language, topics in DECK.topics.items()
}
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def diagram(card: str, language: str) -> Diagram:
    body = CARDS[language][f"seq2seq/{card}"].body
    assert isinstance(body, Diagram)
    return body


def score(card: str, language: str, drawing: str) -> int:
    read = parse_shorthand(drawing)
    assert read.problems == ()
    return grade_drawing(diagram(card, language), read.graph).verdict.score


def test_the_chapter_is_clean() -> None:
    assert check_library(LIBRARY) == []


@BOTH
def test_every_row_of_the_notes_has_a_lesson_page_and_three_cards(language: str) -> None:
    rows = Counter(row for card in CARDS[language].values() for row in card.covers)
    for row in (f"S{number}" for number in range(1, 12)):
        assert rows[row] >= 3, row
        pages = {card.page for card in CARDS[language].values() if row in card.covers}
        assert any(page.id in pages and page.prose for page in PAGES[language]), row


@BOTH
def test_at_least_forty_cards_of_all_kinds(language: str) -> None:
    kinds = Counter(card.kind for card in CARDS[language].values())
    assert kinds.total() >= 40
    assert set(kinds) == set(KINDS)


@BOTH
def test_fronts_and_pages_fit_a_small_terminal(language: str) -> None:
    for card in CARDS[language].values():
        assert len(prose_picture(card.front, 76)) <= 8, card.id
    for page in PAGES[language]:
        for row in prose_picture(page.prose, 200):
            if row and row[0].text == "  " and row[-1].role == "code":
                assert sum(cell_width(segment.text) for segment in row) <= 76, page.id


@BOTH
def test_every_task_can_be_drawn_from_many_seeds(language: str) -> None:
    for card in CARDS[language].values():
        if isinstance(card.body, Compute | Experiment):
            fronts = [front_of(card, seed) for seed in range(8)]
            prompts = [(front.task or front.compute).prompt for front in fronts]
            assert all(prompts)


@BOTH
def test_another_review_asks_about_another_sentence(language: str) -> None:
    card = CARDS[language]["seq2seq/attention-brightest"]
    tasks = [front_of(card, seed).task for seed in range(10)]
    assert len({task.prompt for task in tasks if task is not None}) == 10


@BOTH
def test_the_figure_of_the_notes_takes_few_keys_and_full_marks(language: str) -> None:
    keys = "x1..4>enc>c>dec>y1..3"
    assert len(keys) + len("\r") <= 30
    assert score("draw-encoder-decoder", language, keys) == 1000


@BOTH
@pytest.mark.parametrize(
    "drawing",
    [
        "X1..X4 > Encoder > 语义向量C > Decoder > Y1..Y3",
        "X₁,X₂,X₃,X₄ > 编码器 > 语义向量 > 解码器 > Y₁,Y₂,Y₃",
        "x_1, x_2, x_3, x_4 -> encoder -> 中间状态向量 -> decoder -> y_1, y_2, y_3",
        "x1..4 > Enc > context > Dec > y1..3",
        'x1..4 > Enc > "thought vector" > Dec > y1..3',
        "x1..4 > Enc > 背景变量 > Dec > y1..3",
        "x1..4 > enc >|C| dec > y1..3",
        "y1..3 < dec < c < enc < x1..4",
        "'x1..xm' > enc > c > dec > y1..3",
    ],
)
def test_the_courses_own_words_for_the_figure_earn_full_marks(language: str, drawing: str) -> None:
    assert score("draw-encoder-decoder", language, drawing) == 1000


@BOTH
def test_attention_as_the_course_draws_it_earns_full_marks(language: str) -> None:
    course = "x1..4 > enc > att > c1..3; c1..3 = y1..3; y1 > y2 > y3"
    assert score("draw-attention", language, course) == 1000
    assert score("draw-attention", language, course.replace("att", "注意力")) == 1000


@BOTH
def test_every_accepted_drawing_scores_in_full(language: str) -> None:
    for card in CARDS[language].values():
        body = card.body.diagram if isinstance(card.body, Compose) else card.body
        if isinstance(body, Diagram):
            for variant in body.variants:
                assert grade_drawing(body, variant.graph).verdict.score == 1000, card.id


@BOTH
@pytest.mark.parametrize(
    ("drawing", "most"),
    [
        ("x1..4 > enc > dec > y1..3", 823),
        ("y1..3 > dec > c > enc > x1..4", 0),
        ("a > b > c1 > d", 200),
        ("x1 > enc", 300),
    ],
)
def test_wrong_drawings_do_not(language: str, drawing: str, most: int) -> None:
    assert score("draw-encoder-decoder", language, drawing) <= most
