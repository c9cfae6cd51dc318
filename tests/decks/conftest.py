"""Cards of every kind in both languages, and a deck's folder to put them in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studybuddy.decks.parser import ParsedTopic, parse_topic

HEAD = "---\ntopic: attention\ntitle: Attention\n---\n"

ENGLISH = """---
topic: attention
title: Attention
---
# Attention

What the whole topic is about.

## The bottleneck {#one-vector}

One vector C holds *everything*.

```python
# no heading of a page
```

### What must C hold? {#holds .extension covers=S1,M3 marks=2 seconds=30 source="Cho 2014, section 2" was=keeps}

All of the sentence.

> Remember: one suitcase for every trip.

### Which make it worse? {#worse}

- [x] a longer input
  - Then more words share C.
- [ ] a shorter output

The size of C stays.

### The parts {#parts}

An ==Encoder|encoder== and a `a ==b== c` and a ==Decoder==.

Both are networks.

## Steps {#steps}

### In which order? {#sequence .order}

Begin with the scores.

1. score
2. softmax
3. sum

### Why attention? {#why .short marks=3}

- one vector is too small
- each word gets its own C

A model answer.

### Compute a context {#context}

```compute
generator = "context"
words = 3
```

### Draw it {#draw}

```mermaid
flowchart LR
A["Encoder"] --> C
C --> B["Decoder"]
```

```grade
optional = ["A --> h0"]

[synonyms]
A = ["Enc"]

[why]
"A --> C" = "The reading ends in C."

[positions]
A = [0, 1]

[[variant]]
name = "one box"
leaves_out = "C is inside."
mermaid = \"\"\"
flowchart LR
A --> B
\"\"\"

[[error]]
edges = ["B --> A"]
why = "The decoder never speaks to the encoder."
```

### How far does it fall? {#falls .experiment}

Think first.

```experiment
run = "length"
ask = "drop"
```

### Draw and explain {#compose .compose}

```mermaid
A --> B
```

- the encoder reads
- the decoder writes

The encoder reads and the decoder writes.
"""

CHINESE = (
    ENGLISH.replace("title: Attention", "title: 注意力")
    .replace("> Remember: one suitcase for every trip.", "> 记忆：一只箱子走天下。")
    .replace("What must C hold?", "C 要装下什么？")
    .replace("==Encoder|encoder==", "==编码器==")
    .replace("==Decoder==", "==解码器==")
)

SETTINGS = """format = 1
id = "demo"
topics = ["attention"]

[title]
en = "Demo"
zh = "演示"

[blueprint]
attention = 100
"""


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of one generator and one experiment, so that these tests stay their own."""
    from studybuddy.catalogue import registry

    def generator_problem(name: str, parameters: dict[str, object]) -> str | None:
        if name != "context":
            return f"no generator '{name}'; there is context"
        return None if set(parameters) <= {"words"} else "parameter 'digits' is unknown"

    def experiment_problem(run: str, ask: str, parameters: dict[str, object]) -> str | None:
        if (run, ask) != ("length", "drop"):
            return f"no experiment '{run}' with the question '{ask}'"
        return None if not parameters else "parameter 'n' is out of range"

    monkeypatch.setattr(registry, "generator_problem", generator_problem)
    monkeypatch.setattr(registry, "experiment_problem", experiment_problem)


@pytest.fixture
def english() -> str:
    return ENGLISH


@pytest.fixture
def chinese() -> str:
    return CHINESE


@pytest.fixture
def parse() -> Callable[..., ParsedTopic]:
    """Parse a text as the topic `attention` of the deck `demo`."""

    def parsed(text: str | bytes, language: str = "en") -> ParsedTopic:
        return parse_topic(
            text,
            file="a.md",
            deck="demo",
            topic_hint="attention",
            language="zh" if language == "zh" else "en",
        )

    return parsed


@pytest.fixture
def card_file() -> Callable[[str], str]:
    """A topic file whose line 5 is the first line of this text."""
    return lambda text: HEAD + text


@pytest.fixture
def deck_folder(tmp_path: Path) -> Path:
    """A whole deck in two languages."""
    folder = tmp_path / "decks" / "demo"
    for language, text in (("en", ENGLISH), ("zh", CHINESE)):
        (folder / language).mkdir(parents=True)
        (folder / language / "attention.md").write_text(text, encoding="utf-8")
    (folder / "deck.toml").write_text(SETTINGS, encoding="utf-8")
    return folder
