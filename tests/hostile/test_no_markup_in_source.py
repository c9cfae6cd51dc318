"""No text that is made at run time goes where Textual would read it as markup.

A literal may be markup, for we wrote it; everything else is to be `Content`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import studybuddy

APP = Path(studybuddy.__file__).parent / "app"
#: Calls whose str is parsed as markup, and which of their arguments are.
CALLS = {
    "Static": 1,
    "Label": 1,
    "Button": 1,
    "Checkbox": 1,
    "RadioButton": 1,
    "Collapsible": 0,
    "Option": 1,
    "Tab": 1,
    "TabPane": 1,
    "notify": 1,
    "update": 1,
    "add_row": 99,
    "add_rows": 1,
    "add_column": 1,
    "add_option": 1,
    "add_options": 1,
    "add_leaf": 1,
    "from_markup": 1,
}
KEYWORDS = ("content", "label", "message", "title", "renderable")
ATTRIBUTES = ("border_title", "border_subtitle", "tooltip")
#: What returns content, never a str to be parsed.
SAFE = {"Content", "Text", "assemble", "styled", "join", "content_of", "content_of_row"}


def safe(node: ast.expr) -> bool:
    """Whether an argument is a literal or content."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
        return (name.id if isinstance(name, ast.Name) else name) in SAFE
    return False


def risky(source: str) -> Iterator[int]:
    """The lines on which text made at run time may be read as markup."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name not in CALLS:
                continue
            plain = any(
                each.arg == "markup"
                and isinstance(each.value, ast.Constant)
                and each.value.value is False
                for each in node.keywords
            )
            parsed = [*node.args[: CALLS[name]]]
            parsed += [each.value for each in node.keywords if each.arg in KEYWORDS]
            if not plain and not all(safe(each) for each in parsed):
                yield node.lineno
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = any(getattr(each, "attr", "") in ATTRIBUTES for each in targets)
            if named and not safe(node.value):
                yield node.lineno


@pytest.mark.parametrize(
    "source",
    [
        'Static(f"{card}")',
        "Label(title)",
        "self.app.notify(str(problem))",
        'self.border_title = f"{deck}"',
        "table.add_row(*cells)",
        "view.update(card.front)",
        "Button(label=text)",
        "Content.from_markup(text)",
        'Static(_("Deck {n}").format(n=n))',
    ],
)
def test_the_ban_finds_what_it_is_for(source: str) -> None:
    assert list(risky(source)) == [1]


@pytest.mark.parametrize(
    "source",
    ['Static("ready")', "Static(Content(text))", "notify(text, markup=False)", "Static(id=name)"],
)
def test_the_ban_lets_content_pass(source: str) -> None:
    assert list(risky(source)) == []


def test_no_text_is_read_as_markup() -> None:
    files = sorted(APP.rglob("*.py"))
    assert files
    found = [
        f"{file.relative_to(APP.parent)}:{line}: text that may be markup; wrap it in Content()"
        for file in files
        for line in risky(file.read_text(encoding="utf-8"))
    ]
    assert found == []
