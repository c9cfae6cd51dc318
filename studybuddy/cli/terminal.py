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


def ambiguous_width() -> int | None:
    """Cells that a character of ambiguous width (UAX #11) takes here; None: no answer in time.

    One such character is printed, the cursor asked for its place (CPR, ECMA-48), and the line
    taken away again. Only on a terminal.
    """
    try:
        import termios
        import tty
    except ImportError:
        return None
    if not can_show_app():
        return None
    source = sys.stdin.fileno()
    before = termios.tcgetattr(source)
    try:
        tty.setcbreak(source)
        sys.stdout.write("\r■\x1b[6n")
        sys.stdout.flush()
        column = _cursor_column(source)
    finally:
        termios.tcsetattr(source, termios.TCSANOW, before)
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
    return None if column is None else column - 1


def _cursor_column(source: int, seconds: float = 0.5) -> int | None:
    """The column of the terminal's answer `ESC [ row ; column R`, counted from 1."""
    import re
    import select
    import time

    answer, until = b"", time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and len(answer) < 64:
        if not select.select([source], [], [], left)[0]:
            return None
        answer += os.read(source, 32)
        found = re.search(rb"\x1b\[\d+;(\d+)R", answer)
        if found:
            return int(found[1])
    return None
