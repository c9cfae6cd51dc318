"""The line of shorthand: what it draws, what a Chinese keyboard types, and half-typed lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.decks.graph import Edge, Graph, Node
from studybuddy.grading.diagrams.drawing import shorthand_of
from studybuddy.grading.diagrams.shorthand import MAX_EDGES, MAX_NODES, parse_shorthand


def drawn(text: str) -> str:
    """The arrows, briefly: a>b, a-b for a line, a>b:t for a text."""
    graph = parse_shorthand(text).graph
    return " ".join(
        f"{edge.source}{'>' if edge.directed else '-'}{edge.target}"
        + (f":{edge.label}" if edge.label else "")
        for edge in graph.edges
    )


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("a>b>c", "a>b b>c"),
        ("x1..3 > enc", "x1>enc x2>enc x3>enc"),
        ("x1..x3 = h1..3", "x1>h1 x2>h2 x3>h3"),
        ("C(1..2) > y", "C(1)>y C(2)>y"),
        ("x₁…x₃ > e", "x1>e x2>e x3>e"),
        ("y3..1 > d", "y3>d y2>d y1>d"),
        ("a, b & c d > e", "a>e b>e c>e d>e"),
        ("a < b", "b>a"),
        ("a <- b", "b>a"),
        ("a <> b", "a>b b>a"),
        ("a -> b --> c → d ==> e -.-> f", "a>b b>c c>d d>e e>f"),
        ("x-->f;x->g", "x>f x>g"),
        ("a - b -- c", "a-b b-c"),
        ("a >|C=h3| b", "a>b:C=h3"),
        ("a -->|W| b -- U --> c", "a>b:W b>c:U"),
        ("s(t-1) st-1 > score(s(t-1),h_i)", "s(t-1)>score(s(t-1),h_i)"),
        ('"tanh g" > ×1 > +', "tanh g>×1 ×1>+"),
        ("x1..m > enc", "x1..m>enc"),
        ('"x1..4" > enc', "x1..4>enc"),
        ("flowchart LR; a-->b; end", "a>b"),
        ("a>b\nc>d", "a>b c>d"),
        ("a>b;a>b", "a>b"),
        ("X₁ > y; x_1 > z", "X₁>y X₁>z"),
    ],
)
def test_what_is_drawn(text: str, edges: str) -> None:
    assert drawn(text) == edges
    assert parse_shorthand(text).problems == ()


def test_a_chinese_keyboard_draws_the_same() -> None:
    assert drawn("ｘ１。。４》编码器》Ｃ；Ｃ＞解码器＞ｙ１，ｙ２") == (
        "x1>编码器 x2>编码器 x3>编码器 x4>编码器 编码器>C C>解码器 解码器>y1 解码器>y2"
    )
    assert drawn("a《b、c") == "b>a c>a"


def test_boxes_with_labels() -> None:
    graph = parse_shorthand('m1(("×")) --> P["+"]; m1 > Enc[Encoder 编码器]').graph
    assert graph.nodes == (Node("m1", "×"), Node("P", "+"), Node("Enc", "Encoder 编码器"))
    assert [edge.ends for edge in graph.edges] == [("m1", "P"), ("m1", "Enc")]


@pytest.mark.parametrize(
    ("text", "column", "part", "unfinished"),
    [
        ("a >", 2, "after this arrow", True),
        ("> b", 0, "before this arrow", False),
        ("a > > b", 2, "after this arrow", False),
        ("a; x1..", 3, "range end", True),
        ("x1..3 = h1..2; a", 6, "one to one, but 3", False),
        ("a >|W", 3, "second “|”", True),
        ('a > "b', 4, 'closing "', True),
        ("a ] b > c", 2, "no meaning", False),
        ("x1..5000 > a", 0, "range", False),
    ],
)
def test_problems_name_their_column(text: str, column: int, part: str, unfinished: bool) -> None:
    problem = parse_shorthand(text).problems[0]
    assert (problem.column, problem.unfinished) == (column, unfinished)
    assert part in problem.message


def test_a_half_typed_line_keeps_what_is_there() -> None:
    line = "x1..4>enc>c>dec>y1..3"
    counts = [len(parse_shorthand(line[:end]).graph.edges) for end in range(len(line) + 1)]
    assert counts[-1] == 9
    assert counts[6] == 4 or counts[7] == 4
    assert max(counts) == 9


def test_size_is_bounded() -> None:
    graph = parse_shorthand("a1..90 b1..90 > c1..90").graph
    assert len(graph.nodes) <= MAX_NODES
    assert len(graph.edges) <= MAX_EDGES
    result = parse_shorthand("a1..40 > b1..40")
    assert len(result.graph.edges) == MAX_EDGES
    assert "400" in result.problems[0].message
    assert len(parse_shorthand("a>" * 20_000).problems) > 0


@given(st.text(alphabet='ab1编(){}[]"|-=.>&;<, \n…》', max_size=50))
def test_any_text_is_read(text: str) -> None:
    result = parse_shorthand(text)
    names = {node.id for node in result.graph.nodes}
    assert all(set(edge.ends) <= names for edge in result.graph.edges)
    assert all(0 <= problem.column <= len(text) for problem in result.problems)


nodes = st.sampled_from(["a", "b", "编码器", "s(t-1)", "tanh g", "x1..xm", "×"])


@given(
    st.lists(st.builds(Edge, nodes, nodes, st.sampled_from(["", "W"]), st.booleans()), unique=True)
)
def test_a_drawing_written_as_shorthand_is_the_same_drawing(edges: list[Edge]) -> None:
    names = dict.fromkeys(end for edge in edges for end in edge.ends)
    graph = Graph(tuple(Node(name, name) for name in names), tuple(edges))
    again = parse_shorthand(shorthand_of(graph)).graph
    assert again.edges == graph.edges
    assert {node.id: node.label for node in again.nodes} == {name: name for name in names}
