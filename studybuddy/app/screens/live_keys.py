"""The keys of the live training: which are of use now, and all of them for the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.app.keys import KeyHint
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.app.screens.live import LiveScreen


def live_hints(screen: LiveScreen) -> list[KeyHint]:
    """What can be done now."""
    pause = _("go on") if screen.live.paused else _("pause")
    several = _("one seed") if screen.several else _("three seeds")
    turn = _("copy") if screen.turn == "reverse" else _("turn round")
    off = _("attention off") if screen.attention else _("attention on")
    hints = [
        KeyHint(_("Space"), pause, "screen.pause"),
        KeyHint("s", _("one step"), "screen.one_step"),
        KeyHint("+", _("faster"), "screen.rate(1)"),
        KeyHint("−", _("slower"), "screen.rate(-1)"),
        KeyHint("a", off, "screen.attention"),
        KeyHint("3", several, "screen.several"),
        KeyHint("t", turn, "screen.turn"),
    ]
    if screen.several:
        hints.append(KeyHint("Tab", _("another's weights"), "screen.other(1)"))
    return [
        *hints,
        KeyHint("n", _("next seed"), "screen.another"),
        KeyHint("r", _("restart"), "screen.restart"),
        KeyHint("l", "中文/EN", "screen.language"),
        *screen.common_hints(),
        KeyHint("Esc", _("back"), "screen.leave"),
    ]


def live_help() -> list[tuple[str, str]]:
    """Every key, with its twin for input methods."""
    return [
        ("Space, Enter, F2", _("pause, go on")),
        ("s, F3", _("one step, then stand still")),
        ("+ −, ↑ ↓", _("a higher or lower learning rate, at once")),
        ("a, F4", _("attention on or off; the training begins anew")),
        ("3, F5", _("three seeds at once, or one; the training begins anew")),
        ("Tab, ← →", _("of three seeds: the weights of another")),
        ("t, F9", _("turn the strings round, or copy them; the training begins anew")),
        ("n, F7", _("the next seed")),
        ("r, F8", _("begin anew")),
        ("l, F6", _("switch between Chinese and English")),
        ("Esc, q", _("end the training; back")),
    ]
