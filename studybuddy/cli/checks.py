"""What `studybuddy doctor` looks at, one function a matter."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from studybuddy.cli.context import Context
from studybuddy.cli.doctor import Finding, State
from studybuddy.cli.terminal import ambiguous_width, can_show_app
from studybuddy.errors import StudyBuddyError

_PACKAGES = ("textual", "rich", "click", "sqlalchemy", "sqlmodel", "torch", "safetensors")


def versions(_context: Context) -> Iterator[Finding]:
    """The program, Python and the libraries that matter; without torch nothing runs live."""
    from studybuddy import __version__

    yield Finding("studybuddy", "fine", f"{__version__}, Python {platform.python_version()}")
    found, missing = [], []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    yield Finding("libraries", "fine", ", ".join(found))
    for name in missing:
        live = name in ("torch", "safetensors")
        what = "live runs are off; everything else works" if live else "install studybuddy again"
        yield Finding("libraries", "note" if live else "broken", f"{name} is missing: {what}")


def terminal(_context: Context) -> Iterator[Finding]:
    """Size, colours, encoding, and how wide characters of ambiguous width are."""
    size = shutil.get_terminal_size()
    what = f"TERM={os.environ.get('TERM', '')} {size.columns}×{size.lines}"
    if os.environ.get("COLORTERM"):
        what += f" {os.environ['COLORTERM']}"
    if not can_show_app():
        yield Finding("terminal", "note", f"{what}; no terminal for the app, line mode only")
        return
    small = size.columns < 80 or size.lines < 24
    yield Finding("terminal", "note" if small else "fine", what + ("; 80×24 is better" * small))
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    yield Finding("encoding", "fine" if encoding == "utf8" else "note", encoding or "unknown")
    cells = ambiguous_width()
    if cells == 2:
        yield Finding(
            "widths",
            "note",
            "ambiguous characters take 2 cells here: set them to narrow in your terminal, "
            "or drawings will not line up",
        )
    else:
        answer = "ambiguous characters take 1 cell" if cells == 1 else "the terminal did not say"
        yield Finding("widths", "fine", answer)


def places(context: Context) -> Iterator[Finding]:
    """Whether the learner's folders can be written."""
    where = context.locations
    folders = {where.database.parent, where.decks.parent, where.device.parent, where.state}
    for folder in sorted(folders):
        nearest = folder
        while not nearest.exists() and nearest != nearest.parent:
            nearest = nearest.parent
        writable = nearest.is_dir() and os.access(nearest, os.W_OK)
        yield Finding(
            "folder",
            "fine" if writable else "broken",
            str(folder) if writable else f"{folder} cannot be written: make {nearest} writable",
        )


def database(context: Context) -> Iterator[Finding]:
    """SQLite's own check, and the cached states against the log they are folded from."""
    file = context.locations.database
    if not os.path.lexists(file):
        yield Finding("database", "note", f"{file} is not there yet; the first sitting makes it")
        return
    try:
        store = context.open_store()
    except StudyBuddyError as problem:
        yield Finding("database", "broken", str(problem))
        return
    with store:
        found = store.quick_check().split("\n")[0]
        size = file.stat().st_size / 1024
        yield Finding(
            "database",
            "fine" if found == "ok" else "broken",
            f"{file}, {size:.0f} KiB" if found == "ok" else f"{file}: {found}; restore a backup",
        )
        wrong = store.compare()
        yield Finding(
            "log",
            "broken" if wrong else "fine",
            f"{len(wrong)} cards differ from the log: {', '.join(wrong[:3])}"
            if wrong
            else "every card's state is what the log says",
        )


def decks(context: Context) -> Iterator[Finding]:
    """How many cards there are, and whether their decks have faults."""
    from studybuddy.decks.check import check_loaded

    loaded = context.open_library().load()
    cards = len({entry.card for entry in loaded.cards})
    errors = [problem for problem in check_loaded(loaded) if not problem.warning]
    if errors:
        text = f"{len(errors)} errors, the first at {errors[0]}; see `studybuddy decks check`"
        yield Finding("decks", "broken", text)
    elif not cards:
        yield Finding("decks", "broken", f"no card lies in {context.locations.bundled_decks}")
    else:
        yield Finding("decks", "fine", f"decks: {len(loaded.decks)}, cards: {cards}")


def models(context: Context) -> Iterator[Finding]:
    """The bundled weights against the hash in their cards: what is wrong, then how many are right."""
    from studybuddy.lab.cards import read_card
    from studybuddy.lab.commands import NAMES

    folder = context.locations.bundled_models
    right = size = 0
    for name in NAMES:
        file = folder / f"{name}.safetensors"
        try:
            same = _hash(file) == read_card(folder / f"{name}.json").sha256
            size += file.stat().st_size
        except (OSError, StudyBuddyError) as problem:
            yield Finding("model", "broken", f"{name}: {problem}")
            continue
        right += same
        if not same:
            text = f"{name}: its hash is not the one in its card; install studybuddy again"
            yield Finding("model", "broken", text)
    state: State = "fine" if right == len(NAMES) else "note"
    text = f"{right} of {len(NAMES)} as their cards say, {size / 10**6:.1f} MB"
    yield Finding("models", state, text)


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return sha256(stream.read(16 * 2**20)).hexdigest()
