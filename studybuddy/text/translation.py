"""The interface in English and in Chinese (gettext), switched while the app runs.

Source strings are English. `_` looks a string up at the moment of the call, so
never call it at import time: a string fixed at class creation cannot change.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_LOCALE = Path(__file__).resolve().parent.parent / "locale"

_language: Language = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def language_of_environment(environment: Mapping[str, str] | None = None) -> Language:
    """Chinese when the locale says so, else English."""
    environment = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        value = environment.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def set_language(language: Language) -> None:
    """Speak this language from now on."""
    global _language, _catalogue
    _language = language
    _catalogue = gettext.translation(
        "studybuddy", localedir=_LOCALE, languages=[language], fallback=True
    )


def current_language() -> Language:
    """The interface's language."""
    return _language


def _(message: str) -> str:
    """The message in the interface's language."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for this count, in the interface's language."""
    return _catalogue.ngettext(singular, plural, count)
