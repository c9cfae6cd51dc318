"""The keys of the review: which are of use at a stage, and all of them for the help."""

from __future__ import annotations

from textual.widget import Widget

from studybuddy.app.keys import KeyHint
from studybuddy.app.panels.drawing import PaperPanel, ShorthandPanel
from studybuddy.app.panels.order import OrderList
from studybuddy.app.panels.pick import PickList
from studybuddy.app.panels.position import WordPicker
from studybuddy.app.panels.sketch import SketchPanel
from studybuddy.app.panels.typed import TypedAnswers
from studybuddy.study.current import Stage
from studybuddy.study.session import Session
from studybuddy.text.translation import _


def review_hints(
    session: Session, panel: Widget | None, *, typing: bool, live: bool, common: list[KeyHint]
) -> list[KeyHint]:
    """What can be done now. While a field has the focus the letters are the text's."""
    current = session.current
    if current is None:
        return [KeyHint("Enter", _("back to Today"), "screen.go"), *common]
    if live:
        return [KeyHint("Esc", _("stop the run"), "screen.leave"), *common]
    rest = [
        KeyHint("F5" if typing else "u", _("undo"), "screen.undo"),
        KeyHint("F3" if typing else "h", _("hint"), "screen.hint"),
        KeyHint("F2" if typing else "l", "中/EN", "screen.language"),
        KeyHint("F6" if typing else "f", _("flag"), "screen.flag"),
        *common,
        KeyHint("Esc", _("leave the field") if typing else _("leave"), "screen.leave"),
    ]
    match current.stage:
        case Stage.VERDICT if current.pretest:
            first = [KeyHint("Enter", _("go on"), "screen.hand_in")]
        case Stage.VERDICT:
            keys = "1–4" if session.settings.grade_scale == "simple" else "0–5"
            first = [KeyHint(f"{keys} ←→ Enter", _("grade"), "screen.go")]
        case Stage.MARKING:
            first = [
                KeyHint("↑↓ →", _("tick what you had"), "screen.go"),
                KeyHint("Enter", _("done"), "screen.hand_in"),
            ]
        case Stage.RUNNING:
            first = [KeyHint("Enter", _("run again"), "screen.go")]
        case _:
            first = _front_hints(panel, typing)
    return [*first, *rest]


def _front_hints(panel: Widget | None, typing: bool) -> list[KeyHint]:
    hand_in = KeyHint("Enter", _("hand in"), "screen.hand_in")
    match panel:
        case ShorthandPanel():
            return [hand_in, KeyHint("F4" if typing else "p", _("on paper"), "screen.paper")]
        case PaperPanel():
            return [
                KeyHint("Enter", _("done"), "screen.hand_in"),
                KeyHint("p", _("shorthand"), "screen.paper"),
            ]
        case OrderList():
            return [KeyHint("→ ↑↓", _("carry a step"), "screen.go"), hand_in]
        case WordPicker():
            return [KeyHint("←→↑↓", _("choose a word"), "screen.go"), hand_in]
        case SketchPanel():
            return [
                KeyHint("↑↓ PgUp PgDn 0–9", _("draw the point"), "screen.go"),
                KeyHint("←→", _("the next point"), "screen.go"),
                hand_in,
            ]
        case PickList():
            tick = [KeyHint("→", _("tick"), "screen.go")] if panel.several else []
            return [KeyHint("↑↓", _("choose"), "screen.go"), *tick, hand_in]
        case TypedAnswers() if panel.at + 1 < len(panel.labels):
            return [KeyHint("Enter", _("next"), "screen.hand_in")]
        case TypedAnswers():
            return [hand_in]
        case _:
            return [KeyHint("Enter", _("show the answer"), "screen.go")]


def review_help() -> list[tuple[str, str]]:
    """Every key, with its twin for input methods."""
    return [
        ("Enter, Space", _("show the answer, hand in, go on")),
        ("1–4 or 0–5", _("grade; ← → and Enter do the same")),
        ("↑ ↓", _("choose a line; → ticks it or picks a step up")),
        ("u, F5", _("take back, in any number of steps")),
        ("h, F3", _("the memory hook (before the answer it counts as a hint)")),
        ("l, F2", _("the card in the other language")),
        ("p, F4", _("draw on paper against a timer")),
        ("f, F6", _("flag the card")),
        ("b, F7", _("put it away until tomorrow")),
        ("s, F8", _("suspend it")),
        ("e, F9", _("edit it in $EDITOR")),
        ("PgUp PgDn", _("scroll the card")),
        ("Esc", _("leave the field, stop a run, back to Today")),
    ]
