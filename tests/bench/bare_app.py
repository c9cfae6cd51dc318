"""The floor: the smallest Textual app that paints a word and answers a key."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """One line of text; a key changes it."""

    def compose(self) -> ComposeResult:
        yield Static("READY0")

    def on_key(self) -> None:
        view = self.query_one(Static)
        view.update(f"READY{int(str(view.content)[5:]) + 1}")


if __name__ == "__main__":
    Bare().run()
