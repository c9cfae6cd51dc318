"""The review: front, answer (committed), verdict with reasons, grade (committed), next card."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import get_current_worker

from studybuddy.app.keys import KeyHint, KeyLine, plain_key
from studybuddy.app.panels.base import Answered, PaperDone
from studybuddy.app.panels.drawing import PaperPanel, ShorthandPanel
from studybuddy.app.panels.grades import GradeBar
from studybuddy.app.panels.order import OrderList
from studybuddy.app.panels.pick import PickList
from studybuddy.app.panels.typed import TypedAnswers
from studybuddy.app.screens.base import StudyScreen
from studybuddy.app.screens.faces import back_picture, front_picture, hint_picture
from studybuddy.app.shown import PictureView
from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Progress, Result, Task
from studybuddy.decks.model import Choice, Cloze, Compose, Diagram, Order, Short
from studybuddy.errors import StudyBuddyError
from studybuddy.grading.grades import SIMPLE
from studybuddy.grading.numbers import read_number
from studybuddy.lab.run import Cancelled, run
from studybuddy.pictures.prose import wrap_segments
from studybuddy.pictures.rows import Picture, PictureRow, Segment
from studybuddy.study.answer import (
    Answer,
    Chosen,
    Computed,
    Drawn,
    Gaps,
    OnPaper,
    Ordered,
    Predicted,
    Written,
)
from studybuddy.study.session import Session, Stage
from studybuddy.text.translation import _, ngettext
from studybuddy.text.width import cell_width, crop, pad_left

CONFIDENCES = (50, 70, 90, 99)
FULL = (0, 1, 2, 3, 4, 5)
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
    ReviewScreen #progress { height: auto; padding: 0 2; }
    ReviewScreen Input { border: round $panel-lighten-2; }
    ReviewScreen Input:focus { border: round $primary; }
    """

    class RunEnded(Message):
        """A live run ended: with a result, or with a sentence that says why not."""

        def __init__(self, task: Task, result: Result | None, fault: str) -> None:
            super().__init__()
            self.task = task
            self.result = result
            self.fault = fault

    class RunProgressed(Message):
        """A live run has come so far."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._front = PictureView(id="front")
        self._back = PictureView(id="back")
        self._hint = PictureView(id="hint")
        self._head = PictureView(self._head_picture, id="head")
        self._progress = PictureView(id="progress")
        self._typed: tuple[str, ...] = ()
        self._at = -1
        self._hint_text = ""
        self._shorthand = ""
        self._drawn: Drawn | OnPaper | None = None
        self._prediction: float | int | None = None
        self._paper = False
        self._live = False
        self._run_note = ""

    def compose(self) -> ComposeResult:
        """Head, the card's two faces, the panel for the answer, the keys."""
        yield self._head
        with VerticalScroll(id="body", can_focus=False):
            yield self._front
            yield self._hint
            yield self._back
        yield self._progress
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
        self._typed, self._at, self._hint_text, self._shorthand = (), -1, "", ""
        self._drawn, self._prediction, self._paper = None, None, False
        self._live, self._run_note = False, ""
        await self.show_stage()
        self.session.shown()

    async def show_stage(self) -> None:
        """Draw the card as it stands, and put the panel there that its stage needs."""
        self._draw()
        panel = self.query_one("#panel", Container)
        await panel.remove_children()
        widget = self._panel()
        self.set_class(isinstance(widget, ShorthandPanel), "-drawing")
        panel.display = widget is not None
        if widget is not None:
            await panel.mount(widget)
            if isinstance(widget, ShorthandPanel | TypedAnswers):
                widget.focus_field()
            else:
                widget.focus()
        else:
            self.set_focus(None)
        body = self.query_one("#body", VerticalScroll)
        body.scroll_home(animate=False)
        if self.stage is Stage.RUNNING and not self._live and not self._run_note:
            self._start_run()
        if self.stage is Stage.VERDICT and self.session.current is not None:
            self.call_after_refresh(self._to_verdict)
        self.refresh_keys()

    def _to_verdict(self) -> None:
        """Scroll so that the verdict is seen from its first line when the front is long."""
        body = self.query_one("#body", VerticalScroll)
        room = body.size.height
        if self._front.size.height + min(self._back.size.height, 8) > room:
            body.scroll_to(y=max(0, self._front.size.height - 3), animate=False)

    def _draw(self) -> None:
        self._head.show(self._head_picture)
        self._front.show(self._front_picture)
        self._hint.show(lambda width: hint_picture(self._hint_text, min(width, WIDEST)))
        self._back.show(self._back_picture)
        self._progress.show(self._progress_picture)

    def relabel(self) -> None:
        """The interface's language changed."""
        self._draw()
        self.refresh_keys()

    def _head_picture(self, width: int) -> Picture:
        session = self.session
        current = session.current
        if current is None:
            return ((Segment(_("The sitting is over"), "heading"),),)
        card = current.front.card
        act = {"drill": _("again"), "cram": _("cram")}.get(current.item.act, "")
        flags = [
            act,
            _("flagged") if current.record.flagged else "",
            _("keeps being forgotten") if session.leech() else "",
            "" if card.core else _("extension"),
        ]
        left = ngettext("{n} card left", "{n} cards left", session.left).format(n=session.left)
        right = " · ".join([*(flag for flag in flags if flag), left])
        title = crop(self.study_app.topic_title(card), max(4, width - cell_width(right) - 2))
        return (
            (
                Segment(title, "heading"),
                Segment(pad_left(right, max(1, width - cell_width(title))), "dim"),
            ),
        )

    def _front_picture(self, width: int) -> Picture:
        width = min(width, WIDEST)
        current = self.session.current
        if current is not None:
            return front_picture(current, width, self._typed, self._at)
        rows: list[PictureRow] = [
            (Segment(_("Done for now."), "right"),),
            (
                Segment(
                    ngettext(
                        "{n} answer in this sitting; all of them are saved.",
                        "{n} answers in this sitting; all of them are saved.",
                        self.session.answered,
                    ).format(n=self.session.answered)
                ),
            ),
            (),
        ]
        for problem in self.session.problems[:5]:
            rows += wrap_segments([Segment(problem, "missing")], width)
        rows.append((Segment(_("Enter or Esc: back to Today"), "dim"),))
        return tuple(rows)

    def _back_picture(self, width: int) -> Picture:
        current = self.session.current
        if current is None or current.stage in (Stage.FRONT, Stage.RUNNING):
            return ()
        return ((), *back_picture(current, min(width, WIDEST)))

    def _progress_picture(self, width: int) -> Picture:
        if not self._run_note:
            return ()
        return tuple(wrap_segments([Segment(self._run_note, "gold")], width))

    # ── the panel for each kind and stage ────────────────────────────────────

    def _panel(self) -> Widget | None:
        current = self.session.current
        if current is None or current.stage is Stage.RUNNING:
            return None
        if current.stage is Stage.VERDICT:
            return GradeBar(
                SIMPLE if self.session.settings.grade_scale == "simple" else FULL,
                self.session.intervals(),
                self.session.suggested(),
                pretest=current.pretest,
            )
        if current.stage is Stage.MARKING:
            return PickList(self.session.ticks_wanted(), several=True)
        return self._front_panel()

    def _front_panel(self) -> Widget | None:
        current = self.session.current
        assert current is not None
        front = current.front
        match front.card.body:
            case Choice() as body:
                return PickList(
                    [body.options[index].text for index in front.shuffled], several=body.several
                )
            case Order(steps):
                return OrderList([steps[index] for index in front.shuffled])
            case Cloze() as body:
                return TypedAnswers([_("Gap {n}").format(n=i + 1) for i in range(len(body.gaps))])
            case Short():
                return TypedAnswers(
                    [_("Your answer, in a line")],
                    placeholder=_("say it aloud and press Enter, or type it"),
                )
            case Diagram() | Compose():
                return self._drawing_panel()
            case _ if front.compute is not None:
                return TypedAnswers(front.compute.asked, placeholder=_("a number: 0.25, 1/4, 25 %"))
            case _ if front.task is not None:
                return self._prediction_panel(front.task)
            case _:
                return None

    def _drawing_panel(self) -> Widget:
        current = self.session.current
        assert current is not None
        if self._drawn is not None:
            return TypedAnswers(
                [_("Explain it, in a line")],
                placeholder=_("say it aloud and press Enter, or type it"),
            )
        if self._paper:
            return PaperPanel(self.study_app.clock, current.front.card.seconds)
        return ShorthandPanel(self._shorthand)

    def _prediction_panel(self, task: Task) -> Widget:
        if self._prediction is not None:
            return PickList([_("{n} % sure").format(n=percent) for percent in CONFIDENCES], at=1)
        if isinstance(task.question, ChoiceQuestion):
            return PickList(task.question.options)
        question = task.question
        return TypedAnswers(
            [
                _(
                    "Your prediction, {low:g} to {high:g} {unit} (±{tolerance:g} counts as right)"
                ).format(
                    low=question.low,
                    high=question.high,
                    unit=question.unit,
                    tolerance=question.tolerance,
                )
            ]
        )

    # ── answers ──────────────────────────────────────────────────────────────

    @on(TypedAnswers.Changed)
    def _on_typed(self, event: TypedAnswers.Changed) -> None:
        event.stop()
        self._typed, self._at = event.texts, event.at
        current = self.session.current
        if current is not None and isinstance(current.front.card.body, Cloze):
            self._front.show(self._front_picture)

    @on(Answered)
    async def _on_answered(self, event: Answered) -> None:
        event.stop()
        current = self.session.current
        if current is None:
            return
        if current.stage is Stage.MARKING:
            ticked = set(event.value)
            count = len(self.session.ticks_wanted())
            self.session.mark([index in ticked for index in range(count)])
            await self.show_stage()
            return
        if current.stage is not Stage.FRONT:
            return
        value = event.value
        match current.front.card.body:
            case Choice():
                await self._submit(Chosen(tuple(current.front.shuffled[int(i)] for i in value)))
            case Order():
                await self._submit(Ordered(tuple(current.front.shuffled[int(i)] for i in value)))
            case Cloze():
                await self._submit(Gaps(tuple(str(text) for text in value)))
            case Short():
                await self._submit(Written(str(value[0])))
            case Diagram() | Compose():
                await self._drew(value)
            case _ if current.front.compute is not None:
                await self._submit(Computed(tuple(str(text) for text in value)))
            case _ if current.front.task is not None:
                await self._predicted(current.front.task, value)

    async def _drew(self, value: tuple[int, ...] | tuple[str, ...] | str) -> None:
        current = self.session.current
        assert current is not None
        if isinstance(value, str):
            self._shorthand = value
            drawn = Drawn(value)
            if isinstance(current.front.card.body, Diagram):
                await self._submit(drawn)
                return
            self._drawn = drawn
            await self.show_stage()
        elif isinstance(self._drawn, Drawn):
            await self._submit(Drawn(self._drawn.shorthand, str(value[0])))
        elif isinstance(self._drawn, OnPaper):
            await self._submit(OnPaper(self._drawn.seconds, str(value[0])))

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
            self._drawn = answer
            await self.show_stage()

    async def _predicted(self, task: Task, value: tuple[int, ...] | tuple[str, ...] | str) -> None:
        if self._prediction is None:
            if isinstance(task.question, NumberQuestion):
                number = read_number(str(value[0]))
                if number is None or not task.question.low <= number <= task.question.high:
                    self.study_app.say(
                        _("A number from {low:g} to {high:g}, please.").format(
                            low=task.question.low, high=task.question.high
                        )
                    )
                    return
                self._prediction = number
            else:
                self._prediction = int(value[0])
            await self.show_stage()
        else:
            await self._submit(Predicted(self._prediction), CONFIDENCES[int(value[0])])

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
        await self.study_app.opened.wait()
        try:
            self.session.grade(event.grade)
        except StudyBuddyError as problem:
            self.study_app.say(str(problem))
            return
        await self.show_card()

    # ── live runs ────────────────────────────────────────────────────────────

    def _start_run(self) -> None:
        current = self.session.current
        if current is None or current.front.task is None or self._live:
            return
        self._live = True
        self._run_note = _("Your prediction is sealed. The networks are starting …")
        self._progress.show(self._progress_picture)
        self.run_task(current.front.task)

    @work(thread=True, exclusive=True, exit_on_error=False, group="run")
    def run_task(self, task: Task) -> None:
        """Run the experiment off the screen's thread; torch is imported here."""
        worker = get_current_worker()
        try:
            result = run(
                task,
                self._report,
                lambda: worker.is_cancelled,
            )
        except Cancelled:
            self.post_message(self.RunEnded(task, None, _("The run was stopped.")))
        except StudyBuddyError as problem:
            self.post_message(self.RunEnded(task, None, str(problem)))
        else:
            self.post_message(self.RunEnded(task, result, ""))

    def _report(self, progress: Progress) -> None:
        self.post_message(self.RunProgressed(progress))

    @on(RunProgressed)
    def _on_progress(self, event: RunProgressed) -> None:
        if self._live:
            done, total = event.progress.done, max(1, event.progress.total)
            filled = min(24, 24 * done // total)
            self._run_note = (
                f"{'█' * filled}{'░' * (24 - filled)} {done}/{total}  {event.progress.message}"
            )
            self._progress.show(self._progress_picture)

    @on(RunEnded)
    async def _on_run_ended(self, event: RunEnded) -> None:
        current = self.session.current
        self._live = False
        if (
            current is None
            or current.stage is not Stage.RUNNING
            or current.front.task != event.task
        ):
            return
        if event.result is None:
            self._run_note = (
                event.fault
                + " "
                + _("Your prediction stays sealed: Enter runs it again, Esc goes on without it.")
            )
            self._progress.show(self._progress_picture)
            self.refresh_keys()
            return
        self._run_note = ""
        self.session.resolve(event.result)
        await self.show_stage()

    # ── actions ──────────────────────────────────────────────────────────────

    async def action_go(self) -> None:
        """Turn the card over, run again, or leave when the sitting is over."""
        current = self.session.current
        if current is None:
            self.study_app.pop_screen()
        elif current.stage is Stage.RUNNING and not self._live:
            self._run_note = ""
            self._start_run()
            self.refresh_keys()
        elif current.stage is Stage.FRONT and self._panel_widget() is None:
            await self._submit(None)
        elif (widget := self._panel_widget()) is not None:
            if isinstance(widget, ShorthandPanel | TypedAnswers):
                widget.focus_field()
            else:
                widget.focus()

    def _panel_widget(self) -> Widget | None:
        children = self.query_one("#panel", Container).children
        return children[0] if children else None

    def action_undo(self) -> None:
        """Take back the newest act; its card comes back to the table."""
        if not self._live:
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
        if self.stage not in (Stage.FRONT, Stage.MARKING, Stage.VERDICT):
            return
        self._hint_text = self.session.hint() or _("This card has no memory hook.")
        self._hint.show(lambda width: hint_picture(self._hint_text, min(width, WIDEST)))

    async def action_language(self) -> None:
        """The card in the other language."""
        if self._live:
            return
        self.session.speak("en" if self.session.language == "zh" else "zh")
        self._hint_text = ""
        await self.show_stage()

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
        if self.session.diagram() is None or self.stage is not Stage.FRONT or self._drawn:
            return
        for field in self.query(ShorthandPanel).results():
            self._shorthand = field.query_one(Input).value
        self._paper = not self._paper
        await self.show_stage()

    def action_bury(self) -> None:
        """Not today."""
        note = _("Put away until tomorrow; u takes it back.")
        self.study_app.when_open(lambda: self.call_later(self._put_away, "bury", note))

    def action_suspend(self) -> None:
        """Not until it is resumed."""
        note = _("Suspended; u takes it back.")
        self.study_app.when_open(lambda: self.call_later(self._put_away, "suspend", note))

    async def _put_away(self, kind: str, note: str) -> None:
        if self.session.current is None or self._live:
            return
        self.session.act(kind)
        self.study_app.say(note)
        await self.show_card()

    async def action_edit(self) -> None:
        """Open the card's line in $EDITOR and read it anew."""
        current = self.session.current
        if current is not None and not self._live and self.study_app.edit(current.front.card):
            try:
                self.session.reload()
            except StudyBuddyError as problem:
                self.study_app.say(str(problem))
            await self.show_stage()

    def action_scroll(self, pages: int) -> None:
        """Scroll the card."""
        body = self.query_one("#body", VerticalScroll)
        if pages > 0:
            body.scroll_page_down(animate=False)
        else:
            body.scroll_page_up(animate=False)

    async def action_leave(self) -> None:
        """Out of the field first; then stop the run; then back to Today."""
        if isinstance(self.focused, Input):
            self.set_focus(None)
            self.refresh_keys()
        elif self._live:
            self.workers.cancel_group(self, "run")
        elif self.stage is Stage.RUNNING:
            self.session.skip_run()
            await self.show_card()
        else:
            self.study_app.pop_screen()

    async def on_key(self, event: Key) -> None:
        """Digits grade even when the bar has lost the focus; full-width letters are letters."""
        widget = self._panel_widget()
        elsewhere = isinstance(widget, GradeBar) and self.focused is not widget
        if elsewhere and isinstance(widget, GradeBar) and widget.by_key(plain_key(event)):
            event.stop()
            return
        await super().on_key(event)

    # ── keys ─────────────────────────────────────────────────────────────────

    def hints(self) -> list[KeyHint]:
        """What can be done at this stage."""
        current = self.session.current
        if current is None:
            return [KeyHint("Enter", _("back to Today"), "screen.go"), *self.common_hints()]
        typing = isinstance(self.focused, Input)
        undo = KeyHint("F5" if typing else "u", _("undo"), "screen.undo")
        hint = KeyHint("F3" if typing else "h", _("hint"), "screen.hint")
        language = KeyHint("F2" if typing else "l", "中/EN", "screen.language")
        flag = KeyHint("F6" if typing else "f", _("flag"), "screen.flag")
        rest = [undo, hint, language, flag, *self.common_hints()]
        leave = KeyHint("Esc", _("leave the field") if typing else _("leave"), "screen.leave")
        match current.stage:
            case Stage.VERDICT:
                if current.pretest:
                    return [KeyHint("Enter", _("go on"), "screen.go"), *rest, leave]
                keys = "1–4" if self.session.settings.grade_scale == "simple" else "0–5"
                first = [KeyHint(f"{keys} ←→ Enter", _("grade"), "screen.go")]
            case Stage.MARKING:
                first = [
                    KeyHint("↑↓ →", _("tick what you had"), "screen.go"),
                    KeyHint("Enter", _("done"), "screen.go"),
                ]
            case Stage.RUNNING:
                if self._live:
                    return [KeyHint("Esc", _("stop the run"), "screen.leave"), *self.common_hints()]
                first = [KeyHint("Enter", _("run again"), "screen.go")]
            case _:
                first = self._front_hints(typing)
        return [*first, *rest, leave]

    def _front_hints(self, typing: bool) -> list[KeyHint]:
        widget = self._panel_widget()
        if isinstance(widget, ShorthandPanel):
            paper = KeyHint("F4" if typing else "p", _("on paper"), "screen.paper")
            return [KeyHint("Enter", _("hand in"), "screen.go"), paper]
        if isinstance(widget, PaperPanel):
            return [
                KeyHint("Enter", _("done"), "screen.go"),
                KeyHint("p", _("shorthand"), "screen.paper"),
            ]
        if isinstance(widget, OrderList):
            return [
                KeyHint("→ ↑↓", _("carry a step"), "screen.go"),
                KeyHint("Enter", _("hand in"), "screen.go"),
            ]
        if isinstance(widget, PickList):
            several = [KeyHint("→", _("tick"), "screen.go")] if widget.several else []
            return [
                KeyHint("↑↓", _("choose"), "screen.go"),
                *several,
                KeyHint("Enter", _("hand in"), "screen.go"),
            ]
        if isinstance(widget, TypedAnswers):
            return [
                KeyHint("Enter", _("next") if len(widget.labels) > 1 else _("hand in"), "screen.go")
            ]
        return [KeyHint("Enter", _("show the answer"), "screen.go")]

    def help_lines(self) -> list[tuple[str, str]]:
        """Every key, with its twin for input methods."""
        return [
            ("Enter, Space", _("show the answer, hand in, go on")),
            ("1–4 or 0–5", _("grade; ← → and Enter do the same")),
            ("↑ ↓", _("choose a line; → ticks it or picks a step up")),
            ("u, F5", _("take back, in any number of steps")),
            ("h, F3", _("the memory hook (before the answer it counts as a hint)")),
            ("l, F2", _("the card in the other language")),
            ("p, F4", _("draw on paper against a timer")),
            ("f, F6", _("flag the card")),
            ("b, F7", _("put it away until tomorrow")),
            ("s, F8", _("suspend it")),
            ("e, F9", _("edit it in $EDITOR")),
            ("PgUp PgDn", _("scroll the card")),
            ("Esc", _("leave the field, stop a run, back to Today")),
        ]
