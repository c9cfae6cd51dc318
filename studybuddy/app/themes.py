"""Our themes, and the style of each role that a picture names."""

from __future__ import annotations

from textual.theme import Theme

from studybuddy.pictures.rows import Role

DARK = Theme(
    name="studybuddy-dark",
    primary="#7fb4ff",
    secondary="#c3a6ff",
    accent="#ffb86b",
    warning="#f2c55c",
    error="#ff8b8b",
    success="#7fd99a",
    foreground="#e4e7ee",
    background="#14171e",
    surface="#1b1f28",
    panel="#252b37",
    dark=True,
    variables={
        "role-dim": "#98a2b5",
        "role-box": "#a9c4ee",
        "role-arrow": "#8c9ab3",
        "role-right": "#7fd99a",
        "role-wrong": "#ff8b8b",
        "role-missing": "#f2c55c",
        "role-reversed": "#d7a8ff",
        "role-gold": "#ffcf70",
        "role-code": "#9ad7e6",
        "role-accent": "#ffb86b",
        "role-two": "#ffb86b",
        "role-three": "#c3a6ff",
    },
)

LIGHT = Theme(
    name="studybuddy-light",
    primary="#1f57a8",
    secondary="#6a3fa8",
    accent="#9a4b00",
    warning="#7c5600",
    error="#a81f1f",
    success="#1d6b35",
    foreground="#1c2330",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#e4e1d8",
    dark=False,
    variables={
        "role-dim": "#5a6475",
        "role-box": "#1f57a8",
        "role-arrow": "#4c5a70",
        "role-right": "#1d6b35",
        "role-wrong": "#a81f1f",
        "role-missing": "#7c5600",
        "role-reversed": "#6a3fa8",
        "role-gold": "#7c5600",
        "role-code": "#0f5f73",
        "role-accent": "#9a4b00",
        "role-two": "#9a4b00",
        "role-three": "#6a3fa8",
    },
)

ROLE_STYLES: dict[Role, str] = {
    "plain": "",
    "dim": "$role-dim",
    "strong": "bold",
    "emphasis": "italic",
    "heading": "bold $primary",
    "code": "$role-code",
    "quote": "$role-dim",
    "box": "$role-box",
    "arrow": "$role-arrow",
    "right": "$role-right",
    "wrong": "bold $role-wrong",
    "missing": "bold $role-missing",
    "reversed": "bold $role-reversed",
    "gold": "bold $role-gold",
    "series1": "$primary",
    "series2": "$role-two",
    "series3": "$role-three",
    "series4": "$role-right",
    "series5": "$role-wrong",
    "series6": "$role-code",
    "heat0": "$role-dim",
    "heat1": "$role-box",
    "heat2": "$role-box",
    "heat3": "$role-accent",
    "heat4": "bold $role-accent",
    "cursor": "bold reverse $role-gold",
}
