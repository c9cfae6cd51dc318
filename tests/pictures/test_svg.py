"""Figures as SVG: well-formed, with every cell in its column, and nothing from outside in it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.catalogue.figures import Bars, Heatmap, Table, Tokens
from studybuddy.pictures.figures import figure_picture
from studybuddy.pictures.rows import Segment, plain_text
from studybuddy.pictures.svg import CELL, figure_svg, picture_svg

HEAT = Heatmap("权重 Weights", ("我", "读"), ("I", "read"), ((0.8, 0.2), (0.1, 0.9)))
SVG = "{http://www.w3.org/2000/svg}"


def marks(svg: str, kind: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}{kind}"))


def test_the_whole_text_is_told_and_drawn() -> None:
    svg = figure_svg([HEAT, Bars("Scores", ("dot",), (0.5,))], "One sentence", width=60)
    root = ElementTree.fromstring(svg)
    told = root.findtext(f"{SVG}desc") or ""
    assert root.findtext(f"{SVG}title") == "One sentence"
    assert plain_text(figure_picture(HEAT, 60)) in told
    drawn = "".join(mark.text or "" for mark in marks(svg, "text"))
    assert "read" in drawn
    assert "权" in drawn


def test_han_characters_stand_in_two_cells_and_latin_runs_are_as_wide_as_theirs() -> None:
    svg = figure_svg([Table("", ("词", "n"), (("图书馆ab", "7"), ("cat", "12")))], "", width=40)
    texts = {mark.text: mark for mark in marks(svg, "text")}
    cell = {text: (float(mark.get("x", "")) - 16) / CELL for text, mark in texts.items()}
    assert (cell["图"], cell["书"], cell["馆"], cell["ab"]) == pytest.approx((0, 2, 4, 6), abs=0.02)
    assert cell["7"] == pytest.approx(cell["12"] + 1, abs=0.02)
    assert float(texts["cat"].get("textLength", "")) == pytest.approx(3 * CELL, abs=0.1)


def test_shades_and_lines_are_shapes() -> None:
    svg = figure_svg([Bars("", ("dot",), (0.5,), (0.4,), (0.6,))], "", width=40)
    assert {mark.get("fill-opacity") for mark in marks(svg, "rect")} == {None, "0.75", "0.25"}
    assert marks(svg, "path")
    assert not any(set(mark.text or "") & set("█▓░│") for mark in marks(svg, "text"))


def test_nothing_is_loaded_and_both_schemes_are_there() -> None:
    svg = figure_svg([HEAT], "t")
    assert re.findall(r"https?:[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in svg
    assert "@import" not in svg
    assert "prefers-color-scheme:dark" in svg


@pytest.mark.parametrize(
    "hostile",
    ["</text><script>alert(1)</script>", "a&b\"c'd", "\x1b]52;c;x\x07", "\ufffe\x00", "]]>"],
)
def test_hostile_text_stays_text(hostile: str) -> None:
    svg = figure_svg([Tokens(hostile, (hostile,))], hostile, width=60)
    root = ElementTree.fromstring(svg)
    assert {mark.tag.removeprefix(SVG) for mark in root.iter()} <= {
        *("svg", "title", "desc", "style", "rect", "text", "path"),
    }
    assert "\x1b" not in svg


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_makes_well_formed_xml(text: str) -> None:
    row = " ".join(text.split())
    ElementTree.fromstring(picture_svg(((Segment(row),),), text, 40))


def test_one_figure_names_its_drawing() -> None:
    root = ElementTree.fromstring(figure_svg(HEAT))
    assert root.findtext(f"{SVG}title") == HEAT.title
