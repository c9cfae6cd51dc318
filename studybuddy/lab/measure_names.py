"""What a card's measures are called for a reader; in the card they have one name in every language."""

from __future__ import annotations

import re

from studybuddy.text.translation import _

_BITS = re.compile(r"bits recovered of (\d{1,3}) digits")


def measure_name(name: str) -> str:
    """The name in the interface's language; a name that we do not know stays as it is."""
    known = {
        "content words on a gold link": _("content words on a gold link"),
        "words on a gold link": _("words on a gold link"),
        "alignment error rate": _("alignment error rate"),
        "steps to 99 %": _("steps to 99 %"),
    }
    bits = _BITS.fullmatch(name)
    if bits is not None:
        return _("bits recovered of {n} digits").format(n=bits[1])
    return known.get(name, name)
