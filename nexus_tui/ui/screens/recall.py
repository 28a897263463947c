"""What is behind a number: a module's lessons and labs, a lesson's objectives and questions."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widget import Widget

from nexus_tui.tutor import recall
from nexus_tui.ui.plots import behind
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.tutor.quiz import Session
    from nexus_tui.tutor.recall import LessonRecall, ModuleRecall
    from nexus_tui.ui.lines import Line


class RecallScreen(NexusScreen):
    """Opened at a module or a lesson; enter goes down, escape up and out."""

    BINDINGS = [
        Binding("enter", "open", "Open", key_display="enter"),
        Binding("a", "ask", "Ask these now"),
        Binding("l", "lesson", "Lesson"),
        Binding("down,j", "move(1)", "Next", show=False, priority=True),
        Binding("up,k", "move(-1)", "Previous", show=False, priority=True),
        Binding("escape,backspace", "back", "Back", key_display="esc"),
    ]

    def __init__(self, id: str, *, place: str = "progress") -> None:
        super().__init__()
        self.PLACE = place
        self._module: ModuleRecall | None = None
        self._lesson: LessonRecall | None = None
        self._start = self._shown = id

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Pane(id="recall-page")

    def on_mount(self) -> None:
        """Keys come here."""
        self.query_one(Pane).focus()

    def on_screen_resume(self) -> None:
        """Read again: something may have been answered."""
        self._show(self._shown)

    def _show(self, id: str, stand: str = "") -> None:
        """Put a module or lesson up; for one that cannot be read, say so and stay."""
        if self.nexus.attempt(lambda: self._read(id)) is None:
            if id == self._shown and "/" in id:  # there is nothing to stay at: its module then
                self._start = self._shown = id.partition("/")[0]
                self._show(self._shown, id)
            return
        pane, again = self.query_one(Pane), id == self._shown
        stand = stand or (pane.selected if again else "")
        self._shown = id
        pane.show(self.lay_out, keep=again)
        # The first time there is no width yet, and nothing on the page to stand on.
        self.call_after_refresh(self._stand, stand)

    def _stand(self, item: str) -> None:
        pane = self.query_one(Pane)
        pane.selected = item if item in pane.items else next(iter(pane.items), "")
        if pane.selected == item:
            pane.reveal(item)
        self.refresh_bindings()

    def _read(self, id: str) -> bool:
        lesson = recall.of_lesson(self.tutor, id) if "/" in id else None
        self._module, self._lesson = recall.of_module(self.tutor, id), lesson
        return True

    def lay_out(self, width: int) -> "Sequence[Line]":
        """The page of the lesson, or of the module."""
        if self._module is None:
            return []
        if self._lesson:
            return behind.lesson_page(self._module, self._lesson, width, self.glyphs)
        return behind.module_page(self._module, width, self.glyphs)

    @property
    def selected(self) -> str:
        """Id of what one stands on: a lesson, lab or question; ``lesson@key`` an objective."""
        return self.query_one(Pane).selected

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only questions that were met can be asked."""
        if action == "ask":
            return bool(self._lesson and any(q.memory for q in self._asked()))
        if action == "lesson":
            return bool(self._lesson)
        return True

    def action_move(self, by: int) -> None:
        """Another row."""
        pane = self.query_one(Pane)
        if items := pane.items:
            at = items.index(pane.selected) + by if pane.selected in items else 0
            if not 0 <= at < len(items):
                pane.action_line(by)
                return
            pane.selected = items[at]
            pane.reveal(pane.selected)
            self.refresh_bindings()

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A row was clicked: the first time it is selected, then opened."""
        again = message.pane.selected == message.item
        message.pane.selected = message.item
        self.refresh_bindings()
        if again or not self._lesson:
            self.action_open()

    def action_open(self) -> None:
        """Into a lesson; to a question's place in its lesson; to a lab."""
        chosen, module = self.selected, self._module
        if not chosen or module is None:
            return
        if any(head.id == chosen for head, _ in module.lessons):
            self._show(chosen)
        elif "@" in chosen:
            self.action_lesson()
        else:
            self.nexus.open_id(chosen)

    def action_lesson(self) -> None:
        """Read the lesson, where the question one stands on is dealt with."""
        if self._lesson:
            found = self._asked()
            self.nexus.open_id(found[0].id if found else self._lesson.head.id)

    def _asked(self) -> "Sequence[recall.QuestionRecall]":
        """The question one stands on, those of the objective, or all of the lesson."""
        lesson, chosen = self._lesson, self.selected
        if lesson is None:
            return ()
        for objective in lesson.objectives:
            if behind.item(lesson, objective) == chosen:
                return objective.questions
        return [q for q in lesson.questions if q.id == chosen] or lesson.questions

    def action_ask(self) -> None:
        """Ask those that were met, least remembered first."""
        from nexus_tui.ui.screens.quiz import QuizScreen

        if self._lesson:
            title = self._lesson.head.title
            made: Session | None = recall.session(self.tutor, title, self._asked())
            if made:
                self.app.push_screen(QuizScreen(made))

    def action_back(self) -> None:
        """Up to the module, else out."""
        if self._module and self._lesson and "/" not in self._start:
            self._show(self._module.module.id, self._lesson.head.id)
        elif self.app.screen is self:
            self.app.pop_screen()
