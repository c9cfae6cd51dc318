"""The seed of a card's next task: reopening shows the same task, the next review another."""

from __future__ import annotations

import hashlib


def seed_of(learner: str, card: str, attempts: int) -> int:
    """63 bits of blake2b over (learner, card, number of earlier attempts)."""
    text = "\0".join((learner, card, str(attempts))).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") >> 1
