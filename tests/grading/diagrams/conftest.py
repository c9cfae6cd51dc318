"""Cards of the chapter that several tests grade drawings against."""

from __future__ import annotations

import pytest

from studybuddy.decks.mermaid import parse_mermaid
from studybuddy.decks.model import Diagram, NamedError, Variant


@pytest.fixture(scope="session")
def d1() -> Diagram:
    """Encoder, C, decoder: nine required arrows, a variant with the inputs in one box."""
    reference = parse_mermaid(
        'X1-->Enc; X2-->Enc; X3-->Enc; X4-->Enc; Enc["Encoder 编码器"]-->C["语义向量 C"]; '
        'C-->Dec["Decoder 解码器"]; Dec-->Y1; Dec-->Y2; Dec-->Y3'
    )
    boxed = parse_mermaid(
        'X["X1..X4"]-->Enc["Encoder 编码器"]-->C["语义向量 C"]-->Dec["Decoder 解码器"]-->Y["Y1..Y3"]'
    )
    return Diagram(
        variants=(
            Variant("reference", reference),
            Variant("inputs as one box", boxed, "The inputs stand in one box here."),
        ),
        synonyms={"Dec": ("generator",)},
        optional=(("h0", "Enc"),),
        errors=(NamedError((("Enc", "Dec"),), "A second way around C."),),
        why={("Enc", "C"): "The whole reading ends in C."},
    )


@pytest.fixture(scope="session")
def d8() -> Diagram:
    """The LSTM cell: three boxes with one label."""
    text = (
        'xt-->fg["σ f"]; hp["h(t-1)"]-->fg; xt-->ig["σ i"]; hp-->ig; xt-->gc["tanh g"]; hp-->gc; '
        'xt-->og["σ o"]; hp-->og; cp["c(t-1)"]-->M1(("×")); fg-->M1; ig-->M2(("×")); gc-->M2; '
        'M1-->P(("+")); M2-->P; P-->ct["c(t)"]; ct-->T[tanh]; T-->M3(("×")); og-->M3; '
        'M3-->ht["h(t)"]'
    )
    return Diagram((Variant("reference", parse_mermaid(text)),))
