"""The learner's settings: typed, with their defaults, read from the log's newest rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from studybuddy.text.translation import LANGUAGES, Language

GradeScale = Literal["simple", "full"]
NEW_PER_DAY_MOST = 999


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner chose; None where the environment decides.

    `language` is the interface's, `card_language` the cards'. `grade_scale`
    "simple" is Again, Hard, Good, Easy; "full" is SM-2's 0 to 5. `theme` is a
    theme of the app.
    """

    language: Language | None = None
    card_language: Language | None = None
    grade_scale: GradeScale = "simple"
    new_per_day: int = 10
    theme: str = "studybuddy-dark"

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for `--json`."""
        return asdict(self)


def _valid(name: str, value: Any) -> bool:
    if name in ("language", "card_language"):
        return value in LANGUAGES
    if name == "grade_scale":
        return value in ("simple", "full")
    if name == "new_per_day":
        return isinstance(value, int) and 0 <= value <= NEW_PER_DAY_MOST
    return isinstance(value, str) and len(value) < 64


def settings_from(values: Mapping[str, Any]) -> Settings:
    """Settings from the newest row of each key; a value that makes no sense is passed over."""
    known = {field.name for field in fields(Settings)}
    return Settings(
        **{name: value for name, value in values.items() if name in known and _valid(name, value)}
    )
