"""A deck file's bytes as safe lines, each with its place in the bytes.

Everything hostile that can be seen without knowing Markdown is dealt with here,
once: bytes that are not UTF-8, control characters, character references to them,
lines that would keep a parser busy for minutes, and files too large to be a lesson.
Line numbers and byte offsets are those of the file as it lies on the disk.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from hashlib import blake2b

from studybuddy.decks.faults import Faults
from studybuddy.text.sanitise import REPLACEMENT, clean, has_control

LONGEST_LINE = 100_000
LARGEST_FILE = 5_000_000
#: Nothing larger is read from the disk at all.
LARGEST_READ = 64_000_000
DIGEST_BYTES = 8
#: After so many lines with control characters one line says how many more there are.
_CONTROL_LINES_NAMED = 100

_BOM = b"\xef\xbb\xbf"
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|lrm|rlm);")


@dataclass(frozen=True, slots=True)
class Source:
    """Safe lines (no line ends), the byte offset at which each begins, and the raw bytes.

    `starts` has one entry more than `lines`: the length of the bytes.
    """

    lines: tuple[str, ...]
    starts: tuple[int, ...]
    raw: bytes

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Byte offset and byte length of the lines first..end (indices from 0, end excluded)."""
        return self.starts[first], self.starts[end] - self.starts[first]

    def digest(self, first: int, end: int) -> bytes:
        """The digest of those lines as they lie in the file."""
        return digest_of(self.raw[self.starts[first] : self.starts[end]])


def digest_of(raw: bytes) -> bytes:
    """BLAKE2b over a card's source, 8 bytes: it only tells that a card was edited."""
    return blake2b(raw, digest_size=DIGEST_BYTES).digest()


def bytes_of(text: str) -> bytes:
    """The bytes of a text; lone surrogates become bytes that are not UTF-8."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def read_source(raw: bytes, faults: Faults, first_line: int = 1) -> Source:
    """The lines of a file, or of a part that begins at `first_line`; faults are reported."""
    pieces = raw.split(b"\n")
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece) + 1)
    starts[-1] -= 1
    for index, piece in enumerate(pieces):
        if len(piece) > LONGEST_LINE:
            length = len(piece.decode("utf-8", "replace"))
            if length > LONGEST_LINE:
                faults.error(
                    first_line + index,
                    f"the line has {length:,} characters and is left out: "
                    f"break it into lines of at most {LONGEST_LINE:,}",
                )
                pieces[index] = b""
    kept = b"\n".join(pieces)
    if len(kept) > LARGEST_FILE:
        faults.error(
            first_line,
            f"the file has {len(kept):,} bytes and is left out: "
            f"split it into topics of at most {LARGEST_FILE:,}",
        )
        return Source((), (0,), raw)
    text = kept.removeprefix(_BOM).decode("utf-8", "surrogateescape")
    return Source(tuple(_safe_lines(text, faults, first_line)), tuple(starts), raw)


def _safe_lines(text: str, faults: Faults, first_line: int) -> list[str]:
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if not has_control(text) and "&" not in text:
        return lines
    named = more = 0
    for index, line in enumerate(lines):
        if has_control(line):
            if named < _CONTROL_LINES_NAMED:
                _report_control(line, first_line + index, faults)
                named += 1
            else:
                more += 1
            line = clean(line)
        lines[index] = _REFERENCE.sub(_safe_reference, line) if "&" in line else line
    if more:
        faults.warn(first_line, f"{more:,} more lines hold control characters: delete them")
    return lines


def _report_control(line: str, number: int, faults: Faults) -> None:
    """Name the first control character of a line, or the first byte that is not UTF-8."""
    code = next(ord(character) for character in line if has_control(character))
    if 0xD800 <= code <= 0xDFFF:
        faults.error(number, "the line is not UTF-8: save the file as UTF-8")
    else:
        faults.warn(
            number,
            f"the control character U+{code:04X} is shown as {REPLACEMENT}: delete it",
        )


def _safe_reference(match: re.Match[str]) -> str:
    """A character reference, unless it stands for a character that `clean` would replace."""
    reference = match.group()
    return REPLACEMENT if has_control(html.unescape(reference)) else reference
