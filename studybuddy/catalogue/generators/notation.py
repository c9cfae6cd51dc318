"""Numbers and indices as a textbook prints them."""

from __future__ import annotations

from collections.abc import Iterable

_SUB = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPER = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def sub(index: int) -> str:
    """A subscript: 1 → ₁."""
    return str(index).translate(_SUB)


def power(exponent: int) -> str:
    """A superscript: -3 → ⁻³."""
    return str(exponent).translate(_SUPER)


def minus(text: str) -> str:
    """The hyphens of a number as minus signs."""
    return text.replace("-", "−")


def number(value: float, digits: int = 3) -> str:
    """A number with at most `digits` decimals; very small and very large ones as a·10ⁿ.

    >>> number(0.25), number(-2.0), number(0.005154), number(117.39), number(6.4e8)
    ('0.25', '−2', '5.15 × 10⁻³', '117', '6.40 × 10⁸')
    """
    if value == 0:
        return "0"
    if abs(value) < 0.01 or abs(value) >= 1e6:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{minus(mantissa)} × 10{power(int(exponent))}"
    text = f"{value:.0f}" if abs(value) >= 100 and value != int(value) else f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return minus(text)


def whole(value: int) -> str:
    """A whole number with separators: 29312 → 29,312."""
    return f"{value:,}"


def vector(values: Iterable[float]) -> str:
    """(1.575, 0.425)."""
    return "(" + ", ".join(number(value) for value in values) + ")"
