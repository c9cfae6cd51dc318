"""What a network is trained on: the small language, or strings of symbols to be copied or turned.

Strings need countable bits: a random digit carries log2 10 = 3.32 of them, and a string of n
digits n times as many, so what passes through C can be measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from studybuddy.lab.language.corpus import Split, seeded, split_of
from studybuddy.lab.language.corpus import sample as sample_sentences
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.vocabulary import SOURCE, TARGET, Vocabulary, of_words


class Data(Protocol):
    """Pairs of a source and its one right translation, by source length and part."""

    @property
    def source(self) -> Vocabulary:
        """The words of the sources."""
        ...

    @property
    def target(self) -> Vocabulary:
        """The words of the translations."""
        ...

    def sample(
        self, lengths: Iterable[int], count: int, split: Split, seed: int
    ) -> dict[int, list[SentencePair]]:
        """Up to `count` different pairs of each source length, from one part."""
        ...


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small English-to-Chinese language."""

    source: Vocabulary = SOURCE
    target: Vocabulary = TARGET

    def sample(
        self, lengths: Iterable[int], count: int, split: Split, seed: int
    ) -> dict[int, list[SentencePair]]:
        """Sentences of the language; see `language.corpus`."""
        return sample_sentences(lengths, count, split, seed)


@dataclass(frozen=True, slots=True)
class Symbols:
    """Random strings over an alphabet; the translation is the string itself, or turned round."""

    alphabet: tuple[str, ...]
    turned: bool = False

    @property
    def source(self) -> Vocabulary:
        """The alphabet."""
        return of_words(self.alphabet)

    @property
    def target(self) -> Vocabulary:
        """The same alphabet."""
        return of_words(self.alphabet)

    def pair(self, word: tuple[str, ...]) -> SentencePair:
        """The string, what is to be written, and which symbol comes from where."""
        size = len(word)
        links = frozenset((t, size - 1 - t if self.turned else t) for t in range(size))
        target = word[::-1] if self.turned else word
        return SentencePair(word, target, links, links, frozenset(range(size)))

    def sample(
        self, lengths: Iterable[int], count: int, split: Split, seed: int
    ) -> dict[int, list[SentencePair]]:
        """Up to `count` different strings of each length; few exist below four symbols."""
        found: dict[int, list[SentencePair]] = {}
        for length in lengths:
            random = seeded("symbols", "".join(self.alphabet), length, split, seed)
            words: dict[tuple[str, ...], None] = {}
            most = min(count, len(self.alphabet) ** min(length, 12))
            for _try in range(20 * count):
                if len(words) >= most:
                    break
                word = tuple(
                    self.alphabet[int(random.random() * len(self.alphabet))] for _ in range(length)
                )
                if split_of(word) == split:
                    words[word] = None
            found[length] = [self.pair(word) for word in words]
        return found


DATA: Mapping[str, Data] = {
    "grammar": Grammar(),
    "digits": Symbols(tuple("0123456789")),
    "letters reversed": Symbols(tuple("abcdefghij"), turned=True),
    "letters copied": Symbols(tuple("abcdefghij")),
}
"""By the name that recipes and cards give."""
