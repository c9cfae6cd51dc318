"""The first sitting, by keys alone: a lesson page, one card of every kind, undo, tomorrow."""

from __future__ import annotations

import re
from pathlib import Path

DECK = """format = 1
id = "first"
language = "en"
topics = ["only"]
[title]
en = "First"
"""
TOPIC = """---
topic: only
title: The only topic
---

## A page to read {#page}

Prose that is read before the cards come.

### RECALL it? {#recall}

Recalled.

### CHOICE of one {#choice}

- [x] the right one
- [ ] the wrong one

### CLOZE it {#cloze}

A decoder follows the ==encoder==.

### ORDER it {#order .order}

1. alpha
2. beta

### SHORT answer {#short .short}

- the only point

### COMPUTE it {#compute}

```compute
generator = "gradient-product"
factor = 0.9
steps = 50
```

### DIAGRAM of two {#diagram}

```mermaid
flowchart LR
A --> B
```

### EXPERIMENT to predict {#experiment}

```experiment
run = "translate"
ask = "length"
```

### COMPOSE both {#compose .compose}

```mermaid
flowchart LR
A --> B
```

- the only point
"""
KINDS = (
    "RECALL",
    "CHOICE",
    "CLOZE",
    "ORDER",
    "SHORT",
    "COMPUTE",
    "DIAGRAM",
    "EXPERIMENT",
    "COMPOSE",
)


def write_deck(home: Path) -> None:
    folder = home / "decks" / "first"
    folder.mkdir(parents=True)
    (home / "decks" / "seq2seq").mkdir()
    (folder / "deck.toml").write_text(DECK)
    (folder / "only.md").write_text(TOPIC)


def answer(terminal, kind: str) -> None:
    """Give the right answer by keys, up to the verdict."""
    match kind:
        case "RECALL":
            terminal.press("enter")
        case "CHOICE":
            terminal.wait_for("the right one")
            line = next(line for line in terminal.lines if "the right one" in line)
            terminal.press(re.search(r"(\d)\. the right", line)[1])
        case "CLOZE":
            terminal.press("encoder", "enter")
        case "ORDER":
            terminal.wait_for("carry a step")
            first = next(line for line in terminal.lines if "> 1." in line)
            terminal.press(
                *(["enter"] if "alpha" in first else ["right", "down", "right", "enter"])
            )
        case "SHORT":
            terminal.press("the point", "enter")
            terminal.wait_for("[ ] 1.")
            terminal.press("right", "enter")
        case "COMPUTE":
            terminal.press("0.00515", "enter")
        case "DIAGRAM":
            terminal.press("a>b", "enter")
        case "EXPERIMENT":
            terminal.press("7", "enter")
            terminal.wait_for("% sure")
            terminal.press("enter")
        case "COMPOSE":
            terminal.press("a>b", "enter")
            terminal.wait_for("Explain it")
            terminal.press("because", "enter")
            terminal.wait_for("[ ] 1.")
            terminal.press("right", "enter")


def on_table(terminal, left: int, before: list[str]) -> str:
    """The kind of the card that came to the table, once the screen is whole."""
    count = f"{left} card left" if left == 1 else f"{left} cards left"
    rest = [kind for kind in KINDS if kind not in before]
    shown = terminal.wait_for(lambda text: count in text and any(kind in text for kind in rest))
    return next(kind for kind in rest if kind in shown)


def test_a_first_sitting_by_keys_alone(learner) -> None:
    write_deck(learner.home)
    terminal = learner.start()
    terminal.wait_for("The only topic")
    terminal.press("enter")
    terminal.wait_for("Prose that is read")
    terminal.press("enter")
    terminal.wait_for("9 cards today")
    terminal.press("enter")
    seen: list[str] = []
    for left in range(9, 0, -1):
        kind = on_table(terminal, left, seen)
        seen.append(kind)
        answer(terminal, kind)
        if kind == "EXPERIMENT":
            terminal.wait_for("asked again tomorrow")
            terminal.press("enter")
        else:
            terminal.wait_for("Again")
            terminal.press("3")
    terminal.wait_for("9 answers in this sitting")
    terminal.press("enter")
    terminal.wait_for("answered today: 9")
    terminal.press("q")
    assert terminal.end() == 0
    assert sorted(seen) == sorted(KINDS)

    today = learner.json("today")
    assert (today["to_do"], today["answered"], today["streak"]) == (0, 9, 1)
    for kind in KINDS:
        told = learner.json("explain", f"first/{kind.lower()}")
        kinds = [row["kind"] for row in told["rows"]]
        assert kinds == (["review"] if kind == "RECALL" else ["attempt", "review"])
        assert told["due"] == "2026-09-02"
        if kind == "EXPERIMENT":
            assert (told["rows"][1]["grade"], told["repetition"]) == (None, 0)
            assert told["rows"][0]["confidence"] == 70
        else:
            assert (told["rows"][-1]["grade"], told["repetition"], told["ease"]) == (4, 1, 2.5)

    learner.now = "2026-09-02T08:00:00+08:00"
    tomorrow = learner.json("today")
    assert tomorrow["due_cards"] == sorted(f"first/{kind.lower()}" for kind in KINDS)


def test_undo_reaches_back_over_a_restart(learner) -> None:
    write_deck(learner.home)
    terminal = learner.start()
    terminal.wait_for("The only topic")
    terminal.press("enter")
    terminal.wait_for("Prose")
    terminal.press("enter")
    terminal.wait_for("9 cards today")
    terminal.press("q")
    terminal.end()
    before = learner.json("explain", "first/choice")

    terminal = learner.start("review", "--kind", "choice")
    terminal.wait_for("CHOICE")
    answer(terminal, "CHOICE")
    terminal.wait_for("Again")
    terminal.press("4")
    terminal.wait_for("1 answer in")
    terminal.press("esc")
    terminal.wait_for("answered today: 1")
    terminal.press("q")
    terminal.end()
    assert learner.json("explain", "first/choice")["repetition"] == 1

    terminal = learner.start()
    terminal.wait_for("answered today: 1")
    terminal.wait_for("begin")
    terminal.press("u")
    terminal.wait_for("answered today: 0")
    terminal.press("q")
    terminal.end()
    after = learner.json("explain", "first/choice")
    assert [row["kind"] for row in after["rows"]] == ["attempt", "review", "undo"]
    for key in ("repetition", "interval", "ease", "due", "last", "lapses"):
        assert after[key] == before[key]


def test_today_fits_both_sizes_in_both_languages(learner) -> None:
    for language, word in (("en_US.UTF-8", "Today"), ("zh_CN.UTF-8", "今天")):
        for size in ((80, 24), (120, 40)):
            learner.language = language
            terminal = learner.start(size=size)
            shown = terminal.wait_for(lambda text: "Seq2Seq" in text and "q " in text, timeout=40)
            assert word in shown
            terminal.press("q")
            assert terminal.end() == 0
