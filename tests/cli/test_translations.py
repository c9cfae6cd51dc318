"""The Chinese catalogue is complete, compiled and true to the source's placeholders."""

from __future__ import annotations

import importlib.util
import string
from pathlib import Path
from types import ModuleType

import pytest

from studybuddy.text.translation import _, ngettext, set_language


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    file = Path(__file__).with_name("translations.py")
    spec = importlib.util.spec_from_file_location("translations_of_studybuddy", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value]  # type: ignore[attr-defined]


def _key(value: object) -> tuple[str, ...]:
    return tuple(texts(value))


def fields(text: str) -> set[tuple[str, str]]:
    return {
        (name, form or "") for _text, name, form, _how in string.Formatter().parse(text) if name
    }


def test_every_message_of_the_source_is_translated(translations: ModuleType) -> None:
    chinese = {message.id: message for message in translations.chinese() if message.id}
    source = {message.id for message in translations.extracted() if message.id}
    assert source - chinese.keys() == set(), "run tests/cli/translations.py"
    assert chinese.keys() - source == set(), "run tests/cli/translations.py"
    assert [id for id, each in chinese.items() if not translations.all_of(each.string)] == []
    assert [id for id, each in chinese.items() if each.fuzzy] == []


def test_a_translation_keeps_the_placeholders(translations: ModuleType) -> None:
    for message in translations.chinese():
        if message.id:
            wanted = fields(texts(message.id)[-1])
            for text in texts(message.string):
                assert fields(text) == wanted, message.id


def test_the_compiled_catalogue_is_the_written_one(translations: ModuleType) -> None:
    from babel.messages.mofile import read_mo

    with translations.CHINESE.with_suffix(".mo").open("rb") as file:
        compiled = {_key(each.id): texts(each.string) for each in read_mo(file) if each.id}
    written = translations.chinese()
    assert compiled == {_key(each.id): texts(each.string) for each in written if each.id}


def test_the_template_is_that_of_the_source(translations: ModuleType) -> None:
    from babel.messages.pofile import read_po

    with translations.TEMPLATE.open("rb") as file:
        template = {message.id for message in read_po(file) if message.id}
    assert template == {message.id for message in translations.extracted() if message.id}


def test_a_switch_of_language_is_heard_at_once() -> None:
    set_language("zh")
    try:
        assert _("Good") == "良好"
        assert ngettext("{n} day", "{n} days", 6).format(n=6) == "6 天"
    finally:
        set_language("en")
    assert ngettext("{n} day", "{n} days", 6).format(n=6) == "6 days"
