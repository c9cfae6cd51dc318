"""The review: front, answer (committed), verdict with reasons, grade (committed), next card."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.events import DescendantBlur, DescendantFocus, Key
from textual.widget import Widget
from textual.widgets import Input

from studybuddy.app.keys import KeyHint, KeyLine, plain_key
from studybuddy.app.panels.base import Answered, PaperDone
from studybuddy.app.panels.drawing import ShorthandPanel
from studybuddy.app.panels.figures import FiguresView
from studybuddy.app.panels.grades import GradeBar
from studybuddy.app.panels.run import RunView
from studybuddy.app.panels.typed import TypedAnswers
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.screens.faces import (
    after_picture,
    figures_of,
    front_picture,
    head_picture,
    hint_picture,
    over_picture,
    verdict_picture,
)
from studybuddy.app.screens.review_keys import review_help, review_hints
from studybuddy.app.screens.review_panels import (
    Draft,
    answer_of,
    carry_over,
    field_of,
    hand_in,
    panel_for,
)
from studybuddy.app.shown import PictureView
from studybuddy.decks.model import Cloze, Diagram
from studybuddy.errors import StudyBuddyError
from studybuddy.pictures.rows import Picture
from studybuddy.study.answer import Answer, OnPaper
from studybuddy.study.current import Stage
from studybuddy.study.session import Session
from studybuddy.text.translation import _

WIDEST = 96


class ReviewScreen(StudyScreen):
    """One session on the screen. The session decides; this shows it and passes the answers on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go", "", id="review.go"),
        Binding("u,f5", "undo", "", id="review.undo"),
        Binding("h,f3", "hint", "", id="review.hint"),
        Binding("l,f2", "language", "", id="review.language"),
        Binding("f,f6", "flag", "", id="review.flag"),
        Binding("p,f4", "paper", "", id="review.paper"),
        Binding("b,f7", "bury", "", id="review.bury"),
        Binding("s,f8", "suspend", "", id="review.suspend"),
        Binding("e,f9", "edit", "", id="review.edit"),
        Binding("question_mark,f1", "help", "", id="review.help"),
        Binding("escape", "leave", "", id="review.leave"),
        Binding("pagedown,ctrl+d", "scroll(1)", "", id="review.down"),
        Binding("pageup,ctrl+u", "scroll(-1)", "", id="review.up"),
    ]
    LETTERS: ClassVar[dict[str, str]] = {
        " ": "screen.go",
        "u": "screen.undo",
        "h": "screen.hint",
        "l": "screen.language",
        "f": "screen.flag",
        "p": "screen.paper",
        "b": "screen.bury",
        "s": "screen.suspend",
        "e": "screen.edit",
        "?": "screen.help",
    }
    DEFAULT_CSS = """
    ReviewScreen #head { height: 1; padding: 0 2; background: $panel; }
    ReviewScreen #body { padding: 1 2 0 2; height: 1fr; }
    ReviewScreen #panel { height: auto; max-height: 70%; padding: 0 1; overflow-y: auto; }
    ReviewScreen.-drawing #body { height: auto; max-height: 30%; padding: 0 2; }
    ReviewScreen.-drawing #panel { height: 1fr; max-height: 100%; }
    ReviewScreen Input { border: round $panel-lighten-2; }
    ReviewScreen Input:focus { border: round $primary; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._head = PictureView(self._head_picture, id="head")
        self._front = PictureView(id="front")
        self._hint = PictureView(id="hint")
        self._back = PictureView(id="back")
        self._figures = FiguresView(id="figures")
        self._after = PictureView(id="after")
        self._run = RunView()
        self._draft = Draft()
        self._hint_text = ""

    def compose(self) -> ComposeResult:
        """Head, the card's two faces, the panel for the answer, the keys."""
        yield self._head
        with VerticalScroll(id="body", can_focus=False):
            yield self._front
            yield self._hint
            yield self._back
            yield self._figures
            yield self._after
        yield self._run
        yield Container(id="panel")
        yield KeyLine()

    async def on_mount(self) -> None:
        """Show the first card."""
        await self.show_card()

    # ── what is shown ────────────────────────────────────────────────────────

    @property
    def stage(self) -> Stage | None:
        """The stage of the card on the table; None when the sitting is over."""
        return self.session.current.stage if self.session.current is not None else None

    async def show_card(self) -> None:
        """A card has come to the table: forget what belonged to the one before."""
        self._draft, self._hint_text = Draft(), ""
        self._run.reset()
        await self.show_stage()
        self.session.shown()

    async def show_stage(self, *, same: bool = False) -> None:
        """Draw the card as it stands, with the panel of its stage, in one repaint.

        `same`: the stage is the one shown already, so what the panel holds is kept.
        The panel has the focus before anything is painted, so that a quick key meets it.
        """
        with self.app.batch_update():
            self._draw()
            current = self.session.current
            await self._figures.show(figures_of(current) if current is not None else ())
            box = self.query_one("#panel", Container)
            before = self._panel()
            panel = panel_for(self.session, self._draft, self.study_app.clock)
            if same:
                carry_over(before, panel)
            await box.remove_children()
            self.set_class(isinstance(panel, ShorthandPanel), "-drawing")
            box.display = panel is not None
            if panel is not None:
                await box.mount(panel)
            self.set_focus(field_of(panel) if panel is not None else None)
            self.query_one("#body", VerticalScroll).scroll_home(animate=False)
            if current is not None and current.stage is Stage.RUNNING and not self._run.fault:
                assert current.front.task is not None
                self._run.start(current.front.task)
            self.refresh_keys()
        if self.stage is Stage.VERDICT:
            self.call_after_refresh(self._to_verdict)

    def _to_verdict(self) -> None:
        """Scroll so that the verdict is seen from its first line when the front is long."""
        body = self.query_one("#body", VerticalScroll)
        front = self._front.size.height
        if front + min(self._back.size.height, 8) > body.size.height:
            body.scroll_to(y=max(0, front - 3), animate=False)

    def _draw(self) -> None:
        self._head.show(self._head_picture)
        self._front.show(self._front_picture)
        self._hint.show(lambda width: hint_picture(self._hint_text, min(width, WIDEST)))
        self._back.show(self._back_picture)
        self._after.show(self._after_picture)

    def relabel(self) -> None:
        """The interface's language changed."""
        self._draw()
        self.refresh_keys()

    def _head_picture(self, width: int) -> Picture:
        current = self.session.current
        title = self.study_app.topic_title(current.front.card) if current is not None else ""
        return head_picture(self.session, title, width)

    def _front_picture(self, width: int) -> Picture:
        width = min(width, WIDEST)
        current = self.session.current
        if current is None:
            return over_picture(self.session, width)
        return front_picture(current, width, self._draft.typed, self._draft.at)

    def _back_picture(self, width: int) -> Picture:
        current = self.session.current
        if current is None or current.stage in (Stage.FRONT, Stage.RUNNING):
            return ()
        return ((), *verdict_picture(current, min(width, WIDEST)))

    def _after_picture(self, width: int) -> Picture:
        current = self.session.current
        if current is None or current.stage in (Stage.FRONT, Stage.RUNNING):
            return ()
        return after_picture(current, min(width, WIDEST))

    # ── answers ──────────────────────────────────────────────────────────────

    @on(TypedAnswers.Changed)
    def _on_typed(self, event: TypedAnswers.Changed) -> None:
        event.stop()
        self._draft.typed, self._draft.at = event.texts, event.at
        current = self.session.current
        if current is not None and isinstance(current.front.card.body, Cloze):
            self._front.show(self._front_picture)
        self.refresh_keys()

    @on(Answered)
    async def _on_answered(self, event: Answered) -> None:
        event.stop()
        current = self.session.current
        if current is None or event.panel is not self._panel():
            return  # Enter pressed twice: the panel has been answered, and is gone.
        if current.stage is Stage.MARKING:
            ticked = {int(index) for index in event.value}
            count = len(self.session.ticks_wanted())
            self.session.mark([index in ticked for index in range(count)])
            await self.show_stage()
        elif current.stage is Stage.FRONT:
            try:
                answer, confidence = answer_of(current.front, self._draft, event.value)
            except StudyBuddyError as problem:
                self.study_app.say(str(problem))
                return
            if answer is None:
                await self.show_stage()
            else:
                await self._submit(answer, confidence)

    @on(PaperDone)
    async def _on_paper(self, event: PaperDone) -> None:
        event.stop()
        current = self.session.current
        if current is None or current.stage is not Stage.FRONT:
            return
        answer = OnPaper(event.seconds)
        if isinstance(current.front.card.body, Diagram):
            await self._submit(answer)
        else:
            self._draft.drawn = answer
            await self.show_stage()

    async def _submit(self, answer: Answer | None, confidence: int | None = None) -> None:
        if answer is not None:
            await self.study_app.opened.wait()
        try:
            self.session.submit(answer, confidence)
        except StudyBuddyError as problem:
            self.study_app.say(str(problem))
            return
        await self.show_stage()

    @on(GradeBar.Graded)
    async def _on_graded(self, event: GradeBar.Graded) -> None:
        event.stop()
        if event.bar is not self._panel():
            return  # A second key on a bar that has graded its card already.
        await self.study_app.opened.wait()
        try:
            self.session.grade(event.grade)
        except StudyBuddyError as problem:
            self.study_app.say(str(problem))
            return
        await self.show_card()

    @on(RunView.Ended)
    async def _on_run_ended(self, event: RunView.Ended) -> None:
        event.stop()
        current = self.session.current
        if current is None or current.stage is not Stage.RUNNING:
            return
        if event.result is None:
            self.refresh_keys()
        elif current.front.task == event.task:
            self.session.resolve(event.result)
            await self.show_stage()

    # ── actions ──────────────────────────────────────────────────────────────

    async def action_go(self) -> None:
        """Turn the card over, run again, or leave when the sitting is over."""
        current = self.session.current
        panel = self._panel()
        if current is None:
            self.study_app.pop_screen()
        elif current.stage is Stage.RUNNING:
            if current.front.task is not None:
                self._run.start(current.front.task)
                self.refresh_keys()
        elif panel is not None:
            self.set_focus(field_of(panel))
        elif current.stage is Stage.FRONT:
            await self._submit(None)

    async def action_hand_in(self) -> None:
        """Hand in what the panel holds."""
        await hand_in(self._panel())

    def _panel(self) -> Widget | None:
        children = self.query_one("#panel", Container).children
        return children[0] if children else None

    def action_undo(self) -> None:
        """Take back the newest act; its card comes back to the table."""
        if not self._run.live:
            self.study_app.when_open(lambda: self.call_later(self._undo))

    async def _undo(self) -> None:
        try:
            card = self.session.undo()
        except StudyBuddyError as problem:
            self.study_app.say(str(problem))
            return
        self.study_app.say(_("Nothing to take back.") if card is None else _("Taken back."))
        if card is not None:
            await self.show_card()

    def action_hint(self) -> None:
        """Show the memory hook."""
        if self.stage in (Stage.FRONT, Stage.MARKING, Stage.VERDICT):
            self._hint_text = self.session.hint() or _("This card has no memory hook.")
            self._hint.show(lambda width: hint_picture(self._hint_text, min(width, WIDEST)))

    async def action_language(self) -> None:
        """The card in the other language."""
        if self._run.live or self.session.current is None:
            return
        self.session.speak("en" if self.session.language == "zh" else "zh")
        self._hint_text = ""
        self._keep_drawing()
        await self.show_stage(same=True)

    def action_flag(self) -> None:
        """Flag the card, or take the flag away."""
        self.study_app.when_open(self._flag)

    def _flag(self) -> None:
        current = self.session.current
        if current is not None:
            self.session.act("unflag" if current.record.flagged else "flag")
            self._head.show(self._head_picture)

    async def action_paper(self) -> None:
        """Draw on paper instead, or back to the shorthand."""
        waits = self.stage is Stage.FRONT and self._draft.drawn is None
        if self.session.diagram() is None or not waits:
            return
        self._keep_drawing()
        self._draft.paper = not self._draft.paper
        await self.show_stage()

    def _keep_drawing(self) -> None:
        for panel in self.query(ShorthandPanel).results():
            self._draft.shorthand = panel.query_one(Input).value

    def action_bury(self) -> None:
        """Not today."""
        note = _("Put away until tomorrow; u takes it back.")
        self.study_app.when_open(lambda: self.call_later(self._put_away, "bury", note))

    def action_suspend(self) -> None:
        """Not until it is resumed."""
        note = _("Suspended; u takes it back.")
        self.study_app.when_open(lambda: self.call_later(self._put_away, "suspend", note))

    async def _put_away(self, kind: str, note: str) -> None:
        if self.session.current is not None and not self._run.live:
            self.session.act(kind)
            self.study_app.say(note)
            await self.show_card()

    async def action_edit(self) -> None:
        """Open the card's line in $EDITOR and read it anew."""
        current = self.session.current
        if current is not None and not self._run.live and self.study_app.edit(current.front.card):
            try:
                self.session.reload()
            except StudyBuddyError as problem:
                self.study_app.say(str(problem))
            await self.show_stage()

    def action_scroll(self, pages: int) -> None:
        """Scroll the card."""
        body = self.query_one("#body", VerticalScroll)
        body.scroll_relative(y=pages * max(1, body.size.height - 2), animate=False)

    async def action_leave(self) -> None:
        """Out of the field first; then stop the run; then back to Today."""
        if isinstance(self.focused, Input):
            self.set_focus(None)
        elif self._run.live:
            self._run.stop()
        elif self.stage is Stage.RUNNING:
            self.session.skip_run()
            await self.show_card()
        else:
            self.study_app.pop_screen()

    # ── keys ─────────────────────────────────────────────────────────────────

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _on_focus_moved(self) -> None:
        self.refresh_keys()

    async def on_key(self, event: Key) -> None:
        """Digits grade even when the bar has lost the focus."""
        panel = self._panel()
        if (
            isinstance(panel, GradeBar)
            and self.focused is not panel
            and panel.by_key(plain_key(event))
        ):
            event.stop()

    def hints(self) -> list[KeyHint]:
        """What can be done at this stage."""
        return review_hints(
            self.session,
            self._panel(),
            typing=isinstance(self.focused, Input),
            live=self._run.live,
            common=self.common_hints(),
        )

    def more_commands(self) -> list[tuple[str, str, str]]:
        """What is done to a card more rarely."""
        return [
            (_("Put the card away until tomorrow"), "b, F7", "screen.bury"),
            (_("Suspend the card"), "s, F8", "screen.suspend"),
            (_("Edit the card"), "e, F9", "screen.edit"),
        ]

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key, with its twin for input methods."""
        return review_help()
