"""The model card: a JSON file beside the weights that says what they are and how good.

A card may come from anyone. It is read with a bound on its size, and every field is checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.statistics import Share
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _

FORMAT = 2
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Bucket:
    """Exact match on unseen sentences of `shortest`..`longest` words: `right` of `n`."""

    shortest: int
    longest: int
    right: int
    n: int

    @property
    def share(self) -> Share:
        """The same with its interval."""
        return Share(self.right, self.n)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of another kind with its 95 % interval, from `n` samples: an alignment, or bits."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one model.

    `timing` says which decoder state scores; `recipe` and `seed` rebuild the model;
    `validation_loss` is in nats a word, `improved_last_fifth` the part by which it still fell
    over the last fifth of the steps; `buckets` and `measures` were measured with `test_seed`;
    `vocabulary` holds the fingerprints of both word lists; `sha256` is that of the weights' file.
    """

    name: str
    about: str
    kind: str
    sizes: Mapping[str, int]
    parameters: int
    timing: str
    vocabulary: tuple[str, str]
    data: str
    recipe: Mapping[str, Any]
    seed: int
    steps: int
    validation_loss: float
    improved_last_fifth: float
    test_seed: int
    buckets: tuple[Bucket, ...]
    measures: Mapping[str, Measure]
    numbers: str
    torch: str
    sha256: str
    format: int = FORMAT

    def share(self, shortest: int, longest: int) -> Share:
        """Exact match over the buckets that lie within these lengths."""
        total = Share(0, 0)
        for bucket in self.buckets:
            if shortest <= bucket.shortest and bucket.longest <= longest:
                total += bucket.share
        return total

    def text(self) -> str:
        """The card as JSON, with shares and intervals written out for a reader."""
        plain = asdict(self)
        for bucket, written in zip(self.buckets, plain["buckets"], strict=True):
            low, high = bucket.share.interval
            written["exact_match"] = round(bucket.share.value, 4)
            written["interval_95"] = [round(low, 4), round(high, 4)]
        return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def read_card(path: Path) -> Card:
    """The card in this file. Raises StudyBuddyError when it is missing, too long or malformed."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as problem:
        raise StudyBuddyError(
            _("no model card {file}; `studybuddy train` builds the model").format(file=path)
        ) from problem
    try:
        if len(raw) > _LARGEST:
            raise ValueError("too long")
        return _card(json.loads(raw))
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise StudyBuddyError(
            _("the model card {file} is malformed ({why}); `studybuddy train` rebuilds it").format(
                file=path, why=clean(str(problem))[:80]
            )
        ) from problem


def _card(plain: Any) -> Card:
    """Check every field. Raises ValueError, KeyError or TypeError."""
    if not isinstance(plain, dict):
        raise ValueError("not an object")
    if plain["format"] != FORMAT:
        raise ValueError(f"format {FORMAT} is needed")
    return Card(
        name=_text(plain, "name"),
        about=_text(plain, "about"),
        kind=_text(plain, "kind"),
        sizes={str(key): _whole(value, str(key)) for key, value in _object(plain, "sizes").items()},
        parameters=_whole(plain["parameters"], "parameters"),
        timing=_text(plain, "timing"),
        vocabulary=_pair(plain["vocabulary"]),
        data=_text(plain, "data"),
        recipe=_object(plain, "recipe"),
        seed=_whole(plain["seed"], "seed"),
        steps=_whole(plain["steps"], "steps"),
        validation_loss=_number(plain["validation_loss"], "validation_loss"),
        improved_last_fifth=_number(plain["improved_last_fifth"], "improved_last_fifth"),
        test_seed=_whole(plain["test_seed"], "test_seed"),
        buckets=tuple(_bucket(bucket) for bucket in plain["buckets"]),
        measures={
            clean(key)[:64]: _measure(value) for key, value in _object(plain, "measures").items()
        },
        numbers=_text(plain, "numbers"),
        torch=_text(plain, "torch"),
        sha256=_text(plain, "sha256"),
    )


def _text(plain: Mapping[str, Any], name: str) -> str:
    value = plain[name]
    if not isinstance(value, str) or len(value) > 500:
        raise ValueError(f"{name} must be a short text")
    return clean(value)


def _object(plain: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = plain[name]
    if not isinstance(value, dict) or len(value) > 30:
        raise ValueError(f"{name} must be an object")
    return value


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError(f"{clean(name)[:30]} must be a whole number")
    return value


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e9:
        raise ValueError(f"{name} must be a number")
    return float(value)


def _pair(value: object) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("vocabulary must hold two fingerprints")
    return str(value[0])[:64], str(value[1])[:64]


def _bucket(plain: object) -> Bucket:
    if not isinstance(plain, dict):
        raise ValueError("a bucket must be an object")
    bucket = Bucket(*(_whole(plain[name], name) for name in ("shortest", "longest", "right", "n")))
    if bucket.right > bucket.n or bucket.shortest > bucket.longest:
        raise ValueError("a bucket contradicts itself")
    return bucket


def _measure(plain: object) -> Measure:
    if not isinstance(plain, dict):
        raise ValueError("a measure must be an object")
    value, low, high = (_number(plain[name], name) for name in ("value", "low", "high"))
    if not low <= value <= high:
        raise ValueError("a measure contradicts itself")
    return Measure(value, low, high, _whole(plain["n"], "n"))
