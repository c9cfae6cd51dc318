"""A report of a crash that can be shown to anyone: where it happened, and nothing of whose text.

The message of an exception may quote a card or a path of the home folder, so only its type is
written; of each frame the module's file, the line and the function's name, never its locals.
"""

from __future__ import annotations

import platform
import traceback
from pathlib import Path, PurePath

_DEEPEST = 60


def _place(file: str) -> str:
    parts = PurePath(file).parts
    for anchor in ("studybuddy", "site-packages"):
        if anchor in parts:
            last = len(parts) - 1 - parts[::-1].index(anchor)
            return "/".join(parts[last + (anchor == "site-packages") :])
    return parts[-1] if parts else "?"


def report_text(error: BaseException) -> str:
    """The report: versions, then the chain of errors, each with its frames, newest last."""
    from studybuddy import __version__

    lines = [
        f"studybuddy {__version__}",
        f"python {platform.python_version()} on {platform.system()} {platform.machine()}",
    ]
    each: BaseException | None = error
    while each is not None and len(lines) < 4 * _DEEPEST:
        lines.append(f"{type(each).__module__}.{type(each).__name__}")
        frames = traceback.extract_tb(each.__traceback__)[-_DEEPEST:]
        lines += [f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "\n".join(lines) + "\n"


def write_report(error: BaseException, folder: Path) -> Path:
    """Write the report into the folder, over an older one; its path. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "crash.txt"
    file.write_text(report_text(error), encoding="utf-8")
    return file
