"""Which node of a reference a learner's label means.

Exact names first (the reference's labels, the card's synonyms, node ids, parts of bilingual
labels, the chapter's aliases), then a spelling guess by optimal string alignment, which is taken
only where it can mean a single node and the text is no known name of anything else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from studybuddy.decks.graph import Graph
from studybuddy.grading.diagrams.aliases import GROUPS, KNOWN, NUMBERED_GROUPS, OPPOSITES

_SAME = str.maketrans(
    {
        "′": "'",
        "’": "'",
        "‘": "'",
        "`": "'",
        "−": "-",
        "–": "-",
        "—": "-",
        "∑": "σ",
        "ς": "σ",
        "\u0303": "~",
        "˜": "~",
        "∼": "~",
        "∗": "*",
        "✕": "×",
        "✖": "×",
        "⨯": "×",
    }
)
_ALWAYS_KEPT = frozenset("'~×*⊙⊗⊕")
_SEQUENCE = re.compile(
    r"\W*([^\W\d_]+?)[_({\s]*[01][)}]?[\s,]*(?:\.{2,}|⋯|~|到|至)[\s,]*(?:\1)?[_({]*(?:\d+|[a-z])[)}]?\W*"
)
_ACCENT_LAST = re.compile(r"([^\W\d_]+?)(\d+|[ti])(['~]+)")
_INDEXED = re.compile(r"(\D+?)(\d+|t[-+]1|t)")
_HAN = re.compile(r"[\u3400-\u9fff]+")


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """What is left of a label when notation is taken away: X₁, x_1 and X(1) are all `x1`.

    Compatibility forms are folded (NFKC), case, blanks and punctuation dropped; primes, tildes,
    products and the minus of `t-1` stay. `x1..xm`, `x_1, …, x_n` and `X1..X4` are all `x…`.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_SAME)
    if match := _SEQUENCE.fullmatch(folded):
        return f"{match[1]}…"
    folded = "".join(folded.split())
    kept = []
    for index, character in enumerate(folded):
        beside = folded[max(0, index - 1) : index] + folded[index + 1 : index + 2]
        sign = character in "+-" and (
            (len(beside) == 2 and beside.isalnum() and any(map(str.isdecimal, beside)))
            or (character == "+" and index == 0)
        )
        if character.isalnum() or character in _ALWAYS_KEPT or sign:
            kept.append(character)
    key = "".join(kept) or folded
    if match := _ACCENT_LAST.fullmatch(key):
        return match[1] + match[3] + match[2]
    return key


@dataclass(frozen=True, slots=True)
class Reading:
    """What a label was read as: the nodes it may mean (several only when they share a name).

    `guessed` is True when the spelling had to be mended.
    """

    nodes: tuple[str, ...] = ()
    guessed: bool = False


class Names:
    """Every name of every node of one reference graph, by rank of authority."""

    def __init__(
        self,
        graph: Graph,
        synonyms: Mapping[str, tuple[str, ...]] | None = None,
        others: Iterable[str] = (),
    ) -> None:
        """`others` are nodes that only optional edges or named errors speak of."""
        synonyms = synonyms or {}
        labels = {node.id: node.label for node in graph.nodes}
        for name in others:
            labels.setdefault(name, name)
        self._ranks: tuple[dict[str, list[str]], ...] = ({}, {}, {}, {})
        for node, label in labels.items():
            for text in (label, *synonyms.get(node, ())):
                self._add(0, label_key(text), node)
        for node, label in labels.items():
            alike = self._ranks[0][label_key(label)]
            for each in alike if len(alike) > 1 else (node,):
                self._add(1, label_key(node), each)
            parts = [part for text in (label, *synonyms.get(node, ())) for part in _parts(text)]
            for part in parts:
                self._add(2, part, node)
            for alias in _aliases([label_key(label), *parts]):
                self._add(3, alias, node)

    def _add(self, rank: int, key: str, node: str) -> None:
        nodes = self._ranks[rank].setdefault(key, [])
        if key and node not in nodes:
            nodes.append(node)

    def read(self, text: str) -> Reading:
        """What the label means in this reference; no nodes when it means nothing here."""
        key = label_key(text)
        if not key:
            return Reading()
        exact = self._exact(key)
        if exact:
            return Reading(exact)
        # Several boxes that bear one name may be numbered by the learner: ×1, ×2.
        shared = self._exact(key.rstrip("0123456789'")) if key[-1:] in "0123456789'" else ()
        if len(shared) > 1:
            return Reading(shared)
        return Reading() if key in KNOWN else self._guess(key)

    def _exact(self, key: str) -> tuple[str, ...]:
        for rank in self._ranks:
            if nodes := rank.get(key):
                return tuple(nodes)
        return ()

    def _guess(self, key: str) -> Reading:
        from rapidfuzz.distance import OSA

        limit = 0 if len(key) < 5 else 1 if len(key) <= 8 else 2
        found: set[tuple[str, ...]] = set()
        if limit:
            for rank in self._ranks:
                for name, nodes in rank.items():
                    if (
                        OSA.distance(key, name, score_cutoff=limit) <= limit
                        and _digits(key) == _digits(name)
                        and not _opposite(key, name)
                    ):
                        found.add(tuple(nodes))
        return Reading(found.pop(), guessed=True) if len(found) == 1 else Reading()


def _digits(key: str) -> str:
    return "".join(character for character in key if character.isdecimal())


def _opposite(key: str, name: str) -> bool:
    return any(
        (one in key and other in name and one not in name)
        or (other in key and one in name and other not in name)
        for one, other in OPPOSITES
    )


def _parts(label: str) -> list[str]:
    """Names inside a label: the halves of a bilingual one, what stands before a bracket or comma."""
    pieces = [*_HAN.findall(label), _HAN.sub(" ", label)]
    if "," in label and "(" not in label:
        pieces.append(label.split(",")[0])
    head = label.split("(")[0]
    if len(head) >= 3 and head != label:
        pieces.append(head)
    whole = label_key(label)
    return [key for piece in pieces if (key := label_key(piece)) and key != whole]


def _aliases(keys: Iterable[str]) -> list[str]:
    """Every other name that the chapter knows for a node with these names, in a fixed order."""
    found: set[str] = set()
    for key in keys:
        for group in GROUPS:
            if key in group:
                found |= group
        if match := _INDEXED.fullmatch(key):
            base, index = match[1], match[2]
            for group in NUMBERED_GROUPS:
                if base in group:
                    found |= {f"{name}{index}" for name in group}
    return sorted(found)
