"""What SQLite says of a file, as a sentence that names the file and how to mend it."""

from __future__ import annotations

from pathlib import Path

from studybuddy.text.translation import _


def sentence(path: Path, reason: str) -> str:
    """One sentence for a reason that SQLite gave."""
    lower = reason.lower()
    if "locked" in lower or "busy" in lower:
        text = _("{path} is in use by another program that does not let go; close it and try again")
    elif "full" in lower:
        text = _("{path} cannot grow: the disk is full; nothing was lost, free some space")
    elif "readonly" in lower or "read-only" in lower or "unable to open" in lower:
        text = _("{path} cannot be written; make the file and its folder writable")
    elif "not a database" in lower or "malformed" in lower:
        text = _("{path} is damaged or no StudyBuddy file; restore a backup or move it away")
    else:
        text = _("{path}: {reason}")
    return text.format(path=path, reason=reason)
