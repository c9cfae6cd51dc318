"""Row ids: UUIDv7 (RFC 9562, section 5.7), which Python 3.11 does not have."""

from __future__ import annotations

import secrets
import threading

_RANDOM_BITS = 74
_LARGEST_MS = (1 << 48) - 1


class Identifiers:
    """Makes ids that grow: by instant, and within one millisecond by counting on.

    The 74 bits after the instant start at random and are counted up while the
    instant stands still (RFC 9562, section 6.2, method 2), so that ids of one
    device sort in the order in which they were made.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ms = -1
        self._tail = 0

    def make(self, instant: int, after: bytes = b"") -> bytes:
        """A new id (16 bytes) for an instant (ms since 1970), greater than `after` and all before."""
        with self._lock:
            if after:
                ms, tail = _split(after)
                if (ms, tail) > (self._ms, self._tail):
                    self._ms, self._tail = ms, tail
            instant = min(max(instant, 0), _LARGEST_MS)
            if instant > self._ms:
                self._ms = instant
                self._tail = secrets.randbits(_RANDOM_BITS - 1)
            else:
                self._tail += 1 + secrets.randbits(32)
                if self._tail >> _RANDOM_BITS:
                    self._ms += 1
                    self._tail = secrets.randbits(_RANDOM_BITS - 1)
            return _join(self._ms, self._tail)


def _join(ms: int, tail: int) -> bytes:
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    number = ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    return number.to_bytes(16, "big")


def _split(value: bytes) -> tuple[int, int]:
    number = int.from_bytes(value, "big")
    high, low = number >> 64 & 0xFFF, number & ((1 << 62) - 1)
    return number >> 80, high << 62 | low


def instant_of(value: bytes) -> int:
    """The instant (ms since 1970) that an id carries."""
    return int.from_bytes(value[:6], "big")


def new_sitting() -> bytes:
    """An id for a sitting or a paper: 16 random bytes."""
    return secrets.token_bytes(16)
