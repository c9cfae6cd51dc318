"""The keys of an experiment's screen: which are of use in a state, and all of them for the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from studybuddy.app.keys import KeyHint
from studybuddy.catalogue.experiments import Own
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.app.screens.trial import TrialScreen

TRIAL_BINDINGS = (
    Binding("enter", "go", "", id="trial.go"),
    Binding("p,f2", "predict", "", id="trial.predict"),
    Binding("n,f3", "another", "", id="trial.another"),
    Binding("b,f4", "beside", "", id="trial.beside"),
    Binding("w,f5", "walk", "", id="trial.walk"),
    Binding("v,f7", "live", "", id="trial.live"),
    Binding("o,f8", "own", "", id="trial.own"),
    Binding("l,f6", "language", "", id="trial.language"),
    Binding("down,j", "scroll(2)", "", id="trial.down"),
    Binding("up,k", "scroll(-2)", "", id="trial.up"),
    Binding("pagedown,space", "page(1)", "", id="trial.page_down"),
    Binding("pageup", "page(-1)", "", id="trial.page_up"),
    Binding("home", "scroll(-9999)", "", id="trial.home"),
    Binding("end", "scroll(9999)", "", id="trial.end"),
    Binding("question_mark,f1", "help", "", id="trial.help"),
    Binding("escape", "leave", "", id="trial.leave"),
)
TRIAL_LETTERS = {
    "p": "screen.predict",
    "n": "screen.another",
    "b": "screen.beside",
    "w": "screen.walk",
    "v": "screen.live",
    "o": "screen.own",
    "l": "screen.language",
    "?": "screen.help",
}


def trial_hints(screen: TrialScreen, *, typing: bool) -> list[KeyHint]:
    """What can be done now."""
    common = screen.common_hints()
    beside = [KeyHint("b", _beside(screen), "screen.beside")] if screen.results.compared else []
    live = (
        [KeyHint("v", _("live training"), "screen.live")] if screen.experiment.code == "E12" else []
    )
    match screen.state:
        case "form":
            return [
                KeyHint("Enter", _("run"), "screen.go"),
                KeyHint("p", _("predict first"), "screen.predict"),
                KeyHint("↑↓", _("field"), "screen.go"),
                KeyHint("←→ 0–9", _("change it"), "screen.go"),
                KeyHint("n", _("next seed"), "screen.another"),
                *_own(screen),
                *live,
                KeyHint("l", "中文/EN", "screen.language"),
                *common,
                KeyHint("Esc", _("back"), "screen.leave"),
            ]
        case "predicting":
            return [
                KeyHint("Enter", _("predict, and run"), "screen.hand_in"),
                *common,
                KeyHint("Esc", _("back to the form"), "screen.leave"),
            ]
        case "running":
            return [
                KeyHint("Esc", _("stop the run"), "screen.leave"),
                KeyHint("↑↓", _("scroll"), "screen.scroll(4)"),
                *beside,
                *common,
            ]
        case _:
            return [*_shown(screen), *beside, *live, *_last(screen)]


def _shown(screen: TrialScreen) -> list[KeyHint]:
    go = _("change, run again") if screen.own is None else _("another sentence")
    hints = [KeyHint("Enter", go, "screen.go")]
    if screen.own is None:
        hints += [KeyHint("n", _("next seed"), "screen.another"), *_own(screen)]
    if screen.focused is None:
        hints.append(KeyHint("↑↓", _("scroll"), "screen.scroll(4)"))
        hints.append(KeyHint("Tab", _("into a figure"), "app.focus_next"))
    else:
        hints.append(KeyHint("←→↑↓", _("move in the figure"), "app.focus_next"))
    if screen.sentence:
        hints.append(KeyHint("w", _("decoder steps"), "screen.walk"))
    return hints


def _last(screen: TrialScreen) -> list[KeyHint]:
    back = _("back to the form") if screen.own is None else _("back")
    if screen.focused is not None:
        back = _("out of the figure")
    return [
        KeyHint("l", "中文/EN", "screen.language"),
        *screen.common_hints(),
        KeyHint("Esc", back, "screen.leave"),
    ]


def takes_own(screen: TrialScreen) -> bool:
    """Whether the form's question runs on words of the learner's own too."""
    own = screen.experiment.own
    if own is None or screen.own is not None or screen.state not in ("form", "shown"):
        return False
    return not own.asks or screen.chooser.ask in own.asks


def _own(screen: TrialScreen) -> list[KeyHint]:
    own = screen.experiment.own
    if own is None or not takes_own(screen):
        return []
    return [KeyHint("o", own_label(own), "screen.own")]


def own_label(own: Own) -> str:
    """What the key for words of the learner's own is called."""
    return _("own sentence") if own.kind == "sentence" else _("own output")


def _beside(screen: TrialScreen) -> str:
    return _("side by side") if screen.results.wide else _("the other run")


def trial_help() -> list[tuple[str, str]]:
    """Every key, with its twin for input methods."""
    return [
        ("Enter", _("run; from the figures back to the form")),
        ("↑ ↓, Tab", _("in the form: choose a field; at the figures: scroll, into a figure")),
        ("← →, + −", _("change the field; a digit is typed into it, Backspace takes it away")),
        ("p, F2", _("predict first; nothing in the laboratory is graded or scheduled")),
        ("n, F3", _("the next seed: other sentences")),
        ("b, F4", _("this run and the one before, side by side or in turn")),
        ("o, F8", _("run it on your own sentence, or score your own output, where it takes one")),
        ("w, F5", _("step through the decoder over this sentence")),
        ("v, F7", _("with E12: watch the training live")),
        ("l, F6", _("switch between Chinese and English")),
        ("PgUp PgDn", _("scroll the figures")),
        ("Esc", _("stop the run; back to the form; back to the list")),
    ]
