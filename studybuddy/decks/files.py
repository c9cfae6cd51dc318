"""Reading files of a deck: never outside its folder, never anything but a plain file."""

from __future__ import annotations

import stat
from pathlib import Path

from studybuddy.decks.entries import FileStamp
from studybuddy.decks.faults import Faults
from studybuddy.decks.source import LARGEST_READ


def stays_inside(path: Path, folder: Path) -> bool:
    """Whether a path, its links followed, lies in the folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def stamp_of(path: Path) -> FileStamp | None:
    """Size and time of change of a plain file, else None."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return FileStamp(str(path), found.st_size, found.st_mtime_ns)


def read_inside(path: Path, folder: Path, faults: Faults) -> bytes | None:
    """The bytes of a file of this deck; None when it may not or cannot be read, which is reported."""
    if not stays_inside(path, folder):
        faults.error(1, "this link leaves the deck's folder and is not followed: copy the file in")
        return None
    stamp = stamp_of(path)
    if stamp is None:
        faults.error(1, "this is no file that can be read: replace it with a plain file")
        return None
    if stamp.size > LARGEST_READ:
        faults.error(
            1, f"the file has {stamp.size:,} bytes and is left out: split it into smaller topics"
        )
        return None
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_READ)
    except OSError as error:
        faults.error(1, f"the file cannot be read ({error.strerror}): check its permissions")
        return None
