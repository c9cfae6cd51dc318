"""Pieces of prompts that several questions share, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studybuddy.lab.plan import HEADLINE_SIZE
from studybuddy.text.translation import Language

_NETWORKS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "fixed": f"The network with one fixed C ({HEADLINE_SIZE} numbers)",
        "attention": "The network with attention",
    },
    "zh": {
        "fixed": f"只有一个固定 C（{HEADLINE_SIZE} 维）的网络",
        "attention": "带注意力的网络",
    },
}


def network_text(network: str, language: Language) -> str:
    """The headline network of this wiring, as a sentence begins."""
    return _NETWORKS[language][network]


def length_text(lengths: Sequence[int], language: Language) -> str:
    """A span of lengths: 10 to 16."""
    return f"{lengths[0]} {'到' if language == 'zh' else 'to'} {lengths[1]}"
