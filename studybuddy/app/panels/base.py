"""What every panel says upwards."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget


class Answered(Message):
    """The panel has an answer: a tuple of indices, of texts, or one text, as its panel says."""

    def __init__(self, panel: Widget, value: tuple[int, ...] | tuple[str, ...] | str) -> None:
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
