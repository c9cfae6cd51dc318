"""What every panel says upwards."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget

Given = tuple[float, ...] | tuple[str, ...] | str
"""What a panel holds: indices or numbers, texts, or one text."""


class Answered(Message):
    """The panel has an answer, as its panel says."""

    def __init__(self, panel: Widget, value: Given) -> None:
        super().__init__()
        self.panel = panel
        self.value = value


class PaperWanted(Message):
    """The learner would rather draw on paper."""


class PaperDone(Message):
    """The drawing on paper is finished, after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds
