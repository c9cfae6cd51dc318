"""The laboratory: a small language, two networks, their training, and experiments on them.

The only room that imports torch, and only inside functions that a live run or a training
calls: tasks are prepared, and this package imported, without it.
"""

from __future__ import annotations

import importlib.util


def available() -> bool:
    """Whether torch and safetensors are installed, without importing them."""
    return all(importlib.util.find_spec(name) is not None for name in ("torch", "safetensors"))
