"""Which models a run was answered from, by name and hash, so that its result can be kept with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_USED: ContextVar[dict[str, str] | None] = ContextVar("models used", default=None)


@contextmanager
def recording() -> Iterator[dict[str, str]]:
    """Collect name and sha256 of every model that is loaded inside the block."""
    used: dict[str, str] = {}
    token = _USED.set(used)
    try:
        yield used
    finally:
        _USED.reset(token)


def record(name: str, sha256: str) -> None:
    """Say that a model is being used; nothing happens outside `recording`."""
    used = _USED.get()
    if used is not None:
        used[name] = sha256
