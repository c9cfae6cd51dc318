"""The lesson: one page of the deck's prose at a time; a finished page makes its cards new."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from studybuddy.app.keys import KeyHint, KeyLine
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.shown import PictureView
from studybuddy.decks.model import Page
from studybuddy.errors import StudyBuddyError
from studybuddy.pictures.prose import prose_picture, wrap_segments
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.study.lesson import PageLine, finish_page, page_lines
from studybuddy.text.translation import _, ngettext
from studybuddy.text.width import cell_width, crop, pad_left

WIDEST = 84


class LessonScreen(StudyScreen):
    """Pages in the deck's order, from the first that is not done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,pagedown", "forward", "", id="lesson.forward"),
        Binding("pageup,backspace", "backward", "", id="lesson.backward"),
        Binding("down,j", "scroll(2)", "", id="lesson.down"),
        Binding("up,k", "scroll(-2)", "", id="lesson.up"),
        Binding("right,n", "turn(1)", "", id="lesson.next"),
        Binding("left,p", "turn(-1)", "", id="lesson.previous"),
        Binding("l,f6", "language", "", id="lesson.language"),
        Binding("question_mark,f1", "help", "", id="lesson.help"),
        Binding("s,f2", "study", "", id="lesson.study"),
        Binding("escape,q", "leave", "", id="lesson.leave"),
    ]
    LETTERS: ClassVar[dict[str, str]] = {
        " ": "screen.forward",
        "n": "screen.turn(1)",
        "p": "screen.turn(-1)",
        "l": "screen.language",
        "s": "screen.study",
        "?": "screen.help",
        "q": "screen.leave",
    }
    DEFAULT_CSS = """
    LessonScreen #head { height: 1; padding: 0 2; background: $panel; }
    LessonScreen #page { padding: 1 2; }
    LessonScreen #text { max-width: 84; }
    """

    def __init__(self, page: str | None = None) -> None:
        super().__init__()
        self._wanted = page
        self._lines: list[PageLine] = []
        self._at = 0
        self._page: Page | None = None
        self._fault = ""
        self._head = PictureView(self._head_picture, id="head")
        self._text = PictureView(self._text_picture, id="text")

    def compose(self) -> ComposeResult:
        """Title line, the page, the keys."""
        yield self._head
        with VerticalScroll(id="page", can_focus=False):
            yield self._text
        yield KeyLine()

    def on_mount(self) -> None:
        """Open the first page that is not done."""
        self._lines = page_lines(self.study_app.reads_now(), self.study_app.card_language)
        places = [i for i, each in enumerate(self._lines) if each.id == self._wanted]
        undone = [i for i, each in enumerate(self._lines) if not each.done]
        self._open((places or undone or [0])[0])

    def relabel(self) -> None:
        """The language changed: the same page in the other language."""
        self._lines = page_lines(self.study_app.reads_now(), self.study_app.card_language)
        self._open(self._at)

    def _open(self, at: int) -> None:
        self._at = max(0, min(len(self._lines) - 1, at))
        self._page, self._fault = None, ""
        if self._lines:
            try:
                self._page = self.study_app.read_page(self._lines[self._at].id)
            except StudyBuddyError as problem:
                self._fault = str(problem)
        self._head.show(self._head_picture)
        self._text.show(self._text_picture)
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)
        self.refresh_keys()

    def _head_picture(self, width: int) -> Picture:
        if not self._lines:
            return ((Segment(_("Lesson"), "heading"),),)
        here = self._lines[self._at]
        done = _("done") if here.done else _("not done yet")
        count = f"{self._at + 1}/{len(self._lines)} · {done}"
        title = crop(here.title, max(4, width - cell_width(count) - 2))
        return (
            (
                Segment(title, "heading"),
                Segment(pad_left(count, max(1, width - cell_width(title))), "dim"),
            ),
        )

    def _text_picture(self, width: int) -> Picture:
        width = min(width, WIDEST)
        if self._fault:
            return tuple(wrap_segments([Segment(self._fault, "wrong")], width))
        if self._page is None:
            return ((Segment(_("There is no lesson page in your decks."), "dim"),),)
        rows: list[PictureRow] = list(prose_picture(self._page.prose, width))
        cards = len(self._page.cards)
        end = (
            ngettext(
                "End of the page. Its {n} card joins your new cards.",
                "End of the page. Its {n} cards join your new cards.",
                cards,
            ).format(n=cards)
            if cards
            else _("End of the page.")
        )
        rows += [(), (Segment("─" * min(width, 40), "dim"),)]
        rows += wrap_segments([Segment(end, "dim")], width)
        return tuple(rows)

    def hints(self) -> list[KeyHint]:
        """Reading keys."""
        return [
            KeyHint("Enter", _("read on, finish the page"), "screen.forward"),
            KeyHint("↑↓", _("scroll"), "screen.scroll(4)"),
            KeyHint("←→", _("turn pages"), "screen.turn(1)"),
            KeyHint("s", _("to the cards"), "screen.study"),
            KeyHint("l", "中文/EN", "screen.language"),
            *self.common_hints(),
            KeyHint("Esc", _("back"), "screen.leave"),
        ]

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key, with its twin for input methods."""
        return [
            ("Enter, Space", _("a screen further; at the end the page is done and the next opens")),
            ("PgUp, Backspace", _("a screen back")),
            ("↑ ↓, j k", _("scroll")),
            ("← →, p n", _("turn pages without finishing them")),
            ("s, F2", _("go to the cards")),
            ("l, F6", _("switch between Chinese and English")),
            ("Esc, q", _("back to Today")),
        ]

    # ── actions ──────────────────────────────────────────────────────────────

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one("#page", VerticalScroll)

    def action_forward(self) -> None:
        """A screen further, or the page is done."""
        scroll = self._scroll
        if scroll.scroll_offset.y < scroll.max_scroll_y:
            scroll.scroll_page_down(animate=False)
            return
        if self._page is not None:
            self.study_app.when_open(self._finish)

    def _finish(self) -> None:
        if self._page is None:
            return
        try:
            if not self._lines[self._at].done:
                finish_page(self.study_app.store_now(), self._page.id)
        except StudyBuddyError as problem:
            self.study_app.say(str(problem))
            return
        self._lines = page_lines(self.study_app.reads_now(), self.study_app.card_language)
        if self._at + 1 < len(self._lines):
            self._open(self._at + 1)
        else:
            self.action_leave()

    def action_backward(self) -> None:
        """A screen back."""
        self._scroll.scroll_page_up(animate=False)

    def action_scroll(self, lines: int) -> None:
        """A few lines on."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_turn(self, pages: int) -> None:
        """Another page, without finishing this one."""
        self._open(self._at + pages)

    def action_language(self) -> None:
        """The page in the other language."""
        self.study_app.switch_language()

    def action_study(self) -> None:
        """To the cards."""
        self.study_app.pop_screen()
        self.study_app.open_review()

    def action_leave(self) -> None:
        """Back to Today."""
        self.study_app.pop_screen()
