"""Scores worked out by hand, and what must hold for every drawing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.decks.graph import Edge, Graph, Node
from studybuddy.decks.mermaid import parse_mermaid
from studybuddy.decks.model import Diagram, Variant
from studybuddy.grading.diagrams.grade import DrawingVerdict, grade_drawing, grade_paper
from studybuddy.grading.diagrams.shorthand import parse_shorthand

PERFECT = "x1..4>enc>c>dec>y1..3"
LSTM = "xt h(t-1) > σf σi tanhg σo; c(t-1) σf > ×1 > +; σi tanhg > ×2 > + > ct > tanh > ×3 > ht; σo > ×3"


def grade(card: Diagram, text: str) -> DrawingVerdict:
    return grade_drawing(card, parse_shorthand(text).graph)


def marks_of(verdict: DrawingVerdict) -> list[str]:
    return [reason.mark for reason in verdict.verdict.reasons]


def test_the_whole_of_d1_is_one_short_line(d1: Diagram) -> None:
    assert len(PERFECT) <= 30
    verdict = grade(d1, PERFECT)
    assert (verdict.verdict.score, verdict.verdict.suggested) == (1000, 5)
    assert (verdict.verdict.right, verdict.verdict.parts) == (9, 9)
    assert verdict.verdict.reasons == ()
    assert verdict.understood["dec"] == "Dec"


@pytest.mark.parametrize(
    "text",
    [
        "X1..4 > 编码器 > 语义向量C > 解码器 > Y1..3",
        "y1..3 < decoder < 中间状态向量 < encoder < x_1..x_4",
        "x1..4 > enc; dec > y1..3; enc >|C| dec",
        "x1..4 > Encoder; 编码器 > context > generator > y1..3",
        "x1..4 h0 > enc > c > dec > y1..3",  # h0 is optional
    ],
)
def test_the_course_s_conventions_get_full_marks(d1: Diagram, text: str) -> None:
    assert grade(d1, text).verdict.score == 1000


@pytest.mark.parametrize(
    ("text", "score", "suggested"),
    [
        ("", 0, 1),
        ("x1..3>enc>c>dec>y1..3", 1000 * 16 // 17, 5),  # one arrow missing: 2·8 / (9 + 8)
        ("x1..4>enc<c>dec>y1..3", 1000 * 16 // 18, 4),  # one reversed: 2·8 / (9 + 9)
        ("x1..4>enc<>c>dec>y1..3", 1000 * 16 // 18, 4),  # both ways is no better
        ("x1..4>enc - c>dec>y1..3", 1000 * 17 // 18, 5),  # no arrowhead: half
        ("x1..4>enc>dec>y1..3", 1000 * 14 // 17, 4),  # C is left out: 2·7 / (9 + 8)
        ("x1..4>enc>c", 1000 * 10 // 14, 3),
        ("enc>c>dec", 1000 * 4 // 11, 1),
        ("x1..4>enc", 1000 * 8 // 13, 3),
        ("y1..3>dec>c>enc>x1..4", 0, 1),  # everything reversed
        ("gru > lstm > tokens > beam", 0, 1),
    ],
)
def test_scores_by_hand(d1: Diagram, text: str, score: int, suggested: int) -> None:
    verdict = grade(d1, text).verdict
    assert (verdict.score, verdict.suggested) == (score, suggested)


def test_a_complete_graph_earns_little(d1: Diagram) -> None:
    names = "x1..4 enc c dec y1..3"
    assert grade(d1, f"{names} > {names}").verdict.score < 400
    labels = [node.id for node in parse_shorthand(names).graph.nodes]
    one_way = tuple(Edge(a, b) for i, a in enumerate(labels) for b in labels[i + 1 :])
    graph = Graph(tuple(Node(name, name) for name in labels), one_way)
    assert grade_drawing(d1, graph).verdict.score == 1000 * 18 // 54


def test_scattered_labels_earn_nothing(d1: Diagram) -> None:
    assert grade(d1, "x1..4 enc c dec y1..3").verdict.score == 0


def test_reasons_come_in_order_and_say_why(d1: Diagram) -> None:
    verdict = grade(d1, "x1..3 > enc > dec; c > dec; y1 > dec; dec > y2 y3; foo > enc")
    assert marks_of(verdict) == ["wrong", "missing", "missing", "reversed", "extra", "extra", "tip"]
    texts = [reason.text for reason in verdict.verdict.reasons]
    assert texts[0] == "A second way around C."
    assert "The arrow X4 → enc is missing." in texts
    assert "The arrow enc → c is missing. The whole reading ends in C." in texts
    assert "y1 → dec points the wrong way: it must be dec → y1." in texts
    assert "foo → enc does not belong here." in texts
    assert "“foo” was not recognised as a part of this diagram." in texts


def test_marked_edges_use_the_learner_s_words(d1: Diagram) -> None:
    verdict = grade(d1, "x1..4 > 编码器 > C; C - 解码器; 解码器 < y1; 解码器 > y2; x1 > x2")
    marks = {(edge.source, edge.target): edge.mark for edge in verdict.edges}
    assert marks["编码器", "C"] == "right"
    assert marks["C", "解码器"] == "half"
    assert marks["y1", "解码器"] == "reversed"
    assert marks["x1", "x2"] == "extra"
    assert marks["解码器", "Y3"] == "missing"
    assert ("解码器", "Y1") not in marks


def test_a_variant_brings_its_tip(d1: Diagram) -> None:
    for text in ('"x1..xm" > enc > c > dec > "y1..yn"', "x1..m > enc > c > dec > y1..n"):
        verdict = grade(d1, text)
        assert (verdict.verdict.score, verdict.variant) == (1000, "inputs as one box")
        assert verdict.verdict.reasons[0].text == "The inputs stand in one box here."
        assert marks_of(verdict) == ["tip"]


def test_a_coarse_variant_counts_only_when_it_is_drawn(d1: Diagram) -> None:
    assert grade(d1, "enc > c > dec").variant == "reference"
    assert grade(d1, "enc > c > dec > y1..n").verdict.score == 1000 * 6 // 7


def test_what_an_accepted_figure_leaves_out_is_never_deducted() -> None:
    full = Variant("full", parse_mermaid("A --> C1 & C2; C1 --> Y1; C2 --> Y2; Y1 --> Y2"))
    plain = Variant("plain", parse_mermaid("A --> C1 & C2; C1 --> Y1; C2 --> Y2"), "Y1 feeds Y2.")
    card = Diagram((full, plain))
    assert grade(card, "a > c1..2 = y1..2; y1 > y2").variant == "full"
    verdict = grade(card, "a > c1..2 = y1..2")
    assert (verdict.verdict.score, verdict.verdict.reasons[0].text) == (1000, "Y1 feeds Y2.")
    assert grade(card, "a > c1..2; c1 > y1").verdict.score == 1000 * 6 // 7  # of four, not of five


def test_a_mended_spelling_is_told_and_can_be_overruled(d1: Diagram) -> None:
    verdict = grade(d1, "x1..4>encodr>c>dec>y1..3")
    assert (verdict.verdict.score, verdict.guessed) == (1000, ("encodr",))
    assert "“encodr” was read as Encoder 编码器." in [r.text for r in verdict.verdict.reasons]
    drawing = parse_shorthand("x1..4>reader>c>dec>y1..3").graph
    assert grade_drawing(d1, drawing).verdict.score < 500
    assert grade_drawing(d1, drawing, {"reader": "Enc"}).verdict.score == 1000
    assert grade_drawing(d1, drawing, {"reader": "no such node"}).verdict.score < 500


def test_boxes_with_one_label_are_told_apart_by_their_arrows(d8: Diagram) -> None:
    assert grade(d8, LSTM).verdict.score == 1000
    turned = LSTM.replace("×1", "×9").replace("×3", "×1").replace("×9", "×3")
    assert grade(d8, turned).verdict.score == 1000
    swapped = LSTM.replace("c(t-1) σf", "c(t-1) σo").replace("; σo >", "; σf >")
    assert grade(d8, swapped).verdict.score == 1000 * 34 // 38


def test_two_boxes_with_one_name_are_not_one(d1: Diagram) -> None:
    drawing = parse_shorthand("x1..4>enc>c1[C] c2[C]>dec>y1..3").graph
    assert grade_drawing(d1, drawing).verdict.score == 1000 * 18 // 20


def test_arrow_texts_are_a_tip() -> None:
    card = Diagram((Variant("reference", parse_mermaid("h0 -->|W| h1; x1 -->|U| h1")),))
    verdict = grade(card, "h0 >|W| h1; x1 > h1")
    assert verdict.verdict.score == 1000
    assert [reason.text for reason in verdict.verdict.reasons] == [
        "The reference also writes U on its arrows."
    ]


def test_many_like_boxes_are_still_matched() -> None:
    steps = range(1, 9)
    text = "; ".join(f'a{i}-->m{i}(("×")); m{i}-->b{i}' for i in steps)
    card = Diagram((Variant("reference", parse_mermaid(text)),))
    drawing = "; ".join(f"b{i} < ×{9 - i}; ×{9 - i} < a{i}" for i in steps)
    assert grade(card, drawing).verdict.score == 1000


def test_paper_is_the_share_of_ticks(d1: Diagram) -> None:
    assert grade_paper(d1, [True] * 9).verdict.score == 1000
    verdict = grade_paper(d1, [True] * 4 + [False] + [True] * 3)
    assert verdict.verdict.score == 1000 * 7 // 9
    assert (verdict.verdict.suggested, verdict.verdict.right) == (4, 7)
    assert "The whole reading ends in C." in verdict.verdict.reasons[0].text
    assert grade_paper(d1, []).verdict.score == 0


NAMES = ["x1", "x2", "x3", "x4", "enc", "c", "dec", "y1", "y2", "y3", "foo"]
arrows = st.lists(
    st.builds(Edge, st.sampled_from(NAMES), st.sampled_from(NAMES), st.just(""), st.booleans()),
    max_size=14,
    unique=True,
)


def drawing_of(edges: list[Edge]) -> Graph:
    return Graph(tuple(Node(name, name) for name in NAMES), tuple(edges))


def score(card: Diagram, edges: list[Edge]) -> int:
    return grade_drawing(card, drawing_of(edges)).verdict.score


RIGHT = [edge.ends for edge in parse_shorthand(PERFECT).graph.edges]


@settings(max_examples=60, deadline=None)
@given(arrows, st.sampled_from(RIGHT))
def test_a_right_arrow_never_lowers(d1: Diagram, edges: list[Edge], ends: tuple[str, str]) -> None:
    assert score(d1, [*edges, Edge(*ends)]) >= score(d1, edges)


@settings(max_examples=60, deadline=None)
@given(arrows, st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_wrong_arrow_never_raises(d1: Diagram, edges: list[Edge], one: str, other: str) -> None:
    if (one, other) not in RIGHT:
        assert score(d1, [*edges, Edge(one, other)]) <= score(d1, edges)


ALIASES = {
    "enc": "编码器", "c": "语义向量", "dec": "Decoder", "x1": "X₁", "x2": "x_2", "y3": "Y(3)",
}  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(arrows, st.integers(0, 99))
def test_names_and_order_do_not_matter(d1: Diagram, edges: list[Edge], seed: int) -> None:
    renamed = [
        replace(
            edge,
            source=ALIASES.get(edge.source, edge.source),
            target=ALIASES.get(edge.target, edge.target),
        )
        for edge in edges
    ]
    names = [ALIASES.get(name, name) for name in NAMES]
    random.Random(seed).shuffle(renamed)
    random.Random(seed).shuffle(names)
    other = Graph(tuple(Node(f"box{i}", name) for i, name in enumerate(names)), ())
    ids = {node.label: node.id for node in other.nodes}
    moved = tuple(
        replace(edge, source=ids[edge.source], target=ids[edge.target]) for edge in renamed
    )
    assert grade_drawing(d1, replace(other, edges=moved)).verdict.score == score(d1, edges)


@settings(max_examples=40, deadline=None)
@given(arrows)
def test_every_drawn_arrow_bears_a_mark(d1: Diagram, edges: list[Edge]) -> None:
    verdict = grade_drawing(d1, drawing_of(edges))
    marked = {(each.source, each.target) for each in verdict.edges if each.mark != "missing"}
    assert marked == {edge.ends for edge in edges}
    assert 0 <= verdict.verdict.score <= 1000
    assert (verdict.verdict.score == 1000) <= (verdict.verdict.right == verdict.verdict.parts)
