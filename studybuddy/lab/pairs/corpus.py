"""From pairs of text to numbers: tokens, vocabularies, and three parts that share no source.

The part follows from a hash of the source's words without punctuation, so `Go!` and `Go.` never
part; other translations of a test sentence are further references for it.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from itertools import chain
from typing import Any, Literal

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.pairs.reading import ReadFile
from studybuddy.lab.pairs.tokens import (
    Tokens,
    Units,
    bleu_tokenizer,
    has_words,
    likely_units,
    split,
)
from studybuddy.lab.vocabulary import Vocabulary
from studybuddy.text.translation import _

UNKNOWN = 3
SPECIAL = ("<pad>", "<start>", "<end>", "<unk>")
MOST_WORDS = 8_000
"""Entries of a vocabulary: the rarer ones become <unk>."""
LONGEST_WORD = 60
"""Characters of an entry; a longer run of letters is no word of any language."""
SEEN_TWICE = 2
"""A word seen once in training becomes <unk>, else nothing would teach the network what that is."""
LONGEST: dict[Units, int] = {"words": 50, "characters": 100}
"""Tokens of one side of a pair; longer pairs are dropped and counted."""
FEWEST_PAIRS = 40
MOST_TRANSLATIONS = 30
"""Translations of one sentence that are kept."""
_TEST, _VALIDATION = (0.1, 2_500), (0.06, 1_500)
"""Share of the sources in a part, and about how many it has at most."""
_SAMPLED = 2_000
"""Pairs that the units are decided on."""

Part = Literal["train", "validation", "test"]
Numbers = Sequence[int]


@dataclass(frozen=True)
class OpenVocabulary(Vocabulary):
    """A vocabulary that gives every word it does not have the number of <unk>."""

    def numbers(self, words: Iterable[str]) -> list[int]:
        """The words' numbers."""
        return [self._numbers.get(word, UNKNOWN) for word in words]


@dataclass(frozen=True, slots=True)
class Side:
    """One language: its units, its vocabulary, and the share of its test tokens that are known."""

    units: Units
    vocabulary: OpenVocabulary
    types: int
    known: float


@dataclass(frozen=True, slots=True)
class Numbered:
    """A pair as numbers."""

    source: Numbers
    target: Numbers


@dataclass(frozen=True, slots=True)
class Asked:
    """A test sentence: its tokens, its text, and every translation that the file has for it."""

    source: Tokens
    text: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the lines of the file: `empty` to `further` count what was left out."""

    lines: int
    empty: int
    wordless: int
    repeated: int
    long: int
    further: int
    pairs: int
    sources: int
    train: int
    validation: int
    test: int
    references: int

    def plain(self) -> dict[str, int]:
        """The counts as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that training and testing need of the learner's text."""

    source: Side
    target: Side
    train: list[Numbered]
    validation: list[Numbered]
    test: list[Asked]
    counts: Counts
    tokenizer: str
    file_sha256: str

    def identity(self) -> dict[str, Any]:
        """What a checkpoint must have been made from."""
        return {
            "file": self.file_sha256,
            "units": [self.source.units, self.target.units],
            "words": [self.source.vocabulary.digest, self.target.vocabulary.digest],
        }


def part_of(source: Tokens, shares: tuple[float, float]) -> Part:
    """`test`, `validation` or `train`; `shares` are those of test and validation."""
    key = [token for token in source if any(map(str.isalnum, token))] or source
    digest = blake2b(" ".join(key).encode(), digest_size=8, person=b"sb-lab-pairs").digest()
    place = int.from_bytes(digest, "big") / 2**64
    if place < shares[0]:
        return "test"
    return "validation" if place < shares[0] + shares[1] else "train"


def vocabulary_of(sentences: Iterable[Tokens]) -> tuple[OpenVocabulary, int]:
    """The words seen at least twice, most frequent first, and how many different ones there were."""
    counted = Counter(chain.from_iterable(sentences))
    kept = sorted(
        (-n, word) for word, n in counted.items() if n >= SEEN_TWICE and len(word) <= LONGEST_WORD
    )
    words = (word for _n, word in kept[:MOST_WORDS])
    return OpenVocabulary((*SPECIAL, *words)), len(counted)


def corpus_of(
    file: ReadFile, source_units: Units | None = None, target_units: Units | None = None
) -> Corpus:
    """Prepare the pairs of a file. Raises StudyBuddyError when there are too few."""
    step = max(1, len(file.pairs) // _SAMPLED)
    sample = file.pairs[::step]
    units = (
        source_units or likely_units(source for source, _target in sample),
        target_units or likely_units(target for _source, target in sample),
    )
    by_source: dict[Tokens, dict[Tokens, str]] = {}
    texts: dict[Tokens, str] = {}
    wordless = repeated = long = further = 0
    shared: dict[str, str] = {}

    def tokens_of(text: str, units: Units) -> Tokens:
        # One object for all that are equal, else a million pairs fill the memory.
        return tuple(shared.setdefault(token, token) for token in split(text, units))

    for source_text, target_text in file.pairs:
        source, target = tokens_of(source_text, units[0]), tokens_of(target_text, units[1])
        if not has_words(source) or not has_words(target):
            wordless += 1
        elif len(source) > LONGEST[units[0]] or len(target) > LONGEST[units[1]]:
            long += 1
        elif target in by_source.setdefault(source, {}):
            repeated += 1
        elif len(by_source[source]) == MOST_TRANSLATIONS:
            further += 1
        else:
            by_source[source][target] = target_text
            texts.setdefault(source, source_text)
    pairs = sum(map(len, by_source.values()))
    if pairs < FEWEST_PAIRS:
        raise StudyBuddyError(
            _(
                "only {n} usable pairs; at least {most} are needed, and some thousands to learn from"
            ).format(n=pairs, most=FEWEST_PAIRS)
        )
    shares = _shares(len(by_source))
    parts: dict[Part, list[Tokens]] = {"train": [], "validation": [], "test": []}
    for source in by_source:
        parts[part_of(source, shares)].append(source)
    smaller: tuple[Part, Part] = ("validation", "test")
    for part in smaller:
        if not parts[part]:
            # A tiny file may leave a part empty; the last training source fills it.
            parts[part].append(parts["train"].pop())
    sources, source_types = vocabulary_of(
        source for source in parts["train"] for _target in by_source[source]
    )
    targets, target_types = vocabulary_of(
        target for source in parts["train"] for target in by_source[source]
    )

    def numbered(part: Part) -> list[Numbered]:
        return [
            Numbered(array("H", sources.numbers(source)), array("H", targets.numbers(target)))
            for source in parts[part]
            for target in by_source[source]
        ]

    test = [
        Asked(source, texts[source], tuple(by_source[source].values())) for source in parts["test"]
    ]
    train, validation = numbered("train"), numbered("validation")
    tested = [target for source in parts["test"] for target in by_source[source]]
    return Corpus(
        source=Side(units[0], sources, source_types, _known(parts["test"], sources)),
        target=Side(units[1], targets, target_types, _known(tested, targets)),
        train=train,
        validation=validation,
        test=test,
        counts=Counts(
            lines=file.lines,
            empty=file.empty,
            wordless=wordless,
            repeated=repeated,
            long=long,
            further=further,
            pairs=pairs,
            sources=len(by_source),
            train=len(train),
            validation=len(validation),
            test=len(test),
            references=len(tested),
        ),
        tokenizer=bleu_tokenizer(target for _source, target in sample),
        file_sha256=file.sha256,
    )


def _shares(sources: int) -> tuple[float, float]:
    test, validation = (min(share, most / sources) for share, most in (_TEST, _VALIDATION))
    return test, validation


def _known(sentences: Iterable[Tokens], vocabulary: OpenVocabulary) -> float:
    tokens = Counter(chain.from_iterable(sentences))
    total = sum(tokens.values())
    return math.fsum(n for word, n in tokens.items() if word in vocabulary) / max(1, total)
