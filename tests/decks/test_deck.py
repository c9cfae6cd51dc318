from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.decks.deck import load_deck


def test_a_deck_in_two_languages(deck_folder: Path) -> None:
    loaded = load_deck(deck_folder, bundled=True)
    assert loaded.problems == ()
    deck = loaded.deck
    assert deck is not None
    assert (deck.id, deck.order, deck.bundled) == ("demo", ("attention",), True)
    assert deck.titles == {"en": "Demo", "zh": "演示"}
    assert deck.blueprint == {"attention": 100.0}
    assert set(deck.topics) == {"en", "zh"}
    for language in ("en", "zh"):
        cards = [entry for entry in loaded.entries.cards if entry.language == language]
        assert [entry.position for entry in cards] == list(range(9))
        assert {entry.file for entry in cards} == {str(deck_folder / language / "attention.md")}
    assert [(each.topic, each.language, each.weight) for each in loaded.entries.topics] == [
        ("attention", "zh", 100.0),
        ("attention", "en", 100.0),
    ]
    assert [each.has_prose for each in loaded.entries.pages[:3]] == [True, True, False]


def test_a_single_language_beside_deck_toml(tmp_path: Path, english: str) -> None:
    (tmp_path / "deck.toml").write_text(
        'format = 1\nid = "demo"\ntopics = ["attention"]\ntitle = "Demo"\nlanguage = "en"\n'
    )
    (tmp_path / "attention.md").write_text(english)
    (tmp_path / "README.md").write_text("No topic.")
    loaded = load_deck(tmp_path)
    assert loaded.problems == ()
    assert loaded.deck is not None
    assert loaded.deck.titles == {"en": "Demo"}
    assert len(loaded.entries.cards) == 9


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("format = 1", "format = 2", 1, "format must be 1"),
        ("format = 1\n", "", 1, "format must be 1"),
        ('id = "demo"', 'id = "De mo"', 2, "needs an id"),
        ('id = "demo"', "id =", 2, "not TOML"),
        ('topics = ["attention"]', "topics = 3", 3, "names no topics"),
        ('"attention"]', '"attention", "attention"]', 3, "named twice"),
        ('"attention"]', '"attention", "no way"]', 3, "is no id"),
        ('"attention"]', '"attention", "gone"]', 3, "has no file"),
        ('"attention"]', '"attention"]\ncolour = "red"', 4, "'colour' is unknown"),
        ('"attention"]', '"attention"]\nlanguage = "fr"', 4, "language must be"),
        ('zh = "演示"', "zh = 3", 7, "'zh' is none"),
        ('zh = "演示"', "", 5, "no title in zh"),
        ("attention = 100", "attention = 60", 9, "sum to 60"),
        ("attention = 100", "attention = true", 10, "must be a number"),
        ("attention = 100", "attention = 101", 10, "0 to 100"),
        ("attention = 100", "attention = 100\nother = 3", 11, "no topic 'other'"),
        ("[blueprint]", "[formats]\nsong = 3\n[blueprint]", 10, "no kind 'song'"),
    ],
)
def test_faults_of_deck_toml(deck_folder: Path, old: str, new: str, line: int, words: str) -> None:
    file = deck_folder / "deck.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    problems = load_deck(deck_folder).problems
    assert f"{file}:{line}" in {str(problem.place) for problem in problems if words in str(problem)}


def test_topics_left_out_of_deck_toml_are_still_read(deck_folder: Path) -> None:
    file = deck_folder / "deck.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('topics = ["attention"]\n', ""))
    loaded = load_deck(deck_folder)
    assert len(loaded.entries.cards) == 18
    assert any("names no topics" in problem.message for problem in loaded.problems)


def test_a_file_that_is_no_topic_of_the_deck(deck_folder: Path) -> None:
    (deck_folder / "en" / "more.md").write_text("x")
    assert [str(problem) for problem in load_deck(deck_folder).problems] == [
        f"{deck_folder / 'en' / 'more.md'}:1: the topic is not in deck.toml: add it to topics"
    ]


def test_ids_taken_by_another_topic(deck_folder: Path) -> None:
    file = deck_folder / "deck.toml"
    text = file.read_text(encoding="utf-8").replace('["attention"]', '["attention", "second"]')
    file.write_text(text, encoding="utf-8")
    for language in ("en", "zh"):
        (deck_folder / language / "second.md").write_text(
            "---\ntopic: second\ntitle: S\n---\n## P {#steps}\n\n"
            "### Again {#holds}\n\nx\n\n### New {#new}\n\ny\n"
        )
    loaded = load_deck(deck_folder)
    second = deck_folder / "en" / "second.md"
    first = deck_folder / "en" / "attention.md"
    mine = [problem for problem in loaded.problems if problem.place.file == str(second)]
    assert [problem.place.line for problem in mine] == [7, 5]
    assert f"{first}:17" in mine[0].message
    assert [entry.card for entry in loaded.entries.cards if entry.file == str(second)] == [
        "demo/new"
    ]
    assert loaded.deck is not None
    assert loaded.deck.topics["en"][1].pages == ()


def test_links_that_leave_the_folder_are_refused(
    deck_folder: Path, tmp_path: Path, english: str
) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(english)
    topic = deck_folder / "en" / "attention.md"
    topic.unlink()
    topic.symlink_to(outside)
    loaded = load_deck(deck_folder)
    assert [str(problem.place) for problem in loaded.problems] == [f"{topic}:1"]
    assert "leaves the deck's folder" in loaded.problems[0].message
    assert {entry.language for entry in loaded.entries.cards} == {"zh"}
    topic.unlink()
    (deck_folder / "real.txt").write_text(english)
    topic.symlink_to(deck_folder / "real.txt")
    assert load_deck(deck_folder).problems == ()


def test_a_language_folder_elsewhere_is_refused(deck_folder: Path, tmp_path: Path) -> None:
    (deck_folder / "en").rename(tmp_path / "away")
    (deck_folder / "en").symlink_to(tmp_path / "away")
    loaded = load_deck(deck_folder)
    assert [str(problem.place) for problem in loaded.problems] == [f"{deck_folder / 'en'}:1"]
    assert len(loaded.entries.cards) == 9


def test_a_folder_without_deck_toml(tmp_path: Path) -> None:
    loaded = load_deck(tmp_path)
    assert loaded.deck is None
    assert [str(problem.place) for problem in loaded.problems] == [f"{tmp_path / 'deck.toml'}:1"]
