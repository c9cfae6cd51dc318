from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.decks.library import Library
from studybuddy.errors import StudyBuddyError


@pytest.fixture
def library(deck_folder: Path) -> Library:
    return Library([(deck_folder.parent, False)])


def test_folders_bundled_first(deck_folder: Path, tmp_path: Path) -> None:
    bundled = tmp_path / "bundled"
    shutil.copytree(deck_folder, bundled / "chapter")
    shutil.copytree(deck_folder, bundled / ".hidden")
    (bundled / "no-deck").mkdir()
    library = Library([(deck_folder.parent, False), (bundled / "chapter", True)])
    assert library.folders() == [(bundled / "chapter", True), (deck_folder, False)]
    assert Library([(bundled, True)]).folders() == [(bundled / "chapter", True)]
    assert Library([(tmp_path / "nowhere", True)]).folders() == []


def test_files_hold_deck_toml_and_change_with_it(library: Library, deck_folder: Path) -> None:
    stamps = library.files()
    assert [Path(stamp.path).relative_to(deck_folder).as_posix() for stamp in stamps] == [
        "deck.toml",
        "zh/attention.md",
        "en/attention.md",
    ]
    assert library.files() == stamps
    (deck_folder / "deck.toml").write_text("x")
    assert library.files() != stamps


def test_a_deck_id_is_taken_once(deck_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(deck_folder, deck_folder.parent / "copy")
    loaded = Library([(deck_folder.parent, False)]).load()
    assert [deck.id for deck in loaded.decks] == ["demo"]
    assert len(loaded.cards) == 18
    assert [str(problem.place) for problem in loaded.problems] == [f"{deck_folder}/deck.toml:1"]
    assert "copy/deck.toml" in loaded.problems[0].message


def test_what_is_read_alone_equals_the_whole(library: Library) -> None:
    loaded = library.load()
    cards = {
        (card.id, card.language): card
        for deck in loaded.decks
        for topics in deck.topics.values()
        for topic in topics
        for card in topic.cards
    }
    pages = {
        (page.id, language): page
        for deck in loaded.decks
        for language, topics in deck.topics.items()
        for topic in topics
        for page in topic.pages
    }
    assert len(loaded.cards) == 18
    for entry in loaded.cards:
        assert library.read_card(entry) == cards[entry.card, entry.language]
    for page in loaded.pages:
        assert library.read_page(page) == pages[page.page, page.language]
        assert library.read_page(replace(page, digest=b"")) == pages[page.page, page.language]


def test_a_changed_file_is_read_again(library: Library, deck_folder: Path) -> None:
    loaded = library.load()
    entry = next(each for each in loaded.cards if each.language == "en")
    page = next(each for each in loaded.pages if each.language == "en" and each.cards)
    file = deck_folder / "en" / "attention.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\n# Attention\n", "\n\n\n# Attention\n"), encoding="utf-8")
    card = library.read_card(entry)
    assert (card.id, card.place.line) == (entry.card, entry.line + 2)
    assert library.read_page(page).place.line == page.line + 2
    file.write_text(text.replace("{#holds", "{#other").replace("{#one-vector", "{#new"))
    with pytest.raises(StudyBuddyError, match=rf"{file}:{entry.line}: demo/holds is no longer"):
        library.read_card(entry)
    with pytest.raises(StudyBuddyError, match=rf"{file}:{page.line}: demo/one-vector is no"):
        library.read_page(page)
    file.unlink()
    with pytest.raises(StudyBuddyError, match=rf"{file}:{entry.line}: .*cannot be read"):
        library.read_card(entry)


def test_an_entry_that_points_outside_is_refused(
    library: Library, deck_folder: Path, tmp_path: Path
) -> None:
    entry = library.load().cards[0]
    outside = tmp_path / "outside.md"
    outside.write_bytes(Path(entry.file).read_bytes())
    for path in (outside, deck_folder / ".." / ".." / "outside.md"):
        with pytest.raises(StudyBuddyError, match="outside the library"):
            library.read_card(replace(entry, file=str(path)))
    link = deck_folder / "link.md"
    link.symlink_to(outside)
    with pytest.raises(StudyBuddyError, match="outside the library"):
        library.read_card(replace(entry, file=str(link)))


def test_nonsense_in_an_index_does_not_raise_anything_else(library: Library) -> None:
    entry = library.load().cards[0]
    odd = replace(entry, offset=-5, length=10**12, digest=b"")
    assert library.read_card(odd).id == entry.card
    with pytest.raises(StudyBuddyError):
        library.read_card(replace(entry, file="/no\x00file"))


def test_a_deck_folder_may_itself_be_a_link(deck_folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "linked"
    root.mkdir()
    (root / "demo").symlink_to(deck_folder)
    library = Library([(root, False)])
    loaded = library.load()
    assert len(loaded.cards) == 18
    assert library.read_card(loaded.cards[0]).id == loaded.cards[0].card
