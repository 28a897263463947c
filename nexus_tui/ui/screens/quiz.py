"""Questions, one at a time: the quiz of a lesson, today's reviews, a question between sections."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from nexus_tui.tutor.quiz import Confidence, Session
from nexus_tui.ui.questions import keys
from nexus_tui.ui.questions.field import Field
from nexus_tui.ui.questions.typed import Typed
from nexus_tui.ui.screens.asking import AskingScreen
from nexus_tui.ui.widgets.pane import Pane
from nexus_tui.ui.widgets.topbar import TopBar
from nexus_tui.ui.writing import MARK, NOTE, Writing

if TYPE_CHECKING:
    from nexus_tui.tutor.journal import Kind

Done = Callable[[Session], None]


class QuizScreen(Writing, AskingScreen):
    """Asks a session's questions. ``on_done`` is called when it is left, with what was answered."""

    CSS_PATH = "quiz.tcss"
    BINDINGS = [*keys.BINDINGS, NOTE, MARK]

    def __init__(self, session: Session, *, on_done: Done | None = None) -> None:
        super().__init__(session)
        self.PLACE = "review" if session.context == "review" else "learn"
        self._on_done = on_done
        self._counted = 0
        """Answers of this run that no longer wait to be reviewed."""

    def on_mount(self) -> None:
        """Begin."""
        self.start()

    def start(self) -> None:
        """Ask the first question."""
        self.begin(self.session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        if self._run is None:
            return action == "leave"
        if action == "lesson":
            return bool(self._lesson())
        return keys.can(self.run, action, parameters)

    # Answering

    def action_press(self, shape: str, key: str) -> None:
        """A key of the sheet."""
        if self.run.sheet and self.run.sheet.typed:
            self._type()
            return
        self.run.press(key)
        self._answered()

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A row was clicked."""
        if message.pane.id != "page":
            return
        if self.run.phase == "end":
            message.pane.selected = message.item
        else:
            self.run.click(message.item)
            self._answered()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click into the field, while asked how sure: the answer may change again."""
        if self._run is not None and self.typing and self.run.phase == "sure":
            self.run.ask_again()
            self.redraw()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter in the field."""
        self.action_hand_in()

    def action_hand_in(self) -> None:
        """What was typed is the answer."""
        sheet = self.run.sheet
        if self.run.phase == "explain":
            self.run.say(self.query_one(Field).text)
            self.redraw()
        elif isinstance(sheet, Typed):
            sheet.text = self.query_one(Field).text
            self.run.hand_in()
            self._answered()

    def action_words(self) -> None:
        """Back into the field."""
        self.query_one(Field).type()

    def action_explain(self) -> None:
        """Write a line before the options are shown, or do so no more."""
        self.run.turn_explain()
        self.redraw()

    def action_sure(self, confidence: Confidence) -> None:
        """How sure."""
        self.run.sure(confidence)
        self._answered()

    def action_unknown(self) -> None:
        """I don't know."""
        self.run.unknown()
        self._answered()

    def action_retry(self) -> None:
        """Save what could not be saved."""
        self.run.retry()
        self._answered()

    def _answered(self) -> None:
        """Something may have been answered."""
        self._count()
        self.redraw()

    def _count(self) -> None:
        """A review that was just answered waits no more."""
        answered = len(self.run.session.results)
        if self.run.session.context == "review" and answered != self._counted:
            self._waits(self._counted - answered)
            self._counted = answered

    def _waits(self, by: int) -> None:
        """So many more wait, or fewer."""
        self.nexus.due_count = max(self.nexus.due_count + by, 0)
        self.query_one(TopBar).refresh()

    def action_hint(self) -> None:
        """Open the hint."""
        self.run.hint()
        self.redraw()

    def action_evidence(self, number: int | None = None) -> None:
        """Open the next evidence."""
        self.run.turn_evidence(number)
        self.redraw()

    def action_undo(self) -> None:
        """Take the newest answer back."""
        before = self.run.question
        self.run.take_back()
        self._count()
        self.redraw(fresh=self.run.question is not before)

    def action_bury(self) -> None:
        """Not today: it comes back tomorrow by itself."""
        session = self.run.session
        before = len(session.questions)
        self.nexus.attempt(lambda: self.tutor.quiz.bury(session))
        if len(session.questions) == before:
            return
        self._waits(-1)
        self.run.bring()
        if session.questions:
            self.redraw(fresh=True)
        else:
            self.action_finish()

    def action_flag(self) -> None:
        """There is something wrong with the question, or it is worth another look."""
        from nexus_tui.ui.questions.remark import RemarkScreen

        if self.run.question:
            id = self.run.question.id
            old = self.nexus.attempt(lambda: self.tutor.quiz.reviews.flagged(id))
            screen = RemarkScreen(old.text if old else "")
            self.app.push_screen(screen, lambda text: self._flag(id, text))

    def _flag(self, question: str, text: str | None) -> None:
        if text is not None:
            self.nexus.attempt(lambda: self._flagged(question, text))

    def _flagged(self, question: str, text: str) -> None:
        self.tutor.quiz.reviews.flag(question, text)
        self.run.note = "Flagged. Review lists it; there the flag can be taken away."
        self.redraw()

    # Going on

    def action_next(self) -> None:
        """The next question; after the last, the end."""
        self.run.next()
        if self.run.phase == "end" and self.compact:
            self.action_finish()
        else:
            self.redraw(fresh=True)

    def action_again(self) -> None:
        """Once more, the missed ones."""
        self._counted = 0
        self.begin(self.tutor.quiz.again(self.run.session))

    def _lesson(self) -> str:
        """Id of the question whose lesson this is about, or of a lesson, or ""."""
        if self.run.phase == "end":
            pane = self.query_one("#page", Pane)
            item = pane.selected or next(iter(pane.items), "")
            return item.removeprefix("read:") if item.startswith("read:") else ""
        question = self.run.question
        return question.id if question and self.tutor.quiz.lesson_of(question) else ""

    def action_lesson(self) -> None:
        """Read the lesson this is about."""
        if lesson := self._lesson():
            self.nexus.open_id(lesson)

    def action_leave(self) -> None:
        """Back: from saying how sure to choosing, from a field to the keys, else out."""
        if self._run is None:
            self.app.pop_screen()
        elif self.run.phase == "sure":
            self.run.ask_again()
            self.redraw()
            if isinstance(self.run.sheet, Typed):
                self._type()
        elif self.typing:
            self.query_one("#page").focus()
        else:
            self.action_finish()

    def _type(self) -> None:
        self.run.ask_again()
        self.redraw()
        self.query_one(Field).type()

    def action_finish(self) -> None:
        """Leave; what was answered is saved."""
        if self.app.screen is self:
            self.app.pop_screen()
            if self._on_done:
                self._on_done(self.run.session)

    def note_subject(self) -> "tuple[str, Kind]":
        """The question; at the end, the lesson of the last one."""
        question, asked = self.run.question, self.run.session.questions
        if question and self.run.phase != "end":
            return question.id, "note"
        return asked[-1].partition("#")[0] if asked else "", "takeaway"

    # Looking

    def action_scroll(self, by: int) -> None:
        """Scroll by lines; at the end of a run, from lesson to lesson."""
        pane = self.query_one("#page", Pane)
        items = pane.items if self.run.phase == "end" else []
        if not items:
            pane.action_line(by)
            return
        at = items.index(pane.selected) + by if pane.selected in items else 0
        pane.selected = items[max(0, min(at, len(items) - 1))]
        pane.reveal(pane.selected)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self.query_one("#page", Pane).action_page(by)

    def action_nothing(self) -> None:
        """A digit that chooses nothing here."""

    def on_screen_suspend(self) -> None:
        """The clock of a question stops while another screen is in front."""
        if self._run is not None:
            self.run.pause()

    def on_screen_resume(self) -> None:
        """And goes on."""
        if self._run is not None:
            self.run.resume()
