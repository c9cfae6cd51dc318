"""Each kind of fault is named with its file and line, and leaves the other cards alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studybuddy.decks.parser import ParsedTopic

Parse = Callable[..., ParsedTopic]
File = Callable[[str], str]

GOOD = "\n### Good {#good}\n\nYes.\n"
GRAPH = "### Q {#a}\n\n```mermaid\nA --> B\n```\n\n```grade\n"

# The first line of each text is line 5 of its file.
FAULTS = {
    "unknown kind": ("### Q {#a .quiz}\n\nx\n", 5, "'.quiz' is unknown"),
    "two kinds": ("### Q {#a .order .short}\n\n- x\n- y\n", 5, "order and short"),
    "unknown attribute": ("### Q {#a points=3}\n\nx\n", 5, "'points' is unknown"),
    "attribute twice": ("### Q {#a marks=1 marks=2}\n\nx\n", 5, "twice"),
    "bad id": ("### Q {#A_b}\n\nx\n", 5, "'A_b' is not one"),
    "long id": (f"### Q {{#{'a' * 65}}}\n\nx\n", 5, "1 to 64"),
    "two ids": ("### Q {#a #b}\n\nx\n", 5, "2 ids"),
    "missing id": ("### Q\n\nx\n", 5, "has no id"),
    "unreadable braces": ("### Q {#a marks}\n\nx\n", 5, "cannot be read"),
    "bad marks": ("### Q {#a marks=0}\n\nx\n", 5, "marks='0'"),
    "bad seconds": ("### Q {#a seconds=1.5}\n\nx\n", 5, "seconds='1.5'"),
    "bad was": ("### Q {#a was=X}\n\nx\n", 5, "was='X'"),
    "empty answer": ("### Q {#a}\n\n> Remember: x\n", 5, "no answer"),
    "empty question": ("### {#a}\n\nx\n", 5, "no question"),
    "endless card": ("### Q {#a}\n" + "x\n\n" * 5_000, 5, "more than 2,000 lines"),
    "indented heading": ("  ### Q {#a}\n\nx\n", 5, "begins no card"),
    "heading without a space": ("###Q {#a}\n\nx\n", 5, "begins no card"),
    "nothing right": ("### Q {#a}\n\n- [ ] x\n- [ ] y\n", 7, "no option is right"),
    "one option": ("### Q {#a}\n\n- [x] x\n", 7, "at least two"),
    "no box": ("### Q {#a}\n\n- [x] x\n- y\n- [ ] z\n", 8, "no box"),
    "option twice": ("### Q {#a}\n\n- [x] x\n- [ ] x\n", 8, "twice"),
    "empty gap": ("### Q {#a}\n\nA\nand ==x|== b\n", 8, "empty answer"),
    "no gaps": ("### Q {#a .cloze}\n\nx\n", 5, "==gaps=="),
    "no list": ("### Q {#a .order}\n\nx\n", 5, "list of its steps"),
    "one step": ("### Q {#a .order}\n\n1. x\n", 7, "at least two"),
    "step twice": ("### Q {#a .order}\n\n1. x\n2. y\n3. x\n", 9, "twice"),
    "empty point": ("### Q {#a .short}\n\n- x\n-\n", 8, "empty"),
    "TOML": ('### Q {#a}\n\n```compute\ngenerator = "context"\nwords =\n```\n', 9, "not TOML"),
    "TOML too deep": (f"### Q {{#a}}\n\n```compute\nx = {'[' * 9000}\n```\n", 8, "deep"),
    "no generator": ("### Q {#a}\n\n```compute\nwords = 1\n```\n", 7, "names no generator"),
    "unknown generator": ('### Q {#a}\n\n```compute\n\ngenerator = "x"\n```\n', 9, "'x'"),
    "bad parameter": (
        '### Q {#a}\n\n```compute\ngenerator = "context"\ndigits = 3\n```\n',
        9,
        "'digits' is unknown",
    ),
    "unknown run": ('### Q {#a}\n\n```experiment\nask = "drop"\nrun = "x"\n```\n', 9, "'x'"),
    "unknown ask": ('### Q {#a}\n\n```experiment\nrun = "length"\nask = "x"\n```\n', 8, "'x'"),
    "no ask": ('### Q {#a}\n\n```experiment\nrun = "length"\n```\n', 7, "names no ask"),
    "run no text": ("### Q {#a}\n\n```experiment\nask = 'drop'\nrun = 3\n```\n", 9, "quotes"),
    "late experiment": ("### Q {#a}\n\nx\n\n```experiment\n```\n", 9, "does nothing here"),
    "lone grade": ("### Q {#a}\n\nx\n\n```grade\n```\n", 9, "does nothing here"),
    "flowchart": ("### Q {#a}\n\n```mermaid\nflowchart LR\nA --> \n```\n", 9, "flowchart"),
    "no arrow": ("### Q {#a}\n\n```mermaid\nflowchart LR\nA\n```\n", 7, "no arrow"),
    "grade TOML": (GRAPH + "optional = [\n```\n", 12, "not TOML"),
    "grade key": (GRAPH + "\nsynonym = 3\n```\n", 13, "'synonym' is unknown"),
    "unknown node in why": (GRAPH + '[why]\n"A --> X" = "x"\n```\n', 13, "node 'X'"),
    "why of no arrow": (
        GRAPH.replace("A --> B", "A --> B --> C") + '[why]\n"A --> C" = "x"\n```\n',
        13,
        "no drawing has the arrow",
    ),
    "unknown node in optional": (GRAPH + 'optional = ["X --> Y"]\n```\n', 12, "node 'X'"),
    "unknown node in error": (
        GRAPH + '[[error]]\nwhy = "x"\nedges = ["A --> X"]\n```\n',
        14,
        "node 'X'",
    ),
    "error without edges": (GRAPH + '[[error]]\nwhy = "x"\n```\n', 12, "no edges"),
    "edge unreadable": (GRAPH + 'optional = ["A -> B"]\n```\n', 12, "'A -> B'"),
    "unknown synonym": (GRAPH + '[synonyms]\nX = ["x"]\n```\n', 13, "node 'X'"),
    "synonyms no list": (GRAPH + '[synonyms]\nA = "x"\n```\n', 13, "list of texts"),
    "unknown position": (GRAPH + "[positions]\nX = [1, 1]\n```\n", 13, "node 'X'"),
    "position below synonyms": (
        GRAPH + '[synonyms]\nA = ["a"]\n[positions]\nA = [1, "x"]\n```\n',
        15,
        "[column, row]",
    ),
    "bad position": (GRAPH + "[positions]\nA = [1, -1]\n```\n", 13, "[column, row]"),
    "same position": (GRAPH + "[positions]\nA = [1, 1]\nB = [1, 1]\n```\n", 14, "another node"),
    "variant's flowchart": (
        GRAPH + '[[variant]]\nname = "v"\nmermaid = """\nA --> B\nB --> \n"""\n```\n',
        16,
        "flowchart",
    ),
    "variant without name": (GRAPH + '[[variant]]\nmermaid = "A --> B"\n```\n', 12, "name"),
    "compose without points": (
        "### Q {#a .compose}\n\n```mermaid\nA --> B\n```\n",
        7,
        "list of points",
    ),
}


@pytest.mark.parametrize(("text", "line", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_and_the_next_card_kept(
    parse: Parse, card_file: File, text: str, line: int, words: str
) -> None:
    parsed = parse(card_file(text + GOOD))
    assert [card.id for card in parsed.topic.cards] == ["demo/good"]
    assert [(str(problem.place), problem.warning) for problem in parsed.problems] == [
        (f"a.md:{line}", False)
    ]
    assert words in parsed.problems[0].message


def test_the_first_of_two_cards_with_an_id_is_kept(parse: Parse, card_file: File) -> None:
    parsed = parse(card_file("### One {#a}\n\n1\n\n### Two {#a}\n\n2\n" + GOOD))
    assert [card.front for card in parsed.topic.cards] == ["One", "Good"]
    assert [str(problem.place) for problem in parsed.problems] == ["a.md:9"]
    assert "a.md:5" in parsed.problems[0].message


def test_pages_need_an_id_of_their_own(parse: Parse, card_file: File) -> None:
    parsed = parse(card_file("## One {#p}\n\nx\n\n## Two {#p}\n\ny\n\n## Three\n\nz\n" + GOOD))
    assert [problem.place.line for problem in parsed.problems] == [9, 13]
    assert [page.id for page in parsed.topic.pages] == ["demo/p"]
    assert parsed.topic.cards[0].page == "demo/p"


def test_front_matter(parse: Parse) -> None:
    assert [str(each) for each in parse("### Q {#a}\n\nx\n").problems] == [
        "a.md:1: the file has no front matter: begin it with ---, topic: and title:, ---"
    ]
    parsed = parse("---\ntopic: other\ntitle: T\ncolour: red\nnonsense\n---\n" + GOOD)
    assert [problem.place.line for problem in parsed.problems] == [2, 4, 5]
    assert [card.topic for card in parsed.topic.cards] == ["attention"]
    unclosed = parse("---\ntopic: attention\ntitle: T\n" + GOOD)
    assert [problem.place.line for problem in unclosed.problems] == [1]
    assert [card.id for card in unclosed.topic.cards] == ["demo/good"]


def test_a_long_line_is_left_out_and_the_rest_kept(parse: Parse, card_file: File) -> None:
    parsed = parse(card_file("### Q {#a}\n\nshort\n" + "注" * 100_001 + "\n" + GOOD))
    assert [str(problem.place) for problem in parsed.problems] == ["a.md:8"]
    assert "100,001" in parsed.problems[0].message
    assert [card.back for card in parsed.topic.cards] == ["short", "Yes."]
    fine = parse(card_file("### Q {#a}\n\n" + "注" * 100_000 + "\n"))
    assert fine.problems == ()


def test_a_file_that_is_too_large(parse: Parse, card_file: File) -> None:
    parsed = parse(card_file(GOOD + "x" * 99_999 + "\n" * 2 + ("y" * 9_999 + "\n") * 500))
    assert [str(problem.place) for problem in parsed.problems] == ["a.md:1"]
    assert parsed.topic.cards == ()


def test_control_characters_are_replaced_and_warned_of(parse: Parse, card_file: File) -> None:
    text = "### Q\x1b]0;title\x07 {#a}\n\nright\u202eto left, a &#x202e; b, a &amp; b\n"
    parsed = parse(card_file(text))
    assert [(str(each.place), each.warning) for each in parsed.problems] == [
        ("a.md:5", True),
        ("a.md:7", True),
    ]
    assert "U+001B" in parsed.problems[0].message
    card = parsed.topic.cards[0]
    assert card.front == "Q�]0;title�"
    assert card.back == "right�to left, a � b, a &amp; b"


def test_control_characters_written_by_TOML_are_replaced(parse: Parse, card_file: File) -> None:
    text = GRAPH + '[why]\n"A --> B" = "\\u001b[2J"\n```\n'
    body = parse(card_file(text)).topic.cards[0].body
    assert body.why == {("A", "B"): "�[2J"}  # type: ignore[union-attr]


def test_bytes_that_are_not_utf8(parse: Parse, card_file: File) -> None:
    parsed = parse(card_file("### Q {#a}\n\n").encode() + b"caf\xe9\n" + GOOD.encode())
    assert [(str(each.place), each.warning) for each in parsed.problems] == [("a.md:7", False)]
    assert "UTF-8" in parsed.problems[0].message
    assert [card.back for card in parsed.topic.cards] == ["caf�", "Yes."]


def test_shapes_that_do_nothing_are_warned_of(parse: Parse, card_file: File) -> None:
    parsed = parse(card_file("### Q {#a}\n\nx\n\n- [x] y\n\nand ==z==\n"))
    assert [(each.place.line, each.warning) for each in parsed.problems] == [(9, True), (11, True)]
    assert [card.kind for card in parsed.topic.cards] == ["recall"]


@pytest.mark.parametrize(
    "text",
    [
        "#" * 3 + " " + "{#" * 40_000 + "\n",
        "### " + " " * 90_000 + "x\n",
        "> " * 40_000 + "x\n",
        "- " * 40_000 + "x\n",
        "`" * 90_000 + "\n",
        "### Q {#a}\n\n" + "==a" * 30_000 + "\n",
        "### Q {#a}\n\n" + "=" * 90_000 + "\n",
        "### Q {#a}\n\n" + "`a" * 40_000 + " ==b==\n",
        "### Q {#a}\n\n```compute\n" + "a." * 4_500 + "b = 1\n```\n",
        "### Q {#a}\n\n```mermaid\n" + "A & " * 4_000 + "B --> C\n```\n",
        ("```\n### Q {#a}\n") * 5_000,
        "### Q {#a}\n" + "a\n\n" * 500_000,
        "### Q {#a .order}\n" + "".join(f"- {n}\n" for n in range(1_900)),
    ],
    ids=range(13),
)
def test_no_hostile_text_takes_long(parse: Parse, card_file: File, text: str) -> None:
    import time

    begun = time.process_time()
    parse(card_file(text))
    assert time.process_time() - begun < 2
