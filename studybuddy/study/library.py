"""The library on disk, its index in the store, and one card read through that index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.decks.library import Library
from studybuddy.decks.model import Card, Page, Problem
from studybuddy.errors import StudyBuddyError
from studybuddy.locations import Locations
from studybuddy.store.reads import Reads
from studybuddy.text.translation import LANGUAGES, Language, _

if TYPE_CHECKING:
    from studybuddy.store.store import Store


def open_library(locations: Locations) -> Library:
    """The learner's own decks and the bundled ones; an own deck of the same folder name replaces
    the bundled one."""
    own = locations.decks
    taken = {folder.name for folder in own.iterdir() if folder.is_dir()} if own.is_dir() else set()
    bundled = locations.bundled_decks
    roots = (
        [(folder, True) for folder in sorted(bundled.iterdir()) if folder.name not in taken]
        if bundled.is_dir()
        else []
    )
    return Library([*roots, *([(own, False)] if own.is_dir() else [])])


def refresh(store: Store, library: Library) -> tuple[Problem, ...]:
    """Bring the store's index up to date with the files; nothing is read when nothing changed."""
    stamps = library.files()
    if store.index_is_current(stamps):
        return ()
    loaded = library.load()
    store.replace_index(loaded, stamps)
    return tuple(loaded.problems)


def read_card(reads: Reads, library: Library, card: str, language: Language) -> Card:
    """The card in this language, or in another when it does not exist in this one."""
    for wanted in (language, *(other for other in LANGUAGES if other != language)):
        entry = reads.text(card, wanted)
        if entry is not None:
            return library.read_card(entry)
    raise StudyBuddyError(_("The card {card} is in no deck any more.").format(card=card))


def read_page(reads: Reads, library: Library, page: str, language: Language) -> Page:
    """The lesson page in this language, or in another when it does not exist in this one."""
    for wanted in (language, *(other for other in LANGUAGES if other != language)):
        entry = reads.page_text(page, wanted)
        if entry is not None:
            return library.read_page(entry)
    raise StudyBuddyError(_("The page {page} is in no deck any more.").format(page=page))


def own_copy(locations: Locations, file: Path) -> Path:
    """Where the learner's own copy of a bundled deck file lies; copies the deck when there is none.

    A file that is not bundled is its own copy.
    """
    import shutil

    try:
        inside = file.resolve().relative_to(locations.bundled_decks.resolve())
    except ValueError:
        return file
    target = locations.decks / inside.parts[0]
    if not target.exists():
        partial = target.with_name(f".{target.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(locations.bundled_decks / inside.parts[0], partial)
        partial.rename(target)
    return locations.decks / inside
