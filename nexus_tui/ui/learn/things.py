"""What stands on a page of a lesson and can be used: samples, questions, terms, the next things."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from nexus_tui.course.model import Lesson
from nexus_tui.tutor.quiz import Session
from nexus_tui.ui import reading
from nexus_tui.ui.widgets.pane import Pane
from nexus_tui.ui.writing import Writing

if TYPE_CHECKING:
    from nexus_tui.tutor.journal import Kind


class PageScreen(Writing):
    """A page of a lesson in the pane ``#reader``; which one is up to who inherits."""

    def __init__(self) -> None:
        super().__init__()
        self.lesson: Lesson | None = None
        self.section = 0
        self._page: reading.Page | None = None
        self._asked: set[str] = set()
        self._asking: Session | None = None
        """The questions asked last; they may be left for the lesson before their end."""

    def turn(self, section: int) -> None:
        """Go to another section."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw the page again, from where it is."""
        raise NotImplementedError

    def action_forward(self) -> None:
        """Go on."""
        raise NotImplementedError

    def action_reader(self) -> None:
        """To the page."""
        raise NotImplementedError

    # Questions

    def ask(self, ids: list[str], then: Callable[[], None] | None = None) -> None:
        """Ask these questions, then do something, or go on reading here."""
        from nexus_tui.ui.screens.quiz import QuizScreen

        lesson = self.lesson
        assert lesson is not None
        title = lesson.sections[self.section].title

        def done(session: Session) -> None:
            self._asked |= set(ids)
            (then or self.redraw)()

        self._asking = session = self.tutor.quiz.session(title, tuple(ids), "lesson")
        self.nexus.push_screen(QuizScreen(session, on_done=done))

    def action_quiz(self) -> None:
        """The whole quiz of this lesson."""
        from nexus_tui.ui.screens.quiz import QuizScreen

        if self.lesson:
            id = self.lesson.head.id
            session = self.nexus.attempt(lambda: self.tutor.quiz.of_lesson(id))
            if session:
                self.nexus.push_screen(QuizScreen(session))

    # Things on the page

    def action_item(self, by: int) -> None:
        """Select the next sample or question on the page."""
        pane = self.query_one("#reader", Pane)
        if self.focused is not pane:
            self.action_reader()
            return
        items = pane.items
        if items:
            index = (
                items.index(pane.selected) + by if pane.selected in items else (0 if by > 0 else -1)
            )
            pane.selected = items[index % len(items)]
            pane.reveal(pane.selected)

    def action_enter(self) -> None:
        """Do what is selected; else go on."""
        selected = self.query_one("#reader", Pane).selected
        if selected:
            self._do(selected)
        else:
            self.action_forward()

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A thing on the page was clicked."""
        if message.pane.id == "reader":
            message.pane.selected = message.item
        self._do(message.item)

    def _do(self, item: str) -> None:
        verb, _, rest = item.partition(":")
        if verb == "run":
            self._run(int(rest))
        elif verb == "ask":
            self.ask([rest])
        elif verb == "go":
            self.turn(int(rest))
        elif verb == "term":
            self._explain(rest)

    def _explain(self, word: str) -> None:
        from nexus_tui.ui.screens.terms import TermScreen

        if term := self.tutor.study.term(word):
            self.nexus.push_screen(TermScreen([term]))

    def action_terms(self) -> None:
        """Walk through the terms of the page, from the one nearest the top of the screen."""
        from nexus_tui.ui.learn.termwalk import TermWalk
        from nexus_tui.ui.screens.terms import TermScreen

        if self._page is None:
            return
        walk = TermWalk(self.tutor.glossary, self.query_one("#reader", Pane), self._page)
        if terms := walk.terms:
            self.nexus.push_screen(TermScreen(terms, walk.turned))
        else:
            self.notify("No word of the glossary stands on this page.", markup=False)

    def note_subject(self) -> "tuple[str, Kind]":
        """The section that is up."""
        if self.lesson is None:
            return "", "note"
        slug = self.lesson.sections[self.section].slug
        return self.tutor.journal.subjects.of_section(self.lesson.head.id, slug), "note"

    def action_run(self) -> None:
        """Run the selected sample, or the first on the screen."""
        pane = self.query_one("#reader", Pane)
        samples = [item for item in pane.items if item.startswith("run:")]
        chosen = pane.selected if pane.selected in samples else next(iter(samples), "")
        if chosen:
            pane.selected = chosen
            self._run(int(chosen.partition(":")[2]))
        else:
            self.notify("There is no sample on this page that runs.", markup=False)

    def _run(self, number: int) -> None:
        from nexus_tui.ui.screens.output import OutputScreen

        if self._page is None or number >= len(self._page.samples):
            return
        lesson = self._page.lesson
        code = self._page.samples[number]
        self.nexus.push_screen(OutputScreen(lesson.head.id, code))
