"""A program in a real pseudo-terminal, timed by what it paints."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import struct
import sys
import time
from collections.abc import Mapping, Sequence

try:
    import fcntl
    import pty
    import termios
except ImportError:  # not a Unix terminal
    sys.exit("the benchmarks need a Unix pseudo-terminal")


class Painted:
    """A child process on a pseudo-terminal of 24 rows and 80 columns."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str]) -> None:
        self.began = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], list(argv), dict(environment))
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._seen = b""

    def wait_for(self, text: str, timeout: float = 30.0) -> float:
        """Seconds since the start when this text was painted after the last call.

        Raises TimeoutError when it never is.
        """
        wanted = text.encode()
        until = time.perf_counter() + timeout
        while wanted not in self._seen:
            ready, _, _ = select.select(
                [self.terminal], [], [], max(0.0, until - time.perf_counter())
            )
            if not ready:
                raise TimeoutError(f"{text!r} was not painted within {timeout} s")
            self._seen += os.read(self.terminal, 65536)
        self._seen = self._seen[self._seen.index(wanted) + len(wanted) :]
        return time.perf_counter() - self.began

    def drain(self, quiet: float = 0.03) -> None:
        """Forget what was painted so far, once nothing was painted for so many seconds."""
        while select.select([self.terminal], [], [], quiet)[0]:
            os.read(self.terminal, 65536)
        self._seen = b""

    def press(self, keys: str) -> float:
        """Send keys; the time since the start when they were sent."""
        os.write(self.terminal, keys.encode())
        return time.perf_counter() - self.began

    def close(self) -> None:
        """End the child, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)
