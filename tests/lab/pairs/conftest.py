"""A small text of everyday sentences, and networks of a size that trains in seconds."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from studybuddy.lab.pairs.corpus import Corpus, corpus_of
from studybuddy.lab.pairs.reading import read_pairs
from studybuddy.lab.pairs.settings import Network

WHO = {"I": "我", "You": "你", "We": "我们", "Tom": "汤姆", "She": "她"}
DOES = {"see": "看见", "like": "喜欢", "want": "要", "buy": "买"}
WHAT = {"apples": "苹果", "books": "书", "a cat": "一只猫", "tea": "茶", "two fish": "两条鱼"}


def lines() -> list[str]:
    """A hundred sentences with their translations."""
    return [
        f"{who} {does} {what}.\t{WHO[who]}{DOES[does]}{WHAT[what]}。\tCC-BY"
        for who, does, what in product(WHO, DOES, WHAT)
    ]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """The text as a file."""
    file = tmp_path / "text.tsv"
    file.write_text("\n".join(lines()) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def corpus(text: Path) -> Corpus:
    """The text, prepared."""
    return corpus_of(read_pairs(text))


@pytest.fixture
def tiny() -> tuple[Network, ...]:
    """The three networks, tiny."""
    shared = {"embedding": 12, "hidden": 12, "state": 24, "readout_size": 16}
    return (
        Network("init", "initial", {**shared, "context": 24}),
        Network("every-step", "fixed", {**shared, "context": 24}),
        Network("attention", "additive", {**shared, "attention": 12}),
    )
