"""A sitting line by line: for a plain terminal, a screen reader or a script."""

from __future__ import annotations

from studybuddy.app.screens.faces import back_picture, front_picture
from studybuddy.catalogue.predictions import Progress
from studybuddy.cli.asking import ask_answer
from studybuddy.cli.figures import print_numbered, print_picture
from studybuddy.cli.lines import EndOfInput, Wish, ask, choose, numbers_in
from studybuddy.cli.output import ProgressLine, say, talk
from studybuddy.cli.terminal import text_width
from studybuddy.clock import Clock
from studybuddy.errors import StudyBuddyError
from studybuddy.grading.grades import GRADES, SIMPLE, grade_name
from studybuddy.study.current import Current, Stage
from studybuddy.study.session import Session
from studybuddy.text.translation import _, ngettext


class Sitting:
    """Asks card after card until the queue, the input or the learner's patience ends."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._shown: tuple[object, ...] = ()
        self._told = 0

    def run(self) -> None:
        """The whole sitting."""
        try:
            while self._session.current is not None:
                self._tell_problems()
                try:
                    self._step(self._session.current)
                except Wish as wish:
                    if wish.letter == "q":
                        break
                    self._obey(wish.letter)
                except StudyBuddyError as problem:
                    talk(str(problem))
        except EndOfInput:
            pass
        self._tell_problems()
        answered = self._session.answered
        say()
        say(ngettext("{n} answer saved", "{n} answers saved", answered).format(n=answered))
        left = self._session.left
        if left:
            say(ngettext("{n} card left", "{n} cards left", left).format(n=left))

    def _tell_problems(self) -> None:
        for problem in self._session.problems[self._told :]:
            talk(problem)
        self._told = len(self._session.problems)

    # ── one stage ────────────────────────────────────────────────────────────

    def _step(self, current: Current) -> None:
        match current.stage:
            case Stage.FRONT:
                self._show_front(current)
                answer, confidence = ask_answer(current.front, self._clock.monotonic)
                self._session.submit(answer, confidence)
            case Stage.RUNNING:
                self._run(current)
            case Stage.MARKING:
                self._mark(current)
            case Stage.VERDICT:
                self._grade(current)

    def _first_time(self, current: Current) -> bool:
        key = (id(current), current.stage, current.front.card.language)
        fresh = key != self._shown
        self._shown = key
        return fresh

    def _show_front(self, current: Current) -> None:
        if not self._first_time(current):
            return
        card = current.front.card
        notes = [card.id, card.kind]
        if current.item.act == "drill":
            notes.append(_("again"))
        if current.item.act == "cram":
            notes.append(_("cram"))
        if current.pretest:
            notes.append(_("first prediction, no grade"))
        say()
        say(f"── {' · '.join(notes)} ──")
        print_picture(front_picture(current, text_width()))
        self._session.shown()

    def _run(self, current: Current) -> None:
        from studybuddy.lab.run import run

        task = current.front.task
        assert task is not None
        talk(_("Your prediction is sealed; the networks run."))
        line = ProgressLine()

        def report(step: Progress) -> None:
            line.show(step.done, step.total, step.message)

        try:
            result = run(task, report)
        except StudyBuddyError as problem:
            line.close()
            talk(str(problem))
            talk(_("Your prediction stays sealed; the card waits for its run."))
            self._session.skip_run()
            return
        finally:
            line.close()
        self._session.resolve(result)

    def _mark(self, current: Current) -> None:
        wanted = self._session.ticks_wanted()
        if self._first_time(current):
            print_picture(back_picture(current, text_width()))
            say()
            print_numbered(wanted)
        picked = choose(
            _("Which of these did you have? (numbers; Enter: none)"),
            len(wanted),
            several=True,
            none=True,
        )
        self._session.mark([index in picked for index in range(len(wanted))])

    def _grade(self, current: Current) -> None:
        if self._first_time(current):
            say()
            print_picture(back_picture(current, text_width()))
        if current.pretest:
            ask(_("A first prediction takes no grade. Enter goes on:"))
            self._session.grade(None)
            return
        simple = self._session.settings.grade_scale == "simple"
        grades = SIMPLE if simple else GRADES
        suggested = self._session.suggested()
        wanted = 4 if suggested is None else suggested
        default = max((grade for grade in grades if grade <= wanted), default=grades[0])
        days = self._session.intervals()
        keys = {place + 1 if simple else grade: grade for place, grade in enumerate(grades)}
        labels = [f"{key} {grade_name(grade)} {_days(days[grade])}" for key, grade in keys.items()]
        prompt = f"{' · '.join(labels)} ({_('Enter: {grade}').format(grade=grade_name(default))})"
        while True:
            text = ask(prompt)
            numbers = numbers_in(text)
            if not text:
                self._session.grade(default)
                return
            if numbers and len(numbers) == 1 and numbers[0] in keys:
                self._session.grade(keys[numbers[0]])
                return
            talk(_("One of the numbers before the grades, please."))

    # ── commands ─────────────────────────────────────────────────────────────

    def _obey(self, letter: str) -> None:
        session = self._session
        if letter == "u":
            card = session.undo()
            talk(
                _("Nothing to take back.")
                if card is None
                else _("Taken back: {card}").format(card=card)
            )
            self._shown = ()
        elif letter == "h":
            hint = session.hint()
            talk(
                _("Remember: ") + " ".join(hint.split("\n"))
                if hint
                else _("This card has no hint.")
            )
        elif letter == "l":
            session.speak("en" if session.language == "zh" else "zh")
        elif letter == "p":
            talk(_("Paper is for cards that ask for a drawing."))
        else:
            talk(
                _(
                    "Answer the question, then grade yourself; Enter takes what is suggested.\n"
                    "u undo · h hint · l other language · p draw on paper · q quit · ? this help\n"
                    "Where a text is asked, put a colon before them: :u :h :l :q\n"
                    "Every answer is saved as soon as it is given."
                )
            )


def _days(days: int | None) -> str:
    if days is None:
        return "–"
    return ngettext("{n} day", "{n} days", days).format(n=days)
