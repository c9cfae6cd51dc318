"""Brings `studybuddy/locale` up to date with the source: extract, update, compile.

Run it after a change of the interface's words, fill the new entries of the `.po` file, run it
again: `.venv/bin/python tests/cli/translations.py`. It needs Babel (the extra `test`).
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "studybuddy" / "locale"
TEMPLATE = LOCALE / "studybuddy.pot"
CHINESE = LOCALE / "zh" / "LC_MESSAGES" / "studybuddy.po"
ARGUMENTS = {"_": 1, "ngettext": 2}


def calls() -> Iterator[tuple[str, list[ast.expr]]]:
    """Place and message arguments of every call of `_` and `ngettext`, in f-strings too."""
    for file in sorted((ROOT / "studybuddy").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                count = ARGUMENTS.get(node.func.id, 0)
                if count:
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node.args[:count]


def extracted() -> Catalog:
    """Every message of the source. Raises ValueError where one is not a plain string."""
    catalog = Catalog(project="studybuddy", copyright_holder="The StudyBuddy authors")
    for place, arguments in calls():
        texts = [each.value if isinstance(each, ast.Constant) else None for each in arguments]
        if not all(isinstance(text, str) for text in texts):
            raise ValueError(f"{place}: a message must be a plain string")
        catalog.add(tuple(texts) if len(texts) == 2 else texts[0])  # type: ignore[arg-type]
    return catalog


def chinese() -> Catalog:
    """The Chinese catalogue as it is committed."""
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh")


def compiled(catalog: Catalog) -> bytes:
    """The `.mo` file of a catalogue, with a date that stands still."""
    catalog.creation_date = datetime(2026, 1, 1, tzinfo=UTC)
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _written(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_output=True, no_location=True, omit_header=True, width=96)
    return buffer.getvalue()


_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: studybuddy\\n"
"Language: zh\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def main() -> int:
    """Update all three files; the number of entries without a translation is the exit code."""
    source = extracted()
    LOCALE.mkdir(exist_ok=True)
    header = _HEADER.encode()
    TEMPLATE.write_bytes(header.replace(b'"Language: zh\\n"\n', b"") + b"\n" + _written(source))
    old = chinese() if CHINESE.exists() else Catalog(locale="zh")
    new = Catalog(locale="zh")
    for message in source:
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known is not None and not known.fuzzy else "")
    CHINESE.parent.mkdir(parents=True, exist_ok=True)
    CHINESE.write_bytes(header + b"\n" + _written(new))
    CHINESE.with_suffix(".mo").write_bytes(compiled(chinese()))
    empty = [each.id for each in chinese() if each.id and not all_of(each.string)]
    for each in empty:
        print(f"not translated: {each!r}", file=sys.stderr)
    return min(len(empty), 1)


def all_of(string: str | list[str] | tuple[str, ...]) -> bool:
    """Whether every form is there."""
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


if __name__ == "__main__":
    raise SystemExit(main())
