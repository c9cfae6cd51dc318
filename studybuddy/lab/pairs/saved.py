"""A folder of trained networks: weights and card of each, and the word lists they share.

What is read back is bounded, checked against its hash and its word lists, and never run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.networks.build import build
from studybuddy.lab.networks.translator import Translator
from studybuddy.lab.pairs.corpus import (
    LONGEST,
    LONGEST_WORD,
    MOST_WORDS,
    SPECIAL,
    Corpus,
    OpenVocabulary,
)
from studybuddy.lab.pairs.decoding import write
from studybuddy.lab.pairs.tokens import UNITS, Units, join, split, tidy
from studybuddy.lab.weights import check, check_words, fill, put
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

FORMAT = 1
_LARGEST_WEIGHTS = 64 * 2**20
_LARGEST_CARD = 256 * 1024
_LARGEST_WORDS = 8 * 2**20
WORDS_FILE = "words.json"


@dataclass(frozen=True, slots=True)
class PairsCard:
    """What is known of one trained network; `identity` is that of its training.

    `history` holds (step, training loss, validation loss); the weights are those of `best_step`.
    """

    name: str
    kind: str
    sizes: Mapping[str, int]
    parameters: int
    timing: str
    vocabulary: tuple[str, str]
    identity: Mapping[str, Any]
    steps: int
    best_step: int
    validation_loss: float
    seconds: float
    history: tuple[tuple[int, float, float], ...]
    device: str
    torch: str
    sha256: str
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Words:
    """Units and vocabulary of both sides."""

    units: tuple[Units, Units]
    vocabularies: tuple[OpenVocabulary, OpenVocabulary]

    @property
    def most(self) -> int:
        """Tokens that a translation may have."""
        return LONGEST[self.units[1]]

    @property
    def digests(self) -> tuple[str, str]:
        """Fingerprints of both vocabularies."""
        return self.vocabularies[0].digest, self.vocabularies[1].digest


@dataclass(frozen=True, slots=True)
class PairsModel:
    """A trained network with its card and words, ready to translate."""

    network: Translator
    card: PairsCard
    words: Words

    def translate(self, text: str) -> str:
        """The translation of a sentence. Raises StudyBuddyError where it is empty or too long."""
        tokens = split(tidy(text[:10_000]), self.words.units[0])
        if not 1 <= len(tokens) <= LONGEST[self.words.units[0]]:
            raise StudyBuddyError(
                _("the sentence must have from 1 to {most} tokens").format(
                    most=LONGEST[self.words.units[0]]
                )
            )
        written = write(self.network, [tokens], self.words.vocabularies, self.words.most)
        return join(written[0], self.words.units[1])


def words_of(corpus: Corpus) -> Words:
    """The words of a corpus."""
    return Words(
        (corpus.source.units, corpus.target.units),
        (corpus.source.vocabulary, corpus.target.vocabulary),
    )


def save_words(folder: Path, words: Words) -> None:
    """Write the word lists."""
    sides = [
        {"units": units, "words": list(vocabulary.words)}
        for units, vocabulary in zip(words.units, words.vocabularies, strict=True)
    ]
    plain = {"format": FORMAT, "source": sides[0], "target": sides[1]}
    put(folder / WORDS_FILE, json.dumps(plain, ensure_ascii=False, indent=0).encode())


def save_model(folder: Path, data: bytes, card: PairsCard) -> None:
    """Write weights and card; each replaces the old file in one move, the card last."""
    put(folder / f"{card.name}.safetensors", data)
    put(folder / f"{card.name}.json", json.dumps(asdict(card), indent=2).encode())


def load_pairs_model(folder: Path, name: str) -> PairsModel:
    """A network by name. Raises StudyBuddyError when a file is missing, changed or too large."""
    path = folder / f"{name}.safetensors"
    try:
        card = _card(_json(folder / f"{name}.json", _LARGEST_CARD))
        words = _words(_json(folder / WORDS_FILE, _LARGEST_WORDS))
        return PairsModel(_network(name, card, words, _bytes(path, _LARGEST_WEIGHTS)), card, words)
    except FileNotFoundError as problem:
        raise StudyBuddyError(
            _("no trained network in {folder}: train on your text first").format(
                folder=clean(str(folder))
            )
        ) from problem
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        RuntimeError,
        SafetensorError,
    ) as problem:
        raise StudyBuddyError(
            _(
                "the network {file} cannot be used ({why}): delete its folder and train again"
            ).format(file=clean(str(path)), why=clean(str(problem))[:80])
        ) from problem


def _bytes(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(_("a file is larger than any of ours"))
    return data


def _json(path: Path, most: int) -> dict[str, Any]:
    plain = json.loads(_bytes(path, most))
    if not isinstance(plain, dict) or plain["format"] != FORMAT:
        raise ValueError(_("a file of another format"))
    return plain


def _card(plain: dict[str, Any]) -> PairsCard:
    def whole(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
            raise ValueError(_("a damaged card"))
        return value

    if not isinstance(plain["sizes"], dict):
        raise ValueError(_("a damaged card"))
    sizes = {str(key): whole(value) for key, value in plain["sizes"].items()}
    return PairsCard(
        name=str(plain["name"]),
        kind=str(plain["kind"]),
        sizes=sizes,
        parameters=whole(plain["parameters"]),
        timing=clean(str(plain["timing"]))[:200],
        vocabulary=(str(plain["vocabulary"][0]), str(plain["vocabulary"][1])),
        identity=dict(plain["identity"]),
        steps=whole(plain["steps"]),
        best_step=whole(plain["best_step"]),
        validation_loss=float(plain["validation_loss"]),
        seconds=float(plain["seconds"]),
        history=tuple(
            (whole(step), float(training), float(validation))
            for step, training, validation in plain["history"]
        ),
        device=clean(str(plain["device"]))[:40],
        torch=clean(str(plain["torch"]))[:40],
        sha256=str(plain["sha256"]),
    )


def _words(plain: dict[str, Any]) -> Words:
    source, target = (_side(plain[name]) for name in ("source", "target"))
    return Words((source[0], target[0]), (source[1], target[1]))


def _side(plain: dict[str, Any]) -> tuple[Units, OpenVocabulary]:
    words = plain["words"]
    if (
        plain["units"] not in UNITS
        or not isinstance(words, list)
        or len(words) > MOST_WORDS + len(SPECIAL)
        or tuple(words[: len(SPECIAL)]) != SPECIAL
        or len(set(words)) != len(words)
        or not all(
            isinstance(word, str) and 0 < len(word) <= LONGEST_WORD and clean(word) == word
            for word in words
        )
    ):
        raise ValueError(_("a damaged word list"))
    return plain["units"], OpenVocabulary(tuple(words))


def _network(name: str, card: PairsCard, words: Words, data: bytes) -> Translator:
    """The network of these bytes. Raises ValueError in words, or what safetensors raises."""
    check(name, card, data)
    check_words(card, words.digests)
    sizes = (len(words.vocabularies[0]), len(words.vocabularies[1]))
    network = build(card.kind, card.sizes, sizes)
    fill(network, data)
    return network
