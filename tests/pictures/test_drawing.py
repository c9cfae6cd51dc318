"""Pictures of diagrams: golden ones for the course's figures, and what must hold for any graph."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from studybuddy.decks.graph import Edge, Graph, Node
from studybuddy.decks.mermaid import parse_mermaid
from studybuddy.pictures.drawing import EdgeMark, drawing_picture
from studybuddy.pictures.rows import Picture, plain_text

D1 = "X1 & X2 & X3 & X4 --> Enc[编码器] --> C[语义向量 C] --> Dec[解码器] --> Y1 & Y2 & Y3"
D2 = (
    "x1-->h1; x2-->h2; x3-->h3; h1-->h2-->h3; h3-->|C=h3|s1; bos-->s1; s1-->s2-->s3; "
    "s1-->y1; s2-->y2; s3-->eos; y1-.->s2; y2-.->s3"
)
D5 = "X1 & X2 & X3 & X4 --> Enc --> A[Attention] --> C1 & C2 & C3; C1-->Y1-->Y2-->Y3; C2-->Y2; C3-->Y3"
D7 = "h0-->|W|h1-->|W|h2-->|W|h3; x1-->|U|h1; x2-->|U|h2; x3-->|U|h3; h1-->|V|o1; h2-->|V|o2; h3-->|V|o3"


def rows_of(picture: Picture) -> list[str]:
    return ["".join(segment.text for segment in row) for row in picture]


def arrows(text: str) -> int:
    return len(re.findall("[▶▼◀▲]", text))


def test_d1_golden() -> None:
    picture = drawing_picture(parse_mermaid(D1), width=76)
    assert plain_text(picture) == (
        "┌────┐\n"
        "│ X1 ├─┐                                              ┌────┐\n"
        "└────┘ │                                           ┌─▶│ Y1 │\n"
        "┌────┐ │                                           │  └────┘\n"
        "│ X2 ├─┤  ┌────────┐   ┌────────────┐   ┌────────┐ │  ┌────┐\n"
        "└────┘ ├─▶│ 编码器 ├──▶│ 语义向量 C ├──▶│ 解码器 ├─┼─▶│ Y2 │\n"
        "┌────┐ │  └────────┘   └────────────┘   └────────┘ │  └────┘\n"
        "│ X3 ├─┤                                           │  ┌────┐\n"
        "└────┘ │                                           └─▶│ Y3 │\n"
        "┌────┐ │                                              └────┘\n"
        "│ X4 ├─┘\n"
        "└────┘"
    )


def test_d7_golden() -> None:
    assert plain_text(drawing_picture(parse_mermaid(D7), width=76)) == (
        "         ┌────┐   ┌────┐   ┌────┐\n"
        "         │ o1 │   │ o2 │   │ o3 │\n"
        "         └────┘   └────┘   └────┘\n"
        "            ▲ V      ▲ V      ▲ V\n"
        "┌────┐ W ┌──┴─┐ W ┌──┴─┐ W ┌──┴─┐\n"
        "│ h0 ├──▶│ h1 ├──▶│ h2 ├──▶│ h3 │\n"
        "└────┘   └────┘   └────┘   └────┘\n"
        "            ▲ U      ▲ U      ▲ U\n"
        "         ┌──┴─┐   ┌──┴─┐   ┌──┴─┐\n"
        "         │ x1 │   │ x2 │   │ x3 │\n"
        "         └────┘   └────┘   └────┘"
    )


def test_encoder_and_decoder_of_d2_share_one_row() -> None:
    lines = plain_text(drawing_picture(parse_mermaid(D2), width=76)).split("\n")
    spine = next(line for line in lines if "h1" in line)
    assert re.sub(r"[^a-z0-9▶]", "", spine) == "h1▶h2▶h3▶s1▶s2▶s3"
    assert any("C=h3" in line for line in lines)
    assert lines.index(spine) > next(i for i, line in enumerate(lines) if "y1" in line)


@pytest.mark.parametrize(("text", "heads"), [(D1, 6), (D2, 14), (D5, 10), (D7, 9)])
def test_course_figures_fit_a_small_terminal(text: str, heads: int) -> None:
    picture = drawing_picture(parse_mermaid(text), width=76)
    assert len(picture) <= 16
    assert {cell_len(row) for row in rows_of(picture)} == {cell_len(rows_of(picture)[0])}
    assert cell_len(rows_of(picture)[0]) <= 76
    assert arrows(plain_text(picture)) == heads  # one head where a bundle ends, not one an arrow


def test_marks_are_seen_without_colour() -> None:
    graph = parse_mermaid("x1 & x2 --> enc; c --> enc; enc --> dec; c --- dec; dec --> y1")
    marks: dict[tuple[str, str], EdgeMark] = {
        ("c", "enc"): "reversed",
        ("enc", "dec"): "extra",
        ("c", "dec"): "half",
        ("x1", "enc"): "right",
    }
    picture = drawing_picture(graph, width=76, marks=marks, missing=[("x3", "Enc")])
    text = plain_text(picture)
    drawn, legend = text.rsplit("└", 1)[0], text.split("\n")[-1]
    assert all(glyph in drawn for glyph in "↺✗?+")
    assert "┄" in drawn
    assert "x3" in drawn
    assert legend == "✗ does not belong   ↺ wrong way round   ? no arrowhead   + missing"
    roles = {segment.role for row in picture for segment in row}
    assert {"right", "wrong", "reversed", "missing", "arrow", "box"} <= roles


def test_unrelated_lines_cross_without_a_junction() -> None:
    graph = parse_mermaid("a --> d; b --> c")
    text = plain_text(
        drawing_picture(
            graph, width=60, positions={"a": (0, 0), "b": (0, 1), "c": (1, 0), "d": (1, 1)}
        )
    )
    assert "┼" not in text
    assert "─│─" in text
    assert arrows(text) == 2


def test_positions_are_kept() -> None:
    graph = parse_mermaid("a --> b --> c")
    text = plain_text(
        drawing_picture(graph, width=40, positions={"a": (1, 0), "b": (0, 1), "c": (1, 2)})
    )
    lines = text.split("\n")
    where = {
        name: (i, line.index(name))
        for i, line in enumerate(lines)
        for name in "abc"
        if name in line
    }
    assert where["a"][0] < where["b"][0] < where["c"][0]
    assert where["b"][1] < where["a"][1] == where["c"][1]


def test_what_is_too_wide_comes_as_a_list() -> None:
    picture = drawing_picture(parse_mermaid(D1), width=20)
    assert rows_of(picture)[0] == "X1 → 编码器"
    assert all(cell_len(row) <= 20 for row in rows_of(picture))


def test_self_loops_and_empty_drawings() -> None:
    assert "h ↺ h" in plain_text(drawing_picture(parse_mermaid("h --> h"), width=40))
    assert drawing_picture(Graph(), width=40) == ()


def test_hostile_labels_are_cleaned() -> None:
    graph = Graph(
        (Node("a", "\x1b[31mred\n"), Node("b", "")), (Edge("a", "b", "\x1b"), Edge("a", "ghost"))
    )
    text = plain_text(drawing_picture(graph, width=60))
    assert "\x1b" not in text
    assert "ghost" in text


names = st.sampled_from(["a", "b1", "b2", "b3", "编码器", "s(t-1)", "×", "y1", "y2"])
edges = st.builds(Edge, names, names, st.sampled_from(["", "W", "标"]), st.booleans())
mark_names: st.SearchStrategy[EdgeMark] = st.sampled_from(["right", "extra", "reversed", "half"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(edges, max_size=14), st.dictionaries(st.tuples(names, names), mark_names, max_size=4)
)
def test_any_graph_is_drawn_in_straight_rows(
    drawn: list[Edge], marks: dict[tuple[str, str], EdgeMark]
) -> None:
    nodes = dict.fromkeys(end for edge in drawn for end in edge.ends)
    graph = Graph(tuple(Node(name, name) for name in nodes), tuple(drawn))
    picture = drawing_picture(graph, width=76, marks=marks, missing=[("q", "a")])
    text = plain_text(picture)
    assert all(cell_len(row.rstrip()) <= 76 for row in rows_of(picture))
    assert all(name in text for name in nodes)
    joined = {edge.ends for edge in drawn if edge.directed and edge.source != edge.target}
    if "┌" in text:
        assert arrows(text) >= len({target for _source, target in joined})


def test_a_drawing_that_did_not_change_is_not_laid_out_again() -> None:
    first = drawing_picture(parse_mermaid(D2), width=76)
    assert drawing_picture(parse_mermaid(D2), width=76) is first
    assert drawing_picture(parse_mermaid(D2), width=60) is not first
