"""Test out of a module: the quiz's screen, and at its end which lessons need not be read."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from nexus_tui.tutor.testout import MOST, Outcome, TestOut
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.questions import summary
from nexus_tui.ui.questions.dashes import marks
from nexus_tui.ui.screens.asking import WIDEST
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.text import clean, plain, words

INTRO = (
    "Ten questions at most; right ones get harder. What you know is marked as known, and stays "
    "open to read."
)
MARKED = "Known lessons are not recommended as new. They stay open, and their questions come back."


class TestOutScreen(QuizScreen):
    """Asks until it is clear; what the answers justify is marked when they end, or one leaves."""

    __test__ = False

    def __init__(self, session: TestOut) -> None:
        super().__init__(session)
        self.PLACE = "learn"
        self._testing = session
        self._outcome: Outcome | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A test is not taken twice in a row for its misses."""
        return action != "again" and super().check_action(action, parameters)

    def redraw(self, *, fresh: bool = False) -> None:
        """At the end the lessons are marked first: what is shown is saved."""
        if self.run.phase == "end" and self._outcome is None:
            self._settle()
        super().redraw(fresh=fresh)

    def _settle(self) -> None:
        self._outcome = self.nexus.attempt(lambda: self.tutor.testout.settle(self._testing))

    def action_undo(self) -> None:
        """Take the newest answer back; what was found, and asked after it, no longer holds."""
        self._outcome = None
        super().action_undo()
        self._testing.forget_ahead()
        self.redraw()

    def action_finish(self) -> None:
        """Leave; what the answers so far justify is marked."""
        if self._outcome is None:
            self._settle()
        super().action_finish()

    def where(self) -> Content:
        """Title, number, marks."""
        width = min(self.size.width - 4, WIDEST)
        number = min(self._testing.index + 1, MOST)
        count = "" if self.run.phase == "end" else f" · question {number}, {MOST} at most"
        head = plain(f"{clean(self._testing.title)}{count}   ", "$muted")
        return words(head, marks(self.run, max(width - head.cell_length, 8)))

    def above(self, width: int) -> Sequence[Line]:
        """What this is, over the first question."""
        if self._run is None or self._testing.results:
            return ()
        return list(flow(plain(INTRO, "$muted"), width))

    def after(self) -> str:
        """What enter does after the verdict."""
        return "shows what you know" if self._testing.over else "next question"

    @property
    def compact(self) -> bool:
        """There is always an end to look at."""
        return False

    def ending(self, width: int) -> Sequence[Line]:
        """How many right, and the lessons: known, or worth reading."""
        session = self.run.session
        made = [*flow(plain(self._score(), "bold"), width)]
        if told := summary.calibration(session):
            made += flow(plain(told, "$muted"), width)
        if self._outcome is None:
            return [
                *made,
                BLANK,
                *flow(plain("What you know could not be marked.", "$wrong"), width),
            ]
        made += self._lessons(self._outcome, width)
        if self._outcome.known:
            made += [BLANK, *flow(plain(MARKED, "$muted"), width)]
        return made

    def _score(self) -> str:
        total = len(self._testing.results)
        return f"{self._testing.right} of {total} right." if total else "Nothing was answered."

    def _lessons(self, outcome: Outcome, width: int) -> Iterator[Line]:
        if outcome.known:
            yield BLANK
            yield Line(plain("You know", "bold $right"))
        for head in outcome.known:
            lead = words((f" {self.glyphs.check} ", "$right"))
            yield from flow(plain(head.title), width, first=lead, rest="   ")
        if outcome.rest:
            yield BLANK
            yield Line(plain("Worth reading", "bold $accent"))
        for head in outcome.rest:
            lead = words((f" {self.glyphs.dot} ", "$muted"))
            item = f"read:{head.id}"
            yield from flow(plain(head.title), width, first=lead, rest="   ", item=item)

    def ending_foot(self) -> list[Line]:
        """Keys at the end."""
        parts = [words((" enter", "bold $accent"), " goes back")]
        if self._outcome and self._outcome.rest:
            parts.append(words(("   l", "bold $accent"), " reads the lesson"))
        parts.append(words(("   u", "bold $accent"), " takes the last answer back"))
        return [Line(Content("").join(parts))]
