"""`review` line by line: one card of every kind, and what a line may say instead of an answer."""

from __future__ import annotations

import json

EVERY_KIND = [
    *("", "4"),  # recall: turned over, then Easy
    *("encoder", "DEC", ""),  # cloze: two gaps, then what is suggested
    *("1 3", ""),  # choice: y2, x1, y1 as shown
    *("3 1 2", ""),  # order: hand over, write, read as shown
    *("because every state stays reachable", "1", "２"),  # short: text, tick, full-width grade
]


def rows(studybuddy, card: str) -> list[dict[str, object]]:
    return json.loads(studybuddy("explain", f"every/{card}", "--json").out)["rows"]


def test_one_card_of_every_typed_kind(studybuddy) -> None:
    ended = studybuddy("review", "--topic", "kinds", stdin="\n".join([*EVERY_KIND, "q", ""]))
    assert ended.code == 0
    assert "5 answers saved" in ended.out
    assert [row["grade"] for row in rows(studybuddy, "a-recall")] == [5]
    for card, suggested, grade in (
        ("b-cloze", 4, 4),
        ("c-choice", 4, 4),
        ("d-order", 4, 4),
        ("e-short", 2, 3),
    ):
        attempt, review = rows(studybuddy, card)
        assert (attempt["kind"], attempt["grade"]) == ("attempt", None)
        assert review["ref"] == attempt["id"]
        assert (review["suggested"], review["grade"]) == (suggested, grade)


def test_values_are_asked_until_they_are_numbers(studybuddy) -> None:
    ended = studybuddy(
        "review", "--kind", "compute", "--topic", "every/kinds", stdin="no\n" + "0.5\n" * 8
    )
    assert "A number is needed" in ended.err
    attempt = rows(studybuddy, "f-compute")[0]
    assert attempt["extra"]["answer"]["form"] == "computed"


def test_a_drawing_is_graded_arrow_by_arrow(studybuddy) -> None:
    lines = "x1..2 > enc > c\n\n"
    ended = studybuddy("review", "--kind", "diagram", "--topic", "kinds", stdin=lines)
    review = rows(studybuddy, "g-diagram")[1]
    assert 0 < review["score"] < 1000
    assert "dec" in ended.out


def test_a_drawing_on_paper_is_ticked_against_the_reference(studybuddy) -> None:
    lines = "p\n\n1 2 3 4\n\n"
    studybuddy("review", "--kind", "diagram", "--topic", "kinds", stdin=lines)
    attempt, review = rows(studybuddy, "g-diagram")
    assert attempt["extra"]["answer"]["form"] == "on_paper"
    assert review["score"] == 1000


def test_draw_and_explain_takes_both(studybuddy) -> None:
    lines = "enc > c > dec\nthe encoder reads\n1\n\n"
    studybuddy("review", "--kind", "compose", "--topic", "kinds", stdin=lines)
    attempt, review = rows(studybuddy, "i-compose")
    assert attempt["extra"]["answer"]["text"] == "the encoder reads"
    assert review["score"] == 750


def test_a_prediction_is_sealed_and_run_live(studybuddy) -> None:
    ended = studybuddy("review", "--kind", "experiment", "--topic", "kinds", stdin="7\n3\n\n")
    attempt, review = rows(studybuddy, "h-experiment")
    assert (attempt["confidence"], attempt["extra"]["answer"]["value"]) == (90, 7)
    assert review["grade"] is None
    assert review["extra"]["result"]["n"] >= 1
    assert "sealed" in ended.err
    assert "takes no grade" in ended.err


def test_an_answer_survives_the_end_of_input_and_waits_for_its_grade(studybuddy) -> None:
    lines = "encoder\ndecoder\n"
    ended = studybuddy("review", "--kind", "cloze", "--topic", "kinds", stdin=lines)
    assert ended.code == 0
    assert json.loads(studybuddy("today", "--json").out)["pending"] == 1
    studybuddy("review", "--kind", "cloze", "--topic", "kinds", stdin="\n")
    assert [row["kind"] for row in rows(studybuddy, "b-cloze")] == ["attempt", "review"]


def test_undo_brings_the_card_back(studybuddy) -> None:
    ended = studybuddy("review", "--topic", "kinds", stdin="\n1\n:u\n\n4\nq\n")
    assert "Taken back: every/a-recall" in ended.err
    kinds = [row["kind"] for row in rows(studybuddy, "a-recall")]
    assert kinds == ["review", "undo", "review"]


def test_a_hint_is_shown_and_counted(studybuddy) -> None:
    ended = studybuddy("review", "--topic", "kinds", stdin="h\n\n3\nq\n")
    assert "one suitcase" in ended.err
    assert rows(studybuddy, "a-recall")[0]["hints"] == 1


def test_a_gap_may_ask_for_a_letter_that_is_a_command(studybuddy) -> None:
    studybuddy("review", "--kind", "cloze", "--topic", "kinds", stdin="u\nq\n\n")
    attempt = rows(studybuddy, "b-cloze")[0]
    assert attempt["extra"]["answer"]["texts"] == ["u", "q"]


def test_nonsense_at_a_choice_is_asked_again(studybuddy) -> None:
    lines = "9\nx\n1 1\n\n1 3\n\n"
    ended = studybuddy("review", "--kind", "choice", "--topic", "kinds", stdin=lines)
    assert ended.err.count("Numbers from 1 to 3") == 4
    assert rows(studybuddy, "c-choice")[1]["grade"] == 4


def test_a_cram_leaves_the_schedule_alone(studybuddy) -> None:
    studybuddy("review", "--cram", "--topic", "every/kinds", "--kind", "recall", stdin="\n1\n")
    told = json.loads(studybuddy("explain", "a-recall", "--json").out)
    assert (told["due"], told["rows"][0]["kind"]) == (None, "cram")


def test_an_unknown_topic_names_those_there_are(studybuddy) -> None:
    ended = studybuddy("review", "--plain", "--topic", "kind")
    assert ended.code == 1
    assert "kinds" in ended.err
