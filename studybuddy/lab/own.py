"""A learner's own sentence in the small language: known words pass, others get suggestions."""

from __future__ import annotations

import re
from difflib import get_close_matches

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.lexicon import ENGLISH
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import _, ngettext

FEWEST, MOST = 2, 40
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[.,?]|\S")
_FULL_WIDTH = str.maketrans("，。？", ",.?")


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


def _suggest(word: str) -> str:
    near = get_close_matches(word, sorted(ENGLISH), n=3, cutoff=0.6)
    short = word[:30]
    return _("{word} (near: {near})").format(word=short, near=", ".join(near)) if near else short
