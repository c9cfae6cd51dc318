"""The app: it opens on Today at once, and the store in a worker behind it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.events import Event, Paste
from textual.message import Message
from textual.screen import Screen

from studybuddy.app import asking, editing
from studybuddy.app.keys import KeyLine
from studybuddy.app.palette import commands_for
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.screens.today import TodayScreen
from studybuddy.app.themes import DARK, LIGHT
from studybuddy.config import Settings, settings_from
from studybuddy.errors import HUNG_UP, TERMINATED, StudyBuddyError
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import Language, _, current_language, set_language

if TYPE_CHECKING:
    from studybuddy.app.panels.results import Finished
    from studybuddy.cli.context import Context
    from studybuddy.decks.library import Library
    from studybuddy.decks.model import Card, Page
    from studybuddy.store.reads import Reads
    from studybuddy.store.store import Store
    from studybuddy.study.queue import Filters
    from studybuddy.study.today import Today


class StudyBuddyApp(App[None]):
    """Owns the store's connection of the screen's thread, the library, the settings and themes."""

    TITLE = "StudyBuddy"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "", id="app.quit", priority=True, show=False),
    ]
    CSS = """
    Screen { background: $background; color: $foreground; }
    CommandPalette SearchIcon { display: none; }
    """

    class StoreReady(Message):
        """The database was created or migrated, and the library's index is up to date."""

        def __init__(self, problems: tuple[str, ...], fault: str = "") -> None:
            super().__init__()
            self.problems = problems
            self.fault = fault

    def __init__(
        self,
        context: Context,
        *,
        opening: Literal["today", "review"] = "today",
        filters: Filters | None = None,
    ) -> None:
        super().__init__()
        self.context = context
        self.clock = context.clock
        self.opening = opening
        self.filters = filters
        self.fault = ""
        self.problems: tuple[str, ...] = ()
        self.today: Today | None = None
        self.reads: Reads | None = None
        self.store: Store | None = None
        self.settings = Settings()
        self._library: Library | None = None
        self.kept_runs: dict[str, Finished] = {}
        self.opened = asyncio.Event()
        self._awaiting: list[Callable[[], object]] = []
        self.register_theme(DARK)
        self.register_theme(LIGHT)

    # ── start and end ────────────────────────────────────────────────────────

    def on_mount(self) -> None:
        """Paint Today from what the store last knew; open the store behind it."""
        from studybuddy.store.start import open_reads

        loop = asyncio.get_running_loop()
        for number, code in ((signal.SIGTERM, TERMINATED), (signal.SIGHUP, HUNG_UP)):
            try:
                loop.add_signal_handler(number, self._end, code)
            except (NotImplementedError, RuntimeError, ValueError):
                continue
        try:
            self.reads = open_reads(self.context.locations.database)
        except StudyBuddyError as problem:
            self.fault = str(problem)
        self._take_settings()
        self.theme = (
            self.settings.theme if self.settings.theme in self.available_themes else DARK.name
        )
        self.read_today()
        self.push_screen(TodayScreen())
        if self.opening == "review" and self.reads is not None:
            self.opening = "today"
            self.call_after_refresh(self.open_review)
        self.call_after_refresh(self.open_store)

    def _end(self, code: int) -> None:
        self.exit(return_code=code)

    def _take_settings(self) -> None:
        values: dict[str, Any] = {}
        if self.reads is not None:
            try:
                values = self.reads.latest("setting")
            except StudyBuddyError as problem:
                # Nothing can be read: every screen is as before there is a database.
                self.fault, self.reads = str(problem), None
        self.settings = settings_from(values)
        wanted = (
            self.context.requested_language
            or self.settings.language
            or self.context.environment_language
        )
        set_language(wanted)

    @work(thread=True, exit_on_error=False, group="store")
    def open_store(self) -> None:
        """Create or migrate the database and refresh the index, on a connection of this thread."""
        from studybuddy.study.library import refresh

        try:
            store = self.context.open_store()
            try:
                problems = refresh(store, self.library())
            finally:
                store.close()
        except StudyBuddyError as problem:
            self.post_message(self.StoreReady((), str(problem)))
        except Exception as error:
            # Without a word from here the screen would wait for the library for ever.
            self.context.report_crash(error)
            self.post_message(self.StoreReady((), f"{type(error).__name__}: {error}"))
        else:
            self.post_message(self.StoreReady(tuple(str(each) for each in problems)))

    @on(StoreReady)
    def _on_store_ready(self, event: StoreReady) -> None:
        self.fault = event.fault
        if not self.fault:
            try:
                self.store = self.context.open_store()
            except StudyBuddyError as problem:
                self.fault = str(problem)
        self.opened.set()
        if self.store is None:
            self._redraw()
            return
        self.reads = self.store.reads
        self.problems = event.problems
        self._take_settings()
        self.read_today()
        from studybuddy.app.screens.review import ReviewScreen

        for screen in self.screen_stack:
            if isinstance(screen, ReviewScreen):
                screen.session.attach(self.store)
        self._redraw()
        if self.opening == "review":
            self.opening = "today"
            self.open_review()
        awaiting, self._awaiting = self._awaiting, []
        for act in awaiting:
            act()

    def when_open(self, act: Callable[[], object]) -> None:
        """Do it now, or as soon as the store is open: a quick key is not lost at the start."""
        if self.opened.is_set():
            act()
        else:
            self._awaiting.append(act)

    async def on_event(self, event: Event) -> None:
        """What is pasted loses its control characters: every field would send them on as they are."""
        if isinstance(event, Paste):
            event.text = clean(event.text).expandtabs(1)
        await super().on_event(event)

    def _handle_exception(self, error: Exception) -> None:
        """Leave the terminal whole and say one sentence; the report holds no card and no local."""
        self.context.report_crash(error)
        self.exit(
            return_code=1,
            message=_("StudyBuddy ended because of a fault of its own; every answer is saved."),
        )

    def on_unmount(self) -> None:
        """Nothing is saved here: every answer was committed when it was given."""
        if self.store is not None:
            self.store.close()

    # ── what screens ask for ─────────────────────────────────────────────────

    @property
    def card_language(self) -> Language:
        """The language that cards and lessons are shown in."""
        return self.settings.card_language or current_language()

    def library(self) -> Library:
        """The decks on disk."""
        if self._library is None:
            self._library = self.context.open_library()
        return self._library

    def reads_now(self) -> Reads:
        """The reads that are open. Raises StudyBuddyError before there is a database."""
        if self.reads is None:
            raise StudyBuddyError(_("The library is still being opened; try again in a moment."))
        return self.reads

    def store_now(self) -> Store:
        """The open store. Raises StudyBuddyError while it is still being opened."""
        if self.store is None:
            raise StudyBuddyError(_("The store is not open yet; try again in a moment."))
        return self.store

    def read_card(self, card: str, language: Language) -> Card:
        """One card, through the index."""
        from studybuddy.study.library import read_card

        return read_card(self.reads_now(), self.library(), card, language)

    def read_page(self, page: str) -> Page:
        """One lesson page, through the index."""
        from studybuddy.study.library import read_page

        return read_page(self.reads_now(), self.library(), page, self.card_language)

    def topic_title(self, card: Card) -> str:
        """The title of a card's topic."""
        titles = {
            (topic.deck, topic.topic): topic.title
            for topic in self.reads_now().topics(card.language)
        }
        return titles.get((card.deck, card.topic), card.topic)

    def read_today(self) -> None:
        """Read Today's numbers anew."""
        from studybuddy.study.today import summary

        if self.reads is None:
            return
        try:
            self.today = summary(self.reads, self.clock.day(), self.settings, self.card_language)
        except StudyBuddyError as problem:
            self.fault = str(problem)

    def say(self, text: str) -> None:
        """A short note above the keys; never read as markup, and it covers nothing."""
        for key_line in self.screen.query(KeyLine):
            key_line.say(text)

    def _redraw(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, StudyScreen):
                try:
                    screen.relabel()
                except (NoMatches, StudyBuddyError):
                    continue

    # ── what can be done from anywhere ───────────────────────────────────────

    def open_review(self) -> None:
        """Begin a sitting, or go on with the one that is open."""
        from studybuddy.app.screens.review import ReviewScreen
        from studybuddy.study.session import Session

        try:
            session = Session(
                self.reads_now(),
                self.read_card,
                self.clock,
                self.settings,
                self.card_language,
                self.filters,
                self.store,
            )
        except StudyBuddyError as problem:
            self.say(str(problem))
            return
        self.push_screen(ReviewScreen(session))

    def open_lesson(self) -> None:
        """Read the lesson from the first page that is not done."""
        from studybuddy.app.screens.lesson import LessonScreen

        if self.reads is None:
            self.say(_("The library is still being opened; try again in a moment."))
        else:
            self.push_screen(LessonScreen())

    def undo_from_today(self) -> None:
        """Take back the newest act."""
        self.when_open(self._undo)

    def _undo(self) -> None:
        try:
            undone = self.store_now().undo()
        except StudyBuddyError as problem:
            self.say(str(problem))
            return
        if undone is None:
            self.say(_("Nothing to take back."))
        else:
            self.say(_("Taken back: {card}").format(card=undone[1].card or undone[1].kind))
        self.read_today()
        self._redraw()

    def set_setting(self, key: str, value: Any) -> None:
        """A setting is a row of the log; the newest of its key holds."""
        self.when_open(lambda: self._set(key, value))

    def _set(self, key: str, value: Any) -> None:
        try:
            self.store_now().append("setting", extra={"key": key, "value": value})
        except StudyBuddyError as problem:
            self.say(str(problem))
            return
        requested = self.context.requested_language
        if key == "language" and requested is not None:
            self.context.requested_language = None
        self._take_settings()
        self.read_today()
        self._redraw()

    def switch_language(self) -> None:
        """Interface, lessons and cards in the other language."""
        other: Language = "en" if current_language() == "zh" else "zh"
        self.set_setting("language", other)

    def action_toggle_theme(self) -> None:
        """Dark to light and back."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
        self.set_setting("theme", self.theme)

    def action_toggle_scale(self) -> None:
        """Four grades, or SM-2's own six."""
        self.set_setting(
            "grade_scale", "full" if self.settings.grade_scale == "simple" else "simple"
        )

    def set_exam(self, value: dict[str, str] | None) -> None:
        """The exam's date is a row of the log; None clears it."""
        self.when_open(lambda: self._set_exam(value))

    def _set_exam(self, value: dict[str, str] | None) -> None:
        try:
            self.store_now().append("exam", extra={"key": "exam", "value": value})
        except StudyBuddyError as problem:
            self.say(str(problem))
        self.read_today()
        self._redraw()

    def ask_exam(self) -> None:
        """Ask for the date of the exam and commit it as a row."""
        asking.ask_exam(self)

    def ask_new_per_day(self) -> None:
        """Ask for the number of new cards a day."""
        asking.ask_new_per_day(self)

    def edit(self, card: Card) -> bool:
        """Open the card's line in $EDITOR, then bring the index up to date; whether it was opened."""
        return editing.edit(self, card)

    def forget_library(self) -> None:
        """The decks have changed on disk: open them anew."""
        self._library = None

    def action_command_palette(self) -> None:
        """Every action by name."""
        from textual.command import CommandPalette

        if not CommandPalette.is_open(cast("App[object]", self)):
            self.push_screen(CommandPalette(placeholder=_("Search for a command …")))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: what this screen's keys do, then what can be done from anywhere."""
        return commands_for(self, screen)
