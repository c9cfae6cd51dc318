"""Words as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from studybuddy.lab.language.lexicon import CHINESE, ENGLISH

PAD, START, END = 0, 1, 2
_SPECIAL = ("<pad>", "<start>", "<end>")


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language; numbers 0, 1, 2 are padding, start and end."""

    words: tuple[str, ...]
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {word: index for index, word in enumerate(self.words)}
        object.__setattr__(self, "_numbers", numbers)

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self._numbers

    def numbers(self, words: Iterable[str]) -> list[int]:
        """The words' numbers; KeyError for a word that is not there."""
        return [self._numbers[word] for word in words]

    def text(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The words of these numbers."""
        return tuple(self.words[number] for number in numbers)

    @property
    def digest(self) -> str:
        """A fingerprint: a model can only be read with the vocabulary it was trained on."""
        return sha256("\n".join(self.words).encode()).hexdigest()[:16]


def of_words(words: Iterable[str]) -> Vocabulary:
    """The vocabulary of these words, in their alphabetical order."""
    ordered: Sequence[str] = sorted(words)
    return Vocabulary((*_SPECIAL, *ordered))


SOURCE = of_words(ENGLISH)
TARGET = of_words(CHINESE)
