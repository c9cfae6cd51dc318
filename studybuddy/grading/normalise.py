"""One form for what is written in many: full width, case, blanks, Greek, subscripts.

`hₜ`, `h_t`, `h_{t}` and `ｈｔ` all become `ht`; `alpha` becomes `α`; "long-range" loses its
hyphen. Two answers are the same when their normal forms are.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import OSA

LONGEST = 500
_GREEK = {
    name: unicodedata.lookup(f"GREEK SMALL LETTER {name.upper()}")
    for name in ("alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "mu", "pi", "sigma", "tau", "phi")
} | {"lambda": "λ", "omega": "ω", "rho": "ρ"}  # fmt: skip
_GREEK_NAME = re.compile(r"(?<![a-z])(" + "|".join(_GREEK) + r")(?![a-z])")
_ARTICLE = re.compile(r"^(the|an|a) +(?=\w)")
_HYPHEN = re.compile(r"(?<=[a-z]{2})[-‐‑](?=[a-z]{2})")
_OUTER = " \t\n.,;:!?。、…\"'“”‘’「」`"
_SAME = str.maketrans(
    {"−": "-", "–": "-", "×": "*", "·": "*", "∙": "*", "⋅": "*", "⊙": "*", "∗": "*", "_": "", "{": "", "}": "", "\\": "", "$": ""}
)  # fmt: skip

#: Words a slip of the pen must not turn into each other.
_CONFUSED = (
    {"encoder", "decoder"},
    {"encoding", "decoding"},
    {"encode", "decode"},
    {"unidirectional", "bidirectional"},
    {"vanishing", "varnishing"},
    {"symmetric", "asymmetric"},
    {"synchronous", "asynchronous"},
    {"unigram", "trigram"},
    {"softmax", "softmin"},
)


def normalise(text: str) -> str:
    """The normal form of an answer; of a very long one, of its first characters only."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).strip(_OUTER)
    # Capital Greek letters are other symbols than small ones: Σ is a sum, σ a sigmoid.
    text = "".join(c if "Α" <= c <= "Ω" else c.casefold() for c in text)
    text = _GREEK_NAME.sub(lambda match: _GREEK[match[1]], _ARTICLE.sub("", text))
    text = text.translate(_SAME)
    text = _HYPHEN.sub("", text)
    return "".join(text.split()).strip(_OUTER)


def is_slip(typed: str, accepted: str, rivals: frozenset[str] = frozenset()) -> bool:
    """Whether `typed` is `accepted` with one slip of the pen (both in normal form).

    One letter wrong, lost, doubled or swapped with its neighbour (optimal string alignment
    distance 1), in ASCII words of six letters or more, and only when no rival, the answer of
    another gap or a word that is easily confused, is as near.
    """
    if min(len(typed), len(accepted)) < 6 or not (typed + accepted).isascii():
        return False
    if not (typed + accepted).isalpha() or OSA.distance(typed, accepted, score_cutoff=1) > 1:
        return False
    others = set(rivals).union(*(pair for pair in _CONFUSED if accepted in pair)) - {accepted}
    return all(OSA.distance(typed, other, score_cutoff=1) > 1 for other in others)
