"""Today: what is due, what is new, how long it takes, and one key to begin."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from studybuddy.app import laboratory
from studybuddy.app.keys import KeyHint, KeyLine
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.shown import PictureView, line
from studybuddy.clock import date_of_day
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.study.today import Today
from studybuddy.text.translation import _, ngettext
from studybuddy.text.width import cell_width, crop, pad, pad_left

WIDEST = 96


class TodayScreen(StudyScreen):
    """The first screen. It shows what the store last knew at once, and again when it is open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "begin", "", id="today.begin"),
        Binding("r,f2", "lesson", "", id="today.lesson"),
        Binding("e,f3", "exam", "", id="today.exam"),
        Binding("n,f4", "new_per_day", "", id="today.new"),
        Binding("u,f5", "undo", "", id="today.undo"),
        Binding("l,f6", "language", "", id="today.language"),
        Binding("x,f7", "lab", "", id="today.lab"),
        Binding("question_mark,f1", "help", "", id="today.help"),
        Binding("q,ctrl+q", "app.quit", "", id="today.quit"),
    ]
    LETTERS: ClassVar[dict[str, str]] = {
        " ": "screen.begin",
        "r": "screen.lesson",
        "e": "screen.exam",
        "n": "screen.new_per_day",
        "u": "screen.undo",
        "l": "screen.language",
        "x": "screen.lab",
        "?": "screen.help",
        "q": "app.quit",
    }
    DEFAULT_CSS = """
    TodayScreen VerticalScroll { padding: 1 2 0 2; }
    """

    def compose(self) -> ComposeResult:
        """One picture and the keys."""
        with VerticalScroll(can_focus=False):
            yield PictureView(self._picture)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what is known already."""
        self.refresh_keys()

    def on_screen_resume(self) -> None:
        """Back from a sitting or a lesson: the numbers have changed."""
        self.study_app.read_today()
        self.relabel()

    def relabel(self) -> None:
        """Draw anew."""
        for view in self.query(PictureView):
            view.show(self._picture)
        self.refresh_keys()

    def hints(self) -> list[KeyHint]:
        """What can be done from here."""
        return [
            KeyHint("Enter", _("begin"), "screen.begin"),
            KeyHint("r", _("read the lesson"), "screen.lesson"),
            KeyHint("x", _("laboratory"), "screen.lab"),
            KeyHint("e", _("exam date"), "screen.exam"),
            KeyHint("n", _("new a day"), "screen.new_per_day"),
            KeyHint("u", _("undo"), "screen.undo"),
            KeyHint("l", "中文/EN", "screen.language"),
            *self.common_hints(),
            KeyHint("q", _("quit"), "app.quit"),
        ]

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key, with its twin for input methods."""
        return [
            ("Enter, Space", _("begin the sitting")),
            ("r, F2", _("read the lesson; a finished page makes its cards new")),
            ("x, F7", _("the laboratory: run the experiments, step by step, live")),
            ("e, F3", _("set the date of the exam")),
            ("n, F4", _("set how many new cards a day")),
            ("u, F5", _("take back the last answer, in any number of steps")),
            ("l, F6", _("switch between Chinese and English")),
            ("Ctrl+P", _("all commands")),
            ("q, Ctrl+Q", _("quit; every answer is saved already")),
        ]

    # ── the picture ──────────────────────────────────────────────────────────

    def _picture(self, width: int) -> Picture:
        width = min(width, WIDEST)
        app = self.study_app
        today = app.today
        head = _("StudyBuddy · Today")
        date = date_of_day(app.clock.day()).isoformat()
        rows: list[PictureRow] = [
            (
                Segment(head, "heading"),
                Segment(pad_left(date, max(1, width - cell_width(head))), "dim"),
            ),
            (),
        ]
        if app.fault:
            rows += wrap_segments([Segment(app.fault, "wrong")], width)
        if today is None:
            if not app.fault:
                rows.append(line(_("Opening your library …"), "dim"))
            return tuple(rows)
        rows += self._call(today, width)
        rows.append(())
        rows += self._table(today, width)
        rows.append(())
        rows += self._facts(today, width)
        for problem in app.problems[:3]:
            rows += wrap_segments([Segment(problem, "missing")], width)
        return tuple(rows)

    def _call(self, today: Today, width: int) -> list[PictureRow]:
        """The one thing to do now."""
        if today.to_do:
            what = ngettext("{n} card today", "{n} cards today", today.to_do).format(n=today.to_do)
            time = ngettext("about {n} minute", "about {n} minutes", today.minutes).format(
                n=today.minutes
            )
            rows: list[PictureRow] = [(Segment(f"{what} · {time}", "strong"),)]
            rows.append((Segment("Enter ", "heading"), Segment(_("begin the sitting"))))
        elif today.next_page is not None:
            rows = [
                line(_("No card is waiting."), "strong"),
                (
                    Segment("r ", "heading"),
                    Segment(
                        crop(_("read on: {page}").format(page=today.next_page.title), width - 2)
                    ),
                ),
            ]
        else:
            rows = [line(_("All done for today. Come back tomorrow."), "right")]
        if today.pending:
            rows.append(line(_("An answer of yours is saved and waits for its grade."), "missing"))
        return rows

    def _table(self, today: Today, width: int) -> list[PictureRow]:
        headings = (_("due"), _("new"), _("pages to read"))
        rooms = [max(6, cell_width(heading) + 2) for heading in headings]
        first = max(12, width - sum(rooms))
        rows: list[PictureRow] = [
            (
                Segment(pad(_("Topic"), first), "dim"),
                *(
                    Segment(pad_left(heading, room), "dim")
                    for heading, room in zip(headings, rooms, strict=True)
                ),
            ),
            line("─" * (first + sum(rooms)), "dim"),
        ]
        for topic in today.topics:
            numbers = (topic.due, topic.new, topic.unread)
            rows.append(
                (
                    Segment(pad(crop(topic.title, first - 1), first)),
                    *(
                        Segment(
                            pad_left(str(number) if number else "·", room),
                            "strong" if number and place == 0 else "plain" if number else "dim",
                        )
                        for place, (number, room) in enumerate(zip(numbers, rooms, strict=True))
                    ),
                )
            )
        totals = (today.due, today.new, sum(topic.unread for topic in today.topics))
        rows.append(line("─" * (first + sum(rooms)), "dim"))
        rows.append(
            (
                Segment(pad(_("All"), first), "strong"),
                *(
                    Segment(pad_left(str(number), room), "strong")
                    for number, room in zip(totals, rooms, strict=True)
                ),
            )
        )
        return rows

    def _facts(self, today: Today, width: int) -> list[PictureRow]:
        facts = [
            ngettext("streak: {n} day", "streak: {n} days", today.streak).format(n=today.streak),
            ngettext("answered today: {n}", "answered today: {n}", today.answered).format(
                n=today.answered
            ),
        ]
        if today.drilling:
            facts.append(_("to repeat until known: {n}").format(n=today.drilling))
        if today.waiting:
            facts.append(_("{n} cards wait for their lesson page").format(n=today.waiting))
        rows = wrap_segments([Segment(" · ".join(facts), "dim")], width)
        if today.exam_days is None:
            rows.append(line(_("No exam date yet: e sets one."), "dim"))
        elif today.exam_days >= 0:
            text = ngettext(
                "{n} day to the exam ({date})", "{n} days to the exam ({date})", today.exam_days
            )
            rows.append(line(text.format(n=today.exam_days, date=today.exam), "gold"))
        else:
            rows.append(line(_("The exam was on {date}.").format(date=today.exam), "dim"))
        return rows

    # ── actions ──────────────────────────────────────────────────────────────

    def action_begin(self) -> None:
        """Begin the sitting, or the lesson when there is no card."""
        today = self.study_app.today
        if today is not None and not today.to_do and today.next_page is not None:
            self.study_app.open_lesson()
        elif today is not None and today.to_do:
            self.study_app.open_review()

    def action_lesson(self) -> None:
        """Read the next page."""
        self.study_app.open_lesson()

    def action_lab(self) -> None:
        """Run experiments."""
        laboratory.open_lab(self.study_app)

    def action_exam(self) -> None:
        """Ask for the exam's date."""
        self.study_app.ask_exam()

    def action_new_per_day(self) -> None:
        """Ask for the number of new cards a day."""
        self.study_app.ask_new_per_day()

    def action_undo(self) -> None:
        """Take back the newest act and open its card."""
        self.study_app.undo_from_today()

    def action_language(self) -> None:
        """Switch the interface and the cards."""
        self.study_app.switch_language()
