"""Where the front matter, the lesson pages and the cards of a file begin and end.

Only headings that begin a line outside fences and HTML comments count. A fence that
was never closed would hide every card below it; so a heading with an id ends a fence
(unless the fence shows Markdown), and the fence is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.decks.faults import Faults

_HEADING = re.compile(r"(#{1,3})(?:[ \t]+|$)(.*)")
_CARD_HEADING = re.compile(r"#{2,3}[ \t].*\{#[^{}]*\}[ \t#]*$")
_STRAY_HEADING = re.compile(r" {0,3}#{2,6}[^#].*\{#[^{}]*\}[ \t#]*$")
_FENCE = re.compile(r"((?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t]))*[ \t]*)(`{3,}|~{3,})(.*)$")
_SHOWS_MARKDOWN = ("markdown", "md")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that belongs to it: lines first..end (indices from 0, end excluded).

    `level` is 0 for what stands before the first heading, else 1 to 3.
    """

    level: int
    heading: str
    first: int
    end: int


@dataclass(slots=True)
class _Fence:
    marks: str
    line: int
    nested: bool
    markdown: bool

    def closed_by(self, line: str) -> bool:
        text = line.strip(" \t>")
        return len(text) >= len(self.marks) and not text.strip(self.marks[0])


def heading_of(line: str) -> tuple[int, str]:
    """Level (0: no heading that begins a section) and text of a line."""
    match = _HEADING.match(line)
    if match is None:
        return 0, ""
    # A tab has no width of its own: a title with one would push a column aside.
    text = match[2].expandtabs(1).strip()
    without_marks = text.rstrip("#")
    if not without_marks or without_marks[-1] in " \t":
        text = without_marks.rstrip()
    return len(match[1]), text


def front_matter(lines: Sequence[str], faults: Faults) -> tuple[dict[str, tuple[str, int]], int]:
    """Each key's value and line (from 1), and the index of the first line after the front matter.

    The front matter is `key: value` lines between two lines of three dashes.
    """
    if not lines or lines[0].rstrip() != "---":
        faults.error(1, "the file has no front matter: begin it with ---, topic: and title:, ---")
        return {}, 0
    values: dict[str, tuple[str, int]] = {}
    for index in range(1, len(lines)):
        line = lines[index].strip()
        if line == "---":
            return values, index + 1
        if heading_of(lines[index])[0]:
            break
        if not line or line.startswith("#"):
            continue
        key, colon, value = line.partition(":")
        if not colon:
            faults.error(index + 1, "the front matter holds `key: value` lines: write a colon")
            continue
        values[key.strip()] = (_unquoted(value.expandtabs(1).strip()), index + 1)
    faults.error(1, "the front matter has no end: close it with a line of three dashes")
    return values, min(1 + len(values), len(lines))


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def sections(lines: Sequence[str], start: int, faults: Faults) -> list[Section]:
    """The sections of a file from the line index `start` on, without gaps, in order."""
    heads: list[tuple[int, str, int]] = [(0, "", start)]
    fence: _Fence | None = None
    in_comment = False
    for index in range(start, len(lines)):
        line = lines[index]
        if in_comment:
            in_comment = "-->" not in line
            continue
        if fence is not None:
            if fence.closed_by(line):
                fence = None
                continue
            if fence.nested and line[:1].strip() and not line.startswith(">"):
                fence = None
            elif not fence.markdown and _CARD_HEADING.match(line):
                faults.error(fence.line, _not_closed(fence))
                fence = None
            else:
                continue
        fence = _fence_of(line, index + 1)
        if fence is not None:
            continue
        if line.lstrip(" ").startswith("<!--"):
            in_comment = "-->" not in line
            continue
        level, heading = heading_of(line)
        if level:
            heads.append((level, heading, index))
        elif _STRAY_HEADING.match(line):
            faults.error(
                index + 1,
                "this looks like a heading but begins no card: write ### (or ## for a page) "
                "at the beginning of the line, and a space after it",
            )
    if fence is not None and not fence.nested:
        faults.error(fence.line, _not_closed(fence))
    ends = [head[2] for head in heads[1:]] + [len(lines)]
    return [Section(*head, end) for head, end in zip(heads, ends, strict=True)]


def _not_closed(fence: _Fence) -> str:
    return f"the fence is never closed: end it with a line {fence.marks}"


def _fence_of(line: str, number: int) -> _Fence | None:
    if "```" not in line and "~~~" not in line:
        return None
    match = _FENCE.match(line)
    if match is None or (match[2][0] == "`" and "`" in match[3]):
        return None
    prefix, marks, info = match.groups()
    nested = bool(prefix.strip()) or len(prefix.expandtabs(4)) > 3
    words = info.split()
    markdown = bool(words) and words[0].lower() in _SHOWS_MARKDOWN
    return _Fence(marks, number, nested, markdown)
