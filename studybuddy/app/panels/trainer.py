"""A live training in a thread; it shows nothing itself, and says what came of each portion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from studybuddy.errors import StudyBuddyError
from studybuddy.study.watching import Watch
from studybuddy.text.translation import _

if TYPE_CHECKING:
    from studybuddy.lab.live import Snapshot


class Trainer(Widget):
    """Runs one watch at a time: the one before ends when another begins, or the screen is left."""

    DEFAULT_CSS = """
    Trainer { display: none; }
    """

    class Advanced(Message):
        """Each training has come further. Whoever drew it tells the watch so."""

        def __init__(self, watch: Watch, snapshots: tuple[Snapshot, ...]) -> None:
            super().__init__()
            self.watch = watch
            self.snapshots = snapshots

    class Failed(Message):
        """The training ended by itself, and why."""

        def __init__(self, watch: Watch, fault: str) -> None:
            super().__init__()
            self.watch = watch
            self.fault = fault

    @work(thread=True, exclusive=True, exit_on_error=False, group="live")
    def train(self, watch: Watch) -> None:
        """Train until another watch is begun."""
        worker = get_current_worker()
        try:
            watch.run(
                lambda snapshots: self.post_message(self.Advanced(watch, snapshots)),
                lambda: worker.is_cancelled,
            )
        except StudyBuddyError as problem:
            self.post_message(self.Failed(watch, str(problem)))
        except Exception as problem:  # a fault of ours must not leave the screen waiting
            fault = _("The training broke ({name}).").format(name=type(problem).__name__)
            self.post_message(self.Failed(watch, fault))
