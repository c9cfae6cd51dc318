"""The device's id: outside the database, so that a copy of the history is not a copy of the device.

Two devices that wrote under one id would make rows whose order nobody can tell.
The file holds the id and a mark of the machine; on another machine (a restored
or synchronised home folder) the mark differs and a new id is made.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import secrets
import uuid
from contextlib import suppress
from pathlib import Path

from studybuddy.errors import StudyBuddyError
from studybuddy.text.translation import _

_LINE = re.compile(r"([0-9a-f]{32}) ([0-9a-f]{32})\n?")
_MACHINE_FILES = ("/etc/machine-id", "/var/lib/dbus/machine-id")


def device_id(path: Path) -> str:
    """The id (32 hex digits) of this device; made and kept at `path` when there is none."""
    host = host_mark()
    known = _read(path, host)
    if known is not None:
        return known
    return renew_device(path)


def renew_device(path: Path) -> str:
    """A new id, kept at `path`: after a restore the old one's rows may come again by sync."""
    made = uuid.uuid4().hex
    spare = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{made} {host_mark()}\n")
            file.flush()
            os.fsync(file.fileno())
        spare.replace(path)
    except OSError as error:
        with suppress(OSError):
            spare.unlink(missing_ok=True)
        raise StudyBuddyError(
            _("{path} cannot be written ({reason}); make its folder writable").format(
                path=path, reason=error.strerror or error
            )
        ) from error
    return made


def host_mark() -> str:
    """A mark of this machine (32 hex digits) that tells nothing else about it."""
    for name in _MACHINE_FILES:
        try:
            text = Path(name).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if text:
            break
    else:
        text = platform.node()
    return hashlib.blake2b(text.encode(), digest_size=16, person=b"studybuddy").hexdigest()


def _read(path: Path, host: str) -> str | None:
    try:
        with path.open(encoding="ascii") as file:
            found = _LINE.fullmatch(file.read(200))
    except (OSError, ValueError):
        return None
    return found[1] if found and found[2] == host else None
