"""What a card asks, from its blocks: which kind it is, and the body of that kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from studybuddy.decks.blocks import Block, Item
from studybuddy.decks.diagrams import read_diagram
from studybuddy.decks.faults import Faults, quoted
from studybuddy.decks.fences import read_compute, read_experiment
from studybuddy.decks.model import (
    Body,
    Choice,
    Cloze,
    Compose,
    Gap,
    Kind,
    Option,
    Order,
    Recall,
    Short,
)

_TASK = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
_GAP = re.compile(r"==(?=[^\s=])((?:[^=\n]|=(?!=))+?)(?<=\S)==(?!=)")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")
#: What a fence of this name can only be in the body of a card.
_MACHINE_FENCES = ("compute", "experiment", "grade")


@dataclass(frozen=True, slots=True)
class Parts:
    """A card's blocks sorted: the question's prose, the body, and what is shown afterwards."""

    lead: tuple[Block, ...]
    body: Body
    rest: tuple[Block, ...]


def is_task_list(block: Block) -> bool:
    """Whether a list has an item that begins with `[ ]` or `[x]`."""
    return any(_TASK.match(item.text) for item in block.items)


def has_gaps(block: Block) -> bool:
    """Whether a paragraph has a `==gap==` outside code."""
    return block.type == "paragraph" and next(_gaps(block.text), None) is not None


_OPENS: dict[Kind, Callable[[Block], bool]] = {
    "choice": is_task_list,
    "cloze": has_gaps,
    "order": lambda block: bool(block.items),
    "short": lambda block: block.type == "bullets",
    "compute": lambda block: block.info == "compute",
    "diagram": lambda block: block.info == "mermaid",
    "experiment": lambda block: block.info == "experiment",
    "compose": lambda block: block.info == "mermaid",
}
_SAID_BY_SHAPE: tuple[Kind, ...] = ("choice", "cloze", "compute", "diagram", "experiment")
_SHAPES: dict[Kind, str] = {
    "choice": "a task list: lines `- [x] right` and `- [ ] wrong`",
    "cloze": "a paragraph with ==gaps==",
    "order": "a list of its steps in the right order",
    "short": "a bulleted list: one point of the marking scheme an item",
    "compute": "a `compute` fence that names its generator",
    "diagram": "a `mermaid` fence with the reference",
    "experiment": "an `experiment` fence with run and ask",
    "compose": "a `mermaid` fence with the reference",
}


def read_parts(named: Kind | None, blocks: list[Block], line: int, faults: Faults) -> Parts | None:
    """The parts of a card; None when it is broken, which is reported."""
    kind = named or _kind_of_shape(blocks)
    if kind == "recall":
        return _without_machine_fences(Parts((), Recall(), tuple(blocks)), faults)
    at = next((index for index, block in enumerate(blocks) if _OPENS[kind](block)), None)
    if at is None:
        faults.error(line, f"the card is .{kind}: write {_SHAPES[kind]}")
        return None
    body, rest = _body(kind, blocks[at], blocks[at + 1 :], faults)
    if body is None:
        return None
    return _without_machine_fences(Parts(tuple(blocks[:at]), body, tuple(rest)), faults)


def _kind_of_shape(blocks: list[Block]) -> Kind:
    if blocks:
        for kind in _SAID_BY_SHAPE:
            if _OPENS[kind](blocks[0]):
                return kind
    return "recall"


def _without_machine_fences(parts: Parts, faults: Faults) -> Parts | None:
    """Refuse a fence that would be shown as it is written; tell of shapes that do nothing."""
    fine = True
    for block in (*parts.lead, *parts.rest):
        if block.info in _MACHINE_FENCES:
            fine = False
            where = (
                "put it right after the `mermaid` fence, once"
                if block.info == "grade"
                else f"put it first in the card, or name the kind: .{block.info}"
            )
            faults.error(block.line, f"the {block.info} fence does nothing here: {where}")
        elif is_task_list(block):
            faults.warn(block.line, "the task list is no choice here: put it first, or say .choice")
        elif has_gaps(block):
            faults.warn(block.line, "==gaps== count in the first paragraph only: join them there")
    return parts if fine else None


def _body(
    kind: Kind, block: Block, after: list[Block], faults: Faults
) -> tuple[Body | None, list[Block]]:
    """The body that begins with this block, and the blocks that it leaves over."""
    if kind == "choice":
        return _choice(block, faults), after
    if kind == "cloze":
        return _cloze(block, faults), after
    if kind == "order":
        return _order(block, faults), after
    if kind == "short":
        points = _points(block, faults)
        return (Short(points) if points else None), after
    if kind == "compute":
        return read_compute(block, faults), after
    if kind == "experiment":
        return read_experiment(block, faults), after
    grade = after[0] if after and after[0].info == "grade" else None
    rest = after[1:] if grade is not None else after
    diagram = read_diagram(block, grade, faults)
    if kind == "diagram":
        return diagram, rest
    scheme = next((each for each in rest if each.type == "bullets"), None)
    if scheme is None:
        faults.error(block.line, "the card is .compose: write a bulleted list of points below")
        return None, rest
    points = _points(scheme, faults)
    left = [each for each in rest if each is not scheme]
    return (Compose(diagram, points) if diagram is not None and points else None), left


def _choice(block: Block, faults: Faults) -> Choice | None:
    options: list[Option] = []
    for item in block.items:
        match = _TASK.match(item.text)
        if match is None:
            faults.error(item.line, "the option has no box: begin it with [x] or [ ]")
            continue
        text = item.text[match.end() :].strip()
        if not text:
            faults.error(item.line, "the option is empty: write its text after the box")
        elif any(option.text == text for option in options):
            faults.error(item.line, f"the option {quoted(text)} is there twice: keep one")
        options.append(Option(text, match[1] != " ", "\n".join(item.nested)))
    if not any(option.right for option in options):
        faults.error(block.line, "no option is right: mark one with [x]")
        return None
    if len(options) < 2:
        faults.error(block.line, "the choice has one option: write at least two")
        return None
    return Choice(tuple(options))


def _gaps(text: str) -> Iterator[re.Match[str]]:
    """The gaps of a text; those that lie in code are text."""
    code = [match.span() for match in _CODE.finditer(text)] if "`" in text else []
    for match in _GAP.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in code):
            yield match


def _cloze(block: Block, faults: Faults) -> Cloze | None:
    pieces: list[str | Gap] = []
    at = 0
    for match in _gaps(block.text):
        if match.start() > at:
            pieces.append(block.text[at : match.start()])
        at = match.end()
        answers = tuple(part.replace("\\|", "|").strip() for part in _BAR.split(match[1]))
        if not all(answers):
            line = block.line + block.text.count("\n", 0, match.start())
            faults.error(line, f"the gap {quoted(match[0])} has an empty answer: fill or drop it")
            return None
        pieces.append(Gap(tuple(dict.fromkeys(answers))))
    if at < len(block.text):
        pieces.append(block.text[at:])
    return Cloze(tuple(pieces))


def _order(block: Block, faults: Faults) -> Order | None:
    steps = _texts(block.items, "step", faults)
    if steps is not None and len(steps) < 2:
        faults.error(block.line, "there is one step to order: write at least two")
        return None
    return Order(steps) if steps is not None else None


def _points(block: Block, faults: Faults) -> tuple[str, ...]:
    return _texts(block.items, "point", faults) or ()


def _texts(items: tuple[Item, ...], what: str, faults: Faults) -> tuple[str, ...] | None:
    """The texts of a list's items, each with what is nested in it; None when one is bad."""
    texts: list[str] = []
    fine = True
    for item in items:
        if not item.text:
            faults.error(item.line, f"the {what} is empty: write its text")
            fine = False
        elif item.text in texts:
            faults.error(item.line, f"the {what} {quoted(item.text)} is there twice: keep one")
            fine = False
        texts.append("\n".join((item.text, *(f"- {each}" for each in item.nested))))
    return tuple(texts) if fine else None
