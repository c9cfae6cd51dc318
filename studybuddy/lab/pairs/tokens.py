"""Text as tokens, and tokens as text again.

words        runs of letters, marks and digits, lower-cased; each other sign is a token of its own
characters   each character of a script that is written without spaces is a token; words of
             other scripts and numbers among them stay whole
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, get_args

from studybuddy.text.sanitise import REPLACEMENT, clean

Units = Literal["words", "characters"]
UNITS: tuple[Units, ...] = get_args(Units)
Tokens = tuple[str, ...]

UNKNOWN_WRITTEN = "⁇"
"""What a word outside the vocabulary is written as: no reference contains it."""

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_OTHER = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3100-\u312f"
_UNSPACED = _HAN + _KANA + _OTHER
"""Han, kana, Thai, Lao, Tibetan, Burmese, Khmer and bopomofo: written without spaces."""
_SYLLABLES = "\uac00-\ud7a3"
"""Hangul: words by default, one syllable a token where characters are asked for."""

_han, _kana = re.compile(f"[{_HAN}]"), re.compile(f"[{_KANA}]")
_unspaced = re.compile(f"[{_UNSPACED}]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060]")
_APOSTROPHES = str.maketrans("’ʼ＇", "'''")
_CLOSING = frozenset(",.;:!?%)]}»”…、。，；：！？）】》」』")
_OPENING = frozenset("([{«“¿¡（【《「『")


def tidy(text: str) -> str:
    """One line of text as it is trained on: composed, without control characters, blanks joined."""
    text = _INVISIBLE.sub("", text.translate(_APOSTROPHES))
    text = _crowd().sub(r"\1", text)
    text = clean(unicodedata.normalize("NFC", text)).replace(REPLACEMENT, " ")
    return " ".join(text.split())


def likely_units(texts: Iterable[str]) -> Units:
    """Characters where most letters belong to scripts without spaces, else words."""
    unspaced, letters = _census(texts)
    return "characters" if 2 * unspaced > letters else "words"


def bleu_tokenizer(texts: Iterable[str]) -> str:
    """The sacrebleu tokenizer for this text: `zh`, `char` for other unspaced scripts, or `13a`."""
    sample = list(texts)
    if likely_units(sample) == "words":
        return "13a"
    han = sum(len(_han.findall(text)) for text in sample)
    kana = sum(len(_kana.findall(text)) for text in sample)
    unspaced, _letters = _census(sample)
    return "zh" if 2 * han > unspaced and 10 * kana < unspaced else "char"


def _census(texts: Iterable[str]) -> tuple[int, int]:
    """How many characters belong to unspaced scripts, and how many are letters or such characters."""
    unspaced = letters = 0
    for text in texts:
        found = len(_unspaced.findall(text))
        unspaced += found
        letters += found + sum(each.isalpha() for each in _unspaced.sub("", text))
    return unspaced, letters


def split(text: str, units: Units) -> Tokens:
    """The tokens of a line that was made tidy."""
    return tuple(_pattern(units).findall(text.lower()))


def has_words(tokens: Tokens) -> bool:
    """Whether any token is more than punctuation."""
    return any(any(map(str.isalnum, token)) for token in tokens)


def join(tokens: Sequence[str], units: Units) -> str:
    """Tokens as a line: punctuation against its word, no blanks between unspaced characters."""
    line = ""
    for token in tokens:
        if line and _blank_between(line[-1], token, units):
            line += " "
        line += token
    return line


def _blank_between(before: str, token: str, units: Units) -> bool:
    if units == "characters":
        return before.isalnum() and token[0].isalnum() and not (_alone(before) or _alone(token[0]))
    return token not in _CLOSING and before not in _OPENING


def _alone(character: str) -> bool:
    """Whether this character is a token by itself."""
    return bool(_unspaced.match(character)) or "\uac00" <= character <= "\ud7a3"


@lru_cache(maxsize=2)
def _pattern(units: Units) -> re.Pattern[str]:
    """A number with its separators, a word with inner apostrophes and hyphens, or one sign."""
    marks = _marks()
    number = r"\d+(?:[.,:]\d+)+"
    if units == "words":
        letter = rf"(?:[^\W_]|[{marks}])"
        return re.compile(rf"{number}|{letter}+(?:['\-]{letter}+)*|\S")
    alone = _UNSPACED + _SYLLABLES
    letter = rf"(?:(?![{alone}])(?:[^\W_]|[{marks}]))"
    return re.compile(rf"{number}|[{alone}][{marks}]*|{letter}+(?:['\-]{letter}+)*|\S")


@lru_cache(maxsize=1)
def _crowd() -> re.Pattern[str]:
    """More marks on one letter than any language has (the limit of UAX #15, section 13).

    Composing a letter with n marks takes n² steps.
    """
    return re.compile(f"([{_marks()}]{{30}})[{_marks()}]+")


@lru_cache(maxsize=1)
def _marks() -> str:
    """Combining marks and joiners as the inside of a character class: Python's \\w leaves them out."""
    found = ["\u200c", "\u200d"]
    first: int | None = None
    for code in range(0x300, 0x20000):
        mark = unicodedata.category(chr(code))[0] == "M"
        if mark and first is None:
            first = code
        elif not mark and first is not None:
            found.append(f"{chr(first)}-{chr(code - 1)}")
            first = None
    return "".join(found)
