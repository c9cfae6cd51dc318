"""Numbers as people type them: 0.625, .625, 5/8, 62.5 %, 6.25e-1, 6.25×10⁻¹, 29,312, ０.６２５."""

from __future__ import annotations

import math
import re
import unicodedata

LONGEST = 200
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_MINUS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "⁄": "/", "÷": "/", "×": "*", "·": "*", "、": ",", "。": "."}
)
_PLAIN = r"[+-]?(?:\d+\.?\d*|\.\d+)"
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(rf"({_PLAIN})(?:e([+-]?\d{{1,3}})|[*x]10(?:\^|\*\*)\(?([+-]?\d{{1,3}})\)?)?")
_TEN = re.compile(r"10(?:\^|\*\*)\(?([+-]?\d{1,3})\)?")
_LABEL = re.compile(r"^.*[=≈]")


def read_number(text: str) -> float | None:
    """The number that the text states, or None when it states none.

    Only a value is read, never a calculation: 0.9^50 is no number here.
    """
    text = _LABEL.sub("", _plain(text)).replace(" ", "").lstrip("~约")
    percent = text.endswith("%")
    text = text.removesuffix("%")
    above, slash, below = text.partition("/")
    value = _decimal(above)
    if slash and value is not None:
        divisor = _decimal(below)
        value = value / divisor if divisor else None
    if value is None or not math.isfinite(value):
        return None
    return value / 100 if percent else value


def read_quantity(text: str, unit: str) -> float | None:
    """The number in this unit: `40 %` is 40 where percent are asked."""
    plain = _plain(text)
    return read_number(plain.removesuffix("%") if "%" in unit else plain)


def read_numbers(text: str, count: int) -> list[float | None]:
    """`count` numbers from one line: (1.575, .425), or with ; or blanks between them.

    What is missing or cannot be read is None. With one number asked, a comma separates
    thousands.
    """
    if count == 1:
        return [read_number(text)]
    text = _LABEL.sub("", _plain(text)).strip(" ()[]")
    for separator in (r";", r",\s", r",", r"\s"):
        pieces = [piece for piece in re.split(rf"\s*{separator}\s*", text) if piece]
        if len(pieces) == count:
            break
    else:
        pieces = [piece for piece in re.split(r"[;,\s]+", text) if piece]
    values = [read_number(piece) for piece in pieces[:count]]
    return [*values, *[None] * (count - len(values))]


def _plain(text: str) -> str:
    """ASCII digits and signs; a raised exponent becomes ^ and digits before NFKC lowers it."""
    text = _RAISED.sub(lambda match: "^" + match[0].translate(_SUPERSCRIPT), text[:LONGEST])
    return unicodedata.normalize("NFKC", text).translate(_MINUS).strip().lower()


def _decimal(text: str) -> float | None:
    text = text.strip("()")
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    ten = _TEN.fullmatch(text)
    if ten:
        return float(f"1e{ten[1]}")
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    return float(f"{match[1]}e{match[2] or match[3] or 0}")
