"""Text from outside (decks, models, names, error texts) made safe for a terminal.

ESC and the other control characters reach the terminal raw through every widget
that Textual has, and could write the clipboard or the title; bidirectional
overrides reorder what is read. All are replaced once, when text is loaded.
"""

from __future__ import annotations

import re

REPLACEMENT = "�"
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def has_control(text: str) -> bool:
    """Whether the text holds a character that `clean` would replace (a CR before LF is not one)."""
    return _CONTROL.search(text.replace("\r\n", "\n")) is not None


def clean(text: str) -> str:
    """The text with every control character but newline and tab replaced by U+FFFD."""
    return _CONTROL.sub(REPLACEMENT, text.replace("\r\n", "\n"))
