from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.decks.cards import SECONDS, Surroundings
from studybuddy.decks.graph import Edge
from studybuddy.decks.model import (
    Card,
    Choice,
    Cloze,
    Compose,
    Compute,
    Diagram,
    Experiment,
    Gap,
    NamedError,
    Option,
    Order,
    Recall,
    Short,
)
from studybuddy.decks.parser import (
    ParsedTopic,
    parse_card_slice,
    parse_page_slice,
    parse_topic,
)

Parse = Callable[..., ParsedTopic]


def _cards(parsed: ParsedTopic) -> dict[str, Card]:
    return {card.id.removeprefix("demo/"): card for card in parsed.topic.cards}


def test_every_kind_in_english(parse: Parse, english: str) -> None:
    parsed = parse(english)
    assert parsed.problems == ()
    cards = _cards(parsed)
    assert [card.kind for card in cards.values()] == [
        "recall",
        "choice",
        "cloze",
        "order",
        "short",
        "compute",
        "diagram",
        "experiment",
        "compose",
    ]
    holds = cards["holds"]
    assert holds.body == Recall()
    assert (holds.front, holds.back) == ("What must C hold?", "All of the sentence.")
    assert holds.hint == "one suitcase for every trip."
    assert (holds.core, holds.covers, holds.marks, holds.seconds) == (False, ("S1", "M3"), 2, 30)
    assert (holds.source, holds.was) == ("Cho 2014, section 2", ("demo/keeps",))
    assert str(holds.place) == "a.md:17"
    assert cards["worse"].body == Choice(
        (
            Option("a longer input", True, "Then more words share C."),
            Option("a shorter output", False),
        )
    )
    assert cards["worse"].back == "The size of C stays."
    assert cards["parts"].body == Cloze(
        (
            "An ",
            Gap(("Encoder", "encoder")),
            " and a `a ==b== c` and a ",
            Gap(("Decoder",)),
            ".",
        )
    )
    assert cards["parts"].back == "Both are networks."
    assert cards["sequence"].body == Order(("score", "softmax", "sum"))
    assert cards["sequence"].front == "In which order?\n\nBegin with the scores."
    assert cards["why"].body == Short(("one vector is too small", "each word gets its own C"))
    assert cards["why"].back == "A model answer."
    assert cards["context"].body == Compute("context", {"words": 3})
    assert cards["falls"].body == Experiment("length", "drop", {})
    assert cards["falls"].front == "How far does it fall?\n\nThink first."
    compose = cards["compose"].body
    assert isinstance(compose, Compose)
    assert compose.diagram.reference.edges == (Edge("A", "B"),)
    assert compose.points == ("the encoder reads", "the decoder writes")
    assert cards["compose"].back == "The encoder reads and the decoder writes."
    for name, card in cards.items():
        assert name == "holds" or card.seconds == SECONDS[card.kind]


def test_a_diagram_with_all_that_its_grade_fence_says(parse: Parse, english: str) -> None:
    body = _cards(parse(english))["draw"].body
    assert isinstance(body, Diagram)
    assert body.reference.edges == (Edge("A", "C"), Edge("C", "B"))
    assert body.reference.label("A") == "Encoder"
    assert body.synonyms == {"A": ("Enc",)}
    assert body.optional == (("A", "h0"),)
    assert body.why == {("A", "C"): "The reading ends in C."}
    assert body.positions == {"A": (0, 1)}
    assert [(each.name, each.leaves_out) for each in body.variants[1:]] == [
        ("one box", "C is inside.")
    ]
    assert body.errors == (NamedError((("B", "A"),), "The decoder never speaks to the encoder."),)


def test_every_kind_in_chinese(parse: Parse, english: str, chinese: str) -> None:
    parsed = parse(chinese, "zh")
    assert parsed.problems == ()
    cards = _cards(parsed)
    assert {name: card.kind for name, card in cards.items()} == {
        name: card.kind for name, card in _cards(parse(english)).items()
    }
    assert cards["holds"].front == "C 要装下什么？"
    assert cards["holds"].hint == "一只箱子走天下。"
    assert cards["holds"].language == "zh"
    assert isinstance(cards["parts"].body, Cloze)
    assert cards["parts"].body.gaps == (Gap(("编码器",)), Gap(("解码器",)))
    assert parsed.topic.title == "注意力"


def test_lesson_pages(parse: Parse, english: str) -> None:
    pages = parse(english).topic.pages
    assert [(page.id, page.title, len(page.cards)) for page in pages] == [
        ("demo/attention", "Attention", 0),
        ("demo/one-vector", "The bottleneck", 3),
        ("demo/steps", "Steps", 6),
    ]
    assert pages[0].prose == "What the whole topic is about."
    assert pages[1].prose == (
        "One vector C holds *everything*.\n\n```python\n# no heading of a page\n```"
    )
    assert pages[2].prose == ""
    assert pages[2].place.line == english.split("\n").index("## Steps {#steps}") + 1


def test_markup_of_the_terminal_is_plain_text(
    parse: Parse, card_file: Callable[[str], str]
) -> None:
    text = "### [@click=app.quit]x[/] {#a}\n\nThe state h[t-1].\n"
    card = parse(card_file(text)).topic.cards[0]
    assert card.front == "[@click=app.quit]x[/]"
    assert card.back == "The state h[t-1]."


def test_braces_within_a_question_and_closing_marks(
    parse: Parse, card_file: Callable[[str], str]
) -> None:
    text = '### The set {a, b}? {#a source="in {Cho}, \\"2014\\""} ###\n\nYes.\n'
    parsed = parse(card_file(text))
    assert parsed.problems == ()
    card = parsed.topic.cards[0]
    assert (card.front, card.source) == ("The set {a, b}?", 'in {Cho}, "2014"')


def test_comments_and_fences_hold_no_cards(parse: Parse, card_file: Callable[[str], str]) -> None:
    text = (
        "<!--\n### Old {#old}\n\nNo.\n-->\n"
        "````markdown\n### Shown {#shown}\n```\n````\n"
        "### Real {#real}\n\nYes.\n"
    )
    parsed = parse(card_file(text))
    assert [card.id for card in parsed.topic.cards] == ["demo/real"]
    assert parsed.problems == ()


def test_a_fence_never_closed_hides_no_card(parse: Parse, card_file: Callable[[str], str]) -> None:
    text = "### One {#one}\n\n```mermaid\nA --> B\n\n### Two {#two}\n\n```text\nx\n```\n\nYes.\n"
    parsed = parse(card_file(text))
    assert "demo/two" in [card.id for card in parsed.topic.cards]
    assert [problem.place.line for problem in parsed.problems] == [7]
    assert "never closed" in parsed.problems[0].message


def test_windows_line_ends_and_a_byte_order_mark(parse: Parse, english: str) -> None:
    plain = parse(english)
    other = parse(b"\xef\xbb\xbf" + english.replace("\n", "\r\n").encode())
    assert other.problems == ()
    assert [(card.front, card.back, card.body, card.place) for card in other.topic.cards] == [
        (card.front, card.back, card.body, card.place) for card in plain.topic.cards
    ]


def _same_when_sliced(raw: bytes, parsed: ParsedTopic) -> None:
    for card, span in zip(parsed.topic.cards, parsed.card_spans, strict=True):
        where = Surroundings("a.md", "demo", "attention", card.page, card.language)
        piece = raw[span.offset : span.offset + span.length]
        assert parse_card_slice(piece, where, span.line) == card
    for page, span in zip(parsed.topic.pages, parsed.page_spans, strict=True):
        piece = raw[span.offset : span.offset + span.length]
        assert parse_page_slice(piece, span.line) == page.prose


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_slice_means_the_same_as_within_its_file(
    parse: Parse, chinese: str, line_end: str
) -> None:
    raw = chinese.replace("\n", line_end).encode()
    parsed = parse(raw, "zh")
    assert len(parsed.card_spans) == 9
    _same_when_sliced(raw, parsed)


_PIECES = st.sampled_from(
    [
        "### Q {#a}\n",
        "### Q {#b .order}\n",
        "### Q {#c .compose marks=2}\n",
        "## P {#p}\n",
        "# T\n",
        "---\n",
        "topic: attention\n",
        "title: T\n",
        "\n",
        "- [x] yes\n",
        "- [ ] no\n",
        "1. one\n",
        "  - nested\n",
        "a ==gap|other== b\n",
        "```mermaid\n",
        "```grade\n",
        "```experiment\n",
        "```\n",
        "~~~\n",
        "A --> B\n",
        'optional = ["A --> B"]\n',
        "[[error]]\n",
        "[positions]\n",
        "A = [1, 2]\n",
        'run = "length"\n',
        'ask = "drop"\n',
        "> Remember: it\n",
        "<!--\n",
        "-->\n",
        "text\r\n",
        "\x1b]0;x\x07\n",
        "注意力\n",
        "\udcff\n",
        "### {#d} {\n",
        "===\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=12), max_size=25).map("".join))
def test_no_text_raises_and_slices_agree(text: str) -> None:
    parsed = parse_topic(text, file="a.md", deck="demo", topic_hint="attention", language="en")
    names = [card.id for card in parsed.topic.cards]
    assert len(names) == len(set(names))
    lines = text.count("\n") + 1
    assert all(1 <= problem.place.line <= lines for problem in parsed.problems)
    assert not any("\x1b" in card.front + card.back for card in parsed.topic.cards)
    from studybuddy.decks.source import bytes_of

    _same_when_sliced(bytes_of(text), parsed)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise(raw: bytes) -> None:
    head = b"---\ntopic: attention\ntitle: T\n---\n### Q {#a}\n"
    parse_topic(head + raw, file="a.md", deck="demo", topic_hint="attention", language="en")
