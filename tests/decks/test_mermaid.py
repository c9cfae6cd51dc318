"""The flowchart subset: every chart of the chapter, and what Mermaid itself trips over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.decks.graph import Graph
from studybuddy.decks.mermaid import MermaidError, parse_mermaid


def ends(graph: Graph) -> list[tuple[str, str]]:
    return [edge.ends for edge in graph.edges]


CHAPTER = {
    "D1": (
        'flowchart LR; X1-->Enc; X2-->Enc; X3-->Enc; X4-->Enc; Enc["Encoder 编码器"]-->'
        'C["语义向量 C"]; C-->Dec["Decoder 解码器"]; Dec-->Y1; Dec-->Y2; Dec-->Y3',
        10,
        9,
    ),
    "D2": (
        'flowchart LR; x1-->h1; x2-->h2; x3-->h3; h1-->h2-->h3; h3-->|"C=h3"|s1; bos-->s1; '
        "s1-->s2-->s3; s1-->y1; s2-->y2; s3-->eos; y1-.->s2; y2-.->s3",
        13,
        14,
    ),
    "D4": (
        'flowchart TB; sp["s(t-1)"]-->e1; sp-->e2; sp-->e3; h1-->e1; h2-->e2; h3-->e3; '
        "e1-->SM[softmax]; e2-->SM; e3-->SM; SM-->a1; SM-->a2; SM-->a3; "
        'a1-->m1(("×")); h1-->m1; a2-->m2(("×")); h2-->m2; a3-->m3(("×")); h3-->m3; '
        'm1-->S(("Σ")); m2-->S; m3-->S; S-->Ct["C(t)"]; Ct-->st["s(t)"]; yp["y(t-1)"]-->st; '
        'sp-->st; st-->O["softmax 词表"]; O-->yt["y(t)"]',
        20,
        27,
    ),
    "D5": (
        'flowchart LR; X1-->Enc; X2-->Enc; X3-->Enc; X4-->Enc; Enc-->A{{"Attention"}}; '
        "A-->C1; A-->C2; A-->C3; C1-->Y1; C2-->Y2; C3-->Y3; Y1-->Y2; Y2-->Y3",
        12,
        13,
    ),
    "D6": (
        'flowchart LR; Q["查询 s"]-->F["score(s,h_i)"]; K["键 h_i"]-->F; F-->SM[softmax]; '
        'SM-->A["a_i, Σ=1"]; A-->W["加权求和"]; V["值 h_i"]-->W; W-->Ct["C(t)"]',
        8,
        7,
    ),
    "D7": (
        "flowchart LR; h0-->|W|h1-->|W|h2-->|W|h3; x1-->|U|h1; x2-->|U|h2; x3-->|U|h3; "
        "h1-->|V|o1; h2-->|V|o2; h3-->|V|o3",
        10,
        9,
    ),
    "D8": (
        'flowchart LR; xt-->fg["σ f"]; hp["h(t-1)"]-->fg; xt-->ig["σ i"]; hp-->ig; '
        'xt-->gc["tanh g"]; hp-->gc; xt-->og["σ o"]; hp-->og; cp["c(t-1)"]-->M1(("×")); '
        'fg-->M1; ig-->M2(("×")); gc-->M2; M1-->P(("+")); M2-->P; P-->ct["c(t)"]; '
        'ct-->T[tanh]; T-->M3(("×")); og-->M3; M3-->ht["h(t)"]',
        14,
        19,
    ),
    "D10": (
        "flowchart LR; subgraph fixed; x1-->E1[Enc]; x2-->E1; xn-->E1; "
        'E1-->C["1 个 C, 长度固定"]; C-->D1[Dec]; D1-->y1; D1-->ym; end; subgraph attn; '
        "h1-->C1; h2-->C1; hn-->C1; h1-->C2; h2-->C2; hn-->C2; C1-->z1; C2-->z2; end",
        15,
        15,
    ),
    "D11": (
        'flowchart RL; L3-->h3; h3-->|"diag(tanh\')·W"|h2; h2-->|"diag(tanh\')·W"|h1; h1-->x1',
        5,
        4,
    ),
    "D12": (
        'flowchart LR; subgraph TF; g0[bos]-->a1; a1-->a2; g1["gold y1"]-->a2; a1-->p1; end; '
        "subgraph FR; b0[bos]-->s1; s1-->s2; s1-->y1; y1-->s2; end",
        9,
        8,
    ),
    "D13": (
        'flowchart LR; bos-->|"-0.7"|A; bos-->|"-0.9"|B; bos-.->|"剪枝"|Cx; A-->|"-1.6"|A1; '
        'B-->|"-1.0"|B1; A-.->A2; B-.->B2',
        8,
        7,
    ),
}


@pytest.mark.parametrize("name", CHAPTER)
def test_charts_of_the_chapter(name: str) -> None:
    text, nodes, edges = CHAPTER[name]
    graph = parse_mermaid(text)
    assert (len(graph.nodes), len(graph.edges)) == (nodes, edges)
    assert all(edge.directed for edge in graph.edges)


def test_labels_and_direction() -> None:
    graph = parse_mermaid(CHAPTER["D4"][0])
    assert graph.direction == "TB"
    assert graph.label("sp") == "s(t-1)"
    assert graph.label("m2") == "×"
    assert parse_mermaid(CHAPTER["D1"][0]).label("Enc") == "Encoder 编码器"
    assert parse_mermaid("graph TD\na-->b").direction == "TB"


def test_edge_labels_in_both_places() -> None:
    graph = parse_mermaid('a -->|one| b -- two --> c -. three .-> d == four ==> e -- "five" --- f')
    assert [edge.label for edge in graph.edges] == ["one", "two", "three", "four", "five"]
    assert [edge.directed for edge in graph.edges] == [True, True, True, True, False]


def test_no_circle_and_cross_arrows() -> None:
    assert ends(parse_mermaid("x-->f; o-->x; f---oB")) == [("x", "f"), ("o", "x"), ("f", "oB")]


def test_groups_chains_and_two_headed_links() -> None:
    assert ends(parse_mermaid("A & B --> C & D")) == [
        ("A", "C"),
        ("A", "D"),
        ("B", "C"),
        ("B", "D"),
    ]
    assert ends(parse_mermaid("A --> B ---> C")) == [("A", "B"), ("B", "C")]
    assert ends(parse_mermaid("A <--> B")) == [("A", "B"), ("B", "A")]


def test_comments_styling_and_blank_lines_are_passed_over() -> None:
    graph = parse_mermaid("%% title\n\nflowchart LR\nA-->B %% why\nclassDef big fill:#fff\n")
    assert ends(graph) == [("A", "B")]
    assert parse_mermaid('A["50 %% done"]').label("A") == "50 %% done"


def test_later_label_wins_and_control_characters_are_replaced() -> None:
    graph = parse_mermaid('A-->B; A["first<br/>line"]; B["\x1b]0;x\x07"]')
    assert graph.label("A") == "first line"
    assert "\x1b" not in graph.label("B")


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("flowchart LR\nA --> ", 2, "name of a node"),
        ("A --> B\n\nB -> C", 3, "'-> C'"),
        ("A[open --> B", 1, "closing ]"),
        ("A --> B\nend", 2, "without a subgraph"),
        ("subgraph a\nA --> B", 2, "never closed"),
        ("sequenceDiagram\nAlice->>Bob: hi", 2, "'->>Bob"),
    ],
)
def test_errors_say_what_and_where(text: str, line: int, part: str) -> None:
    with pytest.raises(MermaidError) as caught:
        parse_mermaid(text)
    assert caught.value.line == line
    assert part in caught.value.message


def test_size_is_bounded() -> None:
    with pytest.raises(MermaidError, match="200 nodes"):
        parse_mermaid(" & ".join(f"a{i}" for i in range(201)) + " --> b")
    with pytest.raises(MermaidError, match="1000 arrows"):
        parse_mermaid(
            " & ".join(f"a{i}" for i in range(40)) + " --> " + " & ".join(map(chr, range(65, 91)))
        )
    with pytest.raises(MermaidError, match="longer than"):
        parse_mermaid("a" * 200_000)


@given(st.text(alphabet='ab[](){}"|-=.>&;<xo \n%编', max_size=60))
def test_any_text_gives_a_graph_or_an_error_with_its_line(text: str) -> None:
    line, names, ends_of_edges = 1, set[str](), set[str]()
    try:
        graph = parse_mermaid(text)
        names = {node.id for node in graph.nodes}
        ends_of_edges = {name for edge in graph.edges for name in edge.ends}
    except MermaidError as error:
        line = error.line
    assert 1 <= line <= text.count("\n") + 1
    assert ends_of_edges <= names
