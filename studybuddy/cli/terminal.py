"""Whether the terminal can show the app, and how wide it is."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping

_PLAIN_TERMS = frozenset({"", "dumb", "unknown"})
_NARROWEST, _WIDEST = 40, 100


def can_show_app(environment: Mapping[str, str] | None = None) -> bool:
    """Whether both ends are a terminal that understands more than plain lines."""
    environment = os.environ if environment is None else environment
    ends = sys.stdin.isatty() and sys.stdout.isatty()
    return ends and environment.get("TERM", "") not in _PLAIN_TERMS


def wants_color(environment: Mapping[str, str] | None = None) -> bool:
    """Colour only on a terminal, and never under a non-empty NO_COLOR (no-color.org)."""
    environment = os.environ if environment is None else environment
    if environment.get("NO_COLOR") or environment.get("TERM", "") in _PLAIN_TERMS:
        return False
    return bool(environment.get("FORCE_COLOR")) or sys.stdout.isatty()


def text_width() -> int:
    """Cells for a line of prose: the terminal's width within what reads well."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))
