"""The learner's file: UTF-8, a pair a line, source TAB translation; further columns are ignored.

The file is hostile until it is read: its kind and size, the length of a line and the number of
pairs are bounded, and control characters never leave this module.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.pairs.tokens import tidy
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

LARGEST_FILE = 256 * 2**20
LONGEST_LINE = 10_000
"""Characters of a line."""
MOST_PAIRS = 1_000_000

_HEADER = re.compile(r"#[a-z ]+:.*", re.DOTALL)
"""How an export of Anki begins: `#separator:tab`, `#html:false`."""
_WITH_NUMBERS = re.compile(r"\d+\t[^\t]*[^\W\d_][^\t]*\t\d+\t")
"""A line of Tatoeba's own export: number, sentence, number, translation."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The pairs of a file as tidy text, how many lines it has, how many were left out, its hash.

    `empty` counts lines one side of which is empty once it is made tidy.
    """

    pairs: list[tuple[str, str]]
    lines: int
    empty: int
    sha256: str


def read_pairs(path: Path) -> ReadFile:
    """The pairs of the file. Raises StudyBuddyError that names the line and how to mend it."""
    pairs: list[tuple[str, str]] = []
    lines = empty = 0
    digest = sha256()
    columns: tuple[int, int] | None = None
    for raw in _lines(path):
        lines += 1
        digest.update(raw)
        line = _text(path, lines, raw)
        if not line.strip() or (not pairs and _HEADER.fullmatch(line) and "\t" not in line):
            continue
        fields = line.split("\t")
        if len(fields) < 2:
            raise _fault(
                path,
                lines,
                _(
                    "no TAB between a sentence and its translation: put one there or remove the line"
                ),
            )
        if columns is None:
            columns = (1, 3) if _WITH_NUMBERS.match(line) else (0, 1)
        if len(fields) <= columns[1]:
            raise _fault(
                path,
                lines,
                _(
                    "fewer columns than the first line has: number, sentence, number, translation "
                    "are needed, or remove the line"
                ),
            )
        source, target = tidy(fields[columns[0]]), tidy(fields[columns[1]])
        if not source or not target:
            empty += 1
            continue
        if len(pairs) == MOST_PAIRS:
            raise _fault(
                path,
                lines,
                _("more than {most} pairs: remove the lines from here on").format(most=MOST_PAIRS),
            )
        pairs.append((source, target))
    return ReadFile(pairs, lines, empty, digest.hexdigest())


def _lines(path: Path) -> Iterator[bytes]:
    """The lines of the file as bytes, none longer than a line may be. Raises StudyBuddyError."""
    name = clean(str(path))
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise StudyBuddyError(
                _("{file} is no plain file: give a text file with a pair a line").format(file=name)
            )
        if found.st_size > LARGEST_FILE:
            raise StudyBuddyError(
                _("{file} has more than {most} MiB: keep a part of its lines").format(
                    file=name, most=LARGEST_FILE // 2**20
                )
            )
        with path.open("rb") as file:
            line = read = 0
            while raw := file.readline(4 * LONGEST_LINE + 3):
                line += 1
                read += len(raw)
                if read > LARGEST_FILE or (len(raw) > 4 * LONGEST_LINE and not raw.endswith(b"\n")):
                    raise _too_long(path, line)
                yield raw
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or type(problem).__name__
        raise StudyBuddyError(
            _("{file} cannot be read ({why}): check its name and permissions").format(
                file=name, why=why
            )
        ) from problem


def _text(path: Path, line: int, raw: bytes) -> str:
    if line == 1 and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _fault(path, line, _("this is UTF-16: save the file as UTF-8"))
    try:
        text = raw.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError as problem:
        raise _fault(
            path, line, _("not UTF-8: save the file as UTF-8, or remove the line")
        ) from problem
    text = text.rstrip("\r\n")
    if len(text) > LONGEST_LINE:
        raise _too_long(path, line)
    return text


def _too_long(path: Path, line: int) -> StudyBuddyError:
    return _fault(
        path,
        line,
        _("the line has more than {most} characters: shorten or remove it").format(
            most=LONGEST_LINE
        ),
    )


def _fault(path: Path, line: int, message: str) -> StudyBuddyError:
    return StudyBuddyError(f"{clean(path.name)[:80]}:{line}: {message}")
