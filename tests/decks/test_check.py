from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.decks.check import check_library
from studybuddy.decks.library import Library


def _check(folder: Path) -> list[str]:
    return [str(each) for each in check_library(Library([(folder, False)]))]


def _change(file: Path, old: str, new: str) -> int:
    """Replace a text and return the line it stood on."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_sound_deck_has_no_problem(deck_folder: Path) -> None:
    assert _check(deck_folder) == []


@pytest.mark.parametrize(
    ("old", "new", "card", "what"),
    [
        (" .extension", "", "holds", "core exam"),
        ("marks=2", "marks=4", "holds", "marks"),
        ("covers=S1,M3", "covers=S1", "holds", "covers"),
        ("was=keeps", "was=kept", "holds", "earlier ids"),
        ("seconds=30", "seconds=31", "holds", "seconds"),
        ("> Remember: one", "> one", "holds", "memory hook"),
        ("- [ ] a shorter", "- [x] a shorter", "worse", "right options"),
        ("==Decoder==", "Decoder", "parts", "gaps (1, 2)"),
        ("3. sum\n", "", "sequence", "steps (2, 3)"),
        ("- each word gets its own C\n", "", "why", "points (1, 2)"),
        ("words = 3", "words = 4", "context", "generator and parameters"),
        ("C --> B[", "B --> C\nB[", "draw", "drawing"),
        ('optional = ["A --> h0"]', "", "draw", "optional"),
        ("A = [0, 1]", "A = [0, 2]", "draw", "positions"),
        ('edges = ["B --> A"]', 'edges = ["C --> A"]', "draw", "named errors"),
        ('A --> B\n"""', 'A --> C\n"""', "draw", "variants"),
        ("mermaid\nA --> B\n", "mermaid\nB --> A\n", "compose", "drawing"),
        ("- the decoder writes\n", "", "compose", "points (1, 2)"),
        (
            "### Compute a context {#context}\n\n```compute",
            "### C {#context}\n\n```text",
            "context",
            "kind",
        ),
    ],
)
def test_languages_must_agree(deck_folder: Path, old: str, new: str, card: str, what: str) -> None:
    file = deck_folder / "en" / "attention.md"
    _change(file, old, new)
    problems = _check(deck_folder)
    heading = next(
        number
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        if f"{{#{card}" in line
    )
    assert any(
        each.startswith(f"{file}:{heading}: the card 'demo/{card}' differs in zh (")
        and f"{deck_folder / 'zh' / 'attention.md'}:" in each
        and what in each
        for each in problems
    ), problems


def test_a_card_and_a_page_that_only_one_language_has(deck_folder: Path) -> None:
    english = deck_folder / "en" / "attention.md"
    chinese = deck_folder / "zh" / "attention.md"
    only_english = _change(english, "### Compute", "### More {#more}\n\nx\n\n### Compute")
    only_chinese = _change(chinese, "## Steps", "## Seiten {#extra}\n\ny\n\n## Steps")
    problems = _check(deck_folder)
    assert problems == [
        f"{english}:{only_english}: the card 'demo/more' is not, or not whole, in zh: "
        f"write it in {chinese}",
        f"{chinese}:{only_chinese}: the page 'demo/extra' is not, or not whole, in en: "
        f"write it in {english}",
    ]


def test_an_earlier_id_must_be_free(deck_folder: Path) -> None:
    for language in ("en", "zh"):
        file = deck_folder / language / "attention.md"
        _change(file, "was=keeps", "was=worse")
        _change(file, "{#parts}", "{#parts was=worse}")
    problems = _check(deck_folder)
    assert sum("is the id of the card at" in each for each in problems) == 4
    assert any("is claimed at" in each for each in problems)


def test_problems_are_sorted_and_warnings_flagged(deck_folder: Path) -> None:
    file = deck_folder / "en" / "attention.md"
    _change(file, "A model answer.", "A model\x07 answer.")
    _change(file, "covers=S1,M3 ", "colour=red ")
    problems = check_library(Library([(deck_folder, False)]))
    places = [(each.place.file, each.place.line) for each in problems]
    assert places == sorted(places)
    assert [each.warning for each in problems if "U+0007" in each.message] == [True]
    assert [each.warning for each in problems if "'colour'" in each.message] == [False]
