"""Data on stdout, talk on stderr."""

from __future__ import annotations

import json
import sys
from typing import Any

from studybuddy.text.sanitise import clean


def print_json(data: Any) -> None:
    """One JSON document on stdout, readable, keys in their own order."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def say(line: str = "") -> None:
    """A line of data on stdout."""
    print(line)


def talk(line: str) -> None:
    """A line of talk on stderr, after everything already said on stdout."""
    sys.stdout.flush()
    print(clean(line), file=sys.stderr, flush=True)


class ProgressLine:
    """Progress on stderr: one line redrawn on a terminal, silence where stderr is a file."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown = False

    def show(self, done: int, total: int, message: str = "") -> None:
        """How far a run is."""
        if not self._live:
            return
        from studybuddy.text.width import crop

        share = f"{100 * done // max(1, total):3d} %  {message}"
        print(f"\r\x1b[K{crop(share, 76)}", end="", file=sys.stderr, flush=True)
        self._shown = True

    def close(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False
