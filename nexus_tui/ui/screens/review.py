"""Review: what is about to be forgotten, asked in the order that saves most."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from rich.cells import cell_len
from textual.binding import Binding
from textual.widget import Widget

from nexus_tui.tutor.quiz import Session
from nexus_tui.tutor.today import ReviewCard
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.questions.dashes import counted
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import clean, plain, words
from nexus_tui.ui.widgets.pane import Pane
from nexus_tui.ui.widgets.topbar import TopBar

DAYS = 7
AWAY = 7
"""Days without an answer after which the first session is a short one."""
SHORT = 10
ORDER = (
    "What you were sure of and wrong about comes first, then what is least remembered. "
    "Neighbors are of different lessons, where that can be."
)


class ReviewScreen(NexusScreen):
    """How many, about how long, of which modules; enter starts."""

    PLACE = "review"
    BINDINGS = [
        Binding("enter", "start", "Begin", key_display="enter"),
        Binding("a", "start(True)", "All of them"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._card = ReviewCard(0, 0.0, ())
        self._ahead: list[int] = []
        self._away = 0
        self._last: Session | None = None

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Pane(id="review-page")

    def on_mount(self) -> None:
        """Keys scroll the page."""
        self.query_one(Pane).focus()

    def on_screen_resume(self) -> None:
        """Count again."""
        self.nexus.attempt(self._count)
        self.nexus.due_count = self._card.count
        self.query_one(TopBar).refresh()
        self.query_one(Pane).show(self.lay_out)
        self.query_one(Pane).focus()
        self.refresh_bindings()

    def _count(self) -> None:
        quiz = self.tutor.quiz
        self._card = self.tutor.today.review()
        self._ahead = quiz.forecast(DAYS + 1)
        self._away = quiz.away()

    @property
    def first(self) -> int:
        """How many enter asks: a few after a break, else all."""
        count = self._card.count
        return min(count, SHORT) if self._away >= AWAY else count

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing begins when nothing is due."""
        if action == "start":
            return self._card.count > (self.first if parameters else 0)
        return True

    def action_start(self, all_of_them: bool = False) -> None:
        """Ask."""
        from nexus_tui.ui.screens.quiz import QuizScreen

        limit = None if all_of_them else self.first
        session = self.nexus.attempt(lambda: self.tutor.quiz.review(limit))
        if session and session.questions:
            self.app.push_screen(QuizScreen(session, on_done=self._done))

    def _done(self, session: Session) -> None:
        self._last = session
        self.query_one(Pane).show(self.lay_out)

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        """What waits, or when to come back."""
        made: list[Line] = []
        if self._last and self._last.results:
            done = f"{self._last.right} of {len(self._last.results)} right. Saved."
            made += [*flow(plain(done), width), BLANK]
        made += self._waiting(width) if self._card.count else self._quiet(width)
        return [*made, *self._days(width)]

    def _waiting(self, width: int) -> list[Line]:
        count, minutes = self._card.count, counted(self._card.minutes, "minute")
        left = " left" if self._last and self._last.results else ""
        head = f"{counted(count, 'question')}{left} for today, about {minutes}."
        known = f"You would still know about {self._card.recall:.0%} of them; asking keeps it so."
        begin = words(("enter", "bold $accent"), " begins.")
        made = [*self._welcome(width), *flow(plain(head, "bold"), width)]
        if self.first < count:
            begin = words(
                ("enter", "bold $accent"), f" asks the first {self.first}.   ",
                ("a", "bold $accent"), f" asks all {count}.",
            )  # fmt: skip
        made += [*flow(plain(known, "$muted"), width), BLANK, *self._modules(width), BLANK]
        return [*made, *flow(begin, width), BLANK, *flow(plain(ORDER, "$muted"), width)]

    def _welcome(self, width: int) -> list[Line]:
        if self._away < AWAY:
            return []
        told = "Welcome back. What you knew well is still there; a short session finds out."
        return [*flow(plain(told), width), BLANK]

    def _modules(self, width: int) -> Iterable[Line]:
        return self._bars([(clean(title), number) for title, number in self._card.modules], width)

    def _bars(self, rows: Sequence[tuple[str, int]], width: int) -> Iterable[Line]:
        """A bar for each row, one sign for one question where that fits."""
        names = min(max((cell_len(name) for name, _ in rows), default=0), max(width - 16, 4))
        most, room = max((number for _, number in rows), default=0), max(width - names - 10, 4)
        for name, number in rows:
            long = number if most <= room else max(round(number / most * room), bool(number))
            shown = plain(name, "$muted").truncate(names, ellipsis=True, pad=True)
            bar = plain(self.glyphs.day * long, "$primary")
            count = plain(f" {number}" if number else self.glyphs.dot, "" if number else "$muted")
            yield Line(words("  ", shown, "  ", bar, count))

    def _quiet(self, width: int) -> list[Line]:
        if not any(self._ahead) and not self.tutor.quiz.met:
            return [
                *flow(plain("Nothing to review yet.", "bold"), width),
                *flow(plain("Questions you answer come back here, just before you would forget "
                            "them. Begin with a lesson.", "$muted"), width),
            ]  # fmt: skip
        return [
            *flow(plain("Nothing is due. Well kept.", "bold"), width),
            *flow(plain(self._next(), "$muted"), width),
        ]

    def _next(self) -> str:
        ahead = next((day for day, number in enumerate(self._ahead) if day and number), 0)
        if not ahead:
            return f"Nothing comes back in the next {DAYS} days. A good time for a new lesson."
        when = "tomorrow" if ahead == 1 else f"in {ahead} days"
        return f"Come back {when}: {counted(self._ahead[ahead], 'question')}."

    def _days(self, width: int) -> Iterable[Line]:
        """The next days, a bar each."""
        days = self._ahead[1:]
        if not any(days):
            return
        today = self.tutor.today.date
        rows = [(f"{today + timedelta(days=n):%a}", count) for n, count in enumerate(days, 1)]
        yield BLANK
        yield Line(plain("The next days", "$muted"))
        yield from self._bars(rows, width)
