"""Review: what is about to be forgotten, asked in the order that saves most."""

from textual.binding import Binding

from nexus_tui.tutor.quiz import Session
from nexus_tui.tutor.review import LabDue
from nexus_tui.ui.screens.reviewpage import DAYS, FORMS, ReviewPage
from nexus_tui.ui.text import clean
from nexus_tui.ui.widgets.pane import Pane
from nexus_tui.ui.widgets.topbar import TopBar

AGAIN = "Do {title} again, {form}? What is in its files now is kept: t brings it back."


class ReviewScreen(ReviewPage):
    """How many, about how long, of which modules; enter starts. Labs that come back below."""

    BINDINGS = [
        Binding("enter", "start", "Begin", key_display="enter"),
        Binding("a", "start(True)", "All of them"),
        Binding("l", "lab", "Lab again"),
        Binding("right", "other(1)", "Another lab", show=False),
        Binding("left", "other(-1)", "Another lab", show=False),
        Binding("u,f4", "undo", "Undo"),
        Binding("s", "aside", "Set aside"),
    ]

    def on_mount(self) -> None:
        """Keys scroll the page."""
        self.query_one(Pane).focus()

    def on_screen_resume(self) -> None:
        """Count again."""
        self._show()
        self.query_one(Pane).focus()

    def on_screen_suspend(self) -> None:
        """What was said is said."""
        self._note = ""

    def _show(self) -> None:
        self.nexus.attempt(self._count)
        self.nexus.due_count = self._card.count
        self.query_one(TopBar).refresh()
        self.query_one(Pane).show(self.lay_out)
        self.call_after_refresh(self._stand)  # the page has no lines before its first layout
        self.refresh_bindings()

    def _stand(self) -> None:
        """On a lab, where there is one."""
        pane = self.query_one(Pane)
        if pane.selected not in pane.items:
            pane.selected = next(iter(pane.items), "")

    def _count(self) -> None:
        reviews = self.tutor.quiz.reviews
        self._card = self.tutor.today.review()
        self._plan, self._ahead = reviews.plan(), reviews.ahead(DAYS + 1)
        self._labs, self._back = reviews.labs(), reviews.back
        self._done_today = reviews.done
        self._aside = len(reviews.buried()), len(reviews.flags())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing begins when nothing is due."""
        if action == "start":
            return self._card.count > (self.first if parameters else 0)
        if action in ("lab", "other"):
            return len(self._labs) > (action == "other")
        return any(self._aside) if action == "aside" else True

    # Keys

    def action_start(self, all_of_them: bool = False) -> None:
        """Ask."""
        from nexus_tui.ui.screens.quiz import QuizScreen

        limit = None if all_of_them else self.first
        session = self.nexus.attempt(lambda: self.tutor.quiz.review(limit))
        if session and session.questions:
            self.app.push_screen(QuizScreen(session, on_done=self._done))

    def _done(self, session: Session) -> None:
        total = len(session.results)
        self._note = f"{session.right} of {total} right. Saved." if total else ""
        self._show()

    def action_undo(self) -> None:
        """Take today's last answer back, also after a restart."""
        undone = self.nexus.attempt(self.tutor.quiz.reviews.undo)
        if undone is None:
            return
        self._note = "No answer of today is left to take back."
        if undone:
            question = self.nexus.attempt(lambda: self.tutor.course.question(undone))
            asked = clean(question.prompt.text) if question else clean(undone)
            self._note = f"Taken back, as if it had not been given: {asked}"
        self._show()

    def action_aside(self) -> None:
        """What was buried or flagged."""
        from nexus_tui.ui.screens.aside import AsideScreen

        self.app.push_screen(AsideScreen())

    def action_other(self, by: int) -> None:
        """Another lab."""
        pane = self.query_one(Pane)
        items = pane.items
        at = items.index(pane.selected) if pane.selected in items else 0
        pane.selected = items[(at + by) % len(items)]
        pane.reveal(pane.selected)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A lab was clicked."""
        message.pane.selected = message.item
        self.action_lab()

    def action_lab(self) -> None:
        """Do a lab again, once it was said that its files are put back."""
        from nexus_tui.ui.screens.dialogs import ConfirmScreen

        chosen = self.query_one(Pane).selected
        lab = next((lab for lab in self._labs if lab.head.id == chosen), self._labs[0])
        if lab.begun:
            self._begin(lab)
            return
        asks = AGAIN.format(title=clean(lab.head.title), form=FORMS[lab.form])
        self.nexus.push_screen(ConfirmScreen(asks), lambda sure: self._begin(lab, sure))

    def _begin(self, lab: LabDue, sure: bool | None = True) -> None:
        from nexus_tui.ui.screens.lab import LabScreen

        opened = self.nexus.attempt(lambda: self.tutor.quiz.reviews.begin(lab)) if sure else None
        if opened:
            self.app.push_screen(LabScreen(opened))
