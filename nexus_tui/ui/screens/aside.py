"""Questions set aside: buried until tomorrow, and flagged; each can be asked, or put back."""

from collections.abc import Iterable, Sequence

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from nexus_tui.errors import NexusError
from nexus_tui.tutor.quiz import Session
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.questions.dashes import counted
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import clean, inline, plain, words
from nexus_tui.ui.widgets.pane import Pane

BURIED, FLAGGED = "bury:", "flag:"


class AsideScreen(NexusScreen):
    """Arrows choose; enter asks the question; x puts it back."""

    PLACE = "review"
    BINDINGS = [
        Binding("enter", "ask", "Ask it", key_display="enter"),
        Binding("x,delete", "lift", "Put back", key_display="x"),
        Binding("l", "lesson", "Lesson"),
        Binding("escape,backspace", "leave", "Back", key_display="esc"),
        Binding("down,j", "move(1)", "Next", show=False, priority=True),
        Binding("up,k", "move(-1)", "Previous", show=False, priority=True),
    ]

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Pane(id="aside-page")

    def on_mount(self) -> None:
        """Stand on the first."""
        self.query_one(Pane).focus()

    def on_screen_resume(self) -> None:
        """A question may have been answered, or flagged anew."""
        self._show()

    def _show(self) -> None:
        pane = self.query_one(Pane)
        at = pane.items.index(pane.selected) if pane.selected in pane.items else 0
        pane.show(self.lay_out, keep=True)
        self._stand(at)
        if not pane.selected:
            self.call_after_refresh(self._stand)  # the page has no lines before its first layout

    def _stand(self, at: int = 0) -> None:
        """Stand on a question, or on the last where there are fewer."""
        pane = self.query_one(Pane)
        pane.selected = pane.items[min(at, len(pane.items) - 1)] if pane.items else ""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what stands there can be asked or put back."""
        if action in ("ask", "lift", "lesson"):
            return bool(self.query(Pane) and self.query_one(Pane).selected)
        return True

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        """What is buried, then what is flagged."""
        reviews = self.tutor.quiz.reviews
        buried, flags = reviews.buried(), reviews.flags()
        made: list[Line] = [BLANK]
        if not buried and not flags:
            return [*made, *flow(plain("Nothing is set aside."), width)]
        if buried:
            told = f"Not today: {counted(len(buried), 'question')}. Back tomorrow."
            made += [*flow(plain(told, "bold"), width), BLANK]
        for id in buried:
            made += on(self._question(id, "", width), item=BURIED + id)
        if flags:
            told = f"Flagged: {counted(len(flags), 'question')}. Asked as ever."
            made += [*flow(plain(told, "bold"), width), BLANK]
        for flag in flags:
            made += on(
                self._question(flag.question, flag.text, width), item=FLAGGED + flag.question
            )
        return made

    def _question(self, id: str, text: str, width: int) -> list[Line]:
        prompt, lesson = self._words(id)
        made = list(flow(prompt, width, first="  ", rest="  "))
        if text:
            made += flow(words(("You: ", "bold"), plain(text)), width, first="  ", rest="  ")
        return [*made, *flow(plain(lesson, "$muted"), width, first="  ", rest="  "), BLANK]

    def _words(self, id: str) -> tuple[Content, str]:
        """A question's prompt and the title of its lesson; ids when the course has it no more."""
        try:
            question = self.tutor.course.question(id)
        except NexusError:
            return plain(clean(id)), "This course has it no more."
        head = self.tutor.quiz.lesson_of(question)
        return inline(question.prompt), clean(head.title if head else question.lesson)

    # Keys

    @property
    def _chosen(self) -> str:
        return self.query_one(Pane).selected.partition(":")[2]

    def action_move(self, by: int) -> None:
        """Another question."""
        pane = self.query_one(Pane)
        if items := pane.items:
            at = items.index(pane.selected) if pane.selected in items else -by
            pane.selected = items[max(0, min(at + by, len(items) - 1))]
            pane.reveal(pane.selected)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A question was clicked."""
        message.pane.selected = message.item
        self.refresh_bindings()

    def action_ask(self) -> None:
        """The question, alone."""
        from nexus_tui.ui.screens.quiz import QuizScreen

        session = self.tutor.quiz.session("Set aside", (self._chosen,), "lesson")
        self.app.push_screen(QuizScreen(session, on_done=self._asked))

    def _asked(self, session: Session) -> None:
        self._show()

    def action_lift(self) -> None:
        """Asked today after all; or flagged no more."""
        reviews, id = self.tutor.quiz.reviews, self._chosen
        buried = self.query_one(Pane).selected.startswith(BURIED)
        lift = reviews.bury if buried else reviews.flag
        self.nexus.attempt(lambda: lift(id, on=False))
        self._show()

    def action_lesson(self) -> None:
        """Where the lesson speaks of it."""
        self.nexus.open_id(self._chosen)

    def action_leave(self) -> None:
        """Back to Review."""
        self.app.pop_screen()
