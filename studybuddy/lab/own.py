"""What a learner types: a sentence of the small language, or an output in Chinese of her own.

In a sentence known words pass and others get suggestions, since a network must read it. An output
is only counted: any words will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.lexicon import CHINESE, ENGLISH
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _, ngettext

FEWEST, MOST = 2, 40
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[.,?]|\S")
_FULL_WIDTH = str.maketrans("，。？", ",.?")
MOST_OUTPUT = 60
"""Words of an output."""
_HALF_WIDTH = str.maketrans(",.?", "，。？")
_LONGEST = max(map(len, CHINESE))
_LATIN = re.compile(r"[^\W_\u3400-\u9fff]+(?:['-][^\W_\u3400-\u9fff]+)*")


def read_sentence(text: str) -> tuple[str, ...]:
    """The words of an English sentence, the final mark included (added where it is missing).

    Raises StudyBuddyError that names each unknown word with its nearest neighbours, or says
    that the sentence is too short or too long.
    """
    words = [
        "I" if word.lower() == "i" else word.lower()
        for word in _WORD.findall(clean(text)[:2000].translate(_FULL_WIDTH))
    ]
    if words and words[-1] not in (".", "?"):
        words.append(".")
    if not FEWEST <= len(words) <= MOST:
        raise StudyBuddyError(
            ngettext(
                "the sentence has {n} word; it must have from {a} to {b}, the final mark included",
                "the sentence has {n} words; it must have from {a} to {b}, the final mark included",
                len(words),
            ).format(n=len(words), a=FEWEST, b=MOST)
        )
    unknown = [word for word in dict.fromkeys(words) if word not in ENGLISH]
    if unknown:
        raise StudyBuddyError(
            _("words the small language does not have: {words}").format(
                words="; ".join(_suggest(word) for word in unknown[:8])
            )
        )
    return tuple(words)


def read_output(text: str) -> tuple[str, ...]:
    """The words of an output, as they are counted; nothing is added to it.

    Blanks part words, and so does the lexicon: of characters written together the longest known
    word is taken, and a character that no word explains stands alone.

    Raises StudyBuddyError when there is no word, or there are too many.
    """
    written = clean(text)[:2000].translate(_HALF_WIDTH)
    words = tuple(word for chunk in written.split() for word in _known_words(chunk))
    if not 1 <= len(words) <= MOST_OUTPUT:
        raise StudyBuddyError(
            ngettext(
                "the output has {n} word; it must have from {a} to {b}",
                "the output has {n} words; it must have from {a} to {b}",
                len(words),
            ).format(n=len(words), a=1, b=MOST_OUTPUT)
        )
    return words


def _known_words(chunk: str) -> Iterator[str]:
    at = 0
    while at < len(chunk):
        ends = range(min(len(chunk), at + _LONGEST), at, -1)
        end = next((end for end in ends if chunk[at:end] in CHINESE), None)
        if end is None:
            latin = _LATIN.match(chunk, at)
            end = latin.end() if latin else at + 1
        yield chunk[at:end]
        at = end


def _suggest(word: str) -> str:
    near = get_close_matches(word, sorted(ENGLISH), n=3, cutoff=0.6)
    short = word[:30]
    return _("{word} (near: {near})").format(word=short, near=", ".join(near)) if near else short
