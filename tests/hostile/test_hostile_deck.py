"""A deck that means harm: named by file and line, the rest studied, nothing in it executed."""

from __future__ import annotations

import re
import time
from pathlib import Path

SETTINGS = r"""format = 1
id = "harm"
topics = ["a", "b"]
language = "en"
[title]
en = "T[@click=app.quit]itle[/] h[t-1] \u001b]0;OWNED\u0007"
"""
FIRST = """---
topic: a
title: A [/b] of h[t-1]
---
### BROKEN {#broken}

```experiment
run = [
```

### UNKNOWN {#unknown .riddle}

x

### CLICK [@click=app.quit]x[/] {#click}

It shows h[t-1].

### SAME one {#same}

first

### SAME two {#same}

second

### ESCAPE \x1b]52;c;T1dORUQ=\x1b\\ here {#escape}

\x1b]0;OWNED\x1b\\ \x1b[2JGONE \x9b2JGONE \u202eOVER

### LONG {#long}

LINE

### CHOICE [/] {#choice}

- [x] right h[t-1]
- [ ] wrong [@click=app.quit]y[/]

### CLOZE [/q] {#cloze}

A [@click=app.quit]z[/] before ==h[t-1]== stands.
"""
SECOND = """---
topic: b
title: B
---
### SAME three {#same}

third

### LAST {#last}

yes
"""
GOOD = ("CLICK", "SAME one", "ESCAPE", "LONG", "CHOICE", "CLOZE", "LAST")
FORBIDDEN = (b"\x1b]52", b"\x1b]0;", b"\x1b[2J", b"\xc2\x9b", "\u202e".encode())


def write_deck(home: Path) -> Path:
    folder = home / "decks" / "harm"
    folder.mkdir(parents=True)
    (folder / "deck.toml").write_text(SETTINGS)
    long = "x" * 10_000_000 + "\nThe end of it."
    (folder / "a.md").write_bytes(FIRST.replace("LINE", long).encode())
    (folder / "b.md").write_text(SECOND)
    return folder


def line_of(text: str) -> int:
    return FIRST.split("\n").index(text) + 1


def test_check_names_every_fault_by_file_and_line(learner) -> None:
    folder = write_deck(learner.folder)
    begun = time.monotonic()
    done = learner.run("decks", "check")
    took = time.monotonic() - begun
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == 1
    first = folder / "a.md"
    # The line that is left out is one line of the file, so the numbers below it still hold.
    expected = (
        (first, 8, "not TOML"),
        (first, line_of("### UNKNOWN {#unknown .riddle}"), "'.riddle' is unknown"),
        (first, line_of("### SAME two {#same}"), "'same' is taken"),
        (first, line_of("LINE"), "10,000,000 characters"),
        (folder / "b.md", 5, "'same' is taken"),
    )
    errors = [line for line in out.splitlines() if ": warning: " not in line]
    assert len(errors) == len(expected)
    for file, number, words in expected:
        assert any(e.startswith(f"{file}:{number}: ") and words in e for e in errors), (words, out)
    start = next(i for i, each in enumerate(FIRST.split("\n"), 1) if "ESCAPE" in each)
    warned = [line for line in out.splitlines() if ": warning: " in line]
    for number in (start, start + 2):
        assert any(w.startswith(f"{first}:{number}: ") and "U+001B" in w for w in warned), warned
    assert "5 errors" in err
    assert "Traceback" not in out + err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", out + err)
    assert took < 5


def test_list_shows_the_title_as_it_is_written(learner) -> None:
    write_deck(learner.folder)
    done = learner.run("decks", "list")
    out = done.stdout.decode()
    assert done.returncode == 0
    assert "T[@click=app.quit]itle[/] h[t-1] �]0;OWNED�" in out
    assert "7 cards" in out
    assert b"\x1b" not in done.stdout + done.stderr


def test_the_rest_is_studied_line_by_line(learner) -> None:
    write_deck(learner.folder)
    # "1" turns a card over, picks and fills a gap; the empty line takes the suggested grade.
    done = learner.run("review", "--plain", "--new", "50", stdin="1\n\n" * 20)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == 0, err
    for name in GOOD:
        assert name in out
    for name in ("BROKEN", "UNKNOWN", "SAME two", "SAME three"):
        assert name not in out
    assert "CLICK [@click=app.quit]x[/]" in out
    assert "It shows h[t-1]." in out
    assert "The end of it." in out
    assert "Traceback" not in out + err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out + err)
    saved = re.search(r"(\d+) answers saved", out)
    assert saved is not None
    assert int(saved[1]) >= len(GOOD)


def test_what_is_pasted_line_by_line_commands_no_terminal(learner) -> None:
    write_deck(learner.folder)
    typed = "\x1b]0;OWNED\x1b\\ h[t-1]\n"
    done = learner.run("review", "--plain", "--kind", "cloze", stdin=typed)
    assert "�]0;OWNED�\\ h[t-1]" in done.stdout.decode()
    wrong = learner.run("decks", "check", "no \x1b]0;OWNED\x07 deck")
    assert "no �]0;OWNED� deck" in wrong.stderr.decode()
    for sent in (done, wrong):
        assert b"\x1b" not in sent.stdout + sent.stderr


def test_the_rest_is_studied_in_the_app(learner) -> None:
    write_deck(learner.folder)
    screen = learner.start()
    shown = screen.wait_for("7 cards today")
    assert "A [/b] of h[t-1]" in shown
    broken = f"{learner.folder.name}/decks/harm/a.md:8"
    screen.wait_for(lambda text: broken in "".join(line.strip() for line in text.split("\n")))
    screen.send("\r")
    seen = set()
    for left in range(len(GOOD), 0, -1):
        noun = "card left" if left == 1 else "cards left"
        rest = [each for each in GOOD if each not in seen]
        shown = screen.wait_for(
            lambda text, count=f"{left} {noun}", rest=rest: (
                count in text
                and "help" in text
                and "Again" not in text
                and any(each in text for each in rest)
            )
        )
        name = next(each for each in rest if each in shown)
        seen.add(name)
        assert "A [/b] of h[t-1]" in shown or name == "LAST"
        if name == "CLICK":
            assert "CLICK [@click=app.quit]x[/]" in shown
            screen.click("x[/]")
        if name == "CHOICE":
            assert "wrong [@click=app.quit]y[/]" in shown
            screen.click("=app.quit]y")
            screen.wait_for(lambda text: re.search(r"> \(o\) \d\. wrong", text) is not None)
            place = re.search(r"(\d)\. right h\[t-1\]", shown)
            assert place is not None
            screen.send(place[1])
        elif name == "CLOZE":
            assert "A [@click=app.quit]z[/] before" in shown
            screen.click("z[/]")
            screen.send("h[t-1]\r")
        else:
            screen.send("\r")
        shown = screen.wait_for("Again")
        assert {"CLICK": "It shows h[t-1].", "CHOICE": "Right", "CLOZE": "✓ Right"}.get(
            name, ""
        ) in shown
        screen.send("3")
    screen.wait_for("7 answers in this sitting")
    assert seen == set(GOOD)
    screen.send("\x1b")
    screen.wait_for("answered today: 7")
    screen.send("q")
    assert screen.end() == 0
    for sequence in FORBIDDEN:
        assert sequence not in screen.raw
