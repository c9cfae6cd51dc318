"""One thread for torch: two OpenMP threads that wait for each other on a busy machine are slower.

Measured: 57 to 169 steps a second with one thread, 3 to 13 with two, on two shared cores.
"""

from __future__ import annotations

import os

from studybuddy import lab
from studybuddy.errors import StudyBuddyError
from studybuddy.text.translation import _


def ready(threads: int = 1) -> None:
    """Import torch and hold it to `threads` threads. Raises StudyBuddyError without torch."""
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    if not lab.available():
        raise StudyBuddyError(
            _(
                "live runs need torch and safetensors, which are not installed; everything else works"
            )
        )
    import torch

    torch.set_num_threads(threads)
